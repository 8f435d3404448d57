"""What became of a report, as facts: the outcome that stands, against the clock that ran for it."""

from datetime import datetime, timedelta
from decimal import Decimal

from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.facts.models import Fact
from qorgan.facts.terms import FactKind
from qorgan.reports import actions
from qorgan.reports.models import Report
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import Reason
from tests import factories
from tests.facts.test_collect import collect_all, facts

HOUR = timedelta(hours=1)
WHY = "Қайта қарау керек."


def standing(kind: FactKind) -> list[Fact]:
    """The last version of each fact of a kind, without those withdrawn."""
    last = {fact.link: fact for fact in facts(kind)}
    return [fact for fact in last.values() if not fact.withdrawn]


def written_off(report: Report, *, by: Actor, now: datetime) -> None:
    wanted = State.WRITTEN_OFF
    actions.decide(report_id=report.id, state=wanted, reason=Reason.CIVIL, by=by, now=now)


def test_each_outcome_is_told_by_its_kind_and_whether_it_came_in_time(owner: Actor, now: datetime) -> None:
    led, entered, off, late = (factories.report(by=owner, now=now) for _one in range(4))
    factories.report(by=owner, now=now)
    cases.open_from_report(report=led, by=owner, now=now)
    factories.offence(by=owner, now=now, report=entered)
    written_off(off, by=owner, now=now)
    written_off(late, by=owner, now=now + 30 * HOUR)
    collect_all(now + 31 * HOUR)
    told = sorted((fact.code, fact.stage, fact.hours) for fact in standing(FactKind.REPORT_DECIDED))
    assert told == [
        ("pre_trial", "in_time", Decimal("1.000")),
        ("taken_up", "in_time", Decimal("1.000")),
        ("written_off", "in_time", Decimal("1.000")),
        ("written_off", "late", Decimal("31.000")),
    ]
    assert len(standing(FactKind.REPORT_REGISTERED)) == 5


def test_a_cancelled_write_off_is_withdrawn_and_told_as_returned(owner: Actor, excluded: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    written_off(report, by=owner, now=now)
    collect_all(now)
    with acting(excluded):
        actions.reopen(report_id=report.id, why=WHY, by=excluded, now=now + 40 * HOUR)
    collect_all(now + 40 * HOUR)
    assert (standing(FactKind.REPORT_WRITTEN_OFF), standing(FactKind.REPORT_DECIDED)) == ([], [])
    (returned,) = standing(FactKind.REPORT_RETURNED)
    assert returned.hours == Decimal("41.000")
    cases.open_from_report(report=report, by=owner, now=now + 50 * HOUR)
    collect_all(now + 50 * HOUR)
    (decided,) = standing(FactKind.REPORT_DECIDED)
    assert (decided.code, decided.stage) == ("taken_up", "in_time")  # within the clock that began anew


def test_a_report_forwarded_is_a_fact_once_the_other_office_accepts_it(
    owner: Actor, stranger: Actor, now: datetime
) -> None:
    report = factories.report(by=owner, now=now)
    actions.forward(report_id=report.id, agency_id=stranger.agency, reason=Reason.PLACE, by=owner, now=now)
    collect_all(now)
    assert (standing(FactKind.REPORT_FORWARDED), standing(FactKind.REPORT_DECIDED)) == ([], [])
    with acting(stranger):
        actions.accept_forwarded(report_id=report.id, by=stranger, now=now + HOUR)
    collect_all(now + HOUR)
    assert len(standing(FactKind.REPORT_FORWARDED)) == 1
