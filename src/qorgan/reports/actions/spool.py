"""What is accepted while the database is away: kept sealed on the disk, carried in when it answers, taken in once.

What was told at the web door lies sealed for the worker as its arrivals do, with the way back beside it, and is carried
in as an arrival. What a machine hands in over the API, and what is said on the call screen (`kept`, `replay`), is
sealed whole, and is carried into a table of its own.
"""

import hashlib
import hmac
import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from qorgan.agencies import queries as agencies
from qorgan.base import journal, spool
from qorgan.base.scope import Actor, acting
from qorgan.base.signing import canonical
from qorgan.reports.actions import replay
from qorgan.reports.actions.accept import Accepted, Signal, accept
from qorgan.reports.actions.door import CONTENT, Told, arrival_id
from qorgan.reports.actions.packed import packed, unpacked
from qorgan.reports.engine import door as engine
from qorgan.reports.models import Arrival, Receipt, Spooled
from qorgan.reports.queries import door as queries
from qorgan.reports.rules import SameNumberOtherContent
from qorgan.reports.rules import door as rules
from qorgan.reports.rules import spool as spool_rules

DOOR, API = "door", "api"
SENT = "reports.spooled.content"
# Whoever adds a row here may read none: whether it was new is what the database counts.
_ARRIVAL = (
    "insert into reports_arrival (id, receipt, content, arrived_at, refused) values (%s, %s, %s, %s, '')"
    " on conflict do nothing"
)
_SPOOLED = (
    "insert into reports_spooled (id, content, accepted_at, refused) values (%s, %s, %s, '') on conflict do nothing"
)


def keep_told(*, told: Told, sending: bytes, by: Actor, now: datetime) -> bool:
    """Keep what was told at the web door on the disk, with the way back to it; whether it is new.

    The journal row follows when it is carried in. No permission of its own: anyone may report. Raises what `Told.check`
    raises, `spool.Other` where this sending has said something else, NotAccepted where no room is left.
    """
    told.check()
    key = engine.key_of(settings.DOOR_CODES, queries.code_of(sending, language=told.language))
    content = _content(told)
    way_back = [key.digest.hex(), key.public.hex(), rules.until(rules.USUAL_DAYS, now=now).isoformat()]
    record = spool.Record(
        way=DOOR,
        key=arrival_id(sending),
        said=_digest(content),
        at=now,
        beside=json.dumps(way_back).encode(),
        sealed=engine.seal(settings.DOOR_SEALS, content, at=CONTENT),
    )
    return _kept(record)


def said_otherwise(*, told: Told, sending: bytes) -> bool:
    """Whether something else waits on the disk under this name: she wrote more, and sent the same page again."""
    try:
        known = spool.here().find(DOOR, arrival_id(sending))
    except OSError:  # what cannot be read is no hindrance to what may be written
        return False
    return known is not None and known.said != _digest(_content(told))


def _content(told: Told) -> bytes:
    return json.dumps(asdict(told), ensure_ascii=False).encode()


def _digest(content: bytes) -> bytes:
    return hmac.digest(settings.DOOR_CODES, b"said\0" + content, "sha256")


def keep_sent(*, signal: Signal, channel_id: UUID, by: Actor, now: datetime) -> tuple[UUID, bool]:
    """Keep what a machine handed in on the disk; the id that its report will bear, and whether it is new.

    The journal row follows when it is carried in. No permission of its own: whether its channel may is asked when it is
    taken in. Raises what `Signal.check` raises, SameNumberOtherContent where the same sending said something else,
    NotAccepted where no room is left.
    """
    signal.check(now=now)
    told = {"channel_id": str(channel_id), **packed(signal)}
    named = _keyed(b"sending\0" + signal.submission.encode())
    report_id = UUID(bytes=named[:16])
    content = json.dumps({**told, "report_id": str(report_id)}, ensure_ascii=False).encode()
    record = spool.Record(
        way=API,
        key=report_id,
        said=_keyed(b"said\0" + canonical(told)),
        at=now,
        sealed=engine.seal(settings.DOOR_SEALS, content, at=SENT),
    )
    try:
        return report_id, _kept(record)
    except spool.Other:
        raise SameNumberOtherContent(number=signal.kui_no or str(report_id)) from None


def _keyed(content: bytes) -> bytes:
    return hmac.digest(settings.FINGERPRINTS_KEY, b"spool\0" + content, "sha256")


