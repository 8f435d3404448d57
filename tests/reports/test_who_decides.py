"""Whoever takes a report in, the decision lies on an office that may take it, by place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from qorgan.agencies.models import Agency, Mandate
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.reports import access, actions
from qorgan.reports.models import Report
from qorgan.reports.terms import WRITTEN_DOWN, Channel, State
from qorgan.reports.terms.contacts import Disposition
from qorgan.reports.terms.outcomes import Reason
from tests import factories
from tests.api.conftest import REPORT, sender, token_of
from tests.conftest import actor
from tests.reports.test_contacts import rung
from tests.roles import as_process

ENBEKSHI_POLICE = "shymkent-enbekshi-police"
IN_ABAI = "Шымкент қ., Абай ауданы, Тұран м/а, 5-үй"
NOWHERE = "Түсініксіз жер"
Takes = Callable[[str], Actor]


@pytest.fixture
def takes(db: None) -> Takes:
    """A call-taker's rights in an office by its code, over the places of that office or, for a line, of the country."""
    line = actor("calltaker")

    def of(code: str) -> Actor:
        office = Agency.objects.get(code=code)
        places = line.territories if office.territory_id == line.territory_id else (office.territory_id,)
        return replace(line, agency_id=office.id, territory_id=office.territory_id, territories=places)

    return of


def decides(report: Report) -> str:
    """The office that owes the decision; the report and its duty say the same."""
    (duty,) = Duty.objects.filter(thing_id=report.id, kind=Kind.DECIDE_REPORT, done_at=None)
    assert duty.agency_id == report.agency_id
    return Agency.objects.get(pk=duty.agency_id).code


@pytest.mark.parametrize("channel", WRITTEN_DOWN)
def test_what_a_line_takes_down_is_decided_by_the_police_of_the_place(
    takes: Takes, now: datetime, channel: Channel
) -> None:
    line = takes("line-150")
    with acting(line):
        report = factories.report(by=line, now=now, channel=channel)
        assert decides(report) == ENBEKSHI_POLICE


@pytest.mark.parametrize(
    ("office", "address", "decided_by"),
    [
        ("line-150", factories.PLACE, ENBEKSHI_POLICE),
        ("line-111", factories.PLACE, ENBEKSHI_POLICE),
        ("line-111", IN_ABAI, "shymkent-abai-police"),
        ("line-111", NOWHERE, "mvd"),
        ("shymkent-school-demo", factories.PLACE, ENBEKSHI_POLICE),
        ("shymkent-clinic-demo", NOWHERE, ENBEKSHI_POLICE),
        ("shymkent-crisis-centre", NOWHERE, "shymkent-dp"),
    ],
)
def test_each_office_that_may_not_decide_hands_the_decision_on(
    takes: Takes, now: datetime, office: str, address: str, decided_by: str
) -> None:
    by = takes(office)
    with acting(by):
        assert decides(factories.report(by=by, now=now, address=address)) == decided_by


@pytest.mark.parametrize("login", ["inspector", "head", "desk"])
def test_whoever_may_decide_keeps_the_decision(db: None, now: datetime, login: str) -> None:
    by = actor(login)
    with acting(by):
        assert decides(factories.report(by=by, now=now)) == ENBEKSHI_POLICE


def test_the_office_keeps_it_where_another_person_of_it_may_decide(db: None, now: datetime) -> None:
    desk = actor("desk")
    by = replace(desk, permissions=desk.permissions - {access.DECIDE})
    with acting(by):
        assert decides(factories.report(by=by, now=now)) == ENBEKSHI_POLICE


def test_where_nobody_is_in_office_the_police_above_decides(takes: Takes, now: datetime) -> None:
    line = takes("line-150")
    with as_process(Process.MIGRATOR):
        Mandate.objects.filter(agency__code=ENBEKSHI_POLICE).update(valid_until=now)
    with acting(line):
        assert decides(factories.report(by=line, now=now)) == "shymkent-dp"


def test_a_contact_that_becomes_a_report_is_decided_by_the_police_of_the_place(takes: Takes, now: datetime) -> None:
    line, police = takes("line-150"), actor("inspector")
    with acting(line):
        held = rung(by=line, now=now)
        actions.dispose(contact_id=held.id, disposition=Disposition.SELF, by=line, now=now)
        told = factories.signal(at=now)
        report = actions.complete(contact_id=held.id, told=told, topics=[], by=line, now=now).report
        assert decides(report) == ENBEKSHI_POLICE
    with acting(police):
        wanted, reason = State.WRITTEN_OFF, Reason.NO_SIGNS
        actions.decide(report_id=report.id, state=wanted, reason=reason, by=police, now=now)
        assert not Duty.objects.filter(thing_id=report.id, done_at=None).exists()


def test_what_the_machine_of_a_line_sends_is_decided_by_the_police_of_the_place(db: None) -> None:
    answer = sender(token_of("calltaker"))({**REPORT, "channel": "150"})
    assert answer.status_code == 201, answer.content
    with acting(actor("calltaker")):
        assert decides(Report.objects.get()) == ENBEKSHI_POLICE
