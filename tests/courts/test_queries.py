"""Who sees which court cases, what a court's day is made of, and the courts' lines of a case."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Case
from qorgan.courts import actions, queries, rules
from qorgan.courts.models import Hearing
from qorgan.courts.terms import AppealResult, DecisionKind, Kind, Party, Result
from qorgan.duties import queries as duties
from qorgan.offences.models import Offence
from qorgan.offences.terms import State as OffenceState
from tests import factories
from tests.courts import made

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clerk(db: None) -> Actor:
    return made.clerk()


def test_for_a_stranger_the_court_case_does_not_exist(owner: Actor, stranger: Actor, now: datetime) -> None:
    decision = made.decided(by=owner, now=now)
    held = decision.court_case
    with acting(stranger):
        assert queries.find(held.id) is None
        assert queries.by_number(held.number) is None
        assert queries.decision(decision.id) is None
        assert not queries.newest().exists()
        assert queries.timeline(held.case_id or held.id, now=now) == []


def test_the_cast_of_the_place_sees_it(
    owner: Actor, colleague: Actor, excluded: Actor, clerk: Actor, now: datetime
) -> None:
    held = made.sent(by=owner, now=now)
    for who in (owner, colleague, excluded, clerk):
        with acting(who):
            assert queries.find(held.id) is not None


def test_a_court_case_is_found_by_its_number_and_by_that_of_its_decision(owner: Actor, now: datetime) -> None:
    decision = made.decided(by=owner, now=now)
    for number in (decision.number, decision.court_case.number):
        assert queries.by_number(f" {number} ") is not None
    assert queries.by_number("ШЫМ-00-000000") is None


def test_an_administrative_offence_goes_to_court_as_such_and_is_in_court_from_then(
    owner: Actor, clerk: Actor, now: datetime
) -> None:
    offence = factories.offence(by=owner, now=now, code="KoAP", article="73", acted_on=date(2026, 11, 18))
    with pytest.raises(rules.KindDoesNotFit):
        actions.send(material=made.material(offence=offence, kind=Kind.CRIMINAL), by=owner, now=now)
    held = actions.send(material=made.material(offence=offence, kind=Kind.ADMINISTRATIVE), by=owner, now=now)
    assert Offence.objects.get().state == OffenceState.IN_COURT
    assert (held.order, held.case) == (None, None)
    with acting(clerk):
        assert [one.id for one in queries.for_offences([offence.id])] == [held.id]


def test_an_annulled_offence_goes_to_no_court(owner: Actor, now: datetime) -> None:
    from qorgan.offences import actions as offences

    offence = factories.offence(by=owner, now=now)
    offences.annul(offence=offence, why="Қате тіркелген", by=owner, now=now)
    with pytest.raises(rules.NothingToSend):
        actions.send(material=made.material(offence=offence, kind=Kind.CRIMINAL), by=owner, now=now)


def test_special_requirements_need_an_article_that_the_law_of_the_act_lists(owner: Actor, clerk: Actor) -> None:
    then = datetime(2023, 5, 10, 6, 0, tzinfo=UTC)
    for article, allowed in (("73", True), ("62", False)):
        offence = factories.offence(by=owner, now=then, code="KoAP", article="73", acted_on=date(2023, 5, 9))
        Offence.objects.filter(pk=offence.pk).update(article=article)
        held = actions.send(material=made.material(offence=offence, kind=Kind.ADMINISTRATIVE), by=owner, now=then)
        with acting(clerk):
            if allowed:
                actions.decide(court_case=held, ruling=made.ruling(at=then), by=clerk, now=then)
                continue
            with pytest.raises(rules.ArticleNotListed):
                actions.decide(court_case=held, ruling=made.ruling(at=then), by=clerk, now=then)


def test_the_day_of_a_court_holds_only_its_own_hearings(owner: Actor, clerk: Actor, now: datetime) -> None:
    made.scheduled(by=owner, now=now, at=now + HOUR)
    other = actions.send(
        material=made.material(factories.served(by=owner, now=now), court_id=made.court("shymkent-juvenile-court").id),
        by=owner,
        now=now,
    )
    with acting(clerk):
        actions.schedule(court_case=other, at=now + HOUR, by=clerk, now=now)
        mine = queries.hearings(court_id=clerk.agency, start=now, end=now + DAY)
        assert [one.court_case.court_id for one in mine] == [clerk.agency_id]
        assert queries.unwritten(court_id=clerk.agency, before=now + DAY).count() == 1


def test_what_waits_for_force_and_for_the_higher_court_are_two_lists(owner: Actor, clerk: Actor, now: datetime) -> None:
    first, second = made.decided(by=owner, now=now), made.decided(by=owner, now=now)
    with acting(clerk):
        appeal = actions.appeal(decision=first, filed_by=Party.OFFENDER, at=now, by=clerk, now=now)
        assert list(queries.awaiting_force(court_id=clerk.agency)) == [second]
        assert list(queries.pending_appeals(court_id=clerk.agency)) == [appeal]
        actions.decide_appeal(appeal=appeal, result=AppealResult.UPHELD, at=now, by=clerk, now=now)
        assert queries.awaiting_force(court_id=clerk.agency).count() == 2


def test_a_case_tells_what_the_courts_did_with_it(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.scheduled(by=owner, now=now, at=now + HOUR)
    case = Case.objects.get()
    then = now + DAY
    assert [line.state for line in queries.timeline(case.id, now=then) if line.kind == "hearing_planned"] == ["late"]
    with acting(clerk):
        decision = actions.decide(court_case=held, ruling=made.ruling(at=then), by=clerk, now=then)
        actions.enter_into_force(decision=decision, at=then, by=clerk, now=then)
    kinds = [line.kind for line in sorted(queries.timeline(case.id, now=then), key=lambda line: line.at)]
    assert kinds == ["court_case_sent", "hearing_held", "court_decided", "court_decision_in_force"]
    assert queries.for_cases([case.id])[0].court_case == held


def test_a_duty_of_a_court_bears_the_words_of_its_court_case(owner: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    label = queries.for_duties([held.id])[held.id]
    assert (label.title, label.about, label.case_id) == (held.number, factories.MAN.written, held.case_id)


def test_opening_ten_court_cases_asks_no_more_than_opening_one(owner: Actor, clerk: Actor, now: datetime) -> None:
    def asked() -> int:
        with acting(clerk), CaptureQueriesContext(connection) as captured:
            queries.opened(queries.newest())
        return len(captured.captured_queries)

    made.decided(by=owner, now=now)
    one = asked()
    for _number in range(9):
        made.decided(by=owner, now=now)
    assert asked() == one


def test_late_duties_are_counted_by_agency_and_kind(owner: Actor, now: datetime) -> None:
    factories.served(by=owner, now=now)
    factories.served(by=owner, now=now)
    (found,) = duties.late_by_agency(now=now + 8 * DAY)
    assert (found.agency_id, found.kind, found.count, found.since) == (owner.agency_id, "check_order", 2, now + 7 * DAY)


def test_a_refusal_is_a_decision_like_any_other(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.scheduled(by=owner, now=now, at=now + HOUR)
    then = now + DAY
    with acting(clerk):
        refused = made.ruling(DecisionKind.REFUSED, at=then)
        decision = actions.decide(court_case=held, ruling=refused, by=clerk, now=then)
        assert (decision.months, decision.prohibitions) == (None, [])
        assert Hearing.objects.get().result == Result.HELD
        assert queries.find(held.id) is not None