def _kept(record: spool.Record) -> bool:
    try:
        return spool.here().append(record)
    except spool.Exhausted as failure:
        raise spool_rules.NotAccepted from failure


@transaction.atomic
def carry(*, record: spool.Record, by: Actor, now: datetime) -> bool:
    """Carry one record from the disk into the tables; whether it was new there. Again changes nothing.

    No permission of its own: it was accepted already, by what `keep_told` and `keep_sent` ask.
    """
    made = _carried_arrival(record) if record.way == DOOR else _carried_sent(record)
    if made is not None:
        kind, thing = ("arrival", "arrival") if record.way == DOOR else ("spooled", "spooled")
        detail = {"accepted_at": record.at.isoformat()}
        journal.write(kind=f"reports.{kind}.carried", thing=thing, thing_id=made, by=by, now=now, detail=detail)
    return made is not None


def _carried_arrival(record: spool.Record) -> UUID | None:
    digest, public, until = json.loads(record.beside)
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVAL, [record.key, bytes.fromhex(digest), record.sealed, record.at])
        if not cursor.rowcount:
            return None
    named = bytes.fromhex(digest)
    held = Receipt(digest=named, public=bytes.fromhex(public), until=datetime.fromisoformat(until))
    queries.name_only(named)
    Receipt.objects.bulk_create([held], ignore_conflicts=True)
    return record.key


def _carried_sent(record: spool.Record) -> UUID | None:
    # Two that bear one name and say different things are two rows: the second is refused where a person sees it.
    made = UUID(bytes=hashlib.sha256(record.key.bytes + record.said).digest()[:16])
    with connection.cursor() as cursor:
        cursor.execute(_SPOOLED, [made, record.sealed, record.at])
        return made if cursor.rowcount else None


@transaction.atomic
def take_sent(*, spooled_id: UUID, by: Actor, now: datetime) -> Accepted | None:
    """Take in what was kept, as received; the report, None where none came of it, or another is at it.

    What was kept of contacts is done by its author. What a machine handed in is accepted as by the mandate of its
    channel, with the rights of that mandate, which `accept` asks. Raises ChannelWasClosed, NotAllowed and what `accept`
    raises: it then waits, unharmed, and is tried again.
    """
    free = Spooled.objects.select_for_update(skip_locked=True)
    held = free.filter(pk=spooled_id, taken_at__isnull=True).first()
    if held is None:
        return None
    kept = replay.opened(held)
    accepted = _taken_as_sent(held, now=now) if kept is None else replay.done(held=held, told=kept, by=by, now=now)
    held.content, held.taken_at, held.refused = b"", now, ""
    held.save(update_fields=["content", "taken_at", "refused"])
    return accepted


def _taken_as_sent(held: Spooled, *, now: datetime) -> Accepted:
    told: dict[str, Any] = json.loads(engine.opened(settings.DOOR_OPENS, bytes(held.content), at=SENT))
    channel = agencies.channel(UUID(told["channel_id"]))
    spool_rules.check_channel(channel.closed_at, accepted_at=held.accepted_at)
    sender = agencies.acting_again(channel.mandate_id, now=held.accepted_at)
    signal = replace(unpacked(told), thread=UUID(told["report_id"]), received_at=held.accepted_at)
    with acting(sender):
        return accept(signal=signal, by=sender, now=now)


@transaction.atomic
def note_refused(*, waiting: type[Arrival] | type[Spooled], row_id: UUID, why: str, by: Actor, now: datetime) -> None:
    """Keep the word of the refusal for whoever keeps staff. No permission of its own: a job notes what it met."""
    held = waiting.objects.filter(pk=row_id, taken_at__isnull=True)
    if held.exclude(refused=why).update(refused=why):
        name = waiting.__name__.lower()
        journal.write(kind=f"reports.{name}.refused", thing=name, thing_id=row_id, by=by, now=now, detail={"code": why})


@transaction.atomic
def sweep_spool(*, by: Actor, now: datetime) -> int:
    """Forget the names of sendings taken in long ago; how many. No permission of its own: a job asks it."""
    gone = Spooled.objects.filter(taken_at__lte=now - spool_rules.EMPTIED_KEPT).delete()[0]
    if gone:
        journal.write(kind="reports.spool.swept", by=by, now=now, detail={"count": gone})
    return gone
