"""Words of the case, and of what is shared of it."""

from qorgan.cases.terms.case import TRANSITIONS, Role, Speaker, State
from qorgan.cases.terms.sharing import (
    Age,
    Aim,
    Barred,
    Bond,
    Course,
    Decline,
    Giver,
    Ground,
    How,
    Section,
    Standing,
    Urgency,
    Why,
    Word,
)

__all__ = [
    "TRANSITIONS",
    "Age",
    "Aim",
    "Barred",
    "Bond",
    "Course",
    "Decline",
    "Giver",
    "Ground",
    "How",
    "Role",
    "Section",
    "Speaker",
    "Standing",
    "State",
    "Urgency",
    "Why",
    "Word",
]
