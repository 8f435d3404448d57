"""What courts tell the statistics: a court case and a decision are two units, and neither says a name."""

from datetime import date, datetime, timedelta

import pytest

from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.courts import actions
from qorgan.courts.rules import Measure
from qorgan.courts.terms import AppealResult, DecisionKind, Kind, Party
from qorgan.facts.collect import courts, run
from qorgan.facts.collect.reading import quick_reading
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.rows import FactRow
from qorgan.facts.terms import FactKind, Thing
from qorgan.places import queries as places
from tests import factories
from tests.courts import made
from tests.roles import as_process

KEY = b"k" * 32
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clerk(db: None) -> Actor:
    return made.clerk()


def told(*court_cases: object) -> list[FactRow]:
    """What the collector reads, with its own rights."""
    ids = [str(one.id) for one in court_cases]  # type: ignore[attr-defined]  # court cases
    with as_process(Process.COLLECTOR), acting(run.sight()), quick_reading():
        return [row for one in courts.tell(ids, key=KEY, where=Where(places.gazetteer())) for row in one.rows]


def test_a_case_with_two_decisions_is_one_decided_case_and_two_decisions(
    owner: Actor, clerk: Actor, now: datetime
) -> None:
    held = made.sent(by=owner, now=now, kind=Kind.ADMINISTRATIVE)
    later = now + DAY
    with acting(clerk):
        arrest = made.ruling(DecisionKind.ARREST, at=now + HOUR, measure=Measure(days=5))
        first = actions.decide(court_case=held, ruling=arrest, by=clerk, now=now + HOUR)
        actions.decide(court_case=held, ruling=made.ruling(at=later), by=clerk, now=later)
        actions.enter_into_force(decision=first, at=later, by=clerk, now=later)
    rows = told(held)
    by_kind = {kind: [row for row in rows if row.kind is kind] for kind in {row.kind for row in rows}}
    (sent,), (decided,) = by_kind[FactKind.COURT_CASE_SENT], by_kind[FactKind.COURT_CASE_DECIDED]
    assert (sent.on, decided.on, sent.region) == (date(2026, 11, 20), date(2026, 11, 20), 79)
    assert sent.link == decided.link
    made_ = by_kind[FactKind.COURT_DECISION_MADE]
    assert [(row.code, row.on.day, row.part_of == sent.link) for row in made_] == [
        ("arrest", 20, True),
        ("special_requirements", 21, True),
    ]
    (in_force,) = by_kind[FactKind.COURT_DECISION_IN_FORCE]
    assert (in_force.code, in_force.on.day, in_force.link) == ("arrest", 21, made_[0].link)


def test_a_thread_from_the_report_leads_to_the_decision(owner: Actor, now: datetime) -> None:
    decision = made.decided(by=owner, now=now)
    rows = told(decision.court_case)
    assert len({row.root for row in rows}) == 1
    assert {row.hours for row in rows} == {1}
    assert all(row.root is not None for row in rows)


def test_a_decision_that_was_set_aside_was_still_made(owner: Actor, clerk: Actor, now: datetime) -> None:
    decision = made.decided(by=owner, now=now)
    with acting(clerk):
        appeal = actions.appeal(decision=decision, filed_by=Party.OFFENDER, at=now, by=clerk, now=now)
        actions.decide_appeal(appeal=appeal, result=AppealResult.SET_ASIDE, at=now, by=clerk, now=now)
    kinds = [row.kind for row in told(decision.court_case)]
    assert kinds == [FactKind.COURT_CASE_SENT, FactKind.COURT_CASE_DECIDED, FactKind.COURT_DECISION_MADE]


def test_an_offence_without_a_case_begins_no_thread_and_is_told_all_the_same(owner: Actor, now: datetime) -> None:
    offence = factories.offence(by=owner, now=now)
    held = actions.send(material=made.material(offence=offence, kind=Kind.CRIMINAL), by=owner, now=now)
    (row,) = told(held)
    assert (row.kind, row.root, row.hours, row.part_of) == (FactKind.COURT_CASE_SENT, None, None, None)


def test_what_hangs_on_a_case_is_told_again_when_the_case_changes(owner: Actor, now: datetime) -> None:
    held = made.sent(by=owner, now=now)
    assert held.case_id is not None
    with quick_reading():
        assert courts.of_cases([str(held.case_id)]) == [str(held.id)]
        assert courts.of_reports([str(held.case_id)]) == []


def test_the_collector_knows_the_thing_by_the_word_of_the_journal() -> None:
    assert Thing("court_case") is Thing.COURT_CASE
