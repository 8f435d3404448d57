"""Reading organisations, staff and mandates."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from qorgan.agencies.models import Admission, Agency, Block, Channel, Mandate, Seal, Staff
from qorgan.agencies.terms import ROLES, AdmissionGround, Kind
from qorgan.base.scope import Actor
from qorgan.places import queries as places
from qorgan.places.models import Territory

BEGINS = frozenset({"reports.report.accept", "reports.report.import"})  # what begins a thread of its own


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
    above = chain(territory_id)
    in_force = Q(valid_from__lte=now) & (Q(valid_until__isnull=True) | Q(valid_until__gt=now))
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    held = Mandate.objects.filter(in_force, territory__in=above, role__in=roles, staff__is_active=True)
    found = held.select_related("staff", "agency").order_by("valid_from", "id")
    return sorted(found, key=lambda mandate: above.index(mandate.territory_id))


def agency_for(territory_id: int, kind: str) -> Agency | None:
    """The active agency of a kind that answers for a territory: its own, or the nearest above."""
    above = chain(territory_id)
    found = Agency.objects.filter(territory__in=above, kind=kind, is_active=True).order_by("code")
    return min(found, key=lambda agency: above.index(agency.territory_id), default=None)


def chain(territory_id: int) -> list[int]:
    """A territory and all above it, the nearest first."""
    above: list[int] = []
    place: int | None = territory_id
    while place is not None:
        above.append(place)
        place = places.territory(place).parent_id
    return above


def police() -> list[Agency]:
    """The active offices of police, military police too: those that may lead a case."""
    kinds = [kind for kind in Kind if kind.value.startswith("police_") or kind is Kind.MILITARY_POLICE]
    return list(Agency.objects.filter(kind__in=kinds, is_active=True).order_by("code"))


def find_agency(agency_id: UUID) -> Agency | None:
    """The active agency of an id."""
    return Agency.objects.filter(pk=agency_id, is_active=True).first()


def may_write(thread_id: UUID, *, by: Actor, now: datetime) -> bool:
    """Whether someone who sees a thread may also write into it: who wrote a sealed one down only looks."""
    if not is_sealed(thread_id):
        return True
    mine = Q(staff_id=by.staff_id) | Q(agency_id=by.agency_id)
    in_force = Q(since__lte=now, ended_at__isnull=True) & (Q(until__isnull=True) | Q(until__gt=now))
    looks = (AdmissionGround.AUTHOR, AdmissionGround.REVIEW)
    return Admission.objects.filter(mine, in_force, thread_id=thread_id).exclude(ground__in=looks).exists()


def is_sealed(thread_id: UUID) -> bool:
    """Whether a thread is sealed now."""
    return Seal.objects.filter(thread_id=thread_id, lifted_at__isnull=True).exists()


def admissions_of(mandate: Mandate, *, now: datetime) -> QuerySet[Admission]:
    """The files, outside the own territory too, that a person may enter at this moment, the newest first."""
    mine = Q(staff_id=mandate.staff_id) | Q(agency_id=mandate.agency_id)
    in_force = Q(since__lte=now) & (Q(until__isnull=True) | Q(until__gt=now))
    return Admission.objects.filter(mine, in_force, ended_at__isnull=True).order_by("-since", "-id")


def entered(mandate: Mandate, admission: Admission, *, language: str = "") -> Actor:
    """The mandate as an actor in one file: that thread alone is in sight, for the acts that the admission leaves."""
    actor = actor_of(mandate, language=language)
    may = actor.permissions - BEGINS
    left = frozenset(admission.permissions)
    return replace(
        actor,
        territory_id=admission.territory_id,
        territories=(admission.territory_id,),
        threads=(admission.thread_id,),
        purpose=admission.purpose,
        permissions=may & left if left else may,
    )


def in_all(mandate: Mandate, admissions: Collection[Admission]) -> Actor:
    """The mandate as an actor in several entrusted files at once: for a list of them, which opens none."""
    return replace(
        actor_of(mandate),
        territories=tuple(sorted({one.territory_id for one in admissions})),
        threads=tuple({one.thread_id for one in admissions}),
        permissions=frozenset(),
    )


def blocks_open(*, territories: Collection[int]) -> QuerySet[Block]:
    """Blocks of the territories that nobody has decided yet, the oldest first."""
    undecided = Q(confirmed_at__isnull=True, lifted_at__isnull=True)
    return Block.objects.filter(undecided, territory__in=territories).order_by("made_at", "id")
