"""The sealer: chains committed rows of the journal, in an order that no late committer can upset."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from qorgan.base import signing
from qorgan.base.journal import chain
from qorgan.base.journal import lines as form
from qorgan.base.models import JournalEntry, JournalHead, JournalSeal

ALARM_SECONDS = 10

_LOCK = 0x516F72_01  # one sealer at a time, whatever starts a second one

_UNSEALED = """
    select e.id from base_journalentry e
    where e.xid < pg_snapshot_xmin(pg_current_snapshot())
      and (e.xid, e.id) > (%s::text::xid8, %s)
    order by e.xid, e.id limit %s
"""

_OLDEST = """
    select written_at, xid >= pg_snapshot_xmin(pg_current_snapshot()) from base_journalentry
    where (xid, id) > (%s::text::xid8, %s) order by xid, id limit 1
"""


@dataclass(frozen=True)
class Lag:
    """How long the oldest committed entry has waited for its seal; held by an open transaction, or by no sealer."""

    seconds: float
    is_held: bool

    @property
    def alarm(self) -> str:
        """One sentence for whoever looks after the place; empty where nothing is wrong."""
        if self.seconds <= ALARM_SECONDS:
            return ""
        nobody = "no sealer keeps up, see that `qorgan worker` runs"
        why = "a transaction left open holds it back" if self.is_held else nobody
        return f"The journal has not been sealed for {self.seconds:.0f} seconds: {why}."


def as_content(entry: JournalEntry) -> dict[str, Any]:
    """The entry as the chain sees it: plain values only."""
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "written_at": entry.written_at.isoformat(),
        "kind": entry.kind,
        "thing": entry.thing,
        "thing_id": entry.thing_id,
        "staff_id": str(entry.staff_id or ""),
        "mandate_id": str(entry.mandate_id or ""),
        "process": entry.process,
        "detail": entry.detail,
    }


def covered(held: JournalSeal) -> bytes:
    """The bytes that a link covers, made anew from the entry as it stands in the tables."""
    return chain.covered(held.number, held.day, as_content(held.entry))


def _position(last: JournalSeal | None) -> tuple[int, int]:
    if last is None:
        return 0, 0
    entry = JournalEntry.objects.get(pk=last.entry_id)
    return int(entry.xid), entry.id


def _last() -> JournalSeal | None:
    return JournalSeal.objects.order_by("-number").first()


@transaction.atomic
def seal(*, now: datetime, signer: signing.Signer, limit: int = 5000) -> int:
    """Sign the heads of the days that are over, then seal up to `limit` committed entries; how many were sealed.

    Both in one transaction, so that no link of a new day stands before the head of the old one is signed. Two sealers
    at once: the second does nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        last = _last()
        closed = _sign_heads(last, now=now, signer=signer)
        cursor.execute(_UNSEALED, [*_position(last), limit])
        ids = [row[0] for row in cursor.fetchall()]
    entries = JournalEntry.objects.in_bulk(ids)
    before, number = (bytes(last.digest), last.number) if last else (chain.START, 0)
    day = _day(now=now, last=last, closed=closed)
    seals = []
    for entry_id in ids:
        held = JournalSeal(number=number + 1, entry=entries[entry_id], day=day, sealed_at=now)
        held.digest = before = chain.link(before, covered(held))
        number = held.number
        seals.append(held)
    JournalSeal.objects.bulk_create(seals, batch_size=1000)
    return len(seals)


def _day(*, now: datetime, last: JournalSeal | None, closed: date | None) -> date:
    """The day that new links bear: never before that of the last one, nor one that is closed, whatever the clock says.

    A clock put back, or heads of before there were days (they name the day that had begun), make it a later one.
    """
    after = closed + timedelta(days=1) if closed else now.date()
    return max(now.date(), after, (last.day if last else None) or now.date())


def _sign_heads(last: JournalSeal | None, *, now: datetime, signer: signing.Signer) -> date | None:
    """Sign the end of the chain for each day that is over, also for one without entries; the last closed day.

    The first is the day of the first link that bears one.
    """
    newest = JournalHead.objects.order_by("-day").first()
    closed = newest.day if newest else None
    if last is None or last.day is None or (closed and closed >= now.date() - timedelta(days=1)):
        return closed
    for day in _days_over(closed, now=now):
        end = JournalSeal.objects.filter(Q(day__isnull=True) | Q(day__lte=day)).order_by("-number").first()
        assert end is not None  # the first link that bears a day is of this day or of an earlier one
        digest = bytes(end.digest)
        signature = signer.sign(signing.canonical(form.head(day, end.number, digest)), purpose=form.DAY_OVER).as_dict()
        JournalHead.objects.create(day=day, number=end.number, digest=digest, signed_at=now, signature=signature)
        closed = day
    return closed


def _days_over(closed: date | None, *, now: datetime) -> Iterator[date]:
    dated = JournalSeal.objects.filter(day__isnull=False).order_by("number")
    first: date = dated.values_list("day", flat=True)[0]  # type: ignore[assignment]  # those without were left out
    day = max(first, closed + timedelta(days=1)) if closed else first
    while day < now.date():
        yield day
        day += timedelta(days=1)


def lag(*, now: datetime) -> Lag:
    """How far the chain is behind. More than a few seconds mean that no sealer works, or that an open write holds it.

    A committed entry is sealed within two seconds of the end of the oldest write that was open when it was written.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, _position(_last()))
        oldest = cursor.fetchone()
    if oldest is None:
        return Lag(0.0, is_held=False)
    return Lag(max(0.0, (now - oldest[0]).total_seconds()), is_held=oldest[1])
