"""Reads of facts. Nothing here knows a record; only `collect` does."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Min

from qorgan.facts.engine.rows import FactRow, Stored
from qorgan.facts.models import Fact, Watermark
from qorgan.facts.terms import FactKind

JOURNAL = "journal"

# By link alone: the one index that begins with it is then the only way, whatever the planner knows of a fresh table.
_LAST = """
    select distinct on (link, kind)
        kind, link, version, root, "on", root_on, region, record_version, hours, attributes::text, withdrawn
    from facts_fact where link = any(%s::bytea[]) order by link, kind, version desc
"""

_LINKS = """
    select f.link from facts_fact f
    where f.kind = %(kind)s and f."on" between %(first)s and %(last)s
      and (%(region)s::int is null or f.region = %(region)s)
      and f.collected_at <= %(as_of)s and not f.withdrawn
      and not exists (select 1 from facts_fact later where later.kind = f.kind and later.link = f.link
                      and later.version > f.version and later.version > 1 and later.collected_at <= %(as_of)s)
    order by f."on", f.id limit %(limit)s
"""


@dataclass(frozen=True)
class Selection:
    """The facts of one kind behind a figure, by their own date and place."""

    kind: FactKind
    first: date
    last: date
    as_of: datetime
    region: int | None = None


def as_of() -> datetime | None:
    """The moment up to which facts were collected; None where nothing ever was."""
    return Watermark.objects.filter(name=JOURNAL).values_list("moved_at", flat=True).first()


def first_day(*, until: datetime) -> date | None:
    """The day of the earliest fact of any kind collected up to `until`; None where there is none."""
    earliest: date | None = Fact.objects.filter(collected_at__lte=until).aggregate(day=Min("on"))["day"]
    return earliest


def last_stored(links: Collection[bytes]) -> Stored:
    """Version and content of the last stored version of each fact of the things that `links` stand for."""
    with connection.cursor() as cursor:
        # one text for the whole array: quoting five thousand values one by one takes longer than finding them
        cursor.execute(_LAST, ["{" + ",".join(f'"\\\\x{link.hex()}"' for link in links) + "}"])
        return {(row[0], bytes(row[1])): (row[2], _row(row)) for row in cursor.fetchall()}


@lru_cache(maxsize=4096)
def _read(attributes: str) -> dict[str, str]:
    """The attributes as a dictionary that nobody changes: a few hundred different ones stand for millions of rows."""
    found: dict[str, str] = json.loads(attributes)
    return found


def _row(row: tuple[Any, ...]) -> FactRow:
    kind, link, _version, root, on, root_on, region, record_version, hours, attributes, withdrawn = row
    return FactRow(
        kind=FactKind(kind),
        link=bytes(link),
        root=None if root is None else bytes(root),
        on=on,
        root_on=root_on,
        region=region,
        record_version=record_version,
        hours=hours,
        attributes=_read(attributes),
        withdrawn=withdrawn,
    )


def links_of(selection: Selection, *, limit: int) -> list[bytes]:
    """The pseudonyms of the records behind a figure, in the order of their days."""
    with connection.cursor() as cursor:
        cursor.execute(
            _LINKS,
            {
                "kind": selection.kind.value,
                "first": selection.first,
                "last": selection.last,
                "region": selection.region,
                "as_of": selection.as_of,
                "limit": limit,
            },
        )
        return [bytes(row[0]) for row in cursor.fetchall()]
