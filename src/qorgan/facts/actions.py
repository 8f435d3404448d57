"""The only writes of facts: adding versions, moving the watermark. Both happen inside the collector's transaction."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection, transaction

from qorgan.facts.engine.rows import FactRow, Told, news
from qorgan.facts.models import Watermark
from qorgan.facts.queries import JOURNAL, last_stored

_LOCK = 0x516F72_02  # one collector at a time, whatever starts a second one

_ADD = """
    copy facts_fact
        (kind, link, root, version, record_version, "on", root_on, region, hours, attributes, withdrawn, collected_at)
    from stdin
"""


def begin(*, now: datetime) -> tuple[Watermark, datetime]:
    """Wait for a collector that is at work, then answer the watermark and the `collected_at` of this transaction.

    `collected_at` is `now`, or a microsecond after the last one where clocks disagree: it never repeats, so figures
    as of an earlier moment can never gain a fact.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("facts are collected inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    mark = Watermark.objects.filter(name=JOURNAL).first()
    if mark is None:
        return Watermark(name=JOURNAL, moved_at=now), now
    return mark, max(now, mark.moved_at + timedelta(microseconds=1))


def add(*, told: Sequence[Told], collected_at: datetime) -> int:
    """Add what is new in what the records tell; how many facts were added. Telling the same again adds nothing.

    The lock of `begin` is held, so no one else can have added the same version since it was looked up.
    """
    fresh = list(news(told, last_stored([thing.link for thing in told])))
    if not fresh:
        return 0
    with connection.cursor() as cursor, cursor.copy(_ADD) as copy:
        for version, row in fresh:
            copy.write_row(_columns(version, row, collected_at))
    return len(fresh)


def _columns(version: int, row: FactRow, collected_at: datetime) -> tuple[object, ...]:
    attributes = _written(tuple(sorted(row.attributes.items())))
    return (
        row.kind.value,
        row.link,
        row.root,
        version,
        row.record_version,
        row.on,
        row.root_on,
        row.region,
        row.hours,
        attributes,
        row.withdrawn,
        collected_at,
    )


@lru_cache(maxsize=4096)
def _written(attributes: tuple[tuple[str, str], ...]) -> str:
    """Attributes as JSON: a few hundred different ones stand for millions of rows."""
    return json.dumps(dict(attributes), ensure_ascii=False)


def move(  # lint: allow Q113 - the collector acts for nobody and brings its own moment
    *, mark: Watermark, xid: int, entry: int, moved_at: datetime
) -> None:
    """The journal is in the facts up to (xid, entry); figures may be computed as of `moved_at`."""
    mark.xid, mark.entry, mark.moved_at = xid, entry, moved_at
    mark.save()
