"""Whatever is done in whatever order: no report ends without an outcome, and of an open one somebody owes something."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Agency
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.offences import actions as offences
from qorgan.offences.models import Offence
from qorgan.reports import actions
from qorgan.reports.models import Report
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import Reason
from tests import factories
from tests.conftest import actor

# One question over all reports, whatever their state: those that break the promise.
SILENT = """
    with owed as (
        select thing_id, kind, agency_id from duties_duty
         where kind in ('decide_report', 'take_forwarded') and done_at is null and dropped_at is null
    )
    select r.number, r.state from reports_report r
     where (select count(*) from owed o where o.thing_id = r.id)
             <> case when r.state in ('registered', 'forwarded') then 1 else 0 end
        or (r.state = 'registered' and not exists (
             select from owed o where o.thing_id = r.id and o.kind = 'decide_report' and o.agency_id = r.agency_id))
        or (r.state = 'forwarded' and not exists (
             select from owed o where o.thing_id = r.id and o.kind = 'take_forwarded'
              and o.agency_id = r.forwarded_to_id))
        or (r.state = 'taken_up' and not exists (select from cases_casereport c where c.report_id = r.id))
        or (r.state in ('pre_trial', 'administrative') and not exists (
             select from offences_offence o where o.id = r.offence_id and o.report_id = r.id and o.state <> 'annulled'))
        or (r.state = 'joined' and exists (
             select from reports_report t where t.id = r.joined_to_id and t.state = 'joined'))
        or (r.state = 'written_off' and r.reason = '')
"""
WHY = "Қайта қарау керек."
OFFICES = ("inspector", "rudny", "abai", "prosecutor")
Act = Callable[[Report, list[Report], Actor, datetime], object]


def _forward(report: Report, _all: list[Report], by: Actor, now: datetime) -> object:
    to = actor("rudny" if by.name != actor("rudny").name else "inspector").agency
    return actions.forward(report_id=report.id, agency_id=to, reason=Reason.PLACE, by=by, now=now)


def _annul(report: Report, _all: list[Report], by: Actor, now: datetime) -> object:
    offence = Offence.objects.filter(report=report).exclude(state="annulled").first()
    return offence and offences.annul(offence=offence, why=WHY, by=by, now=now)


def _write_off(report: Report, _all: list[Report], by: Actor, now: datetime) -> object:
    wanted = State.WRITTEN_OFF
    return actions.decide(report_id=report.id, state=wanted, reason=Reason.NO_SIGNS, by=by, now=now)


ACTS: dict[str, Act] = {
    "open": lambda report, _all, by, now: cases.open_from_report(report=report, by=by, now=now),
    "enter": lambda report, _all, by, now: factories.offence(report=report, by=by, now=now),
    "annul": _annul,
    "forward": _forward,
    "accept": lambda report, _all, by, now: actions.accept_forwarded(report_id=report.id, by=by, now=now),
    "send_back": lambda report, _all, by, now: actions.send_back(report_id=report.id, why=WHY, by=by, now=now),
    "join": lambda report, all_, by, now: actions.join(
        report_id=report.id, number=all_[0].number, reason=Reason.SAME_EVENT, by=by, now=now
    ),
    "write_off": _write_off,
    "take_back": lambda report, _all, by, now: actions.take_back(report_id=report.id, why=WHY, by=by, now=now),
    "reopen": lambda report, _all, by, now: actions.reopen(report_id=report.id, why=WHY, by=by, now=now),
}
steps = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 2), st.sampled_from(OFFICES)), min_size=4, max_size=14
)


def silent() -> list[tuple[str, str]]:
    """The reports that break the promise, wherever they lie."""
    with acting(agencies.system("tests")), connection.cursor() as cursor:
        cursor.execute(SILENT)
        return list(cursor.fetchall())


def _try(act: str, report: Report, all_: list[Report], *, by: Actor, now: datetime) -> bool:
    with suppress(Refused), acting(by), transaction.atomic():
        ACTS[act](report, all_, by, now)
        return True
    return False


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_no_report_ends_silently(owner: Actor, now: datetime, steps: list[tuple[str, int, str]]) -> None:
    with transaction.atomic():
        reports = [factories.report(by=owner, now=now + timedelta(minutes=n)) for n in range(3)]
        for number, (act, which, login) in enumerate(steps):
            _try(act, reports[which], reports, by=actor(login), now=now + timedelta(hours=number + 1))
            assert silent() == [], steps[: number + 1]
        transaction.set_rollback(True)


def test_a_duty_that_is_lost_is_seen(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    assert silent() == []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("update duties_duty set done_at = %s, done_by = id where thing_id = %s", [now, report.id])
        assert silent() == [(report.number, "registered")]
        transaction.set_rollback(True)


def test_every_act_of_the_walk_can_be_done(owner: Actor, now: datetime) -> None:
    """The walk is no walk of refusals: one path on which each act is done."""
    reports = [factories.report(by=owner, now=now + timedelta(minutes=n)) for n in range(3)]
    path = [("write_off", 1, "inspector"), ("reopen", 1, "prosecutor"), ("enter", 1, "inspector")]
    path += [("annul", 1, "inspector"), ("join", 1, "inspector"), ("take_back", 1, "inspector")]
    path += [("forward", 1, "inspector"), ("send_back", 1, "rudny"), ("forward", 1, "inspector")]
    path += [("accept", 1, "rudny"), ("open", 1, "rudny")]
    for number, (act, which, login) in enumerate(path):
        at = now + timedelta(hours=number + 1)
        assert _try(act, reports[which], reports, by=actor(login), now=at), act
        assert silent() == [], act
    assert {act for act, _which, _login in path} == set(ACTS)
    assert Agency.objects.filter(pk=actor("rudny").agency).exists()


def test_an_offence_is_registered_where_its_report_lies_now(owner: Actor, now: datetime) -> None:
    read, rudny = factories.report(by=owner, now=now), actor("rudny")
    with transaction.atomic():
        assert _try("forward", read, [], by=owner, now=now)
        assert _try("accept", read, [], by=rudny, now=now)
        with acting(rudny):
            offence = factories.offence(report=read, by=rudny, now=now)
            assert offence.territory_id == rudny.territory_id != read.territory_id
