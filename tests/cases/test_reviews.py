"""Someone of the family asks the ombudsman for a review: asked, opened, answered by a clock; never for the offender."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Admission
from qorgan.agencies.terms import BlockGround
from qorgan.base.errors import BadInput, ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions, queries, rules
from qorgan.cases.models import Case, Referral, Review
from qorgan.cases.terms import UNREAD, Decline, Outcome, Role, Standing
from qorgan.duties.models import ClockChange, Duty
from qorgan.duties.terms import Cause, Kind
from tests import factories
from tests.cases import disputed, shared
from tests.conftest import actor

DAY = timedelta(days=1)


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


@pytest.fixture
def review(owner: Actor, now: datetime, case: Case) -> Review:
    return disputed.review(case, by=owner, now=now)


@pytest.fixture
def ombudsman() -> Actor:
    return actor("ombudsman")


def _answer(
    review: Review,
    *,
    now: datetime,
    reasons: str = "Сараптаманың сұрақтары толық емес.",
    outcome: Outcome = Outcome.PARTLY,
) -> Review:
    by = actor("ombudsman")
    with acting(by):
        return actions.answer_review(review_id=review.id, outcome=outcome, reasons=reasons, by=by, now=now, seen=None)


def _duty(review: Review) -> Duty:
    with acting(offices.system("tests")):
        return Duty.objects.get(thing_id=review.id, kind=Kind.ANSWER_REVIEW)


def test_what_is_asked_waits_for_the_ombudsman_with_a_term_that_is_not_on_record(
    review: Review, case: Case, now: datetime
) -> None:
    assert review.number == f"{case.number}/R1"
    assert (review.due_at, review.answered_at) == (None, None)
    duty = _duty(review)
    assert (duty.provision, duty.due_at, duty.to_verify) == ("reviews.answered", None, True)
    assert duty.agency_id == actor("ombudsman").agency
    [view] = queries.reviews_of(case)
    assert view.asker is not None
    assert view.asker.name == disputed.MOTHER.written
    assert not view.barred


def test_where_the_deployment_entered_a_term_it_is_the_clock(owner: Actor, now: datetime, case: Case) -> None:
    shared.house_rule("reviews.answered", 10, now=now)
    review = disputed.review(case, by=owner, now=now)
    assert review.due_at is not None
    assert review.due_at > now + 10 * DAY
    by = actor("ombudsman")
    with acting(by), pytest.raises(rules.TermIsOnRecord):
        actions.set_term(review_id=review.id, due_at=now + DAY, why="тез", by=by, now=now)


def test_where_the_law_is_silent_a_person_sets_the_term_and_is_named(
    review: Review, ombudsman: Actor, now: datetime
) -> None:
    with acting(ombudsman):
        told = {"review_id": review.id, "why": "заңда мерзім жоқ", "by": ombudsman, "now": now}
        with pytest.raises(rules.TermLiesBack):
            actions.set_term(due_at=now, **told)  # type: ignore[arg-type]  # told by name
        with pytest.raises(BadInput):
            actions.set_term(due_at=now + DAY, **{**told, "why": " "})  # type: ignore[arg-type]  # told by name
        held = actions.set_term(due_at=now + 15 * DAY, **told)  # type: ignore[arg-type]  # told by name
    assert (held.due_at, held.set_by) == (now + 15 * DAY, ombudsman.staff_id)
    assert _duty(review).due_at == held.due_at
    with acting(offices.system("tests")):
        change = ClockChange.objects.get(thing_id=review.id)
    assert (change.cause, change.was, change.became) == (Cause.SET, None, held.due_at)


def test_the_office_sees_no_word_and_no_name_before_it_has_accepted_the_file(
    review: Review, ombudsman: Actor, case: Case, now: datetime
) -> None:
    with acting(ombudsman):
        found = queries.find_review(review.id)
        assert found is not None
        view = queries.offered(found)
        assert (view.words, view.asker) == ("", None)
        assert queries.find(case.id) is None
    shared.answered(review.referral, "ombudsman", now=now)
    with acting(ombudsman):
        found = queries.find_review(review.id)
        assert found is not None
        assert "қайта қаралсын" in queries.offered(found).words
    with acting(shared.inside("ombudsman", now=now)):
        inside = queries.find(case.id)
        assert inside is not None
        assert queries.statements(inside).accounts
        assert [view.number for view in (one.held for one in queries.reviews_of(inside))] == [review.number]


def test_an_answer_gives_its_reasons_closes_the_file_to_the_office_and_does_the_duty(
    review: Review, ombudsman: Actor, case: Case, now: datetime
) -> None:
    disputed.read(review, now=now)
    with pytest.raises(rules.NoReasons):
        _answer(review, now=now, reasons=" ")
    held = _answer(review, now=now)
    assert (held.answered_by, held.outcome) == (ombudsman.staff_id, Outcome.PARTLY)
    assert _duty(review).done_at == now
    assert Referral.objects.get(pk=review.referral_id).standing == Standing.ENDED
    assert not Admission.objects.filter(basis=review.referral_id, ended_at=None).exists()
    assert queries.reviews_of(case)[0].answer == "Сараптаманың сұрақтары толық емес."
    with pytest.raises(rules.ReviewAnswered):
        _answer(review, now=now)


SUBSTANCE = sorted(set(Outcome) - UNREAD)


@pytest.mark.parametrize("outcome", SUBSTANCE)
def test_an_office_that_did_not_take_the_file_says_nothing_on_the_substance(
    review: Review, now: datetime, outcome: Outcome
) -> None:
    with pytest.raises(rules.FileNotTaken):
        _answer(review, now=now, outcome=outcome)


@pytest.mark.parametrize("outcome", SUBSTANCE)
def test_an_office_that_took_the_file_and_never_opened_it_says_nothing_on_the_substance(
    review: Review, case: Case, owner: Actor, now: datetime, outcome: Outcome
) -> None:
    shared.answered(review.referral, "ombudsman", now=now)
    disputed.looked(case.id, by=owner, now=now)
    with pytest.raises(rules.FileNotRead):
        _answer(review, now=now, outcome=outcome)
    disputed.looked(case.id, by=actor("ombudsman"), now=now)
    assert _answer(review, now=now, outcome=outcome).opened_at == now


@pytest.mark.parametrize("outcome", sorted(UNREAD))
def test_that_it_is_not_its_own_or_was_withdrawn_an_office_says_without_the_file(
    review: Review, now: datetime, outcome: Outcome
) -> None:
    assert _answer(review, now=now, outcome=outcome).opened_at is None
    assert Referral.objects.get(pk=review.referral_id).standing == Standing.WITHDRAWN


def test_the_database_keeps_no_answer_on_the_substance_of_a_file_that_was_not_open(review: Review) -> None:
    said = {"answered_at": review.written_at, "answered_by": review.written_by, "outcome": Outcome.GROUNDED}
    with pytest.raises(IntegrityError, match="review_read_before_its_answer"):
        Review.objects.filter(pk=review.pk).update(**said)


def test_a_second_relative_asks_beside_the_first_and_the_file_stays_open_until_both_are_answered(
    review: Review, owner: Actor, case: Case, now: datetime
) -> None:
    disputed.read(review, now=now)
    victim = shared.person(case)
    second = actions.ask_review(case=case, request=disputed.request(victim.id, now=now), by=owner, now=now)
    assert (second.number, second.referral_id) == (f"{case.number}/R2", review.referral_id)
    _answer(review, now=now)
    assert Referral.objects.get(pk=review.referral_id).standing == Standing.ACCEPTED
    _answer(second, now=now)
    assert Referral.objects.get(pk=review.referral_id).standing == Standing.ENDED


def test_one_person_asks_once_until_the_answer(review: Review, owner: Actor, case: Case, now: datetime) -> None:
    with pytest.raises(rules.AskedAlready):
        actions.ask_review(case=case, request=disputed.request(review.asker_id, now=now), by=owner, now=now)
    _answer(review, now=now, outcome=Outcome.WITHDRAWN)
    again = actions.ask_review(case=case, request=disputed.request(review.asker_id, now=now), by=owner, now=now)
    assert again.number == f"{case.number}/R2"


def test_a_closed_case_may_be_reviewed_and_read(owner: Actor, case: Case, now: datetime) -> None:
    mother = disputed.mother(case, by=owner, now=now)
    actions.close(case=case, by=owner, now=now)
    review = actions.ask_review(case=case, request=disputed.request(mother.id, now=now), by=owner, now=now)
    shared.answered(review.referral, "ombudsman", now=now)
    with acting(shared.inside("ombudsman", now=now)):
        assert queries.find(case.id) is not None


def test_who_is_or_may_be_complained_of_asks_for_nothing(owner: Actor, case: Case, now: datetime) -> None:
    offender = shared.person(case, Role.OFFENDER)
    same = actions.add_person(case=case, named=factories.MAN, role=Role.REPRESENTATIVE, by=owner, now=now)
    for asker in (offender, same):
        with pytest.raises(rules.AskerIsBarred):
            actions.ask_review(case=case, request=disputed.request(asker.id, now=now), by=owner, now=now)
    assert not Review.objects.exists()


def test_whoever_turns_out_to_be_complained_of_later_is_marked_as_not_to_be_told(
    review: Review, owner: Actor, case: Case, now: datetime
) -> None:
    actions.add_person(case=case, named=disputed.MOTHER, role=Role.OFFENDER, by=owner, now=now)
    assert queries.reviews_of(case)[0].barred


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"words": " "}, rules.NothingAsked),
        ({"asked_at": datetime(2030, 1, 1, tzinfo=UTC)}, rules.SaidLater),
    ],
)
def test_a_request_says_what_is_asked_and_was_not_made_tomorrow(
    owner: Actor, case: Case, now: datetime, changes: dict[str, object], refusal: type[Exception]
) -> None:
    mother = disputed.mother(case, by=owner, now=now)
    with pytest.raises(refusal):
        actions.ask_review(case=case, request=disputed.request(mother.id, now=now, **changes), by=owner, now=now)


def test_who_asks_is_of_the_case(owner: Actor, case: Case, now: datetime) -> None:
    other = shared.person(factories.case(by=owner, now=now))
    with pytest.raises(rules.NotOfTheCase):
        actions.ask_review(case=case, request=disputed.request(other.id, now=now), by=owner, now=now)


def test_nobody_of_the_case_takes_the_file_away_from_the_review(
    review: Review, owner: Actor, case: Case, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        actions.take_back(case=case, referral_id=review.referral_id, by=owner, now=now)


def test_a_declined_file_leaves_the_review_to_be_answered(review: Review, ombudsman: Actor, now: datetime) -> None:
    with acting(ombudsman):
        actions.decline(referral_id=review.referral_id, why=Decline.NOT_OURS, by=ombudsman, now=now)
    assert _duty(review).done_at is None
    with pytest.raises(rules.FileNotTaken):
        _answer(review, now=now)
    _answer(review, now=now, outcome=Outcome.NOT_OURS)
    assert Referral.objects.get(pk=review.referral_id).standing == Standing.DECLINED


def test_a_stranger_finds_no_review_and_the_case_s_owner_does_not_answer_it(
    review: Review, owner: Actor, case: Case, now: datetime
) -> None:
    said = {"review_id": review.id, "outcome": Outcome.NOT_GROUNDED, "reasons": "жоқ", "now": now}
    with pytest.raises(NotAllowed):
        actions.answer_review(by=owner, **said)  # type: ignore[arg-type]  # told by name
    stranger = actor("rudny")
    with acting(stranger):
        assert queries.find_review(review.id) is None
        with pytest.raises(NotFound):
            actions.ask_review(case=case, request=disputed.request(review.asker_id, now=now), by=stranger, now=now)


def test_a_block_hides_the_review_from_someone_of_the_ombudsman_s_office(
    review: Review, ombudsman: Actor, case: Case, owner: Actor, now: datetime
) -> None:
    agencies.block(staff_id=ombudsman.staff, **beside(case), ground=BlockGround.KIN, by=owner, now=now)
    with acting(ombudsman):
        assert queries.find_review(review.id) is None
        with pytest.raises(NotFound):
            actions.answer_review(review_id=review.id, outcome=Outcome.NOT_OURS, reasons="жоқ", by=ombudsman, now=now)


def test_of_two_who_saw_the_same_only_the_first_answers(review: Review, ombudsman: Actor, now: datetime) -> None:
    with acting(ombudsman):
        actions.set_term(review_id=review.id, due_at=now + DAY, why="бір", by=ombudsman, now=now, seen=1)
        with pytest.raises(ChangedMeanwhile):
            actions.answer_review(
                review_id=review.id, outcome=Outcome.GROUNDED, reasons="иә", by=ombudsman, now=now, seen=1
            )
