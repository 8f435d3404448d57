"""Blocks of colleagues and files opened in an emergency: facts of their reviews, by which nobody is found."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.agencies.engine.likeness import TraitKind
from qorgan.agencies.models import Block, Mandate, Opening
from qorgan.agencies.queries import Suspicion
from qorgan.agencies.terms import BlockGround, OpeningReason
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.facts.collect import run, trace
from qorgan.facts.collect.where import NOWHERE
from qorgan.facts.models import Fact
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from qorgan.people import actions as people
from tests import factories
from tests.conftest import actor
from tests.facts.test_collect import collect_all, facts
from tests.roles import as_process

DECEMBER = datetime(2026, 12, 2, tzinfo=UTC)
JANUARY = datetime(2027, 1, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


def _blocked(case: Case, who: Actor, *, now: datetime) -> Block:
    """A colleague whom a party may be: shut out, and laid on an office elsewhere."""
    suspicion = Suspicion(who.staff, BlockGround.KIN, frozenset({TraitKind.NAME}))
    system = offices.system("tests")
    with acting(system):
        (block,) = people.keep_apart(suspicions=[suspicion], **beside(case), by=system, now=now)
    return block


def _reviewer(about: Block | Opening) -> Actor:
    """Whoever leads the office that the review was laid on."""
    with acting(offices.system("tests")):
        duty = Duty.objects.get(thing_id=about.id, kind__in=(Kind.REVIEW_BLOCK, Kind.REVIEW_OPENING))
    mandates = Mandate.objects.filter(agency=duty.agency_id, role__in=("unit_head", "prosecutor"))
    return offices.actor_of(mandates.select_related("staff", "agency", "territory")[0])


def _weighed(block: Block, *, stands: bool, now: datetime) -> None:
    reviewer = _reviewer(block)
    with acting(reviewer):
        people.review_block(block_id=block.id, stands=stands, why="ағасы", by=reviewer, now=now)


def _opened(case: Case, who: Actor, *, now: datetime) -> Opening:
    with acting(who):
        opening = cases.open_by_number(number=case.number, reason=OpeningReason.CALL, why="балалары", by=who, now=now)
    assert opening is not None
    return opening


def _told(kind: FactKind) -> list[tuple[date, str | None, str | None]]:
    return [(fact.on, fact.code, fact.stage) for fact in facts(kind)]


def test_a_block_is_told_when_its_month_is_over_and_not_an_hour_before(
    case: Case, colleague: Actor, now: datetime
) -> None:
    _blocked(case, colleague, now=now)
    collect_all(datetime(2026, 11, 30, 18, tzinfo=UTC))
    assert _told(FactKind.BLOCK_LAID) == []
    collect_all(datetime(2026, 11, 30, 19, 1, tzinfo=UTC))  # December in Astana
    assert _told(FactKind.BLOCK_LAID) == [(date(2026, 11, 1), None, None)]


def test_a_fact_of_a_review_says_no_thread_no_place_no_day_and_no_person(
    case: Case, colleague: Actor, now: datetime
) -> None:
    block = _blocked(case, colleague, now=now)
    _weighed(block, stands=True, now=now + 5 * HOUR)
    collect_all(DECEMBER)
    (laid,), (decided,) = facts(FactKind.BLOCK_LAID), facts(FactKind.BLOCK_DECIDED)
    for fact in (laid, decided):
        assert (fact.root, fact.part_of, fact.root_on, fact.region) == (None, None, None, NOWHERE)
        assert fact.on == date(2026, 11, 1)
        assert {fact.traits, fact.relation, fact.sex, fact.age, fact.domestic} == {None}
    assert (decided.code, decided.stage, decided.hours) == ("confirmed", "in_time", Decimal("5.000"))
    assert laid.link == decided.link
    assert laid.link not in {bytes(fact.link) for fact in facts(FactKind.REPORT_REGISTERED)}


def test_a_block_lifted_after_its_clock_is_late(case: Case, colleague: Actor, now: datetime) -> None:
    _weighed(_blocked(case, colleague, now=now), stands=False, now=now + 25 * HOUR)
    collect_all(DECEMBER)
    assert _told(FactKind.BLOCK_DECIDED) == [(date(2026, 11, 1), "lifted", "late")]


def test_blocks_of_a_whole_unit_are_not_counted_beside_the_one_they_follow(
    case: Case, owner: Actor, now: datetime
) -> None:
    suspicion = Suspicion(owner.staff, BlockGround.SELF, frozenset({TraitKind.IIN}))
    system = offices.system("tests")
    with acting(system):
        people.keep_apart(suspicions=[suspicion], **beside(case), by=system, now=now)
    assert Block.objects.count() > 1
    collect_all(DECEMBER)
    assert len(facts(FactKind.BLOCK_LAID)) == 1


def test_an_emergency_opening_and_its_review_are_told_by_the_month_they_were_in(
    case: Case, stranger: Actor, now: datetime
) -> None:
    late = datetime(2026, 11, 30, 17, tzinfo=UTC)
    opening = _opened(case, stranger, now=late)
    reviewer = _reviewer(opening)
    with acting(reviewer):
        cases.review_opening(opening_id=opening.id, was_right=False, why="себебі жоқ", by=reviewer, now=late + 3 * HOUR)
    collect_all(DECEMBER)
    assert _told(FactKind.OPENING_MADE) == [(date(2026, 11, 1), None, None)]
    assert _told(FactKind.OPENING_REVIEWED) == []
    collect_all(JANUARY)
    assert _told(FactKind.OPENING_REVIEWED) == [(date(2026, 12, 1), "without_ground", "in_time")]


def test_figures_of_reviews_lead_to_no_record(case: Case, colleague: Actor, now: datetime) -> None:
    _blocked(case, colleague, now=now)
    moment = collect_all(DECEMBER).as_of
    assert moment is not None
    selection = Selection(FactKind.BLOCK_LAID, date(2026, 11, 1), date(2026, 11, 30), moment)
    with as_process(Process.COLLECTOR):
        assert trace.records_behind(selection) == []


@pytest.mark.django_db(transaction=True)
def test_the_collector_that_follows_the_journal_tells_a_month_when_it_is_over_and_once(now: datetime) -> None:
    by, colleague = actor("inspector"), actor("head")
    with acting(by), transaction.atomic():
        case = factories.case(by=by, now=now)
    with transaction.atomic():
        _blocked(case, colleague, now=now)
    with as_process(Process.COLLECTOR):
        assert run.collect(now=now).facts == 3  # the report, its decision, its case
        assert run.collect(now=DECEMBER).facts == 1
        assert run.collect(now=DECEMBER + HOUR).facts == 0
        assert run.collect(now=JANUARY).facts == 0
        assert Fact.objects.filter(kind=FactKind.BLOCK_LAID).count() == 1
