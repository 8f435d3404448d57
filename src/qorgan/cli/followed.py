"""One report followed by name, as staff live it: case, order, service, checks, offence, court, decision in force."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.cli.acting import as_staff

if TYPE_CHECKING:
    from qorgan.base.scope import Actor
    from qorgan.courts.models import CourtCase, Decision
    from qorgan.offences.models import Offence
    from qorgan.orders.models import Order
    from qorgan.reports.models import Report

ISSUED, SERVED, REGISTERED = timedelta(hours=2, minutes=40), timedelta(hours=3, minutes=5), timedelta(hours=6)
SENT, RECEIVED = timedelta(days=1, hours=16), timedelta(hours=20)
HEARD, DECIDED = timedelta(days=4, hours=20), timedelta(days=4, hours=21)
UNAPPEALED = timedelta(days=11)  # where no term of appeal is on record, a clerk still waits

AHEAD = (timedelta(hours=1), timedelta(days=1), timedelta(days=2, hours=1), None)  # hearings; None: not set yet


@dataclass(frozen=True)
class Thread:
    """What became of the report. `decision` None: no court has decided yet."""

    report: "Report"
    order: "Order"
    offence: "Offence"
    court_case: "CourtCase"
    decision: "Decision | None"


def follow(*, kui_no: str, story: dict[str, Any], now: datetime) -> Thread:
    """Lead the report of that number to a decision, each step where it was not taken before; never later than `now`."""
    from qorgan.courts.models import CourtCase, Decision
    from qorgan.offences.models import Offence
    from qorgan.orders import queries
    from qorgan.reports.models import Report

    with as_staff("inspector") as inspector:
        report = _first(Report.objects.filter(kui_no=kui_no))
        order = _first(queries.newest(now=now).filter(case__reports__report=report))
        order = order or _ordered(report, story, inspector, now=now)
        offence = _first(Offence.objects.filter(case=order.case, report=report))
        offence = offence or _offence(report, order, story["offence"], inspector, now=now)
        court_case = _first(CourtCase.objects.filter(order=order))
        court_case = court_case or _sent(order, inspector, now=now)
    with as_staff("clerk") as clerk:
        decision = _first(Decision.objects.filter(court_case=court_case).order_by("decided_at"))
        decision = decision or _decided(court_case, story["decision"], clerk, now=now)
        return Thread(report, order, offence, court_case, decision)


def send_more(*, now: datetime) -> int:
    """Send the materials of a few more orders of the same district to its court, where none waits: how many.

    A hearing today, one in each of the next days, and one whose day is not set: what a clerk finds in the morning.
    """
    from qorgan.courts import actions
    from qorgan.courts.models import CourtCase
    from qorgan.courts.terms import State
    from qorgan.orders import queries

    with as_staff("inspector") as inspector, transaction_of():
        court_cases = CourtCase.objects.all()
        if court_cases.filter(state__in=(State.SENT, State.SCHEDULED)).exists():
            return 0
        known = set(court_cases.exclude(order=None).values_list("order_id", flat=True))
        newest = queries.newest(now=now)[: len(AHEAD) + len(known)]
        orders = [one for one in newest if one.id not in known and one.issued_at]
        sent = [_sent(order, inspector, now=now) for order in orders[: len(AHEAD)]]
    with as_staff("clerk") as clerk:
        for court_case, ahead in zip(sent, AHEAD, strict=False):
            if ahead is not None:
                at = (now + ahead).replace(minute=30, second=0, microsecond=0)
                actions.schedule(court_case=court_case, at=at, by=clerk, now=now)
    return len(sent)


def seal_one(*, told: dict[str, str], now: datetime) -> bool:
    """Write down a report against a man who serves in the police, where none waits: what a prosecutor has to route."""
    from qorgan.base.errors import Refused
    from qorgan.people.actions import Named
    from qorgan.reports import actions
    from qorgan.reports.terms import Channel, Serving

    signal = actions.Signal(
        submission="demo\0sealed",
        channel=Channel.TRUST_LINE_150,
        registered_at=now - timedelta(minutes=40),
        narrative=told["narrative"],
        address=told["address"],
        victim=Named(written=told["victim"]),
        suspect=Named(written=told["suspect"]),
        serving=Serving.POLICE,
    )
    with as_staff("calltaker") as by:
        try:
            return actions.accept(signal=signal, by=by, now=now).is_new
        except Refused:  # a demonstration that is run again finds the first one, or finds it routed on
            return False


def steps(thread: Thread) -> dict[str, Any]:
    """Each step with number, time, provision and path, in the order things happened."""
    report, order, offence, court_case = thread.report, thread.order, thread.offence, thread.court_case
    told = {
        "report": stepped(report.number, report.registered_at, f"reports/{report.id}/", "reports.erdr_deadline"),
        "case": stepped(order.case.number, order.case.opened_at, f"cases/{order.case_id}/"),
        "order": {
            **stepped(order.number, order.issued_at, f"orders/{order.id}/", "orders.term"),
            "served_at": _told(order.served_at),
            "ends_at": _told(order.ends_at),
        },
        "offence": {
            **stepped(offence.number, offence.registered_at, f"offences/{offence.id}/"),
            "law": f"{offence.code} {offence.article}",
        },
        "court_case": stepped(court_case.number, court_case.sent_at, f"courts/{court_case.id}/"),
    }
    if thread.decision is not None:
        decision = thread.decision
        path = f"courts/{court_case.id}/"
        told["decision"] = {
            **stepped(decision.number, decision.decided_at, path, "courts.requirements_max"),
            "in_force_at": _told(decision.in_force_at),
        }
    return told


def _ordered(report: "Report", story: dict[str, Any], by: "Actor", *, now: datetime) -> "Order":
    from qorgan.cases import actions as cases
    from qorgan.cases import queries as case_queries
    from qorgan.cases.terms import Role
    from qorgan.orders import actions as orders
    from qorgan.orders.terms import Receipt

    received = report.registered_at
    case = cases.open_from_report(report=report, by=by, now=min(received + timedelta(hours=2), now))
    with transaction_of():
        parts = {role: person.id for role, person in case_queries.persons(case)}
    written = orders.Draft(parts[Role.OFFENDER], (parts[Role.VICTIM],), story["circumstances"])
    issued = min(received + ISSUED, now)
    order = orders.issue(order=orders.draft(case=case, draft=written, by=by, now=issued), by=by, now=issued)
    served = min(received + SERVED, now)
    order = orders.serve(order=order, service=orders.Service(at=served, receipt=Receipt.SIGNED), by=by, now=served)
    _checked(order, by, now=now)
    return order


def _checked(order: "Order", by: "Actor", *, now: datetime) -> None:
    """The checks whose day has come, each some hours before it is due."""
    from qorgan.orders import actions as orders
    from qorgan.orders import queries
    from qorgan.orders.terms import Finding

    with transaction_of():
        planned = queries.opened_orders([order])[0].checks
    for check in planned:
        if check.due_at is not None and check.due_at < now:
            at = check.due_at - timedelta(hours=3)
            orders.check(order=order, step=check.step, finding=Finding.NO_BREACH, note="", by=by, now=at)


def _offence(report: "Report", order: "Order", told: dict[str, str], by: "Actor", *, now: datetime) -> "Offence":
    from qorgan.cases import queries as cases
    from qorgan.cases.terms import Role
    from qorgan.offences import actions
    from qorgan.offences.terms import Part, Relationship
    from qorgan.people.terms import Sex
    from qorgan.places import queries as places

    at = min(report.registered_at + REGISTERED, now)
    with transaction_of():
        persons = cases.persons(order.case)
        day = report.registered_at.astimezone(places.zone(report.territory_id)).date()
    parts = {Role.VICTIM: Part.VICTIM, Role.OFFENDER: Part.SUSPECT}
    involved = tuple(
        actions.Involved(
            part=parts[role],
            person_id=person.id,
            sex=Sex(person.sex),
            age=person.age_on(day),
            relationship=Relationship(told["relationship"]) if role is Role.VICTIM else None,
        )
        for role, person in persons
        if role in parts
    )
    signal = actions.Registered(
        code=told["code"],
        article=told["article"],
        acted_on=day,
        registered_at=at,
        persons=involved,
        case=order.case,
        report=report,
    )
    return actions.register(signal=signal, by=by, now=at)


def _sent(order: "Order", by: "Actor", *, now: datetime) -> "CourtCase":
    from qorgan.courts import actions, queries
    from qorgan.courts.terms import Kind

    with transaction_of():
        court = queries.courts_for(order.territory_id)[0]
    material = actions.Material(Kind.SPECIAL_REQUIREMENTS, court.id, case=order.case, order=order)
    assert order.issued_at is not None
    return actions.send(material=material, by=by, now=min(order.issued_at + SENT, now))


def _decided(court_case: "CourtCase", told: dict[str, Any], by: "Actor", *, now: datetime) -> "Decision | None":
    from qorgan.courts import actions
    from qorgan.courts.rules import Measure
    from qorgan.courts.terms import DecisionKind, Prohibition

    heard, decided = court_case.sent_at + HEARD, court_case.sent_at + DECIDED
    if decided > now:
        return None
    hearing = actions.schedule(court_case=court_case, at=heard, by=by, now=court_case.sent_at + RECEIVED)
    actions.hold(hearing=hearing, by=by, now=heard)
    prohibitions = tuple(Prohibition(one) for one in told["prohibitions"])
    measure = Measure(months=told["months"], visits=told["visits"], prohibitions=prohibitions)
    ruling = actions.Ruling(DecisionKind.SPECIAL_REQUIREMENTS, decided, measure)
    decision = actions.decide(court_case=court_case, ruling=ruling, by=by, now=decided)
    at = (decision.appealable_until or decided + UNAPPEALED) + timedelta(hours=10)
    if at < now:
        decision = actions.enter_into_force(decision=decision, at=at, by=by, now=at)
    return decision


def stepped(number: str, at: datetime | None, path: str, provision: str = "") -> dict[str, Any]:
    """A step of the story: its number, moment, page, and the provision of that day."""
    return {"number": number, "at": _told(at), "path": path, "law": _cited(provision, at)}


def _told(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _cited(key: str, at: datetime | None) -> str:
    """Act and article of the provision of that day; empty where none is on record."""
    from qorgan.law import queries as law

    if not key or at is None:
        return ""
    with transaction_of():
        held = law.provision(key, on=at.date())
    return f"{held.act} {held.article}".strip() if held else ""


def transaction_of() -> Any:
    """A transaction of its own, for a look between two acts."""
    from django.db import transaction

    return transaction.atomic()


def _first(found: Any) -> Any:
    with transaction_of():
        return found.first()
