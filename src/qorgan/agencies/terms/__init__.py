"""Words of organisations and their staff, and what each role may do."""

from qorgan.agencies.engine.odd import OddLook
from qorgan.agencies.terms.near import OpeningKind, OpeningReason, Relation, odd_words
from qorgan.agencies.terms.offices import (
    ROLES,
    AdmissionGround,
    BlockGround,
    Kind,
    Purpose,
    Role,
    SealGround,
)

__all__ = [
    "ROLES",
    "AdmissionGround",
    "BlockGround",
    "Kind",
    "OddLook",
    "OpeningKind",
    "OpeningReason",
    "Purpose",
    "Relation",
    "Role",
    "SealGround",
    "odd_words",
]
