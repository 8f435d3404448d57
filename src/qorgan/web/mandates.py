"""A mandate in words: who, where, for what purpose. It stands on every page of staff, and on paper too."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language

from qorgan.agencies.models import Mandate
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
