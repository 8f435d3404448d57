"""Who speaks for whom, and who may not: one who is, or may be, complained of has no rights in the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from qorgan.base.keys import vault
from qorgan.cases import rules
from qorgan.cases.models import Case, CasePerson, Representation
from qorgan.cases.queries.files import persons, report_ids, threads
from qorgan.cases.terms import Barred, Bond, Role
from qorgan.people.models import Contact, Person
from qorgan.people.queries import PersonView, by_ids, held_for
from qorgan.reports.models import ReportPerson
from qorgan.reports.terms import Role as ReportRole

EVIDENCE = "cases.representation.evidence"


@dataclass(frozen=True)
class Speaking:
    """A representative, opened: for whom, by which document, and why he may not, if so."""

    held: Representation
    person: PersonView
    speaker: PersonView
    bond: Bond
    evidence: str
    barred: Barred | None

    def may(self, *, on: date) -> bool:
        """Whether he may decide for the person on a day."""
        in_time = rules.in_time(self.held.valid_from, self.held.valid_until, on=on)
        return self.barred is None and self.held.ended_at is None and in_time


def complained_of(case: Case) -> list[PersonView]:
    """The people complained of in the case, and in every report of its threads that lies in sight."""
    rows = CasePerson.objects.filter(case=case, role=Role.OFFENDER).values_list("person_id", flat=True)
    said = ReportPerson.objects.filter(role=ReportRole.SUSPECT, report__in=report_ids(case))
    beside = ReportPerson.objects.filter(role=ReportRole.SUSPECT, thread_id__in=threads(case))
    ids = {*rows, *said.values_list("person_id", flat=True), *beside.values_list("person_id", flat=True)}
    return list(by_ids(ids).values())


def representations(case: Case) -> list[Speaking]:
    """Everyone who was ever named as speaking for someone of the case, the first named first."""
    held = list(Representation.objects.filter(case=case).order_by("made_at", "id"))
    if not held:
        return []
    views = by_ids({id for one in held for id in (one.person_id, one.speaker_id)})
    offenders = complained_of(case)
    doubted = {one.speaker_id for one in held if one.doubted_at}  # under whatever document he is named
    same = _same(offenders)
    vault.unlock(*(one.evidence for one in held))
    return [
        Speaking(
            held=one,
            person=views[one.person_id],
            speaker=views[one.speaker_id],
            bond=Bond(one.bond),
            evidence=vault.open(one.evidence, at=EVIDENCE),
            barred=Barred.SAME
            if one.speaker_id in same
            else rules.bar(views[one.speaker_id], offenders=offenders, doubted=one.speaker_id in doubted),
        )
        for one in held
    ]


def _same(people: Iterable[PersonView]) -> set[UUID]:
    """Everyone else who is held to be one of these people: by someone's word, or by the IIN."""
    ids = {one.id for one in people}
    return {other for held in held_for(ids).values() for other in held} - ids


def barred(case: Case) -> set[UUID]:
    """The persons of the case who are never told, invited or sent anything: complained of, or who may be.

    A representative is among them as soon as one of the bars holds; so is everyone who may be the same human.
    """
    offenders = complained_of(case)
    found = {one.id for one in offenders}
    found |= {one.speaker.id for one in representations(case) if one.barred is not None}
    shut = [*offenders, *(view for view in by_ids(found).values())]
    found |= _same(shut)
    for _role, view in persons(case):
        if any(rules.same_human(view, one) for one in shut):
            found.add(view.id)
    return found


def reached(person_id: UUID) -> Contact | None:
    """What was kept of how a person may be reached."""
    return Contact.objects.filter(person=person_id).first()


def of_case(case: Case, person_id: UUID) -> Person | None:
    """A person of the case."""
    part = CasePerson.objects.filter(case=case, person_id=person_id).select_related("person").first()
    return part.person if part else None
