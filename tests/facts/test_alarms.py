"""Alarms for missing children: raised, first searched, found alive; told once each and never of which child."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.facts.collect import trace
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from qorgan.missing import actions
from qorgan.missing.models import Alarm
from qorgan.missing.terms import Result
from tests.facts.test_collect import collect_all, facts
from tests.missing import made
from tests.roles import as_process

HOUR = timedelta(hours=1)
RAISED, SEARCHED, FOUND = FactKind.ALARM_RAISED, FactKind.ALARM_SEARCHED, FactKind.ALARM_FOUND_ALIVE


def _searched(alarm: Alarm, *, at: datetime, by: Actor, now: datetime) -> None:
    place = actions.Searched(place="мектеп ауласы", searchers="патруль", at=at, result=Result.NOTHING)
    actions.note_search(alarm=alarm, searched=place, by=by, now=now)


def test_an_alarm_its_first_search_and_its_end_are_told_with_the_hours_since_it_was_raised(
    owner: Actor, now: datetime
) -> None:
    alarm = made.alarm(by=owner, now=now)
    _searched(alarm, at=now + 2 * HOUR, by=owner, now=now + 3 * HOUR)
    _searched(alarm, at=now + HOUR, by=owner, now=now + 4 * HOUR)
    actions.found_alive(alarm=alarm, end=actions.End(at=now + 5 * HOUR), by=owner, now=now + 9 * HOUR)
    collect_all(now + 10 * HOUR)
    (raised,), (searched,), (found,), (report,) = map(facts, (RAISED, SEARCHED, FOUND, FactKind.REPORT_REGISTERED))
    assert (raised.hours, searched.hours, found.hours) == (None, Decimal("1.000"), Decimal("5.000"))
    assert raised.link == searched.link == found.link
    assert raised.root == report.link
    assert (raised.on, raised.region, raised.code, raised.age) == (date(2026, 11, 20), 79, None, None)
    assert collect_all(now + 11 * HOUR).facts == 0


def test_a_place_searched_before_the_alarm_was_written_down_was_searched_at_once(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    _searched(alarm, at=now - HOUR, by=owner, now=now)
    collect_all(now + HOUR)
    assert [fact.hours for fact in facts(SEARCHED)] == [Decimal("0.000")]


def test_a_child_sought_again_after_a_wrong_end_was_not_found(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    actions.found_alive(alarm=alarm, end=actions.End(), by=owner, now=now + HOUR)
    collect_all(now + HOUR)
    actions.seek_again(alarm=alarm, why="басқа бала екен", by=owner, now=now + 2 * HOUR)
    collect_all(now + 3 * HOUR)
    assert [fact.withdrawn for fact in facts(FOUND)] == [False, True]
    assert len(facts(RAISED)) == 1


def test_a_child_found_dead_is_counted_as_missing_and_not_as_found_alive(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    actions.found_dead(alarm=alarm, end=actions.End(place="өзен жағасы"), by=owner, now=now + HOUR)
    collect_all(now + 2 * HOUR)
    assert (len(facts(RAISED)), facts(FOUND)) == (1, [])


def test_figures_of_alarms_lead_to_the_case(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    _searched(alarm, at=now, by=owner, now=now)
    actions.found_alive(alarm=alarm, end=actions.End(), by=owner, now=now + HOUR)
    moment = collect_all(now + 2 * HOUR).as_of
    assert moment is not None
    with as_process(Process.COLLECTOR):
        for kind in (RAISED, SEARCHED, FOUND):
            selection = Selection(kind, date(2026, 11, 1), date(2026, 11, 30), moment)
            assert trace.records_behind(selection) == [alarm.case_id]
