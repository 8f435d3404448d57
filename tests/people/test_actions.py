"""Persons written down as they were named."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from qorgan.base import ids
from qorgan.base.errors import NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.messages.terms import Channel, SafeContact
from qorgan.people import actions, queries
from qorgan.people.actions import Named
from qorgan.people.models import Contact, Person
from qorgan.people.terms import Sex
from tests import factories

ENBEKSHI = 7903


def _written(named: Named, *, by: Actor, now: datetime) -> queries.PersonView:
    person = actions.write_down(named=named, territory_id=ENBEKSHI, thread_id=ids.new(), by=by, now=now)
    return queries.by_ids([person.id])[person.id]


@pytest.mark.parametrize(
    "written",
    [
        "Әбдірахманова Гүлсезім Нұрланқызы",
        "О'Коннор-Қасымова  Үміт",
        "",
        "  с пробелами ",
        "\u202eзеркало\u202c\x00",
        "Иванов\nПётр",
        "ұ" * 300,
    ],
)
def test_a_name_stays_letter_for_letter_as_it_was_written(owner: Actor, now: datetime, written: str) -> None:
    assert _written(Named(written=written, phone="1"), by=owner, now=now).written == written


def test_every_part_comes_back_and_none_is_mixed_with_another(owner: Actor, now: datetime) -> None:
    named = Named("а", "б", "в", "г", "900101400404", "+77010000001", None, Sex.UNKNOWN)
    view = _written(named, by=owner, now=now)
    parts = (view.written, view.surname, view.given, view.patronymic, view.iin, view.phone)
    assert parts == ("а", "б", "в", "г", "900101400404", "+77010000001")
    assert view.name == "а"
    assert _written(Named(surname="Қасымова", given="Үміт"), by=owner, now=now).name == "Қасымова Үміт"


def test_birth_date_and_sex_are_read_from_a_sound_number_where_nobody_said_them(owner: Actor, now: datetime) -> None:
    view = _written(Named(written="а", iin="900101400404"), by=owner, now=now)
    assert (view.birth_date, view.birth_year, view.sex, view.iin_faults) == (date(1990, 1, 1), 1990, "female", ())
    assert view.age_on(date(2026, 1, 1)) == 36
    assert view.age_on(date(2025, 12, 31)) == 35


def test_what_was_said_goes_before_what_the_number_says(owner: Actor, now: datetime) -> None:
    said = Named(written="а", iin="900101400404", birth_date=date(1991, 2, 3), sex=Sex.MALE)
    view = _written(said, by=owner, now=now)
    assert (view.birth_date, view.sex) == (date(1991, 2, 3), "male")


@pytest.mark.parametrize(
    ("iin", "fault"),
    [
        ("900101400405", "check_digit"),
        ("9001014004", "length"),
        ("90010140040Ұ", "non_digit"),
        ("901301400400", "birth_date"),
        ("300101600003", "birth_date"),  # born in 2030
    ],
)
def test_a_faulty_number_is_kept_with_its_fault_and_decides_nothing(
    owner: Actor, now: datetime, iin: str, fault: str
) -> None:
    view = _written(Named(written="а", iin=iin), by=owner, now=now)
    assert view.iin == iin
    assert fault in view.iin_faults
    assert (view.birth_date, view.birth_year, view.sex) == (None, None, "unknown")


def test_a_person_is_written_into_the_journal_without_her_name(owner: Actor, now: datetime) -> None:
    person = actions.write_down(named=factories.WOMAN, territory_id=ENBEKSHI, thread_id=ids.new(), by=owner, now=now)
    entry = JournalEntry.objects.get(kind="people.person.written_down")
    assert (entry.thing_id, entry.detail) == (str(person.id), {})


def test_two_persons_of_one_name_stay_two_with_a_key_each(owner: Actor, now: datetime) -> None:
    one, other = (
        actions.write_down(named=factories.WOMAN, territory_id=ENBEKSHI, thread_id=ids.new(), by=owner, now=now)
        for _number in range(2)
    )
    assert one.id != other.id
    assert one.key_id != other.key_id


def _contact(now: datetime, **changes: object) -> SafeContact:
    kept = {"channel": Channel.EMAIL, "address": "g@example.kz", "code_word": "алтын", "verified_at": now}
    return SafeContact(**{**kept, **changes})  # type: ignore[arg-type]  # the changes name fields of SafeContact


def test_how_she_may_be_reached_is_kept_and_replaced_by_what_she_says_next(owner: Actor, now: datetime) -> None:
    person = actions.write_down(named=factories.WOMAN, territory_id=ENBEKSHI, thread_id=ids.new(), by=owner, now=now)
    first = _contact(now, hours_from=time(22), hours_until=time(6), voicemail=True)
    held = actions.set_contact(person=person, contact=first, by=owner, now=now)
    assert actions.safe_contact(held=Contact.objects.get(pk=held.pk)) == first
    assert held.verified_by == owner.staff_id
    second = _contact(now, address="other@example.kz")
    actions.set_contact(person=person, contact=second, by=owner, now=now + timedelta(days=1))
    assert actions.safe_contact(held=Contact.objects.get()) == second
    assert JournalEntry.objects.filter(kind="people.contact.set").count() == 2


def test_a_contact_that_nobody_verified_names_nobody_who_did(owner: Actor, now: datetime) -> None:
    person = actions.write_down(named=factories.WOMAN, territory_id=ENBEKSHI, thread_id=ids.new(), by=owner, now=now)
    held = actions.set_contact(person=person, contact=_contact(now, verified_at=None), by=owner, now=now)
    assert (held.verified_at, held.verified_by) == (None, None)


def test_whoever_may_not_ask_her_cannot_set_how_to_reach_her(owner: Actor, excluded: Actor, now: datetime) -> None:
    person = actions.write_down(named=factories.WOMAN, territory_id=ENBEKSHI, thread_id=ids.new(), by=owner, now=now)
    with acting(excluded), pytest.raises(NotAllowed):
        actions.set_contact(person=person, contact=_contact(now), by=excluded, now=now)
    assert not Contact.objects.exists()


def test_a_stranger_finds_nobody(owner: Actor, stranger: Actor, now: datetime) -> None:
    person = actions.write_down(named=factories.WOMAN, territory_id=ENBEKSHI, thread_id=ids.new(), by=owner, now=now)
    with acting(stranger):
        assert queries.by_ids([person.id]) == {}
        assert not Person.objects.exists()


def test_nobody_named_is_false_and_the_least_trace_of_someone_is_true() -> None:
    assert not Named()
    assert not Named(sex=Sex.FEMALE, birth_date=datetime(1990, 1, 1, tzinfo=UTC).date())
    assert all(Named(**{part: "x"}) for part in ("written", "surname", "given", "iin", "phone"))  # type: ignore[arg-type]  # names of text fields
