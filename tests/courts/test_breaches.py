"""A breach of special requirements leads back to the decision; what is none is refused with the provision."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qorgan.base import clock, ids
from qorgan.base.errors import NotAllowed
from qorgan.base.scope import Actor, acting
from qorgan.cases import queries as cases
from qorgan.courts import actions, queries, rules
from qorgan.courts.models import Decision, RequirementsBreach
from qorgan.courts.terms import Prohibition
from qorgan.orders.terms import Noticed
from tests import factories
from tests.courts import made
from tests.web.pages import signed_in

DAY = timedelta(days=1)
CONTACT = (Prohibition.CONTACT_WITH_VICTIM,)
HOME = Prohibition.LIVING_TOGETHER


def _in_force(*, by: Actor, now: datetime) -> Decision:
    decision = made.decided(by=by, now=now)
    with acting(made.clerk()):
        return actions.enter_into_force(decision=decision, at=now + DAY, by=made.clerk(), now=now + DAY)


def test_a_breach_leads_back_to_the_decision_and_its_report_to_the_case(owner: Actor, now: datetime) -> None:
    decision = _in_force(by=owner, now=now)
    later = now + 10 * DAY
    report = factories.report(by=owner, now=later)
    case = decision.court_case.case
    assert case is not None
    offence = factories.offence(by=owner, now=later, case=case)
    told = actions.Breached(later, CONTACT, report=report, offence=offence, note="Жұмысына келген.")
    breach = actions.note_breach(decision=decision, told=told, by=owner, now=later)
    assert (breach.noticed, breach.prohibitions) == (Noticed.REPORT, ["contact_with_victim"])
    assert report.id in cases.report_ids(case)
    assert [one.id for one in queries.requirements_breaches([decision.id])] == [breach.id]
    assert "requirements_breached" in {line.kind for line in queries.timeline(case.id, now=later)}
    with pytest.raises(rules.BreachKnown):
        actions.note_breach(
            decision=decision, told=actions.Breached(later, CONTACT, report=report), by=owner, now=later
        )
    with pytest.raises(rules.OffenceElsewhere):
        again = actions.Breached(later, CONTACT, offence=offence)
        actions.note_breach(decision=decision, told=again, by=owner, now=later)


def test_what_lies_outside_the_requirements_is_no_breach(owner: Actor, now: datetime) -> None:
    announced = made.decided(by=owner, now=now)
    with pytest.raises(rules.RequirementsDoNotBind, match=r"\(.+\)"):
        actions.note_breach(decision=announced, told=actions.Breached(now, CONTACT), by=owner, now=now)
    decision = _in_force(by=owner, now=now)
    after = now + 200 * DAY
    with pytest.raises(rules.RequirementsOver, match=r"\(.+\)"):
        actions.note_breach(decision=decision, told=actions.Breached(after, CONTACT), by=owner, now=after)
    before = actions.Breached(after, CONTACT, breached_at=now)
    with pytest.raises(rules.RequirementsDoNotBind):
        actions.note_breach(decision=decision, told=before, by=owner, now=after)
    later = now + 5 * DAY
    for wrong, refusal in (
        (actions.Breached(later + DAY, CONTACT), rules.ImpossibleMoment),
        (actions.Breached(later, (Prohibition.WEAPONS,)), rules.NotRequired),
        (actions.Breached(later, ()), rules.NoProhibition),
    ):
        with pytest.raises(refusal):
            actions.note_breach(decision=decision, told=wrong, by=owner, now=later)


def _leaves_the_home(*, by: Actor, now: datetime, days: int = 30) -> Decision:
    """Six months of special requirements; for some days of them he may not live with her."""
    held, clerk = made.sent(by=by, now=now), made.clerk()
    measure = rules.Measure(months=6, prohibitions=(*CONTACT, HOME), eviction_days=days)
    with acting(clerk):
        decision = actions.decide(court_case=held, ruling=made.ruling(at=now, measure=measure), by=clerk, now=now)
        return actions.enter_into_force(decision=decision, at=now + DAY, by=clerk, now=now + DAY)


def test_who_comes_home_breaches_the_ban_on_living_there_only_in_its_days(owner: Actor, now: datetime) -> None:
    decision = _leaves_the_home(by=owner, now=now, days=10)
    assert queries.eviction_end(decision) == now + 11 * DAY
    inside, after = now + 5 * DAY, now + 12 * DAY
    breach = actions.note_breach(decision=decision, told=actions.Breached(inside, (HOME,)), by=owner, now=inside)
    assert breach.prohibitions == ["living_with_victim"]
    with pytest.raises(rules.EvictionOver, match=r"\(.+\)"):
        actions.note_breach(decision=decision, told=actions.Breached(after, (HOME,)), by=owner, now=after)
    actions.note_breach(decision=decision, told=actions.Breached(after, CONTACT), by=owner, now=after)


def test_whoever_sends_nothing_to_court_notes_no_breach(owner: Actor, excluded: Actor, now: datetime) -> None:
    decision = _in_force(by=owner, now=now)
    with acting(excluded), pytest.raises(NotAllowed):
        actions.note_breach(decision=decision, told=actions.Breached(now, CONTACT), by=excluded, now=now)


def test_the_database_holds_a_breach_within_the_requirements(owner: Actor, now: datetime) -> None:
    decision = _in_force(by=owner, now=now)
    for moment in (now, now + 400 * DAY):
        with pytest.raises(IntegrityError, match="breach_within"), transaction.atomic():
            RequirementsBreach.objects.create(
                id=ids.new(),
                decision=decision,
                territory_id=decision.territory_id,
                thread_id=decision.thread_id,
                noticed=Noticed.OFFICER,
                noticed_at=moment,
                prohibitions=["alcohol"],
                written_at=moment,
                written_by=owner.staff,
            )


def test_the_page_of_the_court_case_leads_to_the_breach_and_shows_it(owner: Actor) -> None:
    decision = _in_force(by=owner, now=clock.now() - 3 * DAY)
    browser, address = signed_in("inspector"), f"/courts/decisions/{decision.id}/breach/"
    home = f"/courts/{decision.court_case_id}/"
    assert address in browser.get(home).content.decode()
    form = browser.get(address).context["form"]
    at = form.initial["noticed_at"]
    typed = {"seen": form["seen"].value(), "noticed_at": at, "breached_at": "", "prohibitions": ["alcohol"]}
    wrong = browser.post(address, {**typed, "report": "жоқ", "note": "мас болған", "offence": ""})
    assert wrong.status_code == 422
    assert "мас болған" in wrong.content.decode()
    assert browser.post(address, {**typed, "report": "", "note": "", "offence": ""}).status_code == 303
    assert decision.breaches.count() == 1
    assert "Breach" in browser.get(home).content.decode()
