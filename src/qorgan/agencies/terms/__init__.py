"""Words of organisations and their staff, and what each role may do."""

from qorgan.agencies.engine.odd import OddLook
from qorgan.agencies.terms.entrances import InvitationGround, SecondFactor
from qorgan.agencies.terms.near import OpeningKind, OpeningReason, Relation, odd_words
from qorgan.agencies.terms.offices import AdmissionGround, BlockGround, Kind, Purpose, SealGround
from qorgan.agencies.terms.roles import ADMINISTRATOR, ROLES, Role

__all__ = [
    "ADMINISTRATOR",
    "ROLES",
    "AdmissionGround",
    "BlockGround",
    "InvitationGround",
    "Kind",
    "OddLook",
    "OpeningKind",
    "OpeningReason",
    "Purpose",
    "Relation",
    "Role",
    "SealGround",
    "SecondFactor",
    "odd_words",
]
