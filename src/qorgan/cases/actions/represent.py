"""Who speaks for a person of the case; and the guardianship authority in the place of one who may not."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import access, queries, rules
from qorgan.cases.actions import nights
from qorgan.cases.actions.held import held_open
from qorgan.cases.actions.offer import replace_speaker
from qorgan.cases.actions.told import REPLACE
from qorgan.cases.models import Case, Representation
from qorgan.cases.queries.barred import EVIDENCE, Speaking
from qorgan.cases.terms import Bond, Role
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law
from qorgan.places import queries as places

KINDS = ("cases.representation.",)


@dataclass(frozen=True, kw_only=True)
class Document:
    """Who speaks for whom, by what: the document with its number, and the days it is in force."""

    person_id: UUID
    speaker_id: UUID
    bond: Bond
    evidence: str
    valid_from: date
    valid_until: date | None = None


@transaction.atomic
def represent(*, case: Case, document: Document, by: Actor, now: datetime) -> Representation:
    """Write down who speaks for a person of the case. Whether he may is asked each time, never kept.

    Where he is, or may be, complained of and she is a child, the guardianship authority is told in the same second.
    Raises NotOfTheCase, SpeaksForHimself, CaseClosed.
    """
    access.check_may(by, access.LEAD)
    held = held_open(case)
    people = {view.id for _role, view in queries.persons(held)}
    if not {document.person_id, document.speaker_id} <= people:
        raise rules.NotOfTheCase
    if document.person_id == document.speaker_id:
        raise rules.SpeaksForHimself
    made = Representation(
        id=ids.new(),
        case=held,
        **beside(held),
        person_id=document.person_id,
        speaker_id=document.speaker_id,
        bond=document.bond,
        evidence=vault.seal(held.key_id, document.evidence.strip(), at=EVIDENCE),
        valid_from=document.valid_from,
        valid_until=document.valid_until,
        made_at=now,
        made_by=by.staff,
    )
    made.save(force_insert=True)
    _write("cases.representation.made", made, by=by, now=now)
    review(held, by=by, now=now)
    return made


@transaction.atomic
def doubt(*, case: Case, representation_id: UUID, by: Actor, now: datetime, seen: int | None = None) -> Representation:
    """Mark that a representative may be the one complained of: he has no rights here any more. Again changes nothing.

    Raises NotFound, ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held = _held(case, representation_id, seen=seen)
    if held.doubted_at is None:
        held.doubted_at, held.doubted_by = now, by.staff
        held.version += 1
        held.save(update_fields=["doubted_at", "doubted_by", "version"])
        _write("cases.representation.doubted", held, by=by, now=now)
    review(case, by=by, now=now)
    return held


@transaction.atomic
def clear_doubt(
    *, case: Case, representation_id: UUID, by: Actor, now: datetime, seen: int | None = None
) -> Representation:
    """Take the mark away that a representative may be the one complained of: by a second person, never by who made it.

    The other bars stay. Without a mark nothing changes. Raises NotFound, SecondPerson, ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    held = _held(case, representation_id, seen=seen)
    if held.doubted_by == by.staff:
        raise rules.SecondPerson
    if held.doubted_at is not None:
        held.doubted_at = held.doubted_by = None
        held.version += 1
        held.save(update_fields=["doubted_at", "doubted_by", "version"])
        _write("cases.representation.cleared", held, by=by, now=now)
    return held


@transaction.atomic
def end_representation(
    *, case: Case, representation_id: UUID, by: Actor, now: datetime, seen: int | None = None
) -> Representation:
    """He speaks for her no more. Ending it again changes nothing. Raises NotFound, ChangedMeanwhile."""
    access.check_may(by, access.LEAD)
    held = _held(case, representation_id, seen=seen)
    if held.ended_at is None:
        held.ended_at, held.ended_by = now, by.staff
        held.version += 1
        held.save(update_fields=["ended_at", "ended_by", "version"])
        _write("cases.representation.ended", held, by=by, now=now)
    return held


def _held(case: Case, representation_id: UUID, *, seen: int | None) -> Representation:
    held = Representation.objects.select_for_update().filter(pk=representation_id, case=case).first()
    if held is None:
        raise NotFound
    check_seen(seen, stands=held.version, thing="representation", thing_id=held.id, kinds=KINDS)
    return held


def review(case: Case, *, by: Actor, now: datetime) -> None:
    """Tell the guardianship authority where a child's representative may not speak and nobody else may.

    Asked whenever a person or a representative is named. Where the country has no such authority on record for the
    place, the duty is the case's own agency's.
    """
    today = queries.today(case, now=now)
    adult = law.value("ages.adult", on=today)
    children = {
        view.id
        for role, view in queries.persons(case)
        if role is Role.CHILD or (adult.decides and (view.age_on(today) or adult.number()) < adult.number())
    }
    spoken = [one for one in queries.representations(case) if one.person.id in children and one.held.ended_at is None]
    left = {one.person.id for one in spoken if one.may(on=today)}
    _replace(case, spoken, left, by=by, now=now)
    nights.ask(case, by=by, now=now)


def _replace(case: Case, spoken: list[Speaking], left: set[UUID], *, by: Actor, now: datetime) -> None:
    if not any(one.barred is not None and one.person.id not in left for one in spoken):
        return
    if replace_speaker(case, by=by, now=now) is not None:
        return
    term = law.deadline(REPLACE, start=now, zone=places.zone(case.territory_id))
    laid = duties.Laid(kind=Duty.REPLACE_SPEAKER, provision=REPLACE, since=now, due_at=term.due_at, to_verify=True)
    duties.lay(
        laid=[laid],
        thing="case",
        thing_id=case.id,
        case_id=case.id,
        **beside(case),
        agency_id=case.agency_id,
        key_id=case.key_id,
        by=by,
        now=now,
    )


def _write(kind: str, held: Representation, *, by: Actor, now: datetime) -> None:
    detail = {"case": str(held.case_id), "bond": str(held.bond), "version": held.version}
    journal.write(kind=kind, thing="representation", thing_id=held.id, by=by, now=now, detail=detail)
