"""Words of the case, and of what is shared of it."""

from qorgan.cases.terms.accounts import CLOSED, UNREAD, Discipline, Kin, Object, Outcome, Said, Through, Topic
from qorgan.cases.terms.case import TRANSITIONS, Role, Speaker, State
from qorgan.cases.terms.death import REPLIES, Entry, Reply
from qorgan.cases.terms.nights import Parent, Stays
from qorgan.cases.terms.sharing import (
    OF_UNIFORM,
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
    "OF_UNIFORM",
    "REPLIES",
    "TRANSITIONS",
    "UNREAD",
    "Age",
    "Aim",
    "Barred",
    "Bond",
    "Course",
    "Decline",
    "Discipline",
    "Entry",
    "Giver",
    "Ground",
    "How",
    "Kin",
    "Object",
    "Outcome",
    "Parent",
    "Reply",
    "Role",
    "Said",
    "Section",
    "Speaker",
    "Standing",
    "State",
    "Stays",
    "Through",
    "Topic",
    "Urgency",
    "Why",
    "Word",
]
