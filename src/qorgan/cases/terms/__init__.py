"""Words of the case, and of what is shared of it."""

from qorgan.cases.terms.case import TRANSITIONS, Role, Speaker, State
from qorgan.cases.terms.death import REPLIES, Entry, Reply
from qorgan.cases.terms.nights import Parent, Stays
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
    "REPLIES",
    "TRANSITIONS",
    "Age",
    "Aim",
    "Barred",
    "Bond",
    "Course",
    "Decline",
    "Entry",
    "Giver",
    "Ground",
    "How",
    "Parent",
    "Reply",
    "Role",
    "Section",
    "Speaker",
    "Standing",
    "State",
    "Stays",
    "Urgency",
    "Why",
    "Word",
]
