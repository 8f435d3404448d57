"""A missing child, from the alarm to the finding, as a duty officer relies on it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.agencies.terms import BlockGround
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases.models import Case
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.missing import actions, queries, rules
from qorgan.missing.models import Alarm, Bulletin
from qorgan.missing.terms import Result, State
from qorgan.reports.models import Report
from qorgan.reports.terms import Serving
from tests import factories
from tests.conftest import actor
from tests.missing import made


def _codes(found: list[Agency]) -> set[str]:
    return {one.code for one in found}


def test_an_alarm_needs_nothing_before_it_and_makes_report_and_case(owner: Actor, now: datetime) -> None:
    raised = actions.raise_alarm(alert=made.alert(now=now), by=owner, now=now)
    assert raised.alarm is not None
    view = queries.opened([raised.alarm])[0]
    assert (view.child.name if view.child else "", view.last_place) == (made.CHILD, made.PLACE)
    assert view.number == Case.objects.get().number
    assert made.WEARING not in str(JournalEntry.objects.values_list("detail", flat=True))


def test_the_same_sending_is_one_alarm(owner: Actor, now: datetime) -> None:
    alert = made.alert(now=now)
    first = actions.raise_alarm(alert=alert, by=owner, now=now)
    again = actions.raise_alarm(alert=alert, by=owner, now=now + timedelta(seconds=2))
    assert (again.is_new, again.alarm) == (False, first.alarm)
    assert Alarm.objects.count() == 1


def test_the_whole_region_and_the_department_of_the_next_are_told_and_nobody_far_away(
    owner: Actor,
) -> None:
    found = _codes(queries.near(7903, besides=owner.agency))
    assert {"shymkent-dp", "shymkent-abai-police", "shymkent-karatau-police", "turkistan-dp"} <= found
    assert not {"shymkent-enbekshi-police", "kostanay-rudny-police", "shymkent-military-police"} & found


def test_a_neighbour_is_told_by_a_duty_in_its_own_place_and_does_not_see_the_case(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    with acting(near := actor("abai")):
        assert queries.find(alarm.id) is None
        (told,) = queries.told_to(near.agency)
        assert Duty.objects.get(thing_id=told.id).due_at == now + timedelta(hours=1)
        view = queries.opened_bulletins([told])[0]
        assert (view.name, view.wearing) == (made.CHILD, made.WEARING)
        actions.answer(bulletin_id=told.id, by=near, now=now)
        assert Duty.objects.get(thing_id=told.id).done_at == now
        with pytest.raises(rules.AlreadyAnswered):
            actions.answer(bulletin_id=told.id, by=near, now=now)


def test_when_she_is_found_nobody_elsewhere_can_open_her_name_and_nothing_waits(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    actions.found_alive(alarm=alarm, end=actions.End(place="мектеп"), by=owner, now=now)
    with acting(actor("abai")):
        told = Bulletin.objects.get()
        assert told.over_at == now
        assert queries.opened_bulletins([told])[0].name == ""
        assert not Duty.objects.filter(thing_id=told.id, dropped_at__isnull=True).exists()
    open_now = Duty.objects.filter(thing_id=alarm.id, done_at__isnull=True, dropped_at__isnull=True)
    assert [one.kind for one in open_now] == [Kind.HEAR_CHILD]


def test_the_hour_of_the_first_search_ends_with_the_first_place_that_is_written_down(
    owner: Actor, now: datetime
) -> None:
    alarm = made.alarm(by=owner, now=now)
    searched = actions.Searched(place="Саябақ", searchers="2 патруль", at=now, result=Result.NOTHING)
    actions.note_search(alarm=alarm, searched=searched, by=owner, now=now)
    assert Duty.objects.get(thing_id=alarm.id, kind=Kind.FIRST_SEARCH).done_at == now
    assert [(one.place, one.result) for one in queries.searches(alarm)] == [("Саябақ", Result.NOTHING)]


def test_nobody_searched_tomorrow_or_before_she_was_gone(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    for at in (now + timedelta(minutes=1), now - timedelta(hours=2)):
        with pytest.raises(rules.ImpossibleMoment):
            searched = actions.Searched(place="x", searchers="", at=at, result=Result.NOTHING)
            actions.note_search(alarm=alarm, searched=searched, by=owner, now=now)


def test_a_death_opens_a_case_of_its_own(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    ended = actions.found_dead(alarm=alarm, end=actions.End(place="өзен жағасы", words="табылды"), by=owner, now=now)
    assert ended.death_case_id is not None
    death = Case.objects.get(pk=ended.death_case_id)
    assert death.thread_id != alarm.thread_id
    assert Case.objects.count() == 2


def test_a_death_is_written_down_also_where_nothing_of_ones_own_may_begin(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    inside = replace(owner, permissions=owner.permissions - offices.BEGINS)
    ended = actions.found_dead(alarm=alarm, end=actions.End(place="өзен жағасы"), by=inside, now=now)
    assert (ended.state, ended.death_case_id) == (State.FOUND_DEAD, None)


def test_a_search_rests_for_a_reason_and_until_a_day(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    today = now.date()
    with pytest.raises(rules.NoReason):
        actions.rest(alarm=alarm, end=actions.End(review_on=today + timedelta(days=7)), by=owner, now=now)
    for day in (None, today, today + timedelta(days=31)):
        with pytest.raises(rules.NoReviewDay):
            actions.rest(alarm=alarm, end=actions.End(words="із жоқ", review_on=day), by=owner, now=now)
    end = actions.End(words="із жоқ", review_on=today + timedelta(days=7))
    actions.rest(alarm=alarm, end=end, by=owner, now=now)
    review = Duty.objects.get(thing_id=alarm.id, kind=Kind.REVIEW_SEARCH)
    assert review.due_at is not None
    assert timedelta(days=6) < review.due_at - now < timedelta(days=8)


def test_a_search_that_begins_again_tells_the_neighbours_anew(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    end = actions.End(words="із жоқ", review_on=now.date() + timedelta(days=7))
    actions.rest(alarm=alarm, end=end, by=owner, now=now)
    actions.seek_again(alarm=alarm, why="біреу көрген", by=owner, now=now + timedelta(days=1))
    assert Alarm.objects.get().state == State.SOUGHT
    open_now = Duty.objects.filter(thing_id=alarm.id, done_at__isnull=True, dropped_at__isnull=True)
    assert [one.kind for one in open_now] == [Kind.FIRST_SEARCH]
    with acting(near := actor("abai")):
        assert queries.told_to(near.agency).count() == 1


def test_a_child_is_sought_once_at_a_time(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    with pytest.raises(rules.AlreadySought):
        actions.raise_in_case(case=alarm.case, child_id=alarm.child_id, told=actions.Told(), by=owner, now=now)


def test_in_a_case_that_stands_the_alarm_is_raised_for_a_child_of_it_alone(owner: Actor, now: datetime) -> None:
    case, other = factories.case(by=owner, now=now), made.alarm(by=owner, now=now)
    with pytest.raises(rules.NobodyNamed):
        actions.raise_in_case(case=case, child_id=other.child_id, told=actions.Told(), by=owner, now=now)


def test_where_a_yes_seals_the_record_the_office_that_takes_it_on_is_told_to_raise_the_alarm(
    owner: Actor, now: datetime
) -> None:
    raised = actions.raise_alarm(alert=made.alert(now=now, serving=Serving.POLICE), by=owner, now=now)
    assert raised.alarm is None
    assert not Alarm.objects.exists()
    with acting(actor("abai")):
        assert not Bulletin.objects.exists()
    with acting(offices.system("tests")):
        duty = Duty.objects.get(thing_id=raised.report.id, kind=Kind.RAISE_ALARM)
        assert duty.agency.kind == "prosecutor"
        assert Report.objects.filter(pk=raised.report.id).exists()


def test_for_a_stranger_there_is_no_alarm_and_who_may_not_raise_one_changes_nothing(
    owner: Actor, stranger: Actor, excluded: Actor, now: datetime
) -> None:
    alarm = made.alarm(by=owner, now=now)
    with acting(stranger), pytest.raises(NotFound):
        actions.found_alive(alarm=alarm, end=actions.End(), by=stranger, now=now)
    before = JournalEntry.objects.count()
    with acting(excluded), pytest.raises(NotAllowed):
        actions.raise_alarm(alert=made.alert(now=now), by=excluded, now=now)
    assert JournalEntry.objects.count() == before
    with acting(stranger), pytest.raises(NotFound):
        actions.answer(bulletin_id=alarm.id, by=stranger, now=now)


def test_someone_of_a_neighbour_to_whom_the_record_is_shut_is_told_nothing(owner: Actor, now: datetime) -> None:
    near = actor("abai")
    alarm = made.alarm(by=owner, now=now)
    agencies.block(staff_id=near.staff, **beside(alarm), ground=BlockGround.NAMED, by=owner, now=now)
    with acting(near):
        assert not queries.told_to(near.agency).exists()
        assert not Duty.objects.filter(kind=Kind.LOOK_OUT).exists()
    with acting(head := actor("abaihead")):
        assert queries.told_to(head.agency).count() == 1
