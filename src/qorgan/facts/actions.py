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
    insert into facts_fact
        (kind, link, root, version, record_version, "on", root_on, region, hours, attributes, withdrawn, collected_at)
    select kind, link, root, version, record_version, "on", root_on, region, hours, attributes::jsonb, withdrawn, %s
    from unnest(%s::text[], %s::bytea[], %s::bytea[], %s::int[], %s::int[], %s::date[], %s::date[], %s::int[],
                %s::numeric[], %s::text[], %s::bool[])
        as new (kind, link, root, version, record_version, "on", root_on, region, hours, attributes, withdrawn)
    on conflict (link, kind, version) do nothing
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
    """Add what is new in what the records tell; how many facts were added. Telling the same again adds nothing."""
    fresh = list(news(told, last_stored([thing.link for thing in told])))
    if not fresh:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [collected_at, *_columns(fresh)])
        added: int = cursor.rowcount
    return added


def _columns(fresh: Sequence[tuple[int, FactRow]]) -> list[list[object]]:
    versions = [version for version, _ in fresh]
    rows = [row for _, row in fresh]
    return [
        [row.kind.value for row in rows],
        [row.link for row in rows],
        [row.root for row in rows],
        list(versions),
        [row.record_version for row in rows],
        [row.on for row in rows],
        [row.root_on for row in rows],
        [row.region for row in rows],
        [row.hours for row in rows],
        [_written(tuple(sorted(row.attributes.items()))) for row in rows],
        [row.withdrawn for row in rows],
    ]


@lru_cache(maxsize=4096)
def _written(attributes: tuple[tuple[str, str], ...]) -> str:
    """Attributes as JSON: a few hundred different ones stand for millions of rows."""
    return json.dumps(dict(attributes), ensure_ascii=False)


def move(*, mark: Watermark, xid: int, entry: int, moved_at: datetime) -> None:
    """The journal is in the facts up to (xid, entry); figures may be computed as of `moved_at`."""
    mark.xid, mark.entry, mark.moved_at = xid, entry, moved_at
    mark.save()
