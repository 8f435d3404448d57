"""Reading what may be destroyed, what was, and what stands against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from qorgan.base.keys import holdings, vault
from qorgan.cases import queries as cases
from qorgan.cases.models import Case, CasePerson, CaseReport
from qorgan.cases.terms import State as CaseState
from qorgan.courts import queries as courts
from qorgan.courts.terms import State as CourtState
from qorgan.duties.queries import Label
from qorgan.law import queries as law
from qorgan.law.engine.book import UnknownKey
from qorgan.offences import queries as offences
from qorgan.offences.terms import State as OffenceState
from qorgan.orders import queries as orders
from qorgan.orders.terms import State as OrderState
from qorgan.people.models import Person
from qorgan.places import queries as places
from qorgan.shredding.models import Destruction, LegalHold
from qorgan.shredding.terms import Hold, State, Thing

TERM = "personal_data.records_kept"
ANSWERED = "personal_data.destruction_answered"
_ENDED_IN_COURT = (CourtState.IN_FORCE, CourtState.RETURNED)
_INQUIRED = (OffenceState.REGISTERED, OffenceState.SUSPENDED)


@dataclass(frozen=True)
class Record:
    """A case, or a person of one: what it is called, where it lies, which key seals the words about it."""

    thing: Thing
    id: UUID
    number: str
    territory_id: int
    thread_id: UUID
    key_id: UUID
    case: Case | None


def of_case(case: Case) -> Record:
    """A case as what can be destroyed."""
    return Record(Thing.CASE, case.id, case.number, case.territory_id, case.thread_id, case.key_id, case)


def of_person(person: Person, case: Case | None) -> Record:
    """A person, as one case knows her."""
    number = case.number if case else ""
    return Record(Thing.PERSON, person.id, number, person.territory_id, person.thread_id, person.key_id, case)


def case_named(number: str) -> Record | None:
    """The case in sight of a number."""
    found = cases.by_number(number)
    return of_case(found) if found else None


def person_named(person_id: UUID | str) -> Record | None:
    """The person in sight of an id, with the case in which she has a part. None for what is no id."""
    try:
        person = Person.objects.filter(pk=UUID(str(person_id))).first()
    except ValueError:
        return None
    if person is None:
        return None
    part = CasePerson.objects.filter(person=person).select_related("case").order_by("id").first()
    return of_person(person, part.case if part else None)


def record_of(held: Destruction) -> Record | None:
    """The record that is to be destroyed, if it lies in sight."""
    if held.thing == Thing.PERSON:
        return person_named(held.thing_id)
    found = cases.find(held.thing_id)
    return of_case(found) if found else None


def records_of(case: Case) -> list[Record]:
    """The case and each person of it: what someone may ask for."""
    parts = CasePerson.objects.filter(case=case).select_related("person").order_by("id")
    persons = {part.person_id: part.person for part in parts}
    return [of_case(case), *(of_person(person, case) for person in persons.values())]


def keys_of(record: Record) -> set[UUID]:
    """The keys that open it: a person's own; of a case all that its threads name, without those of persons."""
    if record.thing is Thing.PERSON or record.case is None:
        return {record.key_id}
    joined = CaseReport.objects.filter(case=record.case).values_list("report_thread", flat=True)
    return holdings.keys_of({record.thread_id, *joined}, besides=(Person,)) | {record.key_id}


def holds(record: Record, *, now: datetime) -> list[Hold]:
    """What stands against destroying it at a moment."""
    case = record.case
    found = [Hold.BANNED] if standing_holds(record, now=now).exists() else []
    if case is None:
        return found
    if case.state == CaseState.OPEN:
        found.insert(0, Hold.CASE_OPEN)
    binding = (orders.Force.IN_FORCE, orders.Force.NOT_YET)
    if any(view.force(now) in binding and view.order.state != OrderState.DRAFT for view in orders.for_cases([case.id])):
        found.append(Hold.ORDER_BINDS)
    if any(view.court_case.state not in _ENDED_IN_COURT for view in courts.for_cases([case.id])):
        found.append(Hold.COURT_PENDING)
    if any(one.state in _INQUIRED for one in offences.of_cases([case.id])):
        found.append(Hold.OFFENCE_PENDING)
    return found


def kept_until(record: Record) -> datetime | None:
    """Until when the law wants it kept, from the end of its case; None where no term is on record."""
    if record.case is None or record.case.closed_at is None:
        return None
    zone = places.zone(record.territory_id)
    try:
        return law.deadline(TERM, start=record.case.closed_at, zone=zone).due_at
    except UnknownKey:
        return None


def newest() -> QuerySet[Destruction]:
    """All in sight, the newest first."""
    return Destruction.objects.order_by("-asked_at", "-id")


def find(destruction_id: UUID) -> Destruction | None:
    """One, if it lies in sight."""
    return Destruction.objects.filter(pk=destruction_id).first()


def standing(record: Record) -> Destruction | None:
    """What was asked for a record, or is done; not what was declined."""
    asked = Destruction.objects.filter(thing=record.thing, thing_id=record.id)
    return asked.exclude(state=State.DECLINED).first()


def standing_holds(record: Record, *, now: datetime) -> QuerySet[LegalHold]:
    """What offices forbid about a record at a moment, the first first; of its case, where it has one."""
    of_it = Q(case=record.case) if record.case else Q(thread_id=record.thread_id)
    in_time = Q(until__isnull=True) | Q(until__gt=now)
    return LegalHold.objects.filter(of_it, in_time, lifted_at=None).select_related("agency").order_by("laid_at", "id")


def legal_holds(case: Case) -> QuerySet[LegalHold]:
    """All that was ever forbidden about a case, the newest first."""
    return LegalHold.objects.filter(case=case).select_related("agency").order_by("-laid_at", "-id")


def find_hold(hold_id: UUID) -> LegalHold | None:
    """What an office forbids, if it lies in sight."""
    return LegalHold.objects.filter(pk=hold_id).select_related("agency", "case").first()


def why_held(held: LegalHold) -> tuple[str, str]:
    """Why it was forbidden, and why it was allowed again; empty where it was not."""
    lifted = vault.read(held.lifted_why, at="shredding.legal_hold.lifted_why")
    return vault.read(held.reason, at="shredding.legal_hold.reason"), lifted


def for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about destroying: what is to be destroyed, in which case."""
    held = list(Destruction.objects.filter(pk__in=set(ids)))
    return {one.id: Label(one.number, str(Thing(one.thing).label), one.number, None) for one in held}


def reason(held: Destruction) -> str:
    """Why it was asked for; once it is done, that this was destroyed too."""
    return vault.read(held.reason, at="shredding.destruction.reason")
