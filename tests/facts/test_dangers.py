"""Assessments of danger: made, first of their case, what they asked for, lowered; never what was answered."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind
from qorgan.facts.collect import trace
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from qorgan.risk import actions
from qorgan.risk.models import Measure
from tests import factories
from tests.facts.test_collect import collect_all, facts
from tests.risk import made
from tests.roles import as_process

HOUR = timedelta(hours=1)
OPENED, FIRST, MADE = FactKind.CASE_OPENED, FactKind.CASE_ASSESSED, FactKind.ASSESSMENT_MADE
LAID, DONE, LOWERED = FactKind.MEASURE_LAID, FactKind.MEASURE_DONE, FactKind.RESULT_LOWERED


def _duty(action: str) -> Duty:
    """The open duty of a measure."""
    return Duty.objects.get(thing_id=Measure.objects.get(action=action).id, kind=DutyKind.TAKE_MEASURE)


def test_a_case_tells_its_opening_and_its_first_assessment_with_the_hours_between(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    made.assessed(by=owner, now=now + 2 * HOUR, case=case)
    made.assessed("choked", by=owner, now=now + 30 * HOUR, case=case)
    collect_all(now + 31 * HOUR)
    (opened,), (first,), (report,) = map(facts, (OPENED, FIRST, FactKind.REPORT_REGISTERED))
    assert opened.link == first.link
    assert opened.root == first.root == report.link
    assert (opened.hours, first.hours) == (None, Decimal("2.000"))
    assert [one.code for one in facts(MADE)] == ["watch", "grave"]
    assert collect_all(now + 32 * HOUR).facts == 0


def test_an_assessment_tells_its_result_and_what_the_rules_reached(owner: Actor, now: datetime) -> None:
    made.assessed("leaving", by=owner, now=now, judged="grave", why="көршілері хабарлады")
    collect_all(now + HOUR)
    (told,) = facts(MADE)
    assert (told.code, told.traits, told.stage) == ("grave", "|computed_raised|", "asked")
    assert (told.on, told.region, told.sex, told.age) == (date(2026, 11, 20), 79, None, None)


def test_where_it_was_not_safe_to_ask_that_is_told(owner: Actor, now: datetime) -> None:
    made.assessed(by=owner, now=now, gate=made.NOT_SAFE, answers={})
    collect_all(now + HOUR)
    assert [one.stage for one in facts(MADE)] == ["not_safe"]


def test_measures_are_told_when_laid_and_when_done_in_time_or_late(owner: Actor, now: datetime) -> None:
    made.assessed("choked", by=owner, now=now)
    duties.finish(duty=_duty("tell_head"), by=owner, now=now + timedelta(minutes=30))
    duties.finish(duty=_duty("safe_tonight"), by=owner, now=now + 4 * HOUR)
    collect_all(now + 5 * HOUR)
    assert {one.code for one in facts(LAID)} == {
        "tell_head",
        "safe_tonight",
        "safety_plan",
        "consider_order",
        "doctor",
    }
    assert {one.code: (one.stage, one.hours) for one in facts(DONE)} == {
        "tell_head": ("in_time", Decimal("0.500")),
        "safe_tonight": ("late", Decimal("4.000")),
    }


def test_a_measure_that_lost_its_ground_was_not_to_be_done(owner: Actor, now: datetime) -> None:
    made.assessed("leaving", by=owner, now=now)
    collect_all(now + HOUR)
    duties.drop(thing_id=_duty("safety_plan").thing_id, why="moved", by=owner, now=now + HOUR)
    collect_all(now + 2 * HOUR)
    assert [(one.code, one.withdrawn) for one in facts(LAID) if one.version == 2] == [("safety_plan", True)]


def test_only_a_result_that_two_people_agreed_to_is_told_as_lowered(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    lowering = made.lowering(by=owner, now=now)
    collect_all(now + HOUR)
    assert facts(LOWERED) == []
    with acting(colleague):
        actions.decide_lower(lowering=lowering, agrees=True, words="", by=colleague, now=now + 2 * HOUR)
    collect_all(now + 3 * HOUR)
    assert len(facts(LOWERED)) == 1
    assert [one.code for one in facts(MADE)] == ["grave"]


@pytest.mark.parametrize("kind", [OPENED, FIRST, MADE, LAID, DONE, LOWERED])
def test_figures_of_danger_lead_to_the_case(owner: Actor, colleague: Actor, now: datetime, kind: FactKind) -> None:
    lowering = made.lowering(by=owner, now=now)
    with acting(colleague):
        actions.decide_lower(lowering=lowering, agrees=True, words="", by=colleague, now=now)
    duties.finish(duty=_duty("tell_head"), by=owner, now=now)
    moment = collect_all(now + HOUR).as_of
    assert moment is not None
    with as_process(Process.COLLECTOR):
        selection = Selection(kind, date(2026, 11, 1), date(2026, 11, 30), moment)
        assert trace.records_behind(selection) == [lowering.assessment.case_id]
