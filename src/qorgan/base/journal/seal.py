"""The sealer: chains committed rows of the journal, in an order that no late committer can upset."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from qorgan.base import signing
from qorgan.base.journal import chain
from qorgan.base.models import JournalEntry, JournalHead, JournalSeal

_LOCK = 0x516F72_01  # one sealer at a time, whatever starts a second one

_UNSEALED = """
    select e.id from base_journalentry e
    where e.xid < pg_snapshot_xmin(pg_current_snapshot())
      and (e.xid, e.id) > (%s::text::xid8, %s)
    order by e.xid, e.id limit %s
"""

_OLDEST = "select min(written_at) from base_journalentry where (xid, id) > (%s::text::xid8, %s)"


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


def _position(last: JournalSeal | None) -> tuple[int, int]:
    if last is None:
        return 0, 0
    entry = JournalEntry.objects.get(pk=last.entry_id)
    return int(entry.xid), entry.id


@transaction.atomic
def seal(*, now: datetime, limit: int = 5000) -> int:
    """Seal up to `limit` committed entries; how many were sealed. Two sealers at once: the second does nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        last = JournalSeal.objects.order_by("-number").first()
        cursor.execute(_UNSEALED, [*_position(last), limit])
        ids = [row[0] for row in cursor.fetchall()]
    entries = JournalEntry.objects.in_bulk(ids)
    before = bytes(last.digest) if last else chain.START
    number = last.number if last else 0
    seals = []
    for entry_id in ids:
        number += 1
        before = chain.link(before, as_content(entries[entry_id]))
        seals.append(JournalSeal(number=number, entry_id=entry_id, digest=before, sealed_at=now))
    JournalSeal.objects.bulk_create(seals, batch_size=1000)
    return len(seals)


@transaction.atomic
def sign_head(*, now: datetime, signer: signing.Signer) -> JournalHead | None:
    """Sign the end of the chain, once a day; None where nothing is sealed yet."""
    last = JournalSeal.objects.order_by("-number").first()
    if last is None:
        return None
    day = now.date()
    claim = {"day": day.isoformat(), "number": last.number, "digest": bytes(last.digest).hex()}
    signature = signer.sign(signing.canonical(claim), purpose="journal.head")
    head, _ = JournalHead.objects.get_or_create(
        day=day,
        defaults={
            "number": last.number,
            "digest": bytes(last.digest),
            "signed_at": now,
            "signature": signature.as_dict(),
        },
    )
    return head


def lag_seconds(*, now: datetime) -> float:
    """The age in seconds of the oldest committed entry that is not sealed; 0.0 where none waits.

    More than a few seconds mean that no sealer works, or that a transaction left open holds back all that came after.
    """
    with connection.cursor() as cursor:
        last = JournalSeal.objects.order_by("-number").first()
        cursor.execute(_OLDEST, _position(last))
        oldest = cursor.fetchone()[0]
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
