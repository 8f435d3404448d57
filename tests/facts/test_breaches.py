"""A breach is counted once, with what followed; and the clocks about orders that indicators ask for."""

from datetime import datetime, timedelta
from decimal import Decimal

from qorgan.base.scope import Actor, acting
from qorgan.courts import actions as courts
from qorgan.courts import terms as courts_terms
from qorgan.courts.rules import Measure
from qorgan.courts.terms import DecisionKind, Kind
from qorgan.facts.terms import FactKind
from qorgan.offences import actions as offences
from qorgan.orders import actions as orders
from qorgan.orders.models import Breach
from qorgan.orders.terms import Finding, Followed, Prohibition
from tests import factories
from tests.courts import made
from tests.facts.test_collect import collect_all, facts
from tests.orders.test_breaches import noted, protocol, told

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def _standing(kind: FactKind) -> int:
    latest = {fact.link: fact for fact in facts(kind)}
    return sum(not fact.withdrawn for fact in latest.values())


def _sent(breach: Breach, consequence: orders.Consequence, kind: DecisionKind, *, by: Actor, now: datetime) -> None:
    material = courts.Material(kind=Kind.ADMINISTRATIVE, court_id=made.court().id, offence=consequence.offence)
    sent = courts.send(material=material, by=by, now=now)
    assert (sent.breach_id, sent.order_id) == (breach.id, breach.order_id)
    with acting(made.clerk()):
        ruling = courts.Ruling(kind, now, Measure(days=5))
        courts.decide(court_case=sent, ruling=ruling, by=made.clerk(), now=now)


def test_a_breach_is_one_fact_and_what_followed_it_are_facts_of_their_own(owner: Actor, now: datetime) -> None:
    breach = noted(by=owner, now=now)
    drawn = protocol(breach.order, by=owner, now=now + HOUR)
    orders.follow_breach(breach=breach, followed=drawn, by=owner, now=now + HOUR)
    _sent(breach, drawn, DecisionKind.ARREST, by=owner, now=now + 2 * HOUR)
    collect_all(now + DAY)
    kinds = (FactKind.BREACH_NOTED, FactKind.BREACH_ANSWERED, FactKind.BREACH_REGISTERED)
    (one,), (answered,), (registered,) = (facts(kind) for kind in kinds)
    (sent,), (arrest,) = facts(FactKind.BREACH_SENT), facts(FactKind.BREACH_ARREST)
    assert {bytes(fact.link) for fact in (one, answered, registered, sent, arrest)} == {bytes(one.link)}
    assert (one.code, answered.code, answered.hours) == ("officer", "protocol", Decimal("1.000"))
    assert len(facts(FactKind.ORDER_BREACHED)) == 1


def test_a_breach_told_twice_or_refuted_or_of_an_annulled_order_counts_no_more(owner: Actor, now: datetime) -> None:
    first = noted(by=owner, now=now)
    again = orders.note_breach(order=first.order, told=told(now), by=owner, now=now)
    collect_all(now + HOUR)
    assert _standing(FactKind.BREACH_NOTED) == 2
    orders.join_breach(breach=again, same_as=first, by=owner, now=now)
    collect_all(now + HOUR)
    assert _standing(FactKind.BREACH_NOTED) == 1
    refuted = orders.Consequence(Followed.NOT_CONFIRMED, now, why="ол басқа қалада болған")
    orders.follow_breach(breach=first, followed=refuted, by=owner, now=now)
    collect_all(now + HOUR)
    assert (_standing(FactKind.BREACH_NOTED), _standing(FactKind.ORDER_BREACHED)) == (0, 0)
    other = noted(by=owner, now=now)
    collect_all(now + HOUR)
    assert _standing(FactKind.BREACH_NOTED) == 1
    orders.annul(order=other.order, why="сот, № 14", by=owner, now=now)
    collect_all(now + HOUR)
    assert (_standing(FactKind.BREACH_NOTED), _standing(FactKind.BREACH_ANSWERED)) == (0, 0)


