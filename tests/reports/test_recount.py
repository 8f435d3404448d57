"""The term of a decision, or of the answer to an offer, is corrected: duty and record move together, with a history."""

from datetime import date, datetime, timedelta

import pytest

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Staff
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Referral
from qorgan.duties import actions as clocks
from qorgan.duties import queries as duties
from qorgan.duties.models import ClockChange, ClockRun, Duty
from qorgan.duties.terms import Cause, Kind
from qorgan.law import actions as law
from qorgan.law.engine.marks import Unit
from qorgan.law.models import EnteredValue
from qorgan.orders import jobs
from qorgan.reports import actions
from qorgan.reports.models import Report
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import Reason
from tests import factories
from tests.cases import shared
from tests.conftest import actor
from tests.roles import as_process
from tests.web.pages import an_hour_ago, signed_in

HOUR = timedelta(hours=1)
TERM, ANSWER = "reports.erdr_deadline", "sharing.answer"


@pytest.fixture
def keeper(owner: Actor) -> Actor:
    """The inspector with the right to enter values."""
    return Actor(**{**vars(owner), "permissions": owner.permissions | {"law.value.enter"}})


def _entered(key: str, value: int, *, by: Actor, now: datetime) -> EnteredValue:
    return law.enter_value(
        key=key,
        value=value,
        unit=Unit.HOURS,
        valid_from=date(2026, 3, 2),
        citation=law.Citation(document="ресми жарияланым № 1", note="мәтін салыстырылды"),
        by=by,
        now=now,
    )


def _follow(limit: int = 100) -> int:
    with as_process(Process.WORKER):
        return jobs.follow(by=agencies.system("orders.keep_clocks"), limit=limit)


def test_a_corrected_term_moves_the_decision_with_what_it_showed_by_whom_and_why(keeper: Actor, now: datetime) -> None:
    report = factories.report(by=keeper, now=now)
    was = report.due_at
    value = _entered(TERM, 48, by=keeper, now=now)
    _follow()
    became = report.registered_at + 48 * HOUR
    assert Report.objects.get(pk=report.pk).due_at == became
    duty = Duty.objects.get(thing_id=report.id, kind=Kind.DECIDE_REPORT)
    assert duty.due_at == became
    (shown,) = duties.shown_before(report.id)["decide_report", 0]
    assert (shown.was, shown.became, shown.cause, shown.by) == (was, became, Cause.RULE, keeper.staff_id)
    assert (shown.document, shown.why) == ("ресми жарияланым № 1", "мәтін салыстырылды")
    law.withdraw_value(entered=value, reason="қате құжат", by=keeper, now=now)
    _follow()
    assert Report.objects.get(pk=report.pk).due_at == was
    assert [one.why for one in duties.shown_before(report.id)["decide_report", 0]] == ["қате құжат"] * 2


def test_a_decision_that_was_made_stays_made_and_the_figures_are_told(keeper: Actor, now: datetime) -> None:
    report = factories.report(by=keeper, now=now)
    done_at = now + 30 * HOUR
    actions.decide(report_id=report.id, state=State.WRITTEN_OFF, reason=Reason.NO_SIGNS, by=keeper, now=done_at)
    _entered(TERM, 48, by=keeper, now=done_at)
    _follow()
    duty = Duty.objects.get(thing_id=report.id, kind=Kind.DECIDE_REPORT)
    assert (duty.done_at, duty.due_at) == (done_at, report.registered_at + 48 * HOUR)
    assert Report.objects.get(pk=report.pk).due_at == duty.due_at
    assert JournalEntry.objects.filter(kind="reports.report.recounted", thing_id=str(report.id)).count() == 1


def test_a_clock_that_was_begun_anew_runs_from_there_by_the_corrected_term_too(keeper: Actor, now: datetime) -> None:
    report = factories.report(by=keeper, now=now)
    actions.decide(report_id=report.id, state=State.WRITTEN_OFF, reason=Reason.NO_SIGNS, by=keeper, now=now + HOUR)
    prosecutor = actor("prosecutor")
    actions.reopen(report_id=report.id, why="шағым", by=prosecutor, now=now + 2 * HOUR)
    actions.decide(report_id=report.id, state=State.WRITTEN_OFF, reason=Reason.NO_SIGNS, by=keeper, now=now + 3 * HOUR)
    actions.take_back(report_id=report.id, why="қате", by=keeper, now=now + 4 * HOUR)
    assert Report.objects.get(pk=report.pk).due_at == now + 26 * HOUR
    _entered(TERM, 48, by=keeper, now=now + 5 * HOUR)
    _follow(limit=1)
    held = Report.objects.get(pk=report.pk)
    assert held.due_at == now + 50 * HOUR
    assert Duty.objects.get(thing_id=report.id, kind=Kind.DECIDE_REPORT, step=held.turn).due_at == held.due_at


def test_the_answer_to_an_offer_follows_and_what_has_lapsed_stays(keeper: Actor, now: datetime) -> None:
    case = factories.case(by=keeper, now=now)
    offered = shared.referred(case, by=keeper, now=now)
    _entered(ANSWER, 24, by=keeper, now=now)
    _follow()
    assert Referral.objects.get(pk=offered.pk).answer_due_at == now + 24 * HOUR
    with acting(agencies.system("tests")):  # it lies where the other agency is
        change = ClockChange.objects.get(thing_id=offered.id)
    assert (change.was, change.became, change.clock) == (now + 48 * HOUR, now + 24 * HOUR, "answer_referral")
    assert ClockRun.objects.get(room="cases").changed == 1


def test_a_killed_run_of_decisions_goes_on(keeper: Actor, now: datetime) -> None:
    reports = [factories.report(by=keeper, now=now) for _one in range(3)]
    _entered(TERM, 48, by=keeper, now=now)
    system = agencies.system("orders.keep_clocks")
    with as_process(Process.WORKER), acting(system):
        run = clocks.begin_runs(room="reports", keys=actions.KEYS, by=system, now=now)[0]
        actions.recount(run=run, by=system, now=now, limit=1)
    assert ClockRun.objects.get(room="reports").looked == 1
    _follow(limit=1)
    held = ClockRun.objects.get(room="reports")
    assert (held.looked, held.changed, held.finished_at is not None) == (3, 3, True)
    assert {one.due_at for one in Report.objects.filter(pk__in=[one.pk for one in reports])} == {
        reports[0].registered_at + 48 * HOUR
    }


def test_the_page_of_the_duty_shows_what_its_clock_showed_before(keeper: Actor) -> None:
    report = factories.report(by=keeper, now=an_hour_ago())
    _entered(TERM, 48, by=keeper, now=an_hour_ago())
    _follow()
    duty = Duty.objects.get(thing_id=report.id, kind=Kind.DECIDE_REPORT)
    page = signed_in("inspector").get(f"/duties/{duty.id}/").content.decode()
    assert "What the clock showed before" in page
    assert "ресми жарияланым № 1" in page
    assert Staff.objects.get(pk=keeper.staff_id).name("en") in page
