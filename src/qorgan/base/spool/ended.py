"""Which sessions ended while the database answered: what was given to them is worth nothing while it is away."""

from datetime import datetime

from qorgan.base.spool import notes

_NAME = "ended"


def note(session: str, *, until: datetime, now: datetime) -> None:
    """Keep that a session ended, until nothing that was given to it would live any more."""
    held = {name: end for name, end in notes.read(_NAME).items() if datetime.fromisoformat(end) > now}
    notes.write(_NAME, held | {session: until.isoformat()})


def is_ended(session: str) -> bool:
    """Whether a session is known to have ended."""
    return session in notes.read(_NAME)
