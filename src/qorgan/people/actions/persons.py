"""Writing persons down, as they were named; keeping their records from staff whom a party may be, or be near to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from qorgan.agencies import access as agency_access
from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.engine import likeness
from qorgan.agencies.models import Agency, Block
from qorgan.agencies.queries import Suspicion
from qorgan.agencies.terms import AdmissionGround, BlockGround, Purpose
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import blind, vault
from qorgan.base.scope import Actor, acting, beside
from qorgan.duties import actions as duties
from qorgan.duties import queries as due
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.messages.terms import SafeContact
from qorgan.people import access, queries
from qorgan.people.engine import iin as iin_rule
from qorgan.people.engine import tokens
from qorgan.people.engine.habits import habits
from qorgan.people.models import Contact, NameMark, Person
from qorgan.people.terms import Sex
from qorgan.places import queries as places

_REVIEWS = {
    DutyKind.REVIEW_BLOCK: (agency_access.REVIEW_BLOCK, "agencies.block_review"),
    DutyKind.REVIEW_OPENING: (agency_access.REVIEW_OPENING, "agencies.opening_review"),
}
_LOOKS = ("reports.report.see", "cases.case.see", "cases.person.see", "people.person.see")


@dataclass(frozen=True)
class Named:
    """A person as someone named her: the words as written, and whatever parts and numbers are known."""

    written: str = ""
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    iin: str = ""
    phone: str = ""
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN

    def __bool__(self) -> bool:
        return any((self.written, self.surname, self.given, self.iin, self.phone))


def describe(named: Named, *, on: date) -> tuple[date | None, Sex, list[str]]:
    """Birth date and sex as said, or as the IIN says on a day; and its faults. A fault warns and never refuses."""
    if not named.iin:
        return named.birth_date, named.sex, []
    reading = iin_rule.read(named.iin, on=on)
    faults = [fault.value for fault in reading.faults]
    if faults:
        return named.birth_date, named.sex, faults
    sex = named.sex if named.sex is not Sex.UNKNOWN or reading.sex is None else Sex(reading.sex)
    return named.birth_date or reading.birth_date, sex, []


def sealed(named: Named, *, territory_id: int, thread_id: UUID, now: datetime, key_id: UUID | None = None) -> Person:
    """An unsaved person with everything that says who she is sealed under a key of her own."""
    key = key_id or vault.new_key()
    born, sex, faults = describe(named, on=now.date())
    texts = {
        "written": named.written,
        "surname": named.surname,
        "given": named.given,
        "patronymic": named.patronymic,
        "birth_date": born.isoformat() if born else "",
        "iin": named.iin,
        "phone": named.phone,
    }
    return Person(
        id=ids.new(),
        key_id=key,
        territory_id=territory_id,
        thread_id=thread_id,
        sex=sex,
        iin_index=blind.iin(named.iin),
        phone_index=blind.phone(named.phone),
        birth_year=born.year if born else None,
        iin_faults=faults,
        made_at=now,
        **{field: vault.seal(key, text, at=f"people.person.{field}") for field, text in texts.items()},
    )


@dataclass(frozen=True)
class Marks:
    """The tokens by which a person is found by her name, keyed; not kept yet."""

    person: Person
    tokens: frozenset[int]


# One row a person comes in, twenty marks go out: twenty rows each through the models cost more than the sealing.
_KEEP_MARKS = """
insert into people_namemark (token, territory_id, thread_id, person_id)
select unnest(said.tokens::bigint[]), said.territory_id, said.thread_id, said.person_id
from unnest(%s::text[], %s::int[], %s::uuid[], %s::uuid[]) as said (tokens, territory_id, thread_id, person_id)
"""


def marks(*, person: Person, named: Named, on: date) -> Marks:
    """The marks by which `person` is found by her name; she is marked by the present scheme from here on."""
    parts = (named.written, named.surname, named.given, named.patronymic)
    return _marked(person, parts, describe(named, on=on)[0])


def _marked(person: Person, parts: tuple[str, str, str, str], born: date | None) -> Marks:
    written, surname, given, patronymic = parts
    name = tokens.name_of(written=written, surname=surname, given=given, patronymic=patronymic, habits=habits())
    person.names_scheme = tokens.SCHEME
    return Marks(person, frozenset(map(blind.name, tokens.kept(name, tokens.born_on(born)))))


def keep_marks(*, made: Iterable[Marks]) -> None:
    """Keep the marks of persons in the transaction that writes them down: a part of that act."""
    held = [one for one in made if one.tokens]
    places = [beside(one.person) for one in held]
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP_MARKS,
            [
                [f"{{{','.join(map(str, one.tokens))}}}" for one in held],
                [place["territory_id"] for place in places],
                [place["thread_id"] for place in places],
                [one.person.id for one in held],
            ],
        )


@transaction.atomic
def write_down(*, named: Named, territory_id: int, thread_id: UUID, by: Actor, now: datetime) -> Person:
    """Keep a person as named. Names stay as written; nothing is joined to anyone already known.

    No permission of its own: she is named in a report or a case, whose act has asked for it.
    """
    person = sealed(named, territory_id=territory_id, thread_id=thread_id, now=now)
    found = marks(person=person, named=named, on=now.date())
    person.save(force_insert=True)
    keep_marks(made=[found])
    journal.write(kind="people.person.written_down", thing="person", thing_id=person.id, by=by, now=now)
    return person


@dataclass(frozen=True)
class Filled:
    """A step along the persons: how many were given an index, and the last that was looked at; None at the end."""

    count: int
    last: UUID | None


@transaction.atomic
def fill_indexes(*, after: UUID | None, by: Actor, now: datetime, limit: int = 500) -> Filled:
    """Give the next persons after `after` what they are found by: indexes of numbers, marks of names by the scheme.

    No permission of its own: it adds nothing that was not said, and shows nobody anything. What is done is committed
    with each step, so that a run that was cut off goes on where rows are still without. Raises KeyStoreAway.
    """
    left = queries.without_index().order_by("id").select_for_update(skip_locked=True)
    held = list((left.filter(id__gt=after) if after else left)[:limit])
    vault.unlock(*(getattr(person, field) for person in held for field in queries.FIELDS))
    made: list[Marks] = []
    filled = [person for person in held if _indexed(person, made)]
    Person.objects.bulk_update(held, ["iin_index", "phone_index", "names_scheme"])
    _unmark(held)
    keep_marks(made=made)
    if filled:
        journal.write(kind="people.person.indexed", thing="person", by=by, now=now, detail={"count": len(filled)})
    return Filled(len(filled), held[-1].id if len(held) == limit else None)


def _unmark(persons: Iterable[Person]) -> None:
    held = list(persons)
    threads = {person.thread_id for person in held}
    NameMark.objects.filter(thread_id__in=threads, person__in=[person.id for person in held]).delete()


@transaction.atomic
def forget_indexes(*, by: Actor, now: datetime) -> int:
    """Take every index away, where their key was lost or may have leaked; of how many persons. They are filled anew.

    No permission of its own: what was said stays as it is, and nobody is shown anything.
    """
    marked = Q(pk__in=NameMark.objects.values("person_id"))
    known = Person.objects.filter(Q(iin_index__isnull=False) | Q(phone_index__isnull=False) | marked)
    count = known.count()
    Person.objects.update(iin_index=None, phone_index=None, names_scheme=0)
    NameMark.objects.all().delete()
    journal.write(kind="people.person.index_forgotten", thing="person", by=by, now=now, detail={"count": count})
    return count


@transaction.atomic
def forget_person(*, person_id: UUID, by: Actor, now: datetime) -> None:
    """Let nothing find a person any more: her record is to be destroyed.

    No permission of its own: two people have decided that.
    """
    Person.objects.filter(pk=person_id).update(iin_index=None, phone_index=None)
    _unmark(Person.objects.filter(pk=person_id))
    journal.write(kind="people.person.unindexed", thing="person", thing_id=person_id, by=by, now=now)


def _indexed(person: Person, made: list[Marks]) -> bool:
    """Whether the person was given an index or marks; what was shredded or is no whole number has none."""
    try:
        person.iin_index = blind.iin(vault.open(person.iin, at="people.person.iin"))
        person.phone_index = blind.phone(vault.open(person.phone, at="people.person.phone"))
    except vault.Shredded:
        return False
    view = queries.opened([person])[person.id]
    found = _marked(person, (view.written, view.surname, view.given, view.patronymic), view.birth_date)
    made.append(found)
    return bool(person.iin_index or person.phone_index or found.tokens)


@transaction.atomic
def set_contact(*, person: Person, contact: SafeContact, by: Actor, now: datetime, seen: int | None = None) -> Contact:
    """Keep how the person may safely be reached, as she said it to `by` just now. Raises NotAllowed.

    `seen` is the version that was shown, 0 where nothing was known. Raises ChangedMeanwhile.
    """
    access.check_may(by, access.CONTACT)
    held = Contact.objects.select_for_update().filter(person=person).first()
    stands = held.version if held else 0
    check_seen(seen, stands=stands, thing="person", thing_id=person.id, kinds=("people.contact.",))
    return keep_contact(person=person, contact=contact, by=by, now=now)


@transaction.atomic
def keep_contact(*, person: Person, contact: SafeContact, by: Actor, now: datetime) -> Contact:
    """The same, of someone who said it while her report was written down, or who wrote it herself.

    Where nobody of the staff heard it, the contact is verified by her own id: she is the one who said it.
    No permission of its own: whoever writes the report down has asked for it.
    """
    key, before = person.key_id, Contact.objects.filter(person=person).values_list("version", flat=True).first()
    held, _made = Contact.objects.update_or_create(
        person=person,
        defaults={
            **beside(person),
            "channel": contact.channel,
            "address": vault.seal(key, contact.address, at="people.contact.address"),
            "code_word": vault.seal(key, contact.code_word, at="people.contact.code_word"),
            "answers": vault.seal(key, contact.answers, at="people.contact.answers"),
            "hours_from": contact.hours_from,
            "hours_until": contact.hours_until,
            "voicemail": contact.voicemail,
            "verified_at": contact.verified_at,
            "verified_by": (by.staff_id or person.id) if contact.verified_at else None,
            "version": (before or 0) + 1,
        },
    )
    journal.write(kind="people.contact.set", thing="person", thing_id=person.id, by=by, now=now)
    return held


def safe_contact(*, held: Contact) -> SafeContact:
    """The kept contact as the value that the gate of `messages` asks for."""
    return SafeContact(
        channel=held.channel,
        address=vault.open(held.address, at="people.contact.address"),
        code_word=vault.open(held.code_word, at="people.contact.code_word"),
        hours_from=held.hours_from,
        hours_until=held.hours_until,
        voicemail=held.voicemail,
        verified_at=held.verified_at,
        answers=vault.read(held.answers, at="people.contact.answers", gone=""),
    )


def party_of(named: Named) -> likeness.Party:
    """What a person is recognised by where she, or he, may be someone of the staff."""
    return likeness.party(
        written=named.written,
        surname=named.surname,
        given=named.given,
        patronymic=named.patronymic,
        iin=named.iin,
        phone=named.phone,
    )


def suspected(parties: Iterable[Named], *, territory_id: int, now: datetime) -> list[Suspicion]:
    """Whom of the staff the parties of a record may be, or be near to. Asked before the record is written."""
    return offices.suspicions([party_of(one) for one in parties], territory_id=territory_id, now=now)


@transaction.atomic
def keep_apart(
    *, suspicions: Iterable[Suspicion], territory_id: int, thread_id: UUID, by: Actor, now: datetime
) -> list[Block]:
    """Shut a thread to the suspected, at once and without a word to them, and lay the review on an office elsewhere.

    The last write of its act: `by` may be one of them, and sees nothing of it from then on. No permission of its own:
    the act that names the parties has asked for it.
    """
    made = agencies.suspect(suspicions=suspicions, thread_id=thread_id, territory_id=territory_id, by=by, now=now)
    for block in made:
        _lay_review(block, by=by, now=now)
    return made


def _lay_review(block: Block, *, by: Actor, now: datetime) -> None:
    kind, about = DutyKind.REVIEW_BLOCK, block.staff_id
    lay_review(kind=kind, thing="block", thing_id=block.id, about=about, **beside(block), by=by, now=now)


@transaction.atomic
def lay_review(
    *,
    kind: DutyKind,
    thing: str,
    thing_id: UUID,
    about: UUID,
    thread_id: UUID,
    territory_id: int,
    by: Actor,
    now: datetime,
) -> Agency | None:
    """Lay the review of what concerns a person of staff and a record on an office elsewhere, and let it look.

    None where no such office is left: what is to be reviewed stands as it is. No permission of its own: a block, or a
    file opened in an emergency, asks for it.
    """
    permission, provision = _REVIEWS[kind]
    place: dict[str, Any] = {"thread_id": thread_id, "territory_id": territory_id}
    reviewer = offices.reviewer_for(permission, staff_id=about, **place, now=now)
    if reviewer is None:
        return None
    term = law.deadline(provision, start=now, zone=places.zone(reviewer.territory_id))
    laid = duties.Laid(kind, provision, since=now, due_at=term.due_at, to_verify=term.to_verify)
    there: dict[str, Any] = {"territory_id": reviewer.territory_id, "agency_id": reviewer.id, "thread_id": thread_id}
    # The office lies outside the sight of whoever acts, who may be shut out himself by now.
    with acting(offices.system("people.lay_review")):
        duties.lay(laid=[laid], thing=thing, thing_id=thing_id, case_id=None, **there, by=by, now=now)
    agencies.admit(
        **place,
        ground=AdmissionGround.REVIEW,
        permissions=_LOOKS,
        purpose=Purpose.OVERSIGHT,
        until=None,
        agency_id=reviewer.id,
        by=by,
        now=now,
    )
    return reviewer


@transaction.atomic
def review_block(*, block_id: UUID, stands: bool, why: str, by: Actor, now: datetime) -> Block:
    """Confirm a block, or lift it, as the office that the review was laid on.

    Where a party is the person of staff, those who serve with him share the fate of his block. Raises NotAllowed,
    NotFound (for another office too), BlockDecided, NoReason.
    """
    agency_access.check_may(by, agency_access.REVIEW_BLOCK)
    if not due.laid_on(by.agency, kind=DutyKind.REVIEW_BLOCK, thing_id=block_id).exists():
        raise NotFound
    decide = agencies.confirm if stands else agencies.lift
    block = decide(block_id=block_id, why=why, by=by, now=now)
    if block.ground == BlockGround.SELF and stands:
        agencies.shut_unit(staff_id=block.staff_id, **beside(block), by=by, now=now)
    for other in offices.unit_blocks(block) if block.ground == BlockGround.SELF else ():
        decide(block_id=other, why=why, by=by, now=now)
    duties.done(thing_id=block.id, kind=DutyKind.REVIEW_BLOCK, by=by, now=now)
    for admission in offices.reviewing(block.thread_id, agency_id=by.agency):
        agencies.end(admission_id=admission, by=by, now=now)
    return block
