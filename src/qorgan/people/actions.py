"""Writing persons down, as they were named."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.keys import blind, vault
from qorgan.base.scope import Actor, beside
from qorgan.messages.terms import SafeContact
from qorgan.people import access, queries
from qorgan.people.engine import iin as iin_rule
from qorgan.people.models import Contact, Person
from qorgan.people.terms import Sex


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


@transaction.atomic
def write_down(*, named: Named, territory_id: int, thread_id: UUID, by: Actor, now: datetime) -> Person:
    """Keep a person as named. Names stay as written; nothing is joined to anyone already known.

    No permission of its own: she is named in a report or a case, whose act has asked for it.
    """
    person = sealed(named, territory_id=territory_id, thread_id=thread_id, now=now)
    person.save(force_insert=True)
    journal.write(kind="people.person.written_down", thing="person", thing_id=person.id, by=by, now=now)
    return person


@dataclass(frozen=True)
class Filled:
    """A step along the persons: how many were given an index, and the last that was looked at; None at the end."""

    count: int
    last: UUID | None


@transaction.atomic
def fill_indexes(*, after: UUID | None, by: Actor, now: datetime, limit: int = 500) -> Filled:
    """Give the next persons after `after` the indexes of numbers that were written down before there were any.

    No permission of its own: it adds nothing that was not said, and shows nobody anything. What is done is committed
    with each step, so that a run that was cut off goes on where rows are still without. Raises KeyStoreAway.
    """
    left = queries.without_index().order_by("id").select_for_update(skip_locked=True)
    held = list((left.filter(id__gt=after) if after else left)[:limit])
    vault.unlock(*(envelope for person in held for envelope in (person.iin, person.phone)))
    filled = [person for person in held if _indexed(person)]
    Person.objects.bulk_update(filled, ["iin_index", "phone_index"])
    if filled:
        journal.write(kind="people.person.indexed", thing="person", by=by, now=now, detail={"count": len(filled)})
    return Filled(len(filled), held[-1].id if len(held) == limit else None)


@transaction.atomic
def forget_indexes(*, by: Actor, now: datetime) -> int:
    """Take every index away, where their key was lost or may have leaked; of how many persons. They are filled anew.

    No permission of its own: what was said stays as it is, and nobody is shown anything.
    """
    known = Person.objects.exclude(iin_index=None, phone_index=None)
    count = known.update(iin_index=None, phone_index=None)
    journal.write(kind="people.person.index_forgotten", thing="person", by=by, now=now, detail={"count": count})
    return count


def _indexed(person: Person) -> bool:
    """Whether the person was given an index; what was shredded or is no whole number has none."""
    try:
        person.iin_index = blind.iin(vault.open(person.iin, at="people.person.iin"))
        person.phone_index = blind.phone(vault.open(person.phone, at="people.person.phone"))
    except vault.Shredded:
        return False
    return bool(person.iin_index or person.phone_index)


@transaction.atomic
def set_contact(*, person: Person, contact: SafeContact, by: Actor, now: datetime) -> Contact:
    """Keep how the person may safely be reached, as she said it to `by` just now. Raises NotAllowed."""
    access.check_may(by, access.CONTACT)
    key = person.key_id
    held, _made = Contact.objects.update_or_create(
        person=person,
        defaults={
            **beside(person),
            "channel": contact.channel,
            "address": vault.seal(key, contact.address, at="people.contact.address"),
            "code_word": vault.seal(key, contact.code_word, at="people.contact.code_word"),
            "hours_from": contact.hours_from,
            "hours_until": contact.hours_until,
            "voicemail": contact.voicemail,
            "verified_at": contact.verified_at,
            "verified_by": by.staff if contact.verified_at else None,
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
    )
