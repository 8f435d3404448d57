"""The life of a court case: materials sent, hearings set and held, decisions, appeals, entry into force.

Every journal row names the court case, whatever part of it changed: a reader of the journal reads it whole.
`seen` is the version of the court case that was shown to whoever writes; None where nothing was shown.
"""

from qorgan.courts.actions.breach import Breached, note_breach
from qorgan.courts.actions.decide import EVICTION, EVICTION_MAX, Ruling, appeal, decide, decide_appeal, enter_into_force
from qorgan.courts.actions.hear import hold, postpone, schedule
from qorgan.courts.actions.recount import KEYS, recount
from qorgan.courts.actions.send import Material, return_material, send

__all__ = [
    "EVICTION",
    "EVICTION_MAX",
    "KEYS",
    "Breached",
    "Material",
    "Ruling",
    "appeal",
    "decide",
    "decide_appeal",
    "enter_into_force",
    "hold",
    "note_breach",
    "postpone",
    "recount",
    "return_material",
    "schedule",
    "send",
]
