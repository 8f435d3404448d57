"""Words of the case, and of what is shared of it."""

from qorgan.cases.terms.accounts import CLOSED, Discipline, Kin, Object, Outcome, Said, Through, Topic
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
    "CLOSED",
    "TRANSITIONS",
    "Age",
    "Aim",
    "Barred",
    "Bond",
    "Course",
    "Decline",
    "Discipline",
    "Giver",
    "Ground",
    "How",
    "Kin",
    "Object",
    "Outcome",
    "Role",
    "Said",
    "Section",
    "Speaker",
    "Standing",
    "State",
    "Through",
    "Topic",
    "Urgency",
    "Why",
    "Word",
]
