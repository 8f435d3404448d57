"""Reports on what acts oblige someone to do: told as they fall due, told anew when one is entered or withdrawn."""

from datetime import date, datetime, timedelta

from qorgan.agencies import queries as agencies
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.facts.collect import trace
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from qorgan.law import actions, queries, rules
from qorgan.law.models import AwaitedReport
from tests.conftest import actor
from tests.facts.test_collect import collect_all, facts
from tests.law.test_life import LETTER, USE
from tests.roles import as_process

HOUR = timedelta(hours=1)
DUE = FactKind.REPORT_FELL_DUE


def _noted(now: datetime) -> int:
    """What the worker writes down at night."""
    system = agencies.system("law.note_awaited")
    with as_process(Process.WORKER), acting(system):
        return actions.note_awaited(by=system, now=now)


def _stages() -> dict[tuple[str | None, date], str | None]:
    return {(fact.code, fact.on): fact.stage for fact in facts(DUE)}


def test_what_fell_due_is_told_once_and_is_what_the_page_counts(owner: Actor, now: datetime) -> None:
    tally = queries.law_in_life(today=queries.country_day(now)).tally
    assert _noted(now) == tally.due
    assert _noted(now + HOUR) == 0
    collect_all(now + HOUR)
    assert collect_all(now + 2 * HOUR).facts == 0
    told = list(_stages().values())
    assert (len(told), told.count("whole"), told.count("part")) == (tally.due, tally.whole, tally.part)
    assert _stages()[USE, date(2019, 3, 31)] == "overdue"
    assert all((fact.root, fact.region) == (None, 0) for fact in facts(DUE))


def test_a_report_that_is_entered_and_withdrawn_changes_what_is_told(owner: Actor, now: datetime) -> None:
    _noted(now)
    collect_all(now + HOUR)
    ombudsman = actor("ombudsman")
    with acting(ombudsman):
        row = actions.enter_report(key=USE, told=rules.Report(**vars(LETTER)), by=ombudsman, now=now + HOUR)
    collect_all(now + 2 * HOUR)
    assert _stages()[USE, date(2019, 3, 31)] == "whole"
    with acting(ombudsman):
        actions.withdraw_report(report=row, reason="Басқа заң", by=ombudsman, now=now + 3 * HOUR)
    collect_all(now + 4 * HOUR)
    assert _stages()[USE, date(2019, 3, 31)] == "overdue"
    with as_process(Process.WORKER):
        assert JournalEntry.objects.filter(kind="law.awaited.noted").count() == len(_stages()) + 2


def test_a_year_whose_day_lies_ahead_is_not_told(owner: Actor, now: datetime) -> None:
    _noted(now)
    assert not AwaitedReport.objects.filter(year=2026).exists()
    _noted(now.replace(year=2027, month=4, day=2))
    assert AwaitedReport.objects.filter(year=2026).exists()


def test_a_figure_leads_to_what_was_awaited(owner: Actor, now: datetime) -> None:
    _noted(now)
    moment = collect_all(now + HOUR).as_of
    assert moment is not None
    with as_process(Process.COLLECTOR):
        found = trace.records_behind(Selection(DUE, date(2019, 3, 1), date(2019, 3, 31), moment))
        assert found == [AwaitedReport.objects.get(key=USE, year=2018).pk]
