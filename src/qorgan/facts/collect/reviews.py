"""What reviews of access tell: blocks of colleagues weighed elsewhere, files opened in an emergency and judged.

They are facts about the reviews and about nobody: the month and not the day, told only when that month is over; the
country and not the place; no thread, no office, no ground. A fact that came in with a report of the same hour, or lay
in a district with one inspector, would say whose conflict it is. Blocks of a whole unit follow the block of one and are
not counted beside it; asking for a sealed file is no fact at all.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from qorgan.agencies.models import Block, Opening
from qorgan.agencies.terms import BlockGround, OpeningKind
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root
from qorgan.facts.collect.where import NOWHERE, Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind

IN_TIME, LATE = "in_time", "late"
CONFIRMED, LIFTED = "confirmed", "lifted"
UPHELD, WITHOUT_GROUND = "upheld", "without_ground"


def _blocks() -> QuerySet[Block]:
    return Block.objects.exclude(ground=BlockGround.SAME_UNIT)


def _openings() -> QuerySet[Opening]:
    return Opening.objects.filter(kind=OpeningKind.ALONE)


def blocks_since(first: date | None) -> list[Id]:
    """The blocks of which something happened from a day on; all of them without one."""
    return _since(_blocks(), first, "made_at", "confirmed_at", "lifted_at")


def openings_since(first: date | None) -> list[Id]:
    """The openings of which something happened from a day on; all of them without one."""
    return _since(_openings(), first, "asked_at", "decided_at")


def _since(found: "QuerySet[Any]", first: date | None, *moments: str) -> list[Id]:
    if first is not None:
        begun = datetime.combine(first, time(0), UTC) - timedelta(days=1)  # whatever the country's clock says
        found = found.filter(Q(*((f"{moment}__gte", begun) for moment in moments), _connector=Q.OR))
    return list(found.order_by("id").values_list("id", flat=True))


def tell_blocks(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the blocks of `ids` tell now, of months that are over."""
    rows = _blocks().filter(id__in=among(ids)).values_list("id", "made_at", "confirmed_at", "lifted_at")
    found = [  # one that was confirmed first and lifted later: the clock ran for the first word
        (id, made, confirmed or lifted, CONFIRMED if confirmed else LIFTED) for id, made, confirmed, lifted in rows
    ]
    kinds = (FactKind.BLOCK_LAID, FactKind.BLOCK_DECIDED)
    return _told(ids, found, kinds, due=_due(ids, DutyKind.REVIEW_BLOCK), key=key, where=where)


def tell_openings(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the openings of `ids` tell now, of months that are over."""
    rows = _openings().filter(id__in=among(ids)).values_list("id", "asked_at", "decided_at", "was_right")
    found = [(id, asked, decided, UPHELD if was_right else WITHOUT_GROUND) for id, asked, decided, was_right in rows]
    kinds = (FactKind.OPENING_MADE, FactKind.OPENING_REVIEWED)
    return _told(ids, found, kinds, due=_due(ids, DutyKind.REVIEW_OPENING), key=key, where=where)


def _due(ids: Collection[Id], kind: DutyKind) -> dict[Id, datetime | None]:
    """By when each was to be reviewed, as its duty was laid."""
    return dict(Duty.objects.filter(kind=kind, thing_id__in=among(ids)).values_list("thing_id", "due_at"))


def _told(
    ids: Collection[Id],
    found: Iterable[tuple[Id, datetime, datetime | None, str]],
    kinds: tuple[FactKind, FactKind],
    *,
    due: dict[Id, datetime | None],
    key: bytes,
    where: Where,
) -> list[Told]:
    thing = kinds[0].thing
    rows = {row[0]: row for row in found}
    told = []
    for record in ids:
        name = link(key, thing, record)
        row = rows.get(record)
        facts = tuple(_facts(name, row, kinds, due.get(record), where)) if row else ()
        told.append(Told(name, KINDS_OF[thing], facts))
    return told


def _facts(
    name: bytes,
    row: tuple[Id, datetime, datetime | None, str],
    kinds: tuple[FactKind, FactKind],
    due_at: datetime | None,
    where: Where,
) -> Iterator[FactRow]:
    _id, begun_at, decided_at, said = row
    month = where.month_over(begun_at)
    if month is None:
        return
    yield FactRow(kinds[0], name, None, month, None, NOWHERE, 1)
    decided = where.month_over(decided_at) if decided_at else None
    if decided is None or decided_at is None:
        return
    stage = None if due_at is None else IN_TIME if decided_at <= due_at else LATE
    hours = Root(name, month, begun_at).hours(decided_at)
    yield FactRow(kinds[1], name, None, decided, None, NOWHERE, 1, hours=hours, code=said, stage=stage)
