"""The writes of registered offences. What was written is corrected with a reason; nothing is lost by it."""

from qorgan.offences.actions.correct import correct
from qorgan.offences.actions.decide import annul, resume, send_to_court, suspend, terminate
from qorgan.offences.actions.persons import Described, Involved, add_person, correct_person, withdraw_person
from qorgan.offences.actions.register import Registered, Written, register

__all__ = [
    "Described",
    "Involved",
    "Registered",
    "Written",
    "add_person",
    "annul",
    "correct",
    "correct_person",
    "register",
    "resume",
    "send_to_court",
    "suspend",
    "terminate",
    "withdraw_person",
]
