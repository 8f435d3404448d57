"""Opening a record without an ordinary right to it: in an emergency alone, a sealed one only as two people."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Admission, Opening
from qorgan.agencies.rules import NoReason, OpeningDecided
from qorgan.agencies.terms import BlockGround, OpeningKind, OpeningReason
from qorgan.base import clock
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions
from qorgan.cases.models import Case
from qorgan.cases.rules import AlreadyInSight
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.reports.models import Report
from qorgan.reports.terms import Serving
from tests import factories
from tests.conftest import actor

WHY = "Ол қазір осында, баласымен"


def opened(who: Actor, number: str, *, now: datetime, why: str = WHY) -> Opening | None:
    with acting(who):
        return actions.open_by_number(number=number, reason=OpeningReason.CALL, why=why, by=who, now=now)


def entered(who: Actor, *, at: datetime) -> list[Case]:
    """The cases that a person sees who has entered the file that was entrusted last."""
    from qorgan.agencies.models import Mandate

    mandate = Mandate.objects.get(pk=who.mandate_id)
    with clock.frozen(at):
        admission = offices.admissions_of(mandate, now=at).first()
        if admission is None:
            return []
        with acting(offices.entered(mandate, admission)):
            return list(Case.objects.all())


def duties(kind: Kind) -> list[Duty]:
    with acting(offices.system("test")):
        return list(Duty.objects.filter(kind=kind, done_at=None))


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


@pytest.fixture
def sealed(owner: Actor, now: datetime) -> Report:
    return factories.report(by=owner, now=now, serving=Serving.POLICE)


def test_record_of_another_place_opens_at_once_for_two_hours_and_by_any_of_its_numbers(
    case: Case, stranger: Actor, now: datetime
) -> None:
    with acting(offices.system("test")):
        report = Report.objects.get()
    for number in (case.number, report.number, report.kui_no):
        opening = opened(stranger, number, now=now)
        assert opening is not None
        assert (opening.kind, opening.until) == (OpeningKind.ALONE, now + timedelta(hours=2))
    assert [one.pk for one in entered(stranger, at=now + timedelta(minutes=119))] == [case.pk]
    assert entered(stranger, at=now + timedelta(minutes=121)) == []


def test_an_emergency_shows_and_changes_nothing(case: Case, stranger: Actor, now: datetime) -> None:
    from qorgan.agencies.models import Mandate

    opened(stranger, case.number, now=now)
    mandate = Mandate.objects.get(pk=stranger.mandate_id)
    assert "orders.order.draft" in stranger.permissions
    with clock.frozen(now):
        inside = offices.entered(mandate, offices.admissions_of(mandate, now=now)[0])
    assert inside.permissions
    assert all(one.endswith(".see") for one in inside.permissions)


def test_those_who_lead_it_are_told_and_another_office_reviews_it_within_a_day(
    case: Case, stranger: Actor, now: datetime
) -> None:
    opened(stranger, case.number, now=now)
    (told,), (review,) = duties(Kind.SEE_OPENING), duties(Kind.REVIEW_OPENING)
    assert told.agency_id == case.agency_id
    assert review.due_at == now + timedelta(hours=24)
    assert review.agency_id not in {case.agency_id, stranger.agency}


def test_words_why_are_sealed_and_the_journal_keeps_only_the_code(case: Case, stranger: Actor, now: datetime) -> None:
    opening = opened(stranger, case.number, now=now)
    assert opening is not None
    assert offices.why_opened(opening) == WHY
    row = JournalEntry.objects.get(kind="agencies.opening.opened_alone")
    assert (row.staff_id, row.detail["reason"]) == (stranger.staff, "call")
    assert WHY not in str(row.detail)


def test_sealed_one_shut_one_and_one_that_is_not_there_are_one_answer(
    case: Case, sealed: Report, stranger: Actor, now: datetime
) -> None:
    agencies.block(staff_id=stranger.staff, **beside(case), ground=BlockGround.KIN, by=stranger, now=now)
    assert {opened(stranger, number, now=now) for number in (case.number, sealed.number, "26-SHY-9999999")} == {None}
    assert not Admission.objects.filter(staff_id=stranger.staff).exists()
    assert JournalEntry.objects.filter(kind="cases.opening.tried", staff_id=stranger.staff).count() == 3


def test_what_one_sees_anyway_needs_no_emergency(case: Case, owner: Actor, colleague: Actor, now: datetime) -> None:
    for who in (owner, colleague):
        with pytest.raises(AlreadyInSight):
            opened(who, case.number, now=now)


def test_an_emergency_has_a_reason_in_words_also_where_nothing_is_there(stranger: Actor, now: datetime) -> None:
    with pytest.raises(NoReason):
        opened(stranger, "26-SHY-9999999", now=now, why="  ")


@pytest.mark.parametrize("login", ["calltaker", "clerk", "statistician", "admin", "prosecutor"])
def test_who_leads_no_records_opens_none(case: Case, now: datetime, login: str) -> None:
    with pytest.raises(NotAllowed):
        opened(actor(login), case.number, now=now)


def reviewer(kind: Kind) -> Actor:
    (duty,) = duties(kind)
    return next(one for one in map(actor, ("abaihead", "prosecutor", "head")) if one.agency == duty.agency_id)


def test_wrongly_opened_one_is_shut_again_at_once(case: Case, stranger: Actor, now: datetime) -> None:
    opening = opened(stranger, case.number, now=now)
    assert opening is not None
    who = reviewer(Kind.REVIEW_OPENING)
    with acting(who):
        actions.review_opening(opening_id=opening.id, was_right=False, why="Дерек жоқ", by=who, now=now)
    assert entered(stranger, at=now + timedelta(minutes=5)) == []
    assert duties(Kind.REVIEW_OPENING) == []
    with acting(who), pytest.raises((OpeningDecided, NotFound)), transaction.atomic():
        actions.review_opening(opening_id=opening.id, was_right=True, why="Қайта", by=who, now=now)


def test_nobody_reviews_his_own_opening_nor_that_of_his_office(case: Case, stranger: Actor, now: datetime) -> None:
    opening = opened(stranger, case.number, now=now)
    assert opening is not None
    for login in ("rudny", "inspector", "head", "calltaker"):
        who = actor(login)
        with acting(who), pytest.raises((NotFound, NotAllowed)), transaction.atomic():
            actions.review_opening(opening_id=opening.id, was_right=True, why="Дұрыс", by=who, now=now)


def test_sealed_record_opens_only_when_a_second_person_lets_in(sealed: Report, stranger: Actor, now: datetime) -> None:
    assert opened(stranger, sealed.number, now=now) is None
    (duty,) = duties(Kind.LET_IN)
    prosecutor = actor("prosecutor")
    assert duty.agency_id == prosecutor.agency
    asked = Opening.objects.get()
    assert (asked.kind, asked.admission_id) == (OpeningKind.TWO_PEOPLE, None)
    for who in (stranger, actor("head"), actor("cityhead")):
        with acting(who), pytest.raises((NotFound, NotAllowed)), transaction.atomic():
            actions.let_in(opening_id=asked.id, agree=True, why="Рұқсат", by=who, now=now)
    with acting(prosecutor):
        actions.let_in(opening_id=asked.id, agree=True, why="Рұқсат", by=prosecutor, now=now)
    later = now + timedelta(hours=7)
    with clock.frozen(later), acting(offices.system("test")):
        admission = Admission.objects.get(staff_id=stranger.staff)
    assert admission.until == now + timedelta(hours=8)


def test_asking_that_was_refused_or_ran_out_opens_nothing(sealed: Report, stranger: Actor, now: datetime) -> None:
    opened(stranger, sealed.number, now=now)
    opened(stranger, sealed.number, now=now)
    first, second = Opening.objects.order_by("asked_at", "id")
    prosecutor = actor("prosecutor")
    with acting(prosecutor):
        actions.let_in(opening_id=first.id, agree=False, why="Негіз жоқ", by=prosecutor, now=now)
        with pytest.raises(OpeningDecided), transaction.atomic():
            actions.let_in(opening_id=second.id, agree=True, why="Кеш", by=prosecutor, now=now + timedelta(hours=25))
    assert not Admission.objects.filter(staff_id=stranger.staff).exists()


def test_who_is_shut_out_after_asking_is_not_let_in(sealed: Report, stranger: Actor, now: datetime) -> None:
    opened(stranger, sealed.number, now=now)
    agencies.block(staff_id=stranger.staff, **beside(sealed), ground=BlockGround.SELF, by=stranger, now=now)
    prosecutor = actor("prosecutor")
    with acting(prosecutor), pytest.raises(NotFound), transaction.atomic():
        actions.let_in(opening_id=Opening.objects.get().id, agree=True, why="Рұқсат", by=prosecutor, now=now)


def test_an_opening_in_an_emergency_is_told_to_those_who_ask_who_can_see(
    case: Case, stranger: Actor, now: datetime
) -> None:
    opened(stranger, case.number, now=now)
    with acting(offices.system("test")):
        seers = offices.seers("cases.case.see", **beside(case), now=now)
    assert "break_glass" in {seer.ground for seer in seers if seer.mandate.staff_id == stranger.staff}
