"""What breaches of orders tell: noticed once, and what followed; and whether the checks of orders were made in time.

Never of what was breached, nor who told of it.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from qorgan.courts.models import CourtCase, Decision
from qorgan.courts.terms import DecisionKind
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root, hours_between
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import FactKind, Thing
from qorgan.orders.models import Breach, BreachOutcome, Check
from qorgan.orders.queries import was_in_force
from qorgan.orders.terms import REGISTERS, Followed

IN_TIME, LATE = "in_time", "late"
BY_POLICE = (FactKind.BREACH_NOTED, FactKind.BREACH_ANSWERED, FactKind.BREACH_REGISTERED)
BY_COURTS = (FactKind.BREACH_SENT, FactKind.BREACH_ARREST)


def of_orders(
    orders: Collection[Id], *, key: bytes, where: Where, roots: dict[Id, Root]
) -> tuple[list[Told], dict[Id, datetime]]:
    """The breaches of orders with what the police wrote down, and when the first of each order was noticed."""
    held = list(Breach.objects.filter(order_id__in=among(orders)).select_related("order").order_by("noticed_at", "id"))
    if not held:
        return [], {}
    followed = _followed([one.id for one in held])
    answered = dict(
        Duty.objects.filter(kind=DutyKind.ANSWER_BREACH, thing_id__in=[one.id for one in held], done_at__isnull=False)
        .order_by()
        .values_list("thing_id", "done_at")
    )
    told: list[Told] = []
    first: dict[Id, datetime] = {}
    for one in held:
        outcomes = followed.get(one.id, [])
        refuted = any(kind is Followed.NOT_CONFIRMED for kind, _at in outcomes)
        counts = one.same_as_id is None and not refuted and was_in_force(one)
        own = link(key, Thing.BREACH, one.id)
        rows: tuple[FactRow, ...] = ()
        if counts:
            first.setdefault(one.order_id, one.noticed_at)
            rows = tuple(_rows(own, one, outcomes, answered.get(one.id), roots.get(one.order.case_id), key, where))
        told.append(Told(own, BY_POLICE, rows))
    return told, first


def _followed(breaches: list[Id]) -> dict[Id, list[tuple[Followed, datetime]]]:
    rows = BreachOutcome.objects.filter(breach_id__in=breaches).order_by("happened_at", "id")
    found: dict[Id, list[tuple[Followed, datetime]]] = {}
    for breach, kind, at in rows.values_list("breach_id", "kind", "happened_at"):
        found.setdefault(breach, []).append((Followed(kind), at))
    return found


def _rows(
    own: bytes,
    breach: Breach,
    outcomes: list[tuple[Followed, datetime]],
    answered: datetime | None,
    root: Root | None,
    key: bytes,
    where: Where,
) -> Iterator[FactRow]:
    region, day = where.of(breach.territory_id, breach.noticed_at)
    noted = FactRow(
        FactKind.BREACH_NOTED,
        own,
        root.link if root else None,
        day,
        root.on if root else None,
        region,
        breach.version,
        part_of=link(key, Thing.ORDER, breach.order_id),
        code=str(breach.noticed),
    )
    yield noted
    if answered is not None:
        yield _after(noted, FactKind.BREACH_ANSWERED, breach, answered, outcomes[0][0] if outcomes else "court", where)
    entered = next(((kind, at) for kind, at in outcomes if kind in REGISTERS), None)
    if entered is not None:
        yield _after(noted, FactKind.BREACH_REGISTERED, breach, entered[1], entered[0], where)


def _after(noted: FactRow, kind: FactKind, breach: Breach, at: datetime, code: Followed | str, where: Where) -> FactRow:
    """Something that followed: its own day and place, and the hours since the breach was noticed."""
    region, day = where.of(breach.territory_id, at)
    hours = hours_between(breach.noticed_at, at) if at >= breach.noticed_at else None
    return noted._replace(kind=kind, on=day, region=region, hours=hours, code=str(code))


def in_court(court_cases: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """Of the breaches that court cases are about: sent for the first time, and arrest where a court decided on it."""
    asked = CourtCase.objects.filter(id__in=among(court_cases), breach__isnull=False)
    breaches = list(asked.order_by().values_list("breach_id", flat=True).distinct())
    if not breaches:
        return []
    sent = CourtCase.objects.filter(breach_id__in=breaches).select_related("breach").order_by("sent_at", "id")
    first: dict[Id, CourtCase] = {}
    for one in sent:
        first.setdefault(one.breach_id, one)
    arrests = Decision.objects.filter(court_case__breach_id__in=breaches, kind=DecisionKind.ARREST)
    made: dict[Id, datetime] = {}
    for breach, at in arrests.order_by("decided_at").values_list("court_case__breach_id", "decided_at"):
        made.setdefault(breach, at)
    told = []
    for breach, case in first.items():
        own = link(key, Thing.BREACH, breach)
        rows = [_sent(FactKind.BREACH_SENT, own, case, case.sent_at, key, where)]
        if breach in made:
            rows.append(_sent(FactKind.BREACH_ARREST, own, case, made[breach], key, where))
        told.append(Told(own, BY_COURTS, tuple(rows)))
    return told


def _sent(kind: FactKind, own: bytes, case: CourtCase, at: datetime, key: bytes, where: Where) -> FactRow:
    region, day = where.of(case.territory_id, at)
    noticed = case.breach.noticed_at if case.breach else at
    hours = hours_between(noticed, at) if at >= noticed else None
    order = link(key, Thing.ORDER, case.order_id) if case.order_id else None
    return FactRow(kind, own, None, day, None, region, case.version, part_of=order, hours=hours)


def checks_of(orders: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """The planned checks of orders that were made: in time, or late."""
    made = Check.objects.filter(order_id__in=among(orders)).order_by("id")
    rows = list(made.values_list("id", "order_id", "step", "territory_id", "checked_at"))
    if not rows:
        return []
    planned = Duty.objects.filter(kind=DutyKind.CHECK_ORDER, thing_id__in=[row[1] for row in rows])
    due = {(order, step): at for order, step, at in planned.values_list("thing_id", "step", "due_at")}
    told = []
    for check, order, step, territory, at in rows:
        own = link(key, Thing.ORDER_CHECK, check)
        by = due.get((order, step))
        region, day = where.of(territory, at)
        stage = LATE if by is not None and at > by else IN_TIME
        of = link(key, Thing.ORDER, order)
        fact = FactRow(FactKind.CHECK_MADE, own, None, day, None, region, 1, part_of=of, stage=stage)
        told.append(Told(own, (FactKind.CHECK_MADE,), (fact,)))
    return told
