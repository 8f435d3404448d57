"""Reads of facts. Nothing here knows a record; only `collect` does."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from qorgan.facts.engine.rows import COLUMNS, FactRow, Stored
from qorgan.facts.models import Watermark
from qorgan.facts.terms import FactKind

JOURNAL = "journal"

CONTENT = ", ".join(f'"{name}"' for name in COLUMNS)  # of a fact, in the order of a FactRow

# By link alone: the one index that begins with it is then the only way, whatever the planner knows of a fresh table.
_LAST = f"""
    select distinct on (link, kind) version, {CONTENT}
    from facts_fact where link = any(%s::bytea[]) order by link, kind, version desc
"""

_LINKS = """
    select f.link from facts_fact f
    where f.kind = %(kind)s and f."on" between %(first)s and %(last)s
      and (%(region)s::int is null or f.region = %(region)s)
      and f.collected_at <= %(as_of)s and not f.withdrawn
      and not exists (select 1 from facts_fact later where later.kind = f.kind and later.link = f.link
                      and later.version > f.version and later.version > 1 and later.collected_at <= %(as_of)s)
    order by f."on", f.id
"""


@dataclass(frozen=True)
class Selection:
    """The facts of one kind behind a figure, by their own date and place.

    `links` is SQL for the links of those that meet what else the figure asks for, with `values` bound to it; without
    it all of them do.
    """

    kind: FactKind
    first: date
    last: date
    as_of: datetime
    region: int | None = None
    links: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def as_of() -> datetime | None:
    """The moment up to which facts were collected; None where nothing ever was."""
    return Watermark.objects.filter(name=JOURNAL).values_list("moved_at", flat=True).first()


# A look into the index for each kind: the least of all days would read every fact.
_FIRST = """
    select min(first."on") from unnest(%s::text[]) as k(kind) cross join lateral (
        select f."on" from facts_fact f where f.kind = k.kind and f.collected_at <= %s order by f."on" limit 1
    ) as first
"""


def first_day(*, until: datetime) -> date | None:
    """The day of the earliest fact of any kind collected up to `until`; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [[kind.value for kind in FactKind], until])
        earliest: date | None = cursor.fetchone()[0]
    return earliest


def rows(sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """The rows that SQL over facts answers.

    Nested loops are off for it: facts just loaded have no planner statistics yet, and without them a join of all
    reports with all orders is planned as one and takes a minute instead of a tenth of a second.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute("set local enable_nestloop = on")
    return found


def last_stored(links: Collection[bytes]) -> Stored:
    """Version and content of the last stored version of each fact of the things that `links` stand for."""
    with connection.cursor() as cursor:
        # one text for the whole array: quoting five thousand values one by one takes longer than finding them
        cursor.execute(_LAST, ["{" + ",".join(f'"\\\\x{link.hex()}"' for link in links) + "}"])
        found = ((version, _row(content)) for version, *content in cursor.fetchall())
        return {row.key: (version, row) for version, row in found}


def _row(row: Sequence[Any]) -> FactRow:
    kind, *rest = row
    return FactRow(_KINDS[kind], *rest)


_KINDS = {kind.value: kind for kind in FactKind}


def links_of(selection: Selection, *, limit: int) -> list[bytes]:
    """The pseudonyms of the records behind a figure, in the order of their days."""
    question, values = selection.links, dict[str, Any](selection.values)
    if not question:
        question = _LINKS
        values = {
            "kind": selection.kind.value,
            "first": selection.first,
            "last": selection.last,
            "region": selection.region,
            "as_of": selection.as_of,
        }
    with connection.cursor() as cursor:
        cursor.execute(f"select link from ({question}) behind limit %(limit)s", values | {"limit": limit})
        return [bytes(row[0]) for row in cursor.fetchall()]
