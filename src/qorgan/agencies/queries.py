"""Reading organisations, staff and mandates."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from qorgan.agencies.models import Agency, Channel, Mandate, Staff
from qorgan.agencies.terms import ROLES
from qorgan.base.scope import Actor
from qorgan.places import queries as places
from qorgan.places.models import Territory


def mandates_of(staff: Staff, *, now: datetime) -> QuerySet[Mandate]:
    """The mandates in which a person may act at this moment."""
    in_force = Q(valid_from__lte=now) & (Q(valid_until__isnull=True) | Q(valid_until__gt=now))
    return (
        Mandate.objects.filter(in_force, staff=staff, staff__is_active=True)
        .select_related("agency", "territory", "staff")
        .order_by("valid_from", "id")
    )


def actor_of(mandate: Mandate, *, language: str = "") -> Actor:
    """The mandate as an actor: its role's permissions, its territory with all below it."""
    role = ROLES[mandate.role]
    return Actor(
        name=mandate.staff.titled(language),
        staff_id=mandate.staff_id,
        mandate_id=mandate.id,
        agency_id=mandate.agency_id,
        territory_id=mandate.territory_id,
        role=role.code,
        purpose=mandate.purpose,
        territories=places.expand((mandate.territory_id,)),
        permissions=role.permissions,
    )


def system(name: str, *permissions: str) -> Actor:
    """The system itself, for jobs: the whole country in sight, only the named permissions."""
    return Actor(
        name=name,
        role="system",
        purpose="system",
        territories=places.expand(Territory.objects.filter(parent__isnull=True).values_list("pk", flat=True)),
        permissions=frozenset(permissions),
    )


def staff_by_login(login: str) -> Staff | None:
    """The account that someone tries to come in by, if there is one."""
    return Staff.objects.filter(login__iexact=login).first()


def channel_by_token(token: str) -> Channel | None:
    """The open channel that a token belongs to."""
    digest = hashlib.sha256(token.encode()).digest()
    return (
        Channel.objects.filter(token_hash=digest, closed_at__isnull=True)
        .select_related("mandate__staff", "mandate__agency", "mandate__territory")
        .first()
    )


def staff_names(ids: Iterable[UUID | None], *, language: str) -> dict[UUID, str]:
    """Names with ranks of the staff `ids`, for showing who did what."""
    wanted = {staff_id for staff_id in ids if staff_id}
    return {staff.id: staff.titled(language) for staff in Staff.objects.filter(pk__in=wanted)} if wanted else {}


def who_may(permission: str, *, territory_id: int, now: datetime) -> list[Mandate]:
    """The mandates over a territory, its own or one above it, whose role allows an act; the nearest first."""
    above: list[int] = []
    place: int | None = territory_id
    while place is not None:
        above.append(place)
        place = places.territory(place).parent_id
    in_force = Q(valid_from__lte=now) & (Q(valid_until__isnull=True) | Q(valid_until__gt=now))
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    held = Mandate.objects.filter(in_force, territory__in=above, role__in=roles, staff__is_active=True)
    found = held.select_related("staff", "agency").order_by("valid_from", "id")
    return sorted(found, key=lambda mandate: above.index(mandate.territory_id))


def agency_for(territory_id: int, kind: str) -> Agency | None:
    """The active agency of a kind that answers for a territory: its own, or the nearest above."""
    place: int | None = territory_id
    while place is not None:
        found = Agency.objects.filter(territory_id=place, kind=kind, is_active=True).order_by("code").first()
        if found:
            return found
        place = places.territory(place).parent_id
    return None
