"""Offences and court cases as facts: who suffered, under which article of the day, corrected with their thread."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.facts.collect import run, trace
from qorgan.facts.models import Fact
from qorgan.facts.queries import Selection
from qorgan.facts.terms import CountingUnit, FactKind
from qorgan.offences import actions as offences
from qorgan.offences.models import OffencePerson
from qorgan.offences.terms import Completion, Ground, Part, Relationship
from qorgan.people.terms import Sex
from qorgan.reports.models import Report
from tests import factories
from tests.courts import made
from tests.facts.test_collect import collect_all, facts
from tests.roles import as_process

HOUR = timedelta(hours=1)
OFFENCE, VICTIM, SUSPECT = FactKind.OFFENCE_REGISTERED, FactKind.OFFENCE_VICTIM, FactKind.OFFENCE_SUSPECT


def last(kind: FactKind) -> Fact:
    return facts(kind)[-1]


def test_offence_its_victims_and_its_suspects_are_facts_tied_together(owner: Actor, now: datetime) -> None:
    persons = (
        offences.Involved(part=Part.VICTIM, sex=Sex.FEMALE, age=34, relationship=Relationship.SPOUSE),
        offences.Involved(part=Part.VICTIM, sex=Sex.MALE, age=9, relationship=Relationship.CHILD),
        offences.Involved(part=Part.SUSPECT, sex=Sex.MALE, age=None),
    )
    factories.offence(by=owner, now=now, persons=persons)
    collect_all(now)
    offence, victims, suspect = last(OFFENCE), facts(VICTIM), last(SUSPECT)
    assert (offence.code, offence.iccs, offence.stage, offence.domestic) == ("CC 109-1", "020112", "completed", True)
    assert offence.traits == "|criminal|violent|"
    assert [(one.sex, one.age, one.relation, one.domestic) for one in victims] == [
        ("female", 34, "spouse", True),
        ("male", 9, "child", True),
    ]
    assert (suspect.sex, suspect.age, suspect.relation) == ("male", None, None)
    assert {bytes(one.part_of) for one in [*victims, suspect]} == {bytes(offence.link)}
    assert {(one.on, one.region, one.code) for one in [*victims, suspect]} == {(offence.on, 79, "CC 109-1")}


def test_article_and_class_are_those_of_the_day_of_the_act_in_the_place(owner: Actor) -> None:
    then = datetime(2024, 6, 15, 12, 0, tzinfo=UTC)
    factories.offence(by=owner, now=then)
    collect_all(then + HOUR)
    assert (last(OFFENCE).code, last(OFFENCE).traits) == ("KoAP 73-2", "|administrative|violent|")


@pytest.mark.parametrize(
    ("relations", "domestic"),
    [
        ((Relationship.STRANGER,), False),
        ((Relationship.UNKNOWN,), None),
        ((Relationship.UNKNOWN, Relationship.STRANGER), False),
        ((Relationship.STRANGER, Relationship.SIBLING), True),
        ((), None),
    ],
)
def test_domestic_is_known_unknown_or_not(
    owner: Actor, now: datetime, relations: tuple[Relationship, ...], domestic: bool | None
) -> None:
    persons = tuple(offences.Involved(part=Part.VICTIM, relationship=one) for one in relations)
    factories.offence(by=owner, now=now, persons=persons)
    collect_all(now)
    assert last(OFFENCE).domestic is domestic


def test_attempted_homicide_is_a_class_of_its_own(owner: Actor, now: datetime) -> None:
    factories.offence(by=owner, now=now, article="99", completion=Completion.ATTEMPT)
    collect_all(now)
    assert (last(OFFENCE).iccs, last(OFFENCE).stage) == ("0102", "attempt")
    assert (last(VICTIM).iccs, last(VICTIM).stage) == ("0102", "attempt")


def test_annulled_offence_is_withdrawn_with_its_persons(owner: Actor, now: datetime) -> None:
    offence = factories.offence(by=owner, now=now)
    collect_all(now)
    offences.annul(offence=offence, ground=Ground.MISTAKE, why="екі рет тіркелген", by=owner, now=now)
    collect_all(now + HOUR)
    for kind in (OFFENCE, VICTIM, SUSPECT):
        assert [(one.version, one.withdrawn) for one in facts(kind)] == [(1, False), (2, True)]


def test_person_withdrawn_from_an_offence_is_withdrawn_from_the_facts(owner: Actor, now: datetime) -> None:
    offence = factories.offence(by=owner, now=now)
    collect_all(now)
    suspect = OffencePerson.objects.get(offence=offence, part=Part.SUSPECT)
    offences.withdraw_person(person=suspect, why="куәгер болып шықты", by=owner, now=now)
    collect_all(now + HOUR)
    assert last(SUSPECT).withdrawn
    assert not last(VICTIM).withdrawn


def test_corrected_report_corrects_the_thread_of_what_hangs_on_it(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    case = cases.open_from_report(report=report, by=owner, now=now)
    order = factories.orders.issue(order=factories.draft(by=owner, now=now, held=case), by=owner, now=now)
    factories.offence(by=owner, now=now, case=case)
    made.sent(by=owner, now=now, order=_served(order, owner, now))
    alone = factories.report(by=owner, now=now)
    factories.offence(by=owner, now=now, report=alone)
    collect_all(now)
    for one in (report, alone):
        Report.objects.filter(pk=one.pk).update(version=2, registered_at=now - timedelta(hours=30))
    collect_all(now + HOUR)
    for kind in (FactKind.ORDER_ISSUED, OFFENCE, VICTIM, FactKind.COURT_CASE_SENT):
        newest = [one for one in facts(kind) if one.version == 2]
        assert {one.hours for one in newest} == {Decimal("30.000")}
        assert {one.root_on for one in newest} == {date(2026, 11, 19)}
    assert len({bytes(one.root) for one in facts(OFFENCE)}) == 2


def _served(order: factories.Order, by: Actor, now: datetime) -> factories.Order:
    return factories.orders.serve(
        order=order, service=factories.orders.Service(at=now, receipt=factories.Receipt.SIGNED), by=by, now=now
    )


def test_figures_lead_to_the_records_that_have_a_page(owner: Actor, now: datetime) -> None:
    offence = factories.offence(by=owner, now=now)
    decision = made.decided(by=owner, now=now)
    moment = collect_all(now).as_of
    assert moment is not None
    pages = {OFFENCE: offence.pk, VICTIM: offence.pk, SUSPECT: offence.pk}
    pages |= dict.fromkeys((FactKind.COURT_CASE_SENT, FactKind.COURT_DECISION_MADE), decision.court_case_id)
    with as_process(Process.COLLECTOR):
        for kind, record in pages.items():
            selection = Selection(kind, date(2026, 11, 1), date(2026, 11, 30), moment, 79)
            assert trace.records_behind(selection) == [record]


def test_every_kind_of_fact_but_of_reviews_can_be_led_back() -> None:
    hidden = {CountingUnit.BLOCK, CountingUnit.OPENING}  # whom a file is shut to, and who opened one, no figure says
    assert set(trace._SOURCES) == {kind for kind in FactKind if kind.unit not in hidden}


@pytest.mark.django_db(transaction=True)
def test_collector_follows_the_journal_of_offences_and_courts_and_reads_no_looks(now: datetime) -> None:
    from qorgan.base import journal
    from tests.conftest import actor

    by = actor("inspector")
    with acting(by), transaction.atomic():
        decision = made.decided(by=by, now=now)
        offence = factories.offence(by=by, now=now)
    with as_process(Process.COLLECTOR):
        first = run.collect(now=now)
        assert run.collect_all(now=now).facts == 0
    assert first.facts == 12
    with acting(by), transaction.atomic():
        journal.write(kind="web.case.seen", thing="case", thing_id=decision.court_case.case_id or "", by=by, now=now)
        journal.write(kind="offences.offence.corrected", thing="offence", thing_id="no id", by=by, now=now)
    with as_process(Process.COLLECTOR):
        assert run.collect(now=now).records == 0
    with acting(by), transaction.atomic():
        offences.annul(offence=offence, ground=Ground.MISTAKE, why="қате", by=by, now=now)
    with as_process(Process.COLLECTOR):
        assert run.collect(now=now).facts == 3
