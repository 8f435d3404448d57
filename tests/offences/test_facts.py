"""Offences as the figures see them: tied to the report they began with, corrected late, each victim for herself."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.facts.models import Fact
from qorgan.facts.terms import FactKind
from qorgan.offences import actions, queries
from qorgan.offences.terms import Ground, Part, Relationship
from qorgan.people.terms import Sex
from tests import factories
from tests.facts.test_collect import collect_all, facts

REGISTERED, VICTIM, SUSPECT = FactKind.OFFENCE_REGISTERED, FactKind.OFFENCE_VICTIM, FactKind.OFFENCE_SUSPECT
LATER = timedelta(days=30)


def newest(kind: FactKind) -> list[Fact]:
    """The last version of each fact of a kind."""
    held = {bytes(fact.link): fact for fact in sorted(facts(kind), key=lambda one: one.version)}
    return sorted(held.values(), key=lambda one: one.id)


def test_an_offence_of_a_case_hangs_on_the_report_that_the_case_began_with(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    held = factories.offence(by=owner, now=now + LATER, report=report)
    collect_all(now + LATER)
    (root,), (offence,) = facts(FactKind.REPORT_REGISTERED), facts(REGISTERED)
    assert offence.root == root.link
    assert (offence.root_on, int(offence.hours or 0)) == (date(2026, 11, 20), 30 * 24 + 1)
    case = cases.open_from_report(report=report, by=owner, now=now + LATER)
    factories.offence(by=owner, now=now + LATER, case=case)
    collect_all(now + LATER)
    assert {bytes(one.root) for one in newest(REGISTERED)} == {bytes(root.link)}
    assert held.case is None


def test_each_victim_has_a_relationship_of_her_own(owner: Actor, now: datetime) -> None:
    victims = [
        actions.Involved(sex=Sex.FEMALE, age=9, relationship=Relationship.STEP_PARENT),
        actions.Involved(sex=Sex.FEMALE, age=None, relationship=Relationship.STRANGER),
        actions.Involved(),
    ]
    factories.offence(by=owner, now=now, persons=tuple(victims))
    collect_all(now)
    told = [(one.age, one.relation, one.domestic) for one in facts(VICTIM)]
    assert told == [(9, "step_parent", True), (None, "stranger", False), (None, "unknown", None)]
    assert facts(REGISTERED)[0].domestic is True


def test_a_late_correction_is_a_later_version_of_all_its_facts(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    collect_all(now)
    with acting(owner):
        written = replace(factories.registered(at=now), article="106")
        actions.correct(offence=held, correction=written, why="сараптама", by=owner, now=now + LATER)
    collect_all(now + LATER)
    for kind in (REGISTERED, VICTIM, SUSPECT):
        (fact,) = newest(kind)
        assert (fact.version, fact.code, fact.iccs) == (2, "CC 106", "020111")


def test_a_person_found_later_joins_and_one_entered_by_mistake_counts_no_more(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    collect_all(now)
    with acting(owner):
        boy = actions.Involved(part=Part.SUSPECT, sex=Sex.MALE, age=15)
        actions.add_person(offence=held, involved=boy, by=owner, now=now + LATER)
        man = queries.opened([held])[0].suspects[0]
        actions.withdraw_person(person=man, why="қате", by=owner, now=now + LATER)
    collect_all(now + LATER)
    assert [(one.age, one.withdrawn) for one in newest(SUSPECT)] == [(38, True), (15, False)]


def test_a_terminated_offence_was_registered_and_stays(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    with acting(owner):
        actions.terminate(offence=held, ground=Ground.RECONCILED, by=owner, now=now)
    collect_all(now)
    assert [one.withdrawn for one in facts(REGISTERED)] == [False]
