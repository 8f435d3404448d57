"""The life of a court case, as a clerk and an inspector rely on it."""

from datetime import datetime, timedelta

import pytest
from django.db import Error, transaction

from qorgan.base.errors import ChangedMeanwhile, NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.courts import actions, queries, rules
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing
from qorgan.courts.rules import Measure
from qorgan.courts.terms import AppealResult, DecisionKind, DecisionState, Kind, Party, Prohibition, Result, State
from qorgan.duties.models import Duty
from tests import factories
from tests.courts import made

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clerk(db: None) -> Actor:
    return made.clerk()


def test_materials_about_an_order_reach_the_court_of_its_place(owner: Actor, clerk: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    held = made.sent(by=owner, now=now, order=order)
    assert (held.state, held.case_id, held.territory_id) == (State.SENT, order.case_id, order.territory_id)
    assert held.agency_id == owner.agency_id
    with acting(clerk):
        view = queries.opened([queries.find(held.id) or held])[0]
        assert view.contents == made.CONTENTS
        assert [person.name for person in view.against] == [factories.MAN.written]
        assert [person.name for person in view.victims] == [factories.WOMAN.written]
        assert list(queries.without_date(court_id=clerk.agency)) == [held]


def test_no_duty_is_laid_on_the_court_because_no_term_is_on_record(owner: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    assert not Duty.objects.filter(thing_id=held.id).exists()


def test_materials_are_about_something_and_go_to_a_court_of_the_place(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    with pytest.raises(rules.AboutNothing):
        actions.send(material=made.material(), by=owner, now=now)
    for other in (made.court("kostanay-rudny-court").id, owner.agency_id, None):
        with pytest.raises(rules.NoSuchCourt):
            actions.send(material=made.material(order, court_id=other), by=owner, now=now)
    assert not CourtCase.objects.exists()


def test_a_draft_goes_to_no_court(owner: Actor, now: datetime) -> None:
    with pytest.raises(rules.NothingToSend):
        made.sent(by=owner, now=now, order=factories.draft(by=owner, now=now))


def test_an_order_of_one_case_is_not_sent_with_another_case(owner: Actor, now: datetime) -> None:
    order, other = factories.served(by=owner, now=now), factories.case(by=owner, now=now)
    with pytest.raises(rules.NotOneMatter):
        actions.send(material=made.material(order, case=other), by=owner, now=now)


def test_the_same_is_not_sent_twice_to_the_same_court(owner: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    with pytest.raises(rules.AlreadySent, match="ШЫМ-26-"):
        made.sent(by=owner, now=now, order=held.order)
    made.sent(by=owner, now=now, order=held.order, kind=Kind.ADMINISTRATIVE)


def test_a_hearing_is_set_ahead_and_one_at_a_time(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    with acting(clerk):
        with pytest.raises(rules.HearingInThePast):
            actions.schedule(court_case=held, at=now - HOUR, by=clerk, now=now)
        actions.schedule(court_case=held, at=now + DAY, by=clerk, now=now)
        with pytest.raises(rules.HearingAlreadySet):
            actions.schedule(court_case=held, at=now + 2 * DAY, by=clerk, now=now)
        assert CourtCase.objects.get().state == State.SCHEDULED


def test_a_hearing_that_was_put_off_stays_beside_the_new_one(owner: Actor, clerk: Actor, now: datetime) -> None:
    made.scheduled(by=owner, now=now)
    with acting(clerk):
        first = Hearing.objects.get()
        with pytest.raises(rules.HearingNotYet):
            actions.hold(hearing=first, by=clerk, now=now)
        then = now + 3 * DAY
        planned = actions.postpone(hearing=first, result=Result.ABSENT, to=then, by=clerk, now=now)
        assert (planned.at, planned.result) == (then, Result.PLANNED)
        first.refresh_from_db()
        assert (first.result, first.written_by) == (Result.ABSENT, clerk.staff_id)
        with pytest.raises(rules.HearingWritten):
            actions.postpone(hearing=first, result=Result.POSTPONED, by=clerk, now=now)


def test_a_hearing_put_off_without_a_day_waits_for_a_date_again(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.scheduled(by=owner, now=now)
    with acting(clerk):
        assert not queries.without_date(court_id=clerk.agency).exists()
        actions.postpone(hearing=Hearing.objects.get(), result=Result.POSTPONED, by=clerk, now=now)
        assert list(queries.without_date(court_id=clerk.agency)) == [held]


def test_a_decision_counts_the_hearing_whose_time_has_come_as_held(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.scheduled(by=owner, now=now, at=now + HOUR)
    then = now + 2 * HOUR
    with acting(clerk):
        decision = actions.decide(court_case=held, ruling=made.ruling(at=then), by=clerk, now=then)
        assert Hearing.objects.get().result == Result.HELD
        found = CourtCase.objects.get()
    assert (found.state, found.first_decided_at) == (State.DECIDED, then)
    assert (decision.months, decision.visits) == (6, 2)
    assert decision.prohibitions == ["contact_with_victim", "alcohol"]


def test_a_court_case_has_several_decisions_and_keeps_the_moment_of_the_first(
    owner: Actor, clerk: Actor, now: datetime
) -> None:
    held = made.sent(by=owner, now=now, kind=Kind.ADMINISTRATIVE)
    with acting(clerk):
        arrest = made.ruling(DecisionKind.ARREST, at=now, measure=Measure(days=5))
        first = actions.decide(court_case=held, ruling=arrest, by=clerk, now=now)
        later = now + HOUR
        second = actions.decide(court_case=held, ruling=made.ruling(at=later), by=clerk, now=later)
        found = CourtCase.objects.get()
    assert found.first_decided_at == now
    assert first.number != second.number
    assert (first.days, first.months) == (5, None)


def test_a_decision_of_two_years_is_not_special_requirements(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    forbidden = (Prohibition.WEAPONS,)
    wrong: list[tuple[Measure, type[Exception]]] = [
        (Measure(months=2, prohibitions=forbidden), rules.MonthsOutsideTheLaw),
        (Measure(months=24, prohibitions=forbidden), rules.MonthsOutsideTheLaw),
        (Measure(months=6, visits=5, prohibitions=forbidden), rules.VisitsOutsideTheLaw),
        (Measure(months=6), rules.NoProhibition),
        (Measure(prohibitions=forbidden), rules.MonthsMissing),
    ]
    with acting(clerk):
        for measure, refusal in wrong:
            with pytest.raises(refusal):
                actions.decide(court_case=held, ruling=made.ruling(at=now, measure=measure), by=clerk, now=now)
        assert not Decision.objects.exists()
        edges = Measure(months=12, visits=4, prohibitions=forbidden)
        assert (
            actions.decide(court_case=held, ruling=made.ruling(at=now, measure=edges), by=clerk, now=now).months == 12
        )


def test_public_works_are_no_penalty_before_september_2025(owner: Actor, clerk: Actor, now: datetime) -> None:
    works = Measure(hours=40)
    then = now.replace(year=2025, month=8, day=20)
    held = made.sent(by=owner, now=then, kind=Kind.ADMINISTRATIVE)
    with acting(clerk):
        early = made.ruling(DecisionKind.PUBLIC_WORKS, at=then, measure=works)
        with pytest.raises(rules.NotYetInTheLaw):
            actions.decide(court_case=held, ruling=early, by=clerk, now=then)
        late = made.ruling(DecisionKind.PUBLIC_WORKS, at=now, measure=works)
        assert actions.decide(court_case=held, ruling=late, by=clerk, now=now).hours == 40


def test_a_request_for_special_requirements_does_not_end_in_arrest(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    arrest = made.ruling(DecisionKind.ARREST, at=now, measure=Measure(days=5))
    with acting(clerk), pytest.raises(rules.DecisionDoesNotFit):
        actions.decide(court_case=held, ruling=arrest, by=clerk, now=now)


def test_a_sentence_says_whether_it_convicts(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now, kind=Kind.CRIMINAL)
    with acting(clerk):
        silent = made.ruling(DecisionKind.SENTENCE, at=now, measure=Measure())
        with pytest.raises(rules.GuiltNotSaid):
            actions.decide(court_case=held, ruling=silent, by=clerk, now=now)
        odd = made.ruling(DecisionKind.SENTENCE, at=now, measure=Measure(conviction=False, imprisonment_months=12))
        with pytest.raises(rules.ImprisonedAndAcquitted):
            actions.decide(court_case=held, ruling=odd, by=clerk, now=now)
        whole = made.ruling(DecisionKind.SENTENCE, at=now, measure=Measure(conviction=True, imprisonment_months=36))
        assert actions.decide(court_case=held, ruling=whole, by=clerk, now=now).imprisonment_months == 36


def test_nothing_is_decided_before_the_materials_came_or_tomorrow(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    with acting(clerk):
        for moment in (now - HOUR, now + HOUR):
            with pytest.raises(rules.ImpossibleMoment):
                actions.decide(court_case=held, ruling=made.ruling(at=moment), by=clerk, now=now)


def test_no_end_of_appeal_is_counted_because_none_is_on_record(owner: Actor, now: datetime) -> None:
    decision = made.decided(by=owner, now=now)
    assert (decision.appealable_until, decision.to_verify) == (None, False)


def test_an_appeal_holds_a_decision_back_until_the_higher_court_has_spoken(
    owner: Actor, clerk: Actor, now: datetime
) -> None:
    decision = made.decided(by=owner, now=now)
    with acting(clerk):
        appeal = actions.appeal(decision=decision, filed_by=Party.OFFENDER, at=now, by=clerk, now=now)
        assert CourtCase.objects.get().state == State.APPEALED
        with pytest.raises(rules.WrongDecisionState):
            actions.enter_into_force(decision=decision, at=now, by=clerk, now=now)
        with pytest.raises(rules.WrongDecisionState):
            actions.appeal(decision=decision, filed_by=Party.VICTIM, at=now, by=clerk, now=now)
        later = now + DAY
        actions.decide_appeal(appeal=appeal, result=AppealResult.UPHELD, at=later, by=clerk, now=later)
        with pytest.raises(rules.ImpossibleMoment):
            actions.enter_into_force(decision=decision, at=now, by=clerk, now=later)
        in_force = actions.enter_into_force(decision=decision, at=later, by=clerk, now=later)
        assert (in_force.state, in_force.in_force_at) == (DecisionState.IN_FORCE, later)
        assert CourtCase.objects.get().state == State.IN_FORCE


def test_a_varied_decision_says_the_new_measure_and_the_appeal_keeps_the_old(
    owner: Actor, clerk: Actor, now: datetime
) -> None:
    decision = made.decided(by=owner, now=now)
    with acting(clerk):
        appeal = actions.appeal(decision=decision, filed_by=Party.PROSECUTOR, at=now, by=clerk, now=now)
        with pytest.raises(rules.NewMeasureMissing):
            actions.decide_appeal(appeal=appeal, result=AppealResult.VARIED, at=now, by=clerk, now=now)
        harder = Measure(months=12, visits=4, prohibitions=(Prohibition.WEAPONS,))
        varied = AppealResult.VARIED
        actions.decide_appeal(appeal=appeal, result=varied, at=now, measure=harder, by=clerk, now=now)
        decision.refresh_from_db()
        before = Appeal.objects.get().before
    assert (decision.state, decision.months, decision.prohibitions) == (DecisionState.VARIED, 12, ["weapons"])
    assert before is not None
    assert (before["months"], before["prohibitions"]) == (6, ["contact_with_victim", "alcohol"])


def test_a_decision_that_is_set_aside_was_made_and_the_court_may_decide_anew(
    owner: Actor, clerk: Actor, now: datetime
) -> None:
    decision = made.decided(by=owner, now=now)
    with acting(clerk):
        appeal = actions.appeal(decision=decision, filed_by=Party.OFFENDER, at=now, by=clerk, now=now)
        actions.decide_appeal(appeal=appeal, result=AppealResult.SET_ASIDE, at=now, by=clerk, now=now)
        held = CourtCase.objects.get()
        assert (held.state, held.first_decided_at) == (State.DECIDED, now)
        assert not queries.awaiting_force(court_id=clerk.agency).exists()
        actions.schedule(court_case=held, at=now + DAY, by=clerk, now=now)
        later = now + 2 * DAY
        actions.decide(court_case=held, ruling=made.ruling(at=later), by=clerk, now=later)
        assert CourtCase.objects.get().first_decided_at == now
        assert Decision.objects.count() == 2


def test_an_appeal_returned_without_consideration_leaves_the_decision_as_it_was(
    owner: Actor, clerk: Actor, now: datetime
) -> None:
    decision = made.decided(by=owner, now=now)
    with acting(clerk):
        appeal = actions.appeal(decision=decision, filed_by=Party.BODY, at=now, by=clerk, now=now)
        actions.decide_appeal(appeal=appeal, result=AppealResult.RETURNED, at=now, by=clerk, now=now)
        decision.refresh_from_db()
        assert decision.state == DecisionState.ANNOUNCED
        with pytest.raises(rules.WrongDecisionState):
            actions.decide_appeal(appeal=appeal, result=AppealResult.UPHELD, at=now, by=clerk, now=now)


def test_materials_are_returned_undecided_and_with_a_reason(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.scheduled(by=owner, now=now)
    with acting(clerk):
        with pytest.raises(rules.WhyMissing):
            actions.return_material(court_case=held, why=" ", by=clerk, now=now)
        returned = actions.return_material(court_case=held, why="Хаттамада күні жоқ.", by=clerk, now=now)
        assert queries.opened([returned])[0].returned_why == "Хаттамада күні жоқ."
        assert Hearing.objects.get().result == Result.POSTPONED
        with pytest.raises(rules.WrongState):
            actions.decide(court_case=held, ruling=made.ruling(at=now), by=clerk, now=now)
    made.sent(by=owner, now=now, order=held.order)


def test_a_decision_sent_twice_is_written_once(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    with acting(clerk):
        actions.decide(court_case=held, ruling=made.ruling(at=now), by=clerk, now=now, seen=held.version)
        with pytest.raises(ChangedMeanwhile):
            actions.decide(court_case=held, ruling=made.ruling(at=now), by=clerk, now=now, seen=held.version)
        assert Decision.objects.count() == 1


def test_who_may_not_decide_changes_nothing(owner: Actor, excluded: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    before = JournalEntry.objects.count()
    for who in (owner, excluded):
        with acting(who), pytest.raises(NotAllowed):
            actions.decide(court_case=held, ruling=made.ruling(at=now), by=who, now=now)
    assert (Decision.objects.count(), JournalEntry.objects.count()) == (0, before)


def test_a_clerk_sends_nothing_to_himself(owner: Actor, clerk: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    with acting(clerk), pytest.raises(NotAllowed):
        actions.send(material=made.material(order), by=clerk, now=now)


def test_every_act_on_a_court_case_is_in_the_journal_without_a_name(owner: Actor, clerk: Actor, now: datetime) -> None:
    held = made.scheduled(by=owner, now=now, at=now + HOUR)
    then = now + DAY
    with acting(clerk):
        decision = actions.decide(court_case=held, ruling=made.ruling(at=then), by=clerk, now=then)
        appeal = actions.appeal(decision=decision, filed_by=Party.VICTIM, at=then, by=clerk, now=then)
        actions.decide_appeal(appeal=appeal, result=AppealResult.UPHELD, at=then, by=clerk, now=then)
        actions.enter_into_force(decision=decision, at=then, by=clerk, now=then)
    written = JournalEntry.objects.filter(thing="court_case", thing_id=str(held.id)).order_by("id")
    assert [entry.kind for entry in written] == [
        "courts.court_case.sent",
        "courts.hearing.set",
        "courts.decision.announced",
        "courts.appeal.filed",
        "courts.appeal.decided",
        "courts.decision.entered_into_force",
    ]
    said = str([entry.detail for entry in JournalEntry.objects.all()])
    assert "Сәрсенбаев" not in said
    assert made.NOTE not in said


def test_a_journal_that_cannot_be_written_undoes_the_decision(
    owner: Actor, clerk: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = made.sent(by=owner, now=now)

    def fail(**_detail: object) -> None:
        raise Error("the journal is full")

    monkeypatch.setattr("qorgan.base.journal.write", fail)
    with acting(clerk):
        with pytest.raises(Error), transaction.atomic():
            actions.decide(court_case=held, ruling=made.ruling(at=now), by=clerk, now=now)
        assert not Decision.objects.exists()
        assert CourtCase.objects.get().state == State.SENT
