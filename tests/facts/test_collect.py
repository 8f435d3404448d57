"""From records to facts: once each, corrected, withdrawn, by the place's own clock, without a name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from pytest_django import Settings

from qorgan.base import deployment
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.facts.collect import run, trace
from qorgan.facts.engine.pseudonyms import NoKey
from qorgan.facts.models import Fact, Watermark
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from qorgan.orders.models import Order
from qorgan.reports.models import Report
from tests import factories
from tests.roles import as_process


@contextmanager
def collector() -> Iterator[None]:
    with as_process(Process.COLLECTOR):
        yield


def collect_all(now: datetime) -> run.Collected:
    with collector():
        return run.collect_all(now=now)


def facts(kind: FactKind) -> list[Fact]:
    with as_process(Process.STATISTICS):
        return list(Fact.objects.filter(kind=kind).order_by("id"))


def test_thread_of_a_report_becomes_facts_tied_by_its_root(owner: Actor, now: datetime) -> None:
    factories.served(by=owner, now=now)
    done = collect_all(now)
    (report,), (issued,), (served,) = (
        facts(kind) for kind in (FactKind.REPORT_REGISTERED, FactKind.ORDER_ISSUED, FactKind.ORDER_SERVED)
    )
    assert done.facts == 6  # the decision and the case too
    assert issued.root == served.root == report.link == report.root
    assert (report.code, issued.code, served.stage) == ("102", "R7", "signed")
    assert issued.link == served.link != report.link
    assert (report.region, issued.region) == (79, 79)
    assert issued.hours == Decimal("1.000")
    assert report.on == issued.root_on == date(2026, 11, 20)


def test_collecting_again_adds_nothing(owner: Actor, now: datetime) -> None:
    factories.served(by=owner, now=now)
    collect_all(now)
    assert collect_all(now + timedelta(hours=1)).facts == 0
    with collector():
        assert Fact.objects.count() == 6


def test_protected_persons_are_facts_that_belong_to_their_order(owner: Actor, now: datetime) -> None:
    from qorgan.people.models import Person

    factories.issued(by=owner, now=now)
    with acting(owner):
        Person.objects.filter(birth_year__isnull=False).update(sex="female", birth_year=1990)
    collect_all(now)
    (issued,), (protected,) = facts(FactKind.ORDER_ISSUED), facts(FactKind.PROTECTED_ISSUED)
    assert protected.part_of == issued.link != protected.link
    assert (protected.on, protected.region, protected.root) == (issued.on, issued.region, issued.root)
    assert (protected.sex, protected.age) == ("female", 36)


def test_first_check_that_found_a_breach_is_one_fact(owner: Actor, now: datetime) -> None:
    from qorgan.orders import actions as orders
    from qorgan.orders.terms import Finding, Prohibition

    order = factories.served(by=owner, now=now)
    findings = (Finding.NO_BREACH, Finding.BREACH, Finding.BREACH)
    for step, finding in enumerate(findings, start=1):
        at, breached = now + timedelta(days=7 * step), (Prohibition.CONTACT,)
        orders.check(order=order, step=step, finding=finding, note="", breached=breached, by=owner, now=at)
    collect_all(now + timedelta(days=30))
    assert [fact.on for fact in facts(FactKind.ORDER_BREACHED)] == [date(2026, 12, 4)]


def test_report_written_off_was_registered_all_the_same(owner: Actor, now: datetime) -> None:
    from qorgan.reports import actions as reports
    from qorgan.reports.terms import State
    from qorgan.reports.terms.outcomes import Reason

    report = factories.report(by=owner, now=now)
    reports.decide(report_id=report.id, state=State.WRITTEN_OFF, reason=Reason.NO_SIGNS, by=owner, now=now)
    collect_all(now)
    (registered,), (written_off,) = facts(FactKind.REPORT_REGISTERED), facts(FactKind.REPORT_WRITTEN_OFF)
    assert written_off.link == registered.link
    assert written_off.hours == Decimal("1.000")


def test_draft_is_no_fact_and_a_cancelled_order_stays_issued(owner: Actor, now: datetime) -> None:
    from qorgan.orders import actions as orders

    factories.draft(by=owner, now=now)
    orders.cancel(order=factories.issued(by=owner, now=now), why="қате шығарылған", by=owner, now=now)
    collect_all(now)
    assert len(facts(FactKind.ORDER_ISSUED)) == 1
    assert len(facts(FactKind.ORDER_CANCELLED)) == 1


def test_an_annulled_order_was_issued_and_counts_as_none_that_was_served_or_breached(
    owner: Actor, now: datetime
) -> None:
    from qorgan.orders import actions as orders
    from qorgan.orders.terms import Finding, Prohibition

    order = factories.served(by=owner, now=now)
    later = now + timedelta(days=7)
    found = {"finding": Finding.BREACH, "breached": (Prohibition.CONTACT,), "note": ""}
    orders.check(order=order, step=1, **found, by=owner, now=later)  # type: ignore[arg-type]  # told by name
    collect_all(later)
    assert len(facts(FactKind.ORDER_BREACHED)) == 1
    orders.annul(order=order, why="сот, № 14", by=owner, now=later)
    collect_all(later)
    assert not facts(FactKind.ORDER_ISSUED)[-1].withdrawn
    for kind in (FactKind.ORDER_SERVED, FactKind.ORDER_BREACHED):
        assert [fact.withdrawn for fact in facts(kind)] == [False, True]


def test_day_is_that_of_the_place(owner: Actor, now: datetime) -> None:
    late = datetime(2026, 10, 31, 19, 30, tzinfo=UTC)  # half past midnight of 1 November in Shymkent
    factories.report(by=owner, now=late + timedelta(hours=1), registered_at=late)
    collect_all(now)
    assert [fact.on for fact in facts(FactKind.REPORT_REGISTERED)] == [date(2026, 11, 1)]


def test_corrected_report_corrects_the_facts_of_its_order(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    collect_all(now)
    _correct(order, by=owner, registered_at=now - timedelta(hours=30))
    assert collect_all(now + timedelta(hours=1)).facts == 6
    last = facts(FactKind.ORDER_ISSUED)[-1]
    assert (last.version, last.hours, last.root_on) == (2, Decimal("30.000"), date(2026, 11, 19))


def _correct(order: Order, *, by: Actor, **changes: object) -> None:
    """Change the report of an order as a correction of the book would."""
    from qorgan.cases.models import CaseReport

    with acting(by):
        report = CaseReport.objects.get(case=order.case_id).report_id
        Report.objects.filter(pk=report).update(version=2, **changes)


@pytest.mark.parametrize(
    "changes", [{"time_known": False}, {"registered_at": datetime(2026, 11, 20, 12, 0, tzinfo=UTC)}]
)
def test_hours_are_unknown_where_the_time_is_or_the_report_came_after(
    owner: Actor, now: datetime, changes: dict[str, object]
) -> None:
    _correct(factories.issued(by=owner, now=now), by=owner, **changes)
    collect_all(now)
    assert [fact.hours for fact in facts(FactKind.ORDER_ISSUED)] == [None]


def test_order_that_lost_its_issue_is_withdrawn(owner: Actor, now: datetime) -> None:
    order = factories.issued(by=owner, now=now)
    collect_all(now)
    with acting(owner):
        Order.objects.filter(pk=order.pk).update(state="draft", issued_at=None, issued_by=None, version=9)
    collect_all(now + timedelta(hours=1))
    for kind in (FactKind.ORDER_ISSUED, FactKind.PROTECTED_ISSUED):
        assert [(fact.version, fact.withdrawn) for fact in facts(kind)] == [(1, False), (2, True)]


def test_every_collection_has_a_moment_of_its_own_even_when_clocks_stand_still(owner: Actor, now: datetime) -> None:
    first = collect_all(now).as_of
    factories.report(by=owner, now=now)
    collect_all(now - timedelta(days=1))
    assert first is not None
    assert facts(FactKind.REPORT_REGISTERED)[0].collected_at > first


def test_facts_hold_no_name_and_no_id(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    collect_all(now)
    with collector(), connection.cursor() as cursor:
        cursor.execute("select string_agg(f::text, ' ') from facts_fact f")
        everything = cursor.fetchone()[0]
    for told in (str(order.pk), order.pk.hex, str(order.case_id), order.number, "Гүлсезім", "900101400404"):
        assert told not in everything


def test_figure_leads_to_its_records_for_the_collector_only(owner: Actor, now: datetime, settings: Settings) -> None:
    order = factories.served(by=owner, now=now)
    factories.report(by=owner, now=now - timedelta(days=60))
    moment = collect_all(now).as_of
    assert moment is not None
    selection = Selection(FactKind.ORDER_ISSUED, date(2026, 11, 1), date(2026, 11, 30), moment, 79)
    with collector():
        assert trace.records_behind(selection) == [order.pk]
        assert trace.records_behind(replace(selection, kind=FactKind.PROTECTED_ISSUED)) == [order.pk]
        settings.LINKS_KEY = b""
        with pytest.raises(NoKey):
            trace.records_behind(selection)


def test_statistics_may_read_facts_and_no_record(owner: Actor, now: datetime) -> None:
    with as_process(Process.STATISTICS):
        assert Fact.objects.count() == 0
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("savepoint s; select count(*) from reports_report")
        with connection.cursor() as cursor:
            cursor.execute("rollback to savepoint s")


@pytest.mark.django_db(transaction=True)
def test_collector_follows_the_journal_and_moves_its_mark(now: datetime) -> None:
    from tests.conftest import actor

    by = actor("inspector")
    with acting(by), transaction.atomic():
        factories.served(by=by, now=now)
    with collector():
        first = run.collect(now=now, batch=2)
        again = run.collect(now=now)
        mark = Watermark.objects.get()
    assert (first.facts, again.facts, again.entries) == (6, 0, 0)
    assert first.entries > 2
    assert mark.entry > 0
    with acting(by), transaction.atomic():
        factories.report(by=by, now=now)
    seen: list[tuple[int, int]] = []
    with collector():
        assert run.collect(now=now, progress=lambda done, of: seen.append((done, of))).facts == 1
    assert seen[-1][0] == seen[-1][1]
    with collector():
        everything = run.collect_all(now=now, batch=1)
    assert (everything.records, everything.facts) == (5, 0)  # two reports, a case with its first words, an order


@pytest.mark.django_db(transaction=True)
def test_entry_that_commits_late_is_not_skipped_whatever_the_batch(now: datetime) -> None:
    from tests.conftest import actor

    by = actor("inspector")
    with acting(by), transaction.atomic():
        corrected = factories.report(by=by, now=now)
    with collector():
        assert run.collect(now=now).facts == 1
    with psycopg.connect(deployment.owner().dsn()) as late:
        late.execute("update reports_report set version = 2, channel = '112' where id = %s", [corrected.pk])
        late.execute(
            "insert into base_journalentry (at, kind, thing, thing_id, process, detail)"
            " values (now(), 'reports.report.corrected', 'report', %s, 'staff', '{}')",
            [str(corrected.pk)],
        )
        with acting(by), transaction.atomic():
            factories.report(by=by, now=now)
        with collector():
            assert run.collect(now=now, batch=1).facts == 0
        late.commit()
    with collector():
        assert run.collect(now=now, batch=1).facts == 2
        assert run.collect(now=now, batch=1).entries == 0
    assert [(fact.version, fact.code) for fact in facts(FactKind.REPORT_REGISTERED)] == [
        (1, "102"),
        (2, "112"),
        (1, "102"),
    ]