def test_a_further_report_of_a_case_is_a_recontact_with_its_hours(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    later = now + 3 * DAY
    report = factories.report(by=owner, now=later)
    orders.note_breach(order=order, told=told(later), report=report, by=owner, now=later)
    factories.case(by=owner, now=now)
    collect_all(later + HOUR)
    (again,) = facts(FactKind.CASE_RECONTACTED)
    assert again.hours == Decimal("72.000")
    assert len(facts(FactKind.CASE_OPENED)) == 2


def test_a_check_made_says_whether_it_was_late(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    for step, days in ((1, 7), (2, 15)):
        at = now + timedelta(days=days)
        orders.check(order=order, step=step, finding=Finding.NO_BREACH, note="", by=owner, now=at)
    collect_all(now + timedelta(days=16))
    assert sorted(fact.stage or "" for fact in facts(FactKind.CHECK_MADE)) == ["in_time", "late"]


def test_a_breach_at_a_check_is_of_the_prohibition_that_was_named(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    found = {"finding": Finding.BREACH, "breached": (Prohibition.VIOLENCE,), "note": ""}
    orders.check(order=order, step=1, **found, by=owner, now=now + 7 * DAY)  # type: ignore[arg-type]  # told by name
    collect_all(now + 8 * DAY)
    (fact,) = facts(FactKind.BREACH_NOTED)
    assert (fact.code, fact.part_of) == ("check", facts(FactKind.ORDER_BREACHED)[0].link)


def test_a_breach_of_requirements_is_a_fact_with_its_offence_and_its_court_case(owner: Actor, now: datetime) -> None:
    decision = made.decided(by=owner, now=now)
    with acting(made.clerk()):
        decision = courts.enter_into_force(decision=decision, at=now + DAY, by=made.clerk(), now=now + DAY)
    later, case = now + 5 * DAY, decision.court_case.case
    offence = factories.offence(by=owner, now=later, case=case)
    required = (courts_terms.Prohibition.CONTACT_WITH_VICTIM,)
    for one in (offence, None):
        breached = courts.Breached(later, required, offence=one)
        courts.note_breach(decision=decision, told=breached, by=owner, now=later)
    kinds = (
        FactKind.REQUIREMENTS_BREACH_NOTED,
        FactKind.REQUIREMENTS_BREACH_REGISTERED,
        FactKind.REQUIREMENTS_BREACH_SENT,
    )
    collect_all(later + HOUR)
    assert [_standing(kind) for kind in kinds] == [2, 1, 0]
    material = courts.Material(kind=Kind.CRIMINAL, court_id=made.court().id, offence=offence)
    courts.send(material=material, by=owner, now=later + HOUR)
    collect_all(later + 2 * HOUR)
    assert [_standing(kind) for kind in kinds] == [2, 1, 1]
    (sent,) = facts(FactKind.REQUIREMENTS_BREACH_SENT)
    assert (sent.hours, sent.code) == (Decimal("1.000"), "officer")


def test_an_annulled_offence_stands_for_no_breach_of_requirements(owner: Actor, now: datetime) -> None:
    decision = made.decided(by=owner, now=now)
    with acting(made.clerk()):
        decision = courts.enter_into_force(decision=decision, at=now + DAY, by=made.clerk(), now=now + DAY)
    later = now + 5 * DAY
    offence = factories.offence(by=owner, now=later, case=decision.court_case.case)
    breached = courts.Breached(later, (courts_terms.Prohibition.CONTACT_WITH_VICTIM,), offence=offence)
    courts.note_breach(decision=decision, told=breached, by=owner, now=later)
    collect_all(later + HOUR)
    assert _standing(FactKind.REQUIREMENTS_BREACH_REGISTERED) == 1
    offences.annul(offence=offence, why="қате", by=owner, now=later + HOUR)
    collect_all(later + 2 * HOUR)
    assert _standing(FactKind.REQUIREMENTS_BREACH_REGISTERED) == 0
    assert _standing(FactKind.REQUIREMENTS_BREACH_NOTED) == 1
