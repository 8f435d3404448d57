"""Late corrections: the new value counts, the old one stays, with the reason and the author."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import Error, transaction

from qorgan.base.errors import ChangedMeanwhile, NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.offences import actions, queries, rules
from qorgan.offences.models import Correction, Offence, OffencePerson
from qorgan.offences.terms import Part, Relationship
from qorgan.people.terms import Sex
from tests import factories

WHY = "сараптама қорытындысы бойынша"


def _corrected(offence: Offence, by: Actor, now: datetime, **changes: object) -> Offence:
    written = replace(factories.registered(at=offence.registered_at), **changes)  # type: ignore[arg-type]  # the changes name fields
    return actions.correct(offence=offence, correction=written, why=WHY, by=by, now=now)


def test_a_late_change_of_the_article_keeps_the_old_one_with_reason_and_author(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    held = factories.offence(by=owner, now=now)
    later = now + timedelta(days=200)
    with acting(colleague):
        changed = _corrected(held, colleague, later, article="106", part="2")
    assert (changed.article, changed.part, changed.version) == ("106", "2", 2)
    history = [
        (one.field, one.old, one.new, one.why, one.corrected_at, one.corrected_by)
        for one in queries.corrections(changed)
    ]
    assert set(history) == {
        ("article", "109-1", "106", WHY, later, colleague.staff_id),
        ("part", "", "2", WHY, later, colleague.staff_id),
    }
    entry = JournalEntry.objects.get(kind="offences.offence.corrected")
    assert entry.detail["changes"] == {"article": ["109-1", "106"], "part": ["", "2"]}
    assert (entry.staff_id, WHY in str(entry.detail)) == (colleague.staff_id, False)  # it is sealed


def test_a_day_that_moves_an_act_under_another_code_moves_its_register_too(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    day = date(2024, 6, 15)
    with pytest.raises(rules.NoSuchArticle):
        _corrected(held, owner, now, acted_on=day)
    moved = _corrected(held, owner, now, acted_on=day, code="KoAP", article="73-2")
    assert moved.register == "administrative"


def test_a_correction_without_a_reason_or_without_a_change_is_none(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    same = factories.registered(at=now)
    with pytest.raises(rules.NothingToCorrect):
        actions.correct(offence=held, correction=same, why=WHY, by=owner, now=now)
    with pytest.raises(rules.NoReason):
        actions.correct(offence=held, correction=replace(same, article="106"), why="", by=owner, now=now)
    assert (Correction.objects.count(), Offence.objects.get().version) == (0, 1)


def test_two_who_correct_at_once_are_told(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    _corrected(held, owner, now, article="106")
    late = replace(factories.registered(at=now), article="107")
    with pytest.raises(ChangedMeanwhile):
        actions.correct(offence=held, correction=late, why=WHY, by=owner, now=now, seen=held.version)
    assert Offence.objects.get().article == "106"


def test_the_history_cannot_be_rewritten(owner: Actor, now: datetime) -> None:
    held = _corrected(factories.offence(by=owner, now=now), owner, now, article="106")
    with pytest.raises(Error), transaction.atomic():
        Correction.objects.filter(offence=held).update(old="x")
    with pytest.raises(Error), transaction.atomic():
        Correction.objects.filter(offence=held).delete()


def _persons(offence: Offence) -> list[OffencePerson]:
    return list(queries.opened([offence])[0].persons)


def test_a_suspect_found_later_joins_with_his_age(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now, persons=())
    found = actions.Involved(part=Part.SUSPECT, sex=Sex.MALE, age=16)
    actions.add_person(offence=held, involved=found, by=owner, now=now + timedelta(days=3))
    assert [(one.part, one.age) for one in _persons(held)] == [("suspect", 16)]
    assert Offence.objects.get().version == 2
    assert JournalEntry.objects.get(kind="offences.offence.person_added").detail["part"] == "suspect"


def test_what_was_said_of_a_person_is_corrected_field_by_field(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    victim = _persons(held)[0]
    described = actions.Described(sex=Sex.FEMALE, age=17, relationship=Relationship.STEP_PARENT)
    actions.correct_person(person=victim, described=described, why=WHY, by=owner, now=now)
    told = {(one.field, one.old, one.new, one.person) for one in queries.corrections(held)}
    assert told == {("age", "34", "17", victim), ("relationship", "spouse", "step_parent", victim)}
    entry = JournalEntry.objects.get(kind="offences.offence.person_corrected")
    assert entry.detail["changed"] == ["age", "relationship"]  # her age itself stays out of the journal
    with pytest.raises(rules.NothingToCorrect):
        actions.correct_person(person=victim, described=described, why=WHY, by=owner, now=now)


def test_a_person_entered_by_mistake_is_withdrawn_and_stays_in_the_history(owner: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    victim = _persons(held)[0]
    actions.withdraw_person(person=victim, why=WHY, by=owner, now=now)
    view = queries.opened([held])[0]
    assert [one.part for one in view.persons] == ["suspect"]
    assert [one.id for one in view.withdrawn] == [victim.id]
    with pytest.raises(rules.NothingToCorrect):
        actions.withdraw_person(person=victim, why=WHY, by=owner, now=now)
    assert queries.person(held, victim.id) is None


def test_who_may_not_correct_changes_nothing(owner: Actor, excluded: Actor, now: datetime) -> None:
    held = factories.offence(by=owner, now=now)
    before = JournalEntry.objects.count()
    with acting(excluded):
        for act in (
            lambda: _corrected(held, excluded, now, article="106"),
            lambda: actions.add_person(offence=held, involved=actions.Involved(), by=excluded, now=now),
            lambda: actions.withdraw_person(person=_persons(held)[0], why=WHY, by=excluded, now=now),
            lambda: actions.correct_person(
                person=_persons(held)[0], described=actions.Described(), why=WHY, by=excluded, now=now
            ),
        ):
            with pytest.raises(NotAllowed):
                act()
    assert (Offence.objects.get().version, JournalEntry.objects.count()) == (1, before)
