"""Reading persons: sealed fields become values only here, and only for the asker at hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.agencies.models import Block, Opening
from qorgan.agencies.terms import BlockGround, OpeningReason
from qorgan.base.keys import blind, vault
from qorgan.duties.queries import Label
from qorgan.people.models import Person, Sought

FIELDS = ("written", "surname", "given", "patronymic", "birth_date", "iin", "phone")


@dataclass(frozen=True)
class PersonView:
    """A person opened for reading. Empty strings mean that nothing was said; of one who was shredded little is left."""

    id: UUID
    written: str
    surname: str
    given: str
    patronymic: str
    birth_date: date | None
    iin: str
    phone: str
    sex: str
    birth_year: int | None
    iin_faults: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name as it was written; a person without one is known by what is left of her."""
        return self.written or " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    def age_on(self, day: date) -> int | None:
        """Full years on a day, where the birth date is known."""
        born = self.birth_date
        return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def opened(persons: Iterable[Person]) -> dict[UUID, PersonView]:
    """Open many persons with one question to the key store."""
    held = list(persons)
    vault.unlock(*(getattr(person, field) for person in held for field in FIELDS))
    return {person.id: _view(person) for person in held}


def _view(person: Person) -> PersonView:
    try:
        text = {field: vault.open(getattr(person, field), at=f"people.person.{field}") for field in FIELDS}
    except vault.Shredded:
        text = dict.fromkeys(FIELDS, "") | {"written": _("(destroyed)")}
    born = text.pop("birth_date")
    return PersonView(
        id=person.id,
        birth_date=date.fromisoformat(born) if born else None,
        sex=person.sex,
        birth_year=person.birth_year,
        iin_faults=tuple(person.iin_faults),
        **text,
    )


def by_ids(ids: Iterable[UUID], *, known: Iterable[PersonView] = ()) -> dict[UUID, PersonView]:
    """The persons `ids` that lie in sight, opened; those that the page has opened already are not read again."""
    wanted = set(ids)
    found = {view.id: view for view in known if view.id in wanted}
    missing = wanted - set(found)
    return found | opened(Person.objects.filter(pk__in=missing)) if missing else found


def of_thread(thread_id: UUID) -> list[PersonView]:
    """The persons in sight of a thread, opened, in the order they were written down."""
    held = list(Person.objects.filter(thread_id=thread_id).order_by("made_at", "id"))
    views = opened(held)
    return [views[person.id] for person in held]


def after(person_id: UUID, *, limit: int) -> list[Person]:
    """The next persons in sight after one, in the order of their ids, unopened: for work on all of them in batches."""
    return list(Person.objects.filter(pk__gt=person_id).order_by("id")[:limit])


def with_iin(iin: str) -> QuerySet[Person]:
    """The persons in sight who were named with exactly this number; nobody for what is no such number."""
    return by_index("iin", found) if (found := blind.iin(iin)) else Person.objects.none()


def with_phone(phone: str) -> QuerySet[Person]:
    """The persons in sight who were named with exactly this telephone, however it was written."""
    return by_index("phone", found) if (found := blind.phone(phone)) else Person.objects.none()


def by_index(number: str, index: bytes) -> QuerySet[Person]:
    """The persons in sight with an exact number, by its keyed digest: `iin` or `phone`."""
    return Person.objects.filter(**{f"{number}_index": index}).order_by("id")


def without_index() -> QuerySet[Person]:
    """The persons in sight of whom a number was written down and has no index, whole or not."""
    return Person.objects.filter(Q(iin_index__isnull=True) & ~Q(iin=b"") | Q(phone_index__isnull=True) & ~Q(phone=b""))


def blocks_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties to weigh a block: on what ground. Who it is stands on its page alone."""
    held = Block.objects.filter(pk__in=set(ids))
    return {one.id: Label("", str(BlockGround(one.ground).label), "", None) for one in held}


def openings_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about a record that was opened without an ordinary right: for what reason."""
    held = Opening.objects.filter(pk__in=set(ids))
    return {one.id: Label("", str(OpeningReason(one.reason).label), "", None) for one in held}


def sought(sought_id: UUID) -> Sought | None:
    """That someone sought a person of a record in sight."""
    return Sought.objects.filter(pk=sought_id).select_related("staff", "agency").first()


def sought_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about such searches: which office sought."""
    held = Sought.objects.filter(pk__in=set(ids)).select_related("agency")
    return {one.id: Label("", one.agency.name(get_language() or ""), "", None) for one in held}
