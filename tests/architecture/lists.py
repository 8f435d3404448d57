"""Every list of the pages with the most questions it may ask of the database. A new list adds its line here.

The number is a ceiling, not a target: what a list asks today, and a little room. `lengthen` makes the list one row
longer by the real actions, called with `by=` and `now=`.
"""

import secrets
from datetime import date, datetime, timedelta

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency, Declaration, Mandate, Staff
from qorgan.agencies.terms import ROLES, AdmissionGround, Purpose, Relation
from qorgan.base import ids
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions as cases
from qorgan.duties import actions as duties
from qorgan.law import actions as law
from qorgan.law import rules as laws
from qorgan.people import actions as people
from qorgan.people import queries as people_queries
from qorgan.people.actions import Named
from qorgan.people.engine.ranking import Why
from qorgan.reports.actions import Reached, begin, decide
from qorgan.reports.terms import Channel, State
from qorgan.reports.terms.outcomes import Reason
from qorgan.shredding import queries as shredding
from tests import factories
from tests.architecture.guards.queries import Listed
from tests.cases import disputed, shared
from tests.claims import brought
from tests.conftest import actor
from tests.courts import made
from tests.missing import made as sought
from tests.roles import as_process
from tests.shredding import made as ended


def _late(owner: Actor) -> str:
    return f"/courts/late/?agency={owner.agency}&kind=decide_report"


def _entrusted(*, by: Actor, now: datetime) -> None:
    report = factories.report(by=by, now=now)
    agencies.admit(
        **beside(report),
        ground=AdmissionGround.ROUTED,
        purpose=Purpose.CHILDREN,
        until=None,
        staff_id=by.staff,
        by=by,
        now=now,
    )


def _blocked(*, by: Actor, now: datetime) -> None:
    """A report about a relative of the desk officer, weighed by the head of the next district."""
    desk = Staff.objects.get(login="desk")
    number = f"9001014{Staff.objects.count() + Declaration.objects.count():05d}"
    agencies.declare(staff=desk, relation=Relation.CHILD, name="", iin=number, phone="", by=actor("desk"), now=now)
    factories.report(by=by, now=now, victim=Named(written="Балақаева Айша", iin=number))


def _implemented(*, by: Actor, now: datetime) -> None:
    """One more report on a law."""
    first, last = date(2018, 1, 1), date(2018, 12, 31)
    told = laws.Report(
        reported_by="министрлік",
        reported_on=date(2019, 8, 1),
        first_day=first,
        last_day=last,
        done="Қолданылмады",
        document=f"№ {secrets.token_hex(4)}",
    )
    law.enter_report(key="castration_use", told=told, by=actor("ombudsman"), now=now)


def _escalated(*, by: Actor, now: datetime) -> None:
    factories.report(by=by, now=now - timedelta(hours=40))
    system = offices.system("tests")
    with acting(system), as_process(Process.WORKER):
        duties.escalate(role="unit_head", by=system, now=now)


def _asked_for(*, by: Actor, now: datetime) -> None:
    """One more review that a mother asks the ombudsman for."""
    disputed.review(factories.case(by=by, now=now), by=by, now=now)


def _destroying(*, by: Actor, now: datetime) -> None:
    case = ended.closed(by=by, now=now)
    ended.asked(shredding.of_case(case), by=actor("head"), now=now)


def _written_off(*, by: Actor, now: datetime) -> None:
    report = factories.report(by=by, now=now)
    decide(report_id=report.id, state=State.WRITTEN_OFF, reason=Reason.NO_SIGNS, by=by, now=now)


def _person(*, by: Actor, now: datetime) -> None:
    by = actor("admin")
    made = agencies.add_person(login=f"x{secrets.token_hex(4)}", names={"kk": "Серікова"}, by=by, now=now)
    agencies.give_mandate(
        staff_id=made.id,
        agency=Agency.objects.get(code="mvd"),
        role=ROLES["unit_head"],
        territory_id=1,
        purpose=Purpose.CHILDREN,
        valid_from=now,
        valid_until=None,
        by=by,
        now=now,
    )


def _channel(*, by: Actor, now: datetime) -> None:
    mandate = Mandate.objects.filter(staff__login="desk").latest("valid_from")
    agencies.open_channel(mandate=mandate, label="пульт", by=actor("admin"), now=now)


def _referred(*, by: Actor, now: datetime) -> None:
    shared.referred(factories.case(by=by, now=now), by=by, now=now)


def _recommended(*, by: Actor, now: datetime) -> None:
    case = factories.case(by=by, now=now)
    with acting(head := actor("head")):
        review = cases.begin_death_review(case=case, by=head, now=now)
        cases.recommend(review=review, agency_id=actor("centre").agency, words="Түнде де оқу.", by=head, now=now)


def _called(*, by: Actor, now: datetime) -> None:
    taker = actor("calltaker")
    with acting(taker):
        reached = Reached(contact_id=ids.new(), line=Channel.TRUST_LINE_150, rang_at=now, number="+7 701 000 00 41")
        begin(reached=reached, by=taker, now=now)


def _alike(*, by: Actor, now: datetime) -> None:
    """Two reports of one woman, as the night proposes them."""
    two = [
        view.id
        for name in ("Әбілқасымова Күләш", "Абилкасымова Куляш")
        for view in people_queries.of_thread(factories.report(by=by, now=now, victim=Named(written=name)).thread_id)
        if view.name == name
    ]
    system = offices.system("tests")
    with acting(system), as_process(Process.WORKER):
        people.propose(pairs=[people.Likely(two[0], two[1], (Why.OTHER_ALPHABET,))], by=system, now=now)


LISTS: tuple[Listed, ...] = (
    Listed("duties:index", "/", 32, factories.issued),
    Listed("duties:section", "/duties/no-term/", 26, factories.issued),
    Listed("duties:escalated", "/duties/escalated/", 26, _escalated, login="head"),
    Listed("reports:index", "/reports/", 16, factories.report),
    Listed("calls:index", "/calls/", 18, _called, login="calltaker"),
    Listed("people:pairs", "/people/pairs/", 18, _alike),
    Listed("cases:index", "/cases/", 16, factories.case),
    Listed("missing:index", "/missing/", 18, sought.alarm),
    Listed("offences:index", "/offences/", 16, factories.offence),
    Listed("orders:index", "/orders/", 18, factories.served),
    Listed("courts:index", "/courts/", 20, made.sent, login="clerk"),
    Listed("entrusted:index", "/entrusted/", 16, _entrusted),
    Listed("reviews:index", "/reviews/", 26, _blocked, login="abaihead"),
    Listed("shredding:index", "/shredding/", 16, _destroying, login="head"),
    Listed("referrals:index", "/referrals/", 20, _referred, login="centre"),
    Listed("cases:recommendations", "/cases/recommendations/", 20, _recommended, login="centre"),
    Listed("cases:unanswered", "/cases/recommendations/unanswered/", 20, _recommended, login="head"),
    Listed("cases:reviews", "/cases/reviews/", 18, _asked_for, login="ombudsman"),
    Listed("courts:late", _late, 20, factories.report, login="prosecutor"),
    Listed("courts:write_offs", "/courts/write-offs/", 22, _written_off, login="prosecutor"),
    Listed("life:index", "/law/life/", 14, _implemented, login="ombudsman"),
    Listed("statements:index", "/statements/", 14, brought.lengthened, login="ombudsman"),
    Listed("staff:index", "/staff/", 14, _person, login="admin"),
    Listed("staff:channels", "/staff/channels/", 14, _channel, login="admin"),
)
