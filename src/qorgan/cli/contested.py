"""Orders of the demonstration that meet with more: one breached by her call and answered, one varied, one annulled."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.cli.acting import as_staff
from qorgan.cli.followed import stepped, transaction_of

if TYPE_CHECKING:
    from qorgan.base.scope import Actor
    from qorgan.orders.models import Breach, Order

BREACH, TERM, APPEAL_TO = "orders.breach_article", "orders.term", "orders.appeal_to"
HEARD = timedelta(hours=2)
KEPT_AWAY = timedelta(hours=20)  # how long ago he came back


def contest(thread_order: "Order", *, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Let three orders of the inspector's district meet with more, where none did before; the numbers of each."""
    from qorgan.orders.models import Breach

    with as_staff("inspector") as inspector:
        with transaction_of():
            if Breach.objects.filter(report__isnull=False).exists():
                return {}
            free = _in_force(thread_order, now=now)
        if len(free) < 3:
            return {}
        breach = _breached(free[0], told, inspector, now=now)
    with as_staff("head") as head:
        _varied(free[1], told["varied"], head, now=now)
        _annulled(free[2], told["annulled"], head, now=now)
    with as_staff("clerk") as clerk:
        _decided(breach, clerk, now=now)
    path = f"orders/breach/{breach.id}/"
    return {
        "breach": stepped(breach.order.number, breach.noticed_at, path, BREACH),
        "varied": stepped(free[1].number, now, f"orders/{free[1].id}/", TERM),
        "annulled": stepped(free[2].number, now, f"orders/{free[2].id}/", APPEAL_TO),
    }


def _in_force(thread_order: "Order", *, now: datetime) -> "list[Order]":
    """Orders in force for a day at least, about which no court was asked, the newest first."""
    from qorgan.courts.models import CourtCase
    from qorgan.orders import queries

    held = queries.newest(force=queries.Force.IN_FORCE, now=now).filter(served_at__lt=now - timedelta(days=1))
    asked = CourtCase.objects.exclude(order=None).values("order_id")
    return list(held.exclude(pk=thread_order.pk).exclude(pk__in=asked)[:3])


def _breached(order: "Order", told: dict[str, Any], by: "Actor", *, now: datetime) -> "Breach":
    """Her call, the breach of which it tells, the protocol, the short detention, and the materials to court."""
    from qorgan.courts import actions as courts
    from qorgan.courts import queries as court_queries
    from qorgan.courts.terms import Kind
    from qorgan.offences import actions as offences
    from qorgan.orders import actions as orders
    from qorgan.orders.terms import Followed, Prohibition
    from qorgan.reports import actions as reports
    from qorgan.reports.terms import Channel

    rang = now - KEPT_AWAY
    signal = reports.Signal(
        submission="demo\0breach",
        channel=Channel.POLICE_102,
        registered_at=rang,
        narrative=told["narrative"],
        address=told["address"],
    )
    report = reports.accept(signal=signal, by=by, now=rang).report
    call = orders.Told(
        noticed_at=rang,
        breached=(Prohibition.CONTACT,),
        breached_at=rang - timedelta(minutes=20),
        note=told["narrative"],
    )
    breach = orders.note_breach(order=order, told=call, report=report, by=by, now=rang)
    drawn = rang + timedelta(hours=1)
    act = {"code": told["code"], "article": told["article"], "registered_at": drawn, "acted_on": rang.date()}
    offence = offences.register(signal=offences.Registered(**act, case=order.case), by=by, now=drawn)
    for kind, held in ((Followed.DETAINED, None), (Followed.PROTOCOL, offence)):
        followed = orders.Consequence(kind, drawn, offence=held)
        orders.follow_breach(breach=breach, followed=followed, by=by, now=drawn)
    with transaction_of():
        court = court_queries.courts_for(order.territory_id)[0]
    material = courts.Material(Kind.ADMINISTRATIVE, court.id, offence=offence, breach=breach)
    courts.send(material=material, by=by, now=drawn + HEARD)
    return breach


def _varied(order: "Order", why: str, by: "Actor", *, now: datetime) -> None:
    from qorgan.orders import actions as orders
    from qorgan.orders.terms import Body, Prohibition

    contact = (Prohibition.CONTACT,)
    orders.vary(order=order, prohibitions=contact, body=Body.COURT, why=why, decided_at=now, by=by, now=now)


def _annulled(order: "Order", why: str, by: "Actor", *, now: datetime) -> None:
    from qorgan.orders import actions as orders

    orders.annul(order=order, why=why, by=by, now=now)


def _decided(breach: "Breach", by: "Actor", *, now: datetime) -> None:
    """The court warns him: arrest is one end of a breach among others."""
    from qorgan.courts import actions as courts
    from qorgan.courts.models import CourtCase
    from qorgan.courts.terms import DecisionKind

    with transaction_of():
        sent: CourtCase = CourtCase.objects.get(breach=breach)
    courts.decide(court_case=sent, ruling=courts.Ruling(DecisionKind.WARNING, now), by=by, now=now)
