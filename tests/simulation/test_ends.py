"""How reports of a simulated year end: every outcome that the reports room knows, made alike and counted alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from qorgan.reports.models import Report, TakenBack
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import How
from qorgan.simulation import loader, perform, sameness
from qorgan.simulation.engine.accounts import Span, account
from qorgan.simulation.engine.ground import Ground
from qorgan.simulation.engine.steps import Do, steps
from qorgan.simulation.engine.threads import (
    PlannedForward,
    PlannedOffence,
    PlannedPart,
    PlannedRepeat,
    PlannedUndone,
    Thread,
    Wording,
)
from qorgan.simulation.perform import Performance
from qorgan.simulation.readers.country import ground
from tests.simulation.grounds import assuming, ledger, plan
from tests.simulation.places import NOW, WORDS, as_if_never, compared, settled
from tests.simulation.test_ledger import AT, HOUR, SEMEY, YEAR, _report, _thread

DAY = 24 * HOUR
COUNTED = ("pre_trial", "administrative", "joined", "written_off", "taken_up")


def _restless() -> Ground:
    """The ground on which most reports end otherwise than in one step."""
    held = ground().assumptions
    shares, ends = held.percent_of_reports, held.sections["ends"]
    often = {**ends, "entered": 60, "annulled": 60, "forwarded": 55, "accepted": 60, "undone": 90, "by_prosecutor": 50}
    return assuming(
        percent_of_reports={
            **shares,
            "joined": dict.fromkeys(shares["joined"], 6.0),
            "written_off": dict.fromkeys(shares["joined"], 12.0),
        },
        sections={**held.sections, "ends": {**often, "parted": 50}},
    )


def _ended() -> list[Thread]:
    """A few threads of every kind of end."""
    kinds: list[Callable[[Thread], object]] = [
        lambda one: one.forward and one.forward.accepted,
        lambda one: one.forward and not one.forward.accepted and one.forward.answered_at,
        lambda one: one.forward and not one.forward.answered_at,
        lambda one: one.undone and one.undone.by_prosecutor,
        lambda one: one.undone and not one.undone.by_prosecutor,
        lambda one: one.entered and one.offences[0].wording.code == "CC",
        lambda one: one.entered and one.offences[0].wording.code == "KoAP" and not one.case_at,
        lambda one: one.entered and one.case_at,
        lambda one: one.repeat and not one.repeat.parted_at,
        lambda one: one.repeat and one.repeat.parted_at,
        lambda one: one.report and one.report.written_off_at and not one.forward and not one.undone,
    ]
    threads = list(plan(2024, "1/25", on=_restless()).threads())
    found = {one.key: one for kind in kinds for one in list(filter(kind, threads))[:6]}
    assert all(any(kind(one) for one in found.values()) for kind in kinds)
    return list(found.values())


def _figure(thread: Thread, code: str, until: datetime | None = None, span: Span = YEAR) -> int:
    return account(ledger([thread], until=until), code, span, decimals=1).numerator


def _regions(thread: Thread, until: datetime) -> set[int]:
    return {spot.region for spot in ledger([thread], until=until).spots()}


def test_totals_hold_with_every_outcome_in_the_year() -> None:
    threads = list(plan(2024, "1/20").threads())
    told = ledger(threads)
    assert told.made["report"] == 5_000
    assert all(told.made[f"outcome:{state}"] for state in COUNTED)
    assert all(told.made[name] for name in ("forwarded", "returned", "entered>in_time"))
    assert any(thread.repeat and thread.repeat.parted_at for thread in threads)


def test_an_outcome_is_planned_after_what_it_rests_on() -> None:
    for thread in plan(2024, "1/500", on=_restless()).threads():
        done = [step.do for step in steps(thread)]
        for first, then in [
            (Do.ACCEPT, Do.FORWARD),
            (Do.FORWARD, Do.TAKE_OVER),
            (Do.TAKE_OVER, Do.OPEN),
            (Do.SEND_BACK, Do.WRITE_OFF),
            (Do.WRITE_OFF_FIRST, Do.REOPEN),
            (Do.REOPEN, Do.OPEN),
            (Do.ACCEPT_REPEAT, Do.JOIN),
        ]:
            assert not {first, then} <= set(done) or done.index(first) < done.index(then)
        assert not (thread.entered and thread.case_at) or thread.offences[0].annulled_at


def test_the_ledger_counts_a_forwarded_report_where_it_lies() -> None:
    forward = PlannedForward(SEMEY, AT + HOUR, AT + 2 * HOUR, accepted=True)
    thread = replace(_thread(report=_report(), forward=forward), case_at=AT + 25 * HOUR)
    assert _figure(thread, "reports_forwarded") == 1
    assert _figure(thread, "reports_decided_in_time_share") == 1  # the clock began anew when it was taken over
    before, after = _regions(thread, AT), _regions(thread, AT + 3 * HOUR)
    assert len(before) == len(after) == 1 and before != after
    back = replace(thread, forward=replace(forward, accepted=False))
    assert _figure(back, "reports_forwarded") == 0
    assert _regions(back, AT) == _regions(back, AT + 3 * HOUR) != _regions(back, AT + HOUR)


@pytest.mark.parametrize(("by_prosecutor", "in_time"), [(True, 1), (False, 0)])
def test_the_ledger_counts_the_outcome_that_stands(by_prosecutor: bool, in_time: int) -> None:
    undone = PlannedUndone(AT + HOUR, "mistake", AT + 9 * DAY, by_prosecutor)
    thread = replace(_thread(report=_report(), undone=undone), case_at=AT + 9 * DAY + HOUR)
    assert _figure(thread, "reports_written_off", until=AT + DAY) == 1
    assert _figure(thread, "reports_written_off") == 0
    assert _figure(thread, "reports_led_by_case") == 1
    assert _figure(thread, "write_offs_cancelled") == by_prosecutor
    assert _figure(thread, "reports_decided_in_time_share") == in_time


def test_the_ledger_counts_a_joined_report_beside_the_first() -> None:
    second = replace(_report(AT + HOUR), submission="again")
    repeat = PlannedRepeat(second, AT + 2 * HOUR, "same_event", AT + 5 * HOUR, AT + 6 * HOUR)
    thread = _thread(report=_report(), repeat=repeat)
    assert _figure(thread, "reports_registered") == 2
    assert [_figure(thread, "reports_joined", until=AT + hours * HOUR) for hours in (1, 2, 5, 6)] == [0, 1, 0, 1]


@pytest.mark.parametrize(("code", "article", "figure"), [("CC", "109-1", "pretrial"), ("KoAP", "73", "administrative")])
def test_the_ledger_counts_what_is_entered_without_a_case(code: str, article: str, figure: str) -> None:
    wording = Wording(code, article, "", AT.date(), "completed", "")
    parts = (PlannedPart("victim", "female", 34, "spouse", known=True),)
    offence = PlannedOffence(AT + 30 * HOUR, wording, parts)
    thread = replace(_thread(report=_report(), offences=(offence,), entered=True), case_at=None)
    assert _figure(thread, f"reports_entered_{figure}") == 1
    assert _figure(thread, "reports_entered_in_time_share") == 0
    assert _figure(thread, "cases_opened") == 0
    wrong = replace(thread, offences=(replace(offence, annulled_at=AT + 2 * DAY),), case_at=AT + 2 * DAY + HOUR)
    assert _figure(wrong, f"reports_entered_{figure}") == 0
    assert _figure(wrong, "reports_led_by_case") == 1


@pytest.mark.django_db
def test_loader_and_actions_end_reports_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    threads = _ended()
    told = ledger(threads)
    assert all(told.made[f"outcome:{state}"] for state in COUNTED)
    with as_if_never():
        perform.perform(threads, hands, WORDS)
        expected = list(sameness.lines())
    loader.load(threads, hands, WORDS)
    assert [pair for pair in zip(expected, sameness.lines(), strict=True) if pair[0] != pair[1]] == []
    with transaction.atomic(), perform.sight():
        assert set(Report.objects.values_list("state", flat=True)) >= set(State) - {State.REGISTERED}
        assert set(TakenBack.objects.values_list("how", flat=True)) == set(How)
    checked = compared(told, ["2024", "2024-03"], now=NOW)
    assert checked.differences == checked.unchecked == ()


@pytest.mark.django_db
def test_figures_agree_with_the_ledger_while_reports_are_on_their_way() -> None:
    hands = settled()
    threads = _ended()
    on_their_way = [Performance(thread, hands, WORDS) for thread in threads]
    midsummer = datetime(2024, 7, 1, tzinfo=UTC)
    later = NOW
    for until in (midsummer, midsummer + timedelta(days=60)):
        with transaction.atomic():
            for one in on_their_way:
                one.go(until=until)
        assert compared(ledger(threads, until=until), ["2024", "2024-06", "2024-07"], now=later).differences == ()
        later += HOUR
