"""Victims and suspects: named with the offence or found out later, corrected, withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from qorgan.base.scope import Actor, beside
from qorgan.cases.models import CasePerson
from qorgan.offences import access, rules
from qorgan.offences.actions import held
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.terms import Part, Relationship
from qorgan.people.queries import PersonView, by_ids
from qorgan.people.terms import Sex
from qorgan.reports.models import ReportPerson


@dataclass(frozen=True)
class Described:
    """What the register says of a person. `age` is full years on the day of the act; None: not known."""

    sex: Sex = Sex.UNKNOWN
    age: int | None = None
    relationship: Relationship | None = None  # who the suspect is to this victim; of a suspect nothing is kept


@dataclass(frozen=True)
class Involved(Described):
    """A victim or a suspect. What is not told of a person whom the case knows is taken from what she is known by."""

    part: Part = Part.VICTIM
    person_id: UUID | None = None


@transaction.atomic
def add_person(
    *, offence: Offence, involved: Involved, by: Actor, now: datetime, seen: int | None = None
) -> OffencePerson:
    """One more victim, or a suspect who is known by now. Raises AnnulledIsFinal, PersonElsewhere, PersonTwice.

    `seen`, here and below: the version of the offence that was shown. Raises ChangedMeanwhile where another stands.
    """
    access.check_may(by, access.CORRECT)
    found = held.changeable(offence, seen=seen)
    (added,) = write_persons(offence=found, involved=[involved], by=by, now=now)
    held.keep(offence=found, act="person_added", by=by, now=now, part=str(involved.part), person=added.id)
    return added


@transaction.atomic
def correct_person(
    *, person: OffencePerson, described: Described, why: str, by: Actor, now: datetime, seen: int | None = None
) -> OffencePerson:
    """Write something else about a person; the old stays in the history. Raises NothingToCorrect, NoReason."""
    access.check_may(by, access.CORRECT)
    reason = rules.check_reason(why)
    offence, found = _standing(person, seen)
    rules.check_age(described.age)
    new = {
        "sex": described.sex,
        "age": described.age,
        "relationship": rules.relationship_of(Part(found.part), described.relationship),
    }
    changes = {name: (_said(getattr(found, name)), _said(value)) for name, value in new.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if not changes:
        raise rules.NothingToCorrect
    for name in changes:
        setattr(found, name, new[name])
    found.save(update_fields=list(changes))
    held.note(offence=offence, changes=changes, why=reason, by=by, now=now, person=found)
    held.keep(offence=offence, act="person_corrected", by=by, now=now, person=found.id, changed=sorted(changes))
    return found


@transaction.atomic
def withdraw_person(
    *, person: OffencePerson, why: str, by: Actor, now: datetime, seen: int | None = None
) -> OffencePerson:
    """Take out a person entered by mistake. She stays in the history and counts no more."""
    access.check_may(by, access.CORRECT)
    reason = rules.check_reason(why)
    offence, found = _standing(person, seen)
    found.withdrawn_at, found.withdrawn_by = now, by.staff
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    held.note(offence=offence, changes={"withdrawn": (found.part, "")}, why=reason, by=by, now=now, person=found)
    held.keep(offence=offence, act="person_withdrawn", by=by, now=now, person=found.id)
    return found


def write_persons(*, offence: Offence, involved: Iterable[Involved], by: Actor, now: datetime) -> list[OffencePerson]:
    """Keep the persons of an offence; the act that they belong to has the journal's row.

    Raises ImpossibleAge, PersonElsewhere, PersonTwice.
    """
    persons = list(involved)
    named = [one.person_id for one in persons if one.person_id is not None]
    if len(named) != len(set(named)):
        raise rules.PersonTwice
    views = _known(offence, set(named)) if named else {}
    rows = [_made(one, offence, views.get(one.person_id) if one.person_id else None) for one in persons]
    return OffencePerson.objects.bulk_create(rows)


def _made(one: Involved, offence: Offence, view: PersonView | None) -> OffencePerson:
    sex, age = one.sex, one.age
    if view is not None:
        sex = Sex(view.sex) if sex is Sex.UNKNOWN else sex
        age = _age(view, offence.acted_on) if age is None else age
    rules.check_age(age)
    return OffencePerson(
        offence=offence,
        person_id=one.person_id,
        part=one.part,
        sex=sex,
        age=age,
        relationship=rules.relationship_of(one.part, one.relationship),
        **beside(offence),
    )


def _age(view: PersonView, acted_on: date | None) -> int | None:
    """Full years on the day of the act. An age that cannot be is not known: the birth date may be misread."""
    age = view.age_on(acted_on) if acted_on else None
    return age if age is not None and 0 <= age <= rules.OLDEST else None


def _known(offence: Offence, named: set[UUID]) -> dict[UUID, PersonView]:
    """The named persons, who must be of the offence's case or report and not in the offence yet."""
    of_case = CasePerson.objects.filter(case_id=offence.case_id, person__in=named) if offence.case_id else None
    known = set(of_case.values_list("person_id", flat=True)) if of_case is not None else set()
    if offence.report_id and not named <= known:
        of_report = ReportPerson.objects.filter(report_id=offence.report_id, person__in=named)
        known |= set(of_report.values_list("person_id", flat=True))
    if not named <= known:
        raise rules.PersonElsewhere
    standing = OffencePerson.objects.filter(offence=offence, person__in=named, withdrawn_at__isnull=True)
    if standing.exists():
        raise rules.PersonTwice
    return by_ids(named)


def _standing(person: OffencePerson, seen: int | None) -> tuple[Offence, OffencePerson]:
    """The offence, held, and its person as she stands now. Raises AnnulledIsFinal, NothingToCorrect."""
    offence = held.changeable(person.offence, seen=seen)
    found = OffencePerson.objects.get(pk=person.pk)
    if found.withdrawn_at is not None:
        raise rules.NothingToCorrect
    return offence, found


def _said(value: object) -> str:
    return "" if value is None else str(value)
