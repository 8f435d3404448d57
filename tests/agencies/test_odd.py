"""Unusual looking: what is listed for a person, what is not, and that nothing else follows from it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgan.agencies import actions, queries
from qorgan.agencies.engine.odd import FEWEST, Known, Look, OddLook, unusual
from qorgan.agencies.models import Odd
from qorgan.agencies.rules import NoReason
from qorgan.base import clock, journal
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.people.actions import Named
from tests import factories
from tests.conftest import actor
from tests.courts import made as court
from tests.roles import as_process
from tests.web.pages import signed_in

DAY = datetime(2026, 11, 18, tzinfo=UTC)
NOON = DAY.replace(hour=7)  # 12:00 in Shymkent
NIGHT = DAY.replace(hour=21)  # 02:00 there
WHO, FILE = uuid4(), uuid4()
SHYMKENT = ZoneInfo("Asia/Almaty")


def known(**said: object) -> Known:
    nothing: dict[str, object] = {
        "usual": {},
        "worked": set(),
        "wrote_today": set(),
        "namesakes": set(),
        "closed_at": {},
        "came_back": {},
        "zones": {WHO: SHYMKENT},
    }
    return Known(**(nothing | said))  # type: ignore[arg-type]  # the fields by name


def reasons(looks: list[Look], **said: object) -> set[OddLook]:
    return {line.reason for line in unusual(looks, day=DAY.date(), known=known(**said))}


def looks(files: int, *, at: datetime = NOON) -> list[Look]:
    return [Look(WHO, at, uuid4()) for _file in range(files)]


def test_a_day_like_every_other_lists_nothing() -> None:
    assert reasons(looks(12)) == set()


def test_many_files_are_judged_by_ones_own_usual_day() -> None:
    assert reasons(looks(FEWEST - 1)) == set()
    assert reasons(looks(FEWEST)) == {OddLook.MANY}
    busy = {WHO: [25] * 10}
    assert reasons(looks(60), usual=busy) == set()
    assert reasons(looks(75), usual=busy) == {OddLook.MANY}


def test_at_night_only_where_nothing_was_written_that_day_and_the_file_is_not_ones_own() -> None:
    look = [Look(WHO, NIGHT, FILE)]
    assert reasons(look) == {OddLook.AT_NIGHT}
    assert reasons(look, wrote_today={WHO}) == set()
    assert reasons(look, worked={(WHO, FILE)}) == set()


def test_namesake_coming_back_and_long_closed_files_are_listed_unless_one_worked_in_them() -> None:
    look = [Look(WHO, NOON, FILE)]
    said = {
        "namesakes": {(WHO, FILE)},
        "came_back": {(WHO, FILE): 3},
        "closed_at": {FILE: NOON - timedelta(days=200)},
    }
    assert reasons(look, **said) == {OddLook.OWN_NAME, OddLook.NOT_THEIRS, OddLook.CLOSED}
    assert reasons(look, **said, worked={(WHO, FILE)}) == set()
    assert reasons(look, came_back={(WHO, FILE): 2}, closed_at={FILE: NOON - timedelta(days=100)}) == set()


@given(files=st.integers(0, 200), usual=st.lists(st.integers(0, 100), max_size=20))
def test_looking_at_more_files_never_makes_a_line_go_away(files: int, usual: list[int]) -> None:
    before = reasons(looks(files), usual={WHO: usual})
    assert before <= reasons(looks(files + 40), usual={WHO: usual})


def seen(case: Case, *, by: Actor, at: datetime) -> None:
    journal.write(kind="web.case.seen", thing="case", thing_id=case.id, by=by, now=at)


def listed(day: datetime, *, now: datetime) -> list[tuple[UUID, str, int]]:
    system = queries.system("test")
    with acting(system), as_process(Process.WORKER):
        cases.list_unusual(day=day.date(), by=system, now=now)
    return [(odd.staff_id, odd.reason, odd.count) for odd in Odd.objects.order_by("reason")]


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    """A case against a man who bears the head's surname."""
    namesake = Named(written="Оспанқұлов Әсет Маратұлы")
    report = factories.report(by=owner, now=now - timedelta(days=9), suspect=namesake)
    return cases.open_from_report(report=report, by=owner, now=now - timedelta(days=9))


def test_looks_of_a_day_are_listed_once_and_only_of_those_who_did_nothing_in_the_file(
    case: Case, owner: Actor, colleague: Actor, now: datetime
) -> None:
    for who in (owner, colleague):
        seen(case, by=who, at=NIGHT)
    once = listed(DAY, now=now)
    assert once == [(colleague.staff, "at_night", 1), (colleague.staff, "own_name", 1)]
    assert listed(DAY, now=now) == once
    assert listed(DAY - timedelta(days=1), now=now) == once


def test_whoever_opens_the_order_and_the_offence_has_opened_the_file(
    case: Case, owner: Actor, colleague: Actor, now: datetime
) -> None:
    order = factories.draft(by=owner, now=now - timedelta(days=8), held=case)
    offence = factories.offence(by=owner, now=now - timedelta(days=8), case=case)
    browser = signed_in("head")
    with clock.frozen(NIGHT):
        for page in (f"/orders/{order.id}/", f"/offences/{offence.id}/", f"/orders/{order.id}/paper.pdf"):
            assert browser.get(page).status_code == 200, page
    assert listed(DAY, now=now) == [(colleague.staff, "at_night", 3), (colleague.staff, "own_name", 3)]


def test_whoever_opens_the_court_case_has_opened_the_file(owner: Actor, colleague: Actor, now: datetime) -> None:
    sent = court.sent(by=owner, now=now - timedelta(days=8))
    browser = signed_in("head")
    with clock.frozen(NIGHT):
        for page in (f"/courts/{sent.id}/", f"/courts/send/order/{sent.order_id}/"):
            assert browser.get(page).status_code == 200, page
    assert ("at_night", 2) in {(why, files) for _staff, why, files in listed(DAY, now=now)}


def test_a_person_judges_it_in_words_and_nothing_else_follows(case: Case, colleague: Actor, now: datetime) -> None:
    seen(case, by=colleague, at=NIGHT)
    listed(DAY, now=now)
    prosecutor = actor("prosecutor")
    (first, _second) = queries.odd_looks(territories=prosecutor.territories, but=prosecutor.staff)
    with pytest.raises(NoReason):
        actions.judge(odd_id=first.id, why="", by=prosecutor, now=now)
    actions.judge(odd_id=first.id, why="Кезекшілікте болған", by=prosecutor, now=now)
    assert queries.odd_looks(territories=prosecutor.territories, but=prosecutor.staff).count() == 1
    with acting(colleague):
        assert Case.objects.filter(pk=case.pk).exists()


def test_nobody_judges_his_own_looks_nor_those_of_another_place(
    case: Case, colleague: Actor, stranger: Actor, now: datetime
) -> None:
    seen(case, by=colleague, at=NIGHT)
    listed(DAY, now=now)
    odd = Odd.objects.first()
    assert odd is not None
    assert not queries.odd_looks(territories=colleague.territories, but=colleague.staff).exists()
    for who, refusal in ((colleague, NotFound), (stranger, NotAllowed), (actor("abaihead"), NotFound)):
        with pytest.raises(refusal):
            actions.judge(odd_id=odd.id, why="Бәрі дұрыс", by=who, now=now)
