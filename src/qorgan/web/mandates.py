"""A mandate in words: who, where, for what purpose. It stands on every page of staff, and on paper too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Mandate, Staff
from qorgan.agencies.terms import ROLES, Purpose
from qorgan.places import queries as places


@dataclass(frozen=True)
class Card:
    """The words of a mandate."""

    id: str
    role: str | Promise
    who: str
    agency: str
    place: str
    purpose: str | Promise


def place(code: int, *, language: str) -> str:
    """A place as a person says it: the region first where it is not the region itself."""
    region = places.region_of(code)
    own = places.name(code, language=language)
    return own if region is None or region.pk == code else f"{places.short_name(region, language=language)}, {own}"


def card(mandate: Mandate) -> Card:
    """The words of a mandate in the language of the page. Its staff and agency must be at hand."""
    language = get_language() or ""
    role = ROLES[mandate.role]
    return Card(
        id=str(mandate.id),
        role=role.name,
        who=mandate.staff.titled(language),
        agency=mandate.agency.name(language),
        place=place(mandate.territory_id, language=language),
        purpose=Purpose(mandate.purpose).label,
    )


@dataclass(frozen=True)
class Who:
    """A person of staff as others read it."""

    name: str
    office: str
    role: str | Promise
    place: str


def who(staff: Iterable[Staff], *, now: datetime, language: str) -> dict[UUID, Who]:
    """Name, office and role of each by the mandate that began last; what stays of someone without one is the name."""
    people = list(staff)
    held = agencies.last_mandates((one.id for one in people), now=now)

    def words(one: Staff) -> Who:
        last = held.get(one.id)
        if last is None:
            return Who(one.titled(language), "", "", "")
        where = place(last.territory_id, language=language)
        return Who(one.titled(language), last.agency.name(language), ROLES[last.role].name, where)

    return {one.id: words(one) for one in people}
