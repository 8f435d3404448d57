"""The writes about a missing child: the alarm, those who are told, what is searched, the end, the public page."""

from qorgan.missing.actions.begin import Alert, Raised, Told, raise_alarm, raise_in_case
from qorgan.missing.actions.end import End, found_alive, found_dead, rest, seek_again
from qorgan.missing.actions.notices import approve, decline, expire, propose, take_down
from qorgan.missing.actions.search import Searched, note_search
from qorgan.missing.actions.tell import answer
from qorgan.missing.actions.unnamed import mark, never_name

__all__ = [
    "Alert",
    "End",
    "Raised",
    "Searched",
    "Told",
    "answer",
    "approve",
    "decline",
    "expire",
    "found_alive",
    "found_dead",
    "mark",
    "never_name",
    "note_search",
    "propose",
    "raise_alarm",
    "raise_in_case",
    "rest",
    "seek_again",
    "take_down",
]
