"""What is shown once: a code or a key waits in the sealed session until the next page, and is then gone."""

from dataclasses import dataclass
from datetime import datetime

from qorgan.web.request import StaffRequest

_ONCE = "once"  # the key in the session


@dataclass(frozen=True)
class Shown:
    """A secret for whoever it is handed to, and until when it works."""

    secret: str
    whose: str
    until: datetime


def keep(request: StaffRequest, *, secret: str, whose: str, until: datetime) -> None:
    """Let the next page show it."""
    request.session[_ONCE] = {"secret": secret, "whose": whose, "until": until.isoformat()}


def taken(request: StaffRequest, *, whose: str) -> Shown | None:
    """What is to be shown about someone; once."""
    held: dict[str, str] | None = request.session.get(_ONCE)
    if held is None or held["whose"] != whose:
        return None
    del request.session[_ONCE]
    return Shown(held["secret"], held["whose"], datetime.fromisoformat(held["until"]))
