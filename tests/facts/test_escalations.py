"""Escalations as facts: by kind and role, neither thread nor person; undone by a corrected clock, they are gone."""

from datetime import date, datetime, timedelta

from qorgan.agencies import queries as offices
from qorgan.base import clock
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.duties import actions as duties
from qorgan.duties import jobs
from qorgan.duties.models import Duty
from qorgan.facts.collect import trace
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from tests import factories
from tests.facts.test_collect import collect_all, facts
from tests.roles import as_process

HOUR = timedelta(hours=1)
ESCALATED = FactKind.DUTY_ESCALATED


def _job(now: datetime) -> tuple[int, int]:
    with clock.frozen(now), as_process(Process.WORKER):
        return jobs.escalate_all(by=offices.system("duties.escalate"))


def test_an_escalation_tells_kind_and_role_and_neither_thread_nor_person(owner: Actor, now: datetime) -> None:
    factories.report(by=owner, now=now - 80 * HOUR)
    _job(now)
    collect_all(now + HOUR)
    told = facts(ESCALATED)
    assert sorted((one.code, one.stage) for one in told) == [
        ("decide_report", "prosecutor"),
        ("decide_report", "unit_head"),
    ]
    assert {(one.on, one.region, one.root, one.sex, one.age) for one in told} == {
        (date(2026, 11, 20), 79, None, None, None)
    }
    assert collect_all(now + 2 * HOUR).facts == 0


def test_one_that_a_corrected_clock_undid_is_taken_back(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now - 40 * HOUR)
    _job(now)
    collect_all(now)
    assert len(facts(ESCALATED)) == 1
    system = offices.system("tests")
    with as_process(Process.WORKER), acting(system):
        Duty.objects.filter(thing_id=report.id).update(due_at=now + HOUR)
        assert duties.take_back(by=system, now=now + HOUR) == 1
    collect_all(now + 2 * HOUR)
    assert [one.withdrawn for one in facts(ESCALATED)] == [False, True]


def test_a_figure_leads_to_the_duties_behind_it(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now - 40 * HOUR)
    _job(now)
    moment = collect_all(now + HOUR).as_of
    assert moment is not None
    day = date(2026, 11, 20)
    with as_process(Process.COLLECTOR):
        behind = trace.records_behind(Selection(ESCALATED, day, day, moment))
    assert behind == [Duty.objects.get(thing_id=report.id).id]
