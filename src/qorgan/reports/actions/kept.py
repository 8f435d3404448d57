"""What a call-taker says on the call screen while the database is away: sealed on the disk, one record for each act."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings

from qorgan.base import spool
from qorgan.base.scope import Actor
from qorgan.base.signing import canonical
from qorgan.reports import access
from qorgan.reports.actions.accept import Signal
from qorgan.reports.actions.packed import packed
from qorgan.reports.engine import door as engine
from qorgan.reports.rules import contacts as rules
from qorgan.reports.rules import spool as spool_rules
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms.contacts import Consent, Disposition

CALLS = "calls"  # the way of the record
SAID = "reports.spooled.contact"


class Act(StrEnum):
    """What she did."""

    TAKE = "take"
    DRAFT = "draft"
    DISPOSE = "dispose"
    UNDO = "undo"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Entry:
    """One act on a contact, with all that is needed to do it later, whatever else was kept of the contact.

    `sheet` names the page it came from: the same act from one page is one. `seen` is the version of the draft that the
    page held.
    """

    act: Act
    contact_id: UUID
    line: Channel
    rang_at: datetime | None = None
    number: str = field(default="", repr=False)
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    serving: Serving = Serving.NOT_ASKED
    consent: Consent = Consent.NOT_ASKED
    seen: int = 0
    disposition: Disposition | None = None
    told: Signal | None = field(default=None, repr=False)
    topics: tuple[str, ...] = ()
    sheet: str = ""


def keep_contact(*, entry: Entry, by: Actor, now: datetime) -> bool:
    """Keep one act on a contact on the disk; whether it is new. `by` is whoever the pass names.

    The journal row follows when it is carried in; whether she might is judged again then. Raises NotAllowed,
    TooMuchText, what `Signal.check` raises, NotAccepted where no room is left.
    """
    access.check_may(by, access.TAKE)
    rules.check_length(entry.said)
    if entry.told is not None:
        entry.told.check(now=now)
    content = _content(entry, by)
    digest = hmac.digest(settings.FINGERPRINTS_KEY, b"spool\0contact\0" + canonical(_named(content, now=now)), "sha256")
    text = json.dumps(content, ensure_ascii=False).encode()
    record = spool.Record(
        way=CALLS,
        key=UUID(bytes=digest[:16]),
        said=digest,
        at=now,
        sealed=engine.seal(settings.DOOR_SEALS, text, at=SAID),
    )
    try:
        return spool.here().append(record)
    except spool.Exhausted as failure:
        raise spool_rules.NotAccepted from failure


def _content(entry: Entry, by: Actor) -> dict[str, Any]:
    return {
        "act": entry.act.value,
        "contact": str(entry.contact_id),
        "staff": str(by.staff),
        "mandate": str(by.mandate_id),
        "agency": str(by.agency),
        "territory": by.territory_id,
        "line": entry.line.value,
        "rang_at": entry.rang_at.isoformat() if entry.rang_at else "",
        "number": entry.number,
        "said": dict(entry.said),
        "serving": entry.serving.value,
        "consent": entry.consent.value,
        "seen": entry.seen,
        "disposition": entry.disposition.value if entry.disposition else "",
        "told": packed(entry.told) if entry.told else None,
        "topics": list(entry.topics),
        "sheet": entry.sheet,
    }


def _named(content: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """What tells one act from another: not the moments at which its form was read.

    A draft that says again what one before the last said is a new one: the last is what counts.
    """
    said = {name: each for name, each in content.items() if name != "told"}
    return said | ({"at": now.isoformat()} if content["act"] == Act.DRAFT else {})
