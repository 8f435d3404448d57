"""Reading organisations, staff and mandates."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from qorgan.agencies.models import (
    Admission,
    Agency,
    Block,
    Mandate,
    Seal,
    Staff,
)
from qorgan.agencies.terms import ROLES, AdmissionGround, Kind
from qorgan.base.errors import NotAllowed
from qorgan.base.scope import Actor
from qorgan.places import queries as places
from qorgan.places.models import Territory

BEGINS = frozenset({"reports.report.accept", "reports.report.import"})  # what begins a thread of its own


def in_force(now: datetime) -> Q:
    """Mandates in force at a moment."""
    return Q(valid_from__lte=now) & (Q(valid_until__isnull=True) | Q(valid_until__gt=now))


def still_open(now: datetime) -> Q:
    """Admissions in force at a moment."""
    return Q(since__lte=now, ended_at__isnull=True) & (Q(until__isnull=True) | Q(until__gt=now))


def mandates_of(staff: Staff, *, now: datetime) -> QuerySet[Mandate]:
    """The mandates in which a person may act at this moment."""
    return (
        Mandate.objects.filter(in_force(now), staff=staff, staff__is_active=True)
        .select_related("agency", "territory", "staff")
        .order_by("valid_from", "id")
    )


def actor_of(mandate: Mandate, *, language: str = "") -> Actor:
    """The mandate as an actor: its role's permissions, its territory with all below it."""
    role = ROLES[mandate.role]
    place = (mandate.territory_id,) if role.sees_place else ()
    return Actor(
        name=mandate.staff.titled(language),
        staff_id=mandate.staff_id,
        mandate_id=mandate.id,
        agency_id=mandate.agency_id,
        territory_id=mandate.territory_id,
        role=role.code,
        purpose=mandate.purpose,
        territories=places.expand(place),
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


def mandate(mandate_id: UUID, *, now: datetime) -> Mandate | None:
    """The mandate of an id, while it is in force and its person is active."""
    held = Mandate.objects.filter(in_force(now), pk=mandate_id, staff__is_active=True)
    return held.select_related("staff", "agency", "territory").first()


def acting_again(mandate_id: UUID, *, now: datetime) -> Actor:
    """The actor of a mandate that was named before: by a channel, by a job of yesterday.

    Raises NotAllowed where it has ended since, has not begun, or its person is disabled.
    """
    held = mandate(mandate_id, now=now)
    if held is None:
        raise NotAllowed
    return actor_of(held)


def staff_names(ids: Iterable[UUID | None], *, language: str) -> dict[UUID, str]:
    """Names with ranks of the staff `ids`, for showing who did what."""
    wanted = {staff_id for staff_id in ids if staff_id}
    return {staff.id: staff.titled(language) for staff in Staff.objects.filter(pk__in=wanted)} if wanted else {}


def agency_names(ids: Iterable[UUID | None], *, language: str) -> dict[UUID, str]:
    """Names of the agencies `ids`, for showing whose act it was."""
    wanted = {agency_id for agency_id in ids if agency_id}
    return {agency.id: agency.name(language) for agency in Agency.objects.filter(pk__in=wanted)} if wanted else {}


def mandates_by_ids(ids: Collection[UUID]) -> dict[UUID, Mandate]:
    """Mandates, in force or not, with their agencies."""
    return {one.id: one for one in Mandate.objects.filter(pk__in=ids).select_related("agency", "staff")}


def are_of(staff_ids: Collection[UUID], *, agency_id: UUID) -> bool:
    """Whether anyone of these people of staff has, or had, a mandate of an agency."""
    return Mandate.objects.filter(staff__in=set(staff_ids), agency=agency_id).exists()


def who_may(permission: str, *, territory_id: int, now: datetime) -> list[Mandate]:
    """The mandates over a territory, its own or one above it, whose role allows an act; the nearest first."""
    above = chain(territory_id)
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    held = Mandate.objects.filter(in_force(now), territory__in=above, role__in=roles, staff__is_active=True)
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


def distance(place: int, above: list[int]) -> int:
    """How far up the chain `above` of one place another meets it: 0 in the place itself."""
    own = chain(place)
    return next((step for step, one in enumerate(above) if one in own), len(above))


def police() -> list[Agency]:
    """The active offices of police, military police too: those that may lead a case."""
    kinds = [kind for kind in Kind if kind.is_police or kind is Kind.MILITARY_POLICE]
    return list(Agency.objects.filter(kind__in=kinds, is_active=True).order_by("code"))


def find_agency(agency_id: UUID) -> Agency | None:
    """The active agency of an id."""
    return Agency.objects.filter(pk=agency_id, is_active=True).first()


def has_staff(agency_id: UUID, *, permission: str, now: datetime) -> bool:
    """Whether someone of an agency holds a mandate whose role allows an act."""
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    return Mandate.objects.filter(in_force(now), agency=agency_id, role__in=roles, staff__is_active=True).exists()


def place_of(agency_id: UUID) -> int:
    """The territory that an agency, active or not, answers for."""
    return Agency.objects.get(pk=agency_id).territory_id


def of_kinds(kinds: Collection[Kind]) -> list[Agency]:
    """The active agencies of some kinds."""
    return list(Agency.objects.filter(kind__in=kinds, is_active=True).order_by("code"))


def may_write(thread_id: UUID, *, by: Actor, now: datetime) -> bool:
    """Whether someone who sees a thread may also write into it: who wrote a sealed one down only looks."""
    if not is_sealed(thread_id):
        return True
    mine = Q(staff_id=by.staff_id) | Q(agency_id=by.agency_id)
    looks = (AdmissionGround.AUTHOR, AdmissionGround.REVIEW)
    return Admission.objects.filter(mine, still_open(now), thread_id=thread_id).exclude(ground__in=looks).exists()


def sealed() -> QuerySet[Seal, UUID]:
    """The threads that are sealed now."""
    return Seal.objects.filter(lifted_at__isnull=True).values_list("thread_id", flat=True)


def is_sealed(thread_id: UUID) -> bool:
    """Whether a thread is sealed now."""
    return Seal.objects.filter(thread_id=thread_id, lifted_at__isnull=True).exists()


def admissions_of(mandate: Mandate, *, now: datetime) -> QuerySet[Admission]:
    """The files, outside the own territory too, that a person may enter at this moment, the newest first."""
    mine = Q(staff_id=mandate.staff_id) | Q(agency_id=mandate.agency_id)
    return Admission.objects.filter(mine, still_open(now)).order_by("-since", "-id")


def entered(mandate: Mandate, admission: Admission, *, language: str = "") -> Actor:
    """The mandate as an actor in one file: that thread alone is in sight, for the acts that the admission leaves."""
    actor = actor_of(mandate, language=language)
    may = (actor.permissions | ROLES[mandate.role].inside) - BEGINS
    left = frozenset(admission.permissions)
    return replace(
        actor,
        territory_id=admission.territory_id,
        territories=(admission.territory_id,),
        threads=(admission.thread_id,),
        purpose=admission.purpose,
        permissions=may & left if left else may,
    )


def standing_on(basis: Collection[UUID]) -> QuerySet[Admission]:
    """The admissions that stand on any of these things and were not ended."""
    return Admission.objects.filter(basis__in=basis, ended_at__isnull=True).order_by("since", "id")


def held_by(agency_id: UUID, *, threads: Collection[UUID]) -> QuerySet[Admission]:
    """The admissions of an agency, or of people with a mandate of it, to these threads that were not ended."""
    people = Mandate.objects.filter(agency_id=agency_id).values("staff_id")
    whose = Q(agency_id=agency_id) | Q(staff_id__in=people)
    return Admission.objects.filter(whose, thread_id__in=threads, ended_at__isnull=True).order_by("since", "id")


def acts_now(by: Actor, *, now: datetime) -> bool:
    """Whether the mandate that someone acts in is in force still, and the person not disabled."""
    if by.mandate_id is None:
        return False
    held = Mandate.objects.filter(in_force(now), pk=by.mandate_id, staff_id=by.staff, staff__is_active=True)
    return held.exists()


def in_all(mandate: Mandate, admissions: Collection[Admission]) -> Actor:
    """The mandate as an actor in several entrusted files at once: for a list of them, which opens none."""
    return replace(
        actor_of(mandate),
        territories=tuple(sorted({one.territory_id for one in admissions})),
        threads=tuple({one.thread_id for one in admissions}),
        permissions=frozenset(),
    )


@dataclass(frozen=True)
class Seer:
    """Someone who could open a thread now, and why: a mandate over its place, or an admission to it until a moment."""

    mandate: Mandate
    ground: AdmissionGround | None = None
    until: datetime | None = None
    basis: UUID | None = None


def seers(
    permission: str, *, thread_id: UUID, territory_id: int, now: datetime, sealed: bool | None = None
) -> list[Seer]:
    """Everyone who could open a thread at this moment by a permission: what the policies of the database let through.

    By mandate over the place, the nearest first, unless the thread is sealed; then by admission. Blocked are left out.
    `sealed`: whether it is, where that is known already.
    """
    sealed = is_sealed(thread_id) if sealed is None else sealed
    blocked = set(Block.objects.filter(thread_id=thread_id, lifted_at=None).values_list("staff_id", flat=True))
    own = [] if sealed else who_may(permission, territory_id=territory_id, now=now)
    found = [Seer(mandate) for mandate in own]
    for admission in _admitted(thread_id, now=now):
        ground = AdmissionGround(admission.ground)
        told = (ground, admission.until, admission.basis)
        found += [Seer(mandate, *told) for mandate in _acting(admission, permission, now=now)]
    return [seer for seer in found if seer.mandate.staff_id not in blocked]


def _admitted(thread_id: UUID, *, now: datetime) -> QuerySet[Admission]:
    return Admission.objects.filter(still_open(now), thread_id=thread_id).order_by("since", "id")


def _acting(admission: Admission, permission: str, *, now: datetime) -> QuerySet[Mandate]:
    """The mandates in which an admission may be used for an act."""
    left = admission.permissions
    roles = [
        role.code
        for role in ROLES.values()
        if permission in role.permissions | role.inside and (not left or permission in left)
    ]
    whose = Q(staff_id=admission.staff_id) if admission.staff_id else Q(agency_id=admission.agency_id)
    held = Mandate.objects.filter(in_force(now), whose, role__in=roles, staff__is_active=True)
    return held.select_related("staff", "agency").order_by("valid_from", "id")


class Answer(StrEnum):
    """Why someone sees a thread in a mandate, or why not."""

    MANDATE = "mandate"  # over its place
    ADMITTED = "admitted"  # to this file
    BLOCKED = "blocked"
    SEALED = "sealed"  # and not admitted
    ELSEWHERE = "elsewhere"  # the mandate is over another place
    ROLE = "role"  # does not allow it
    NO_MANDATE = "no_mandate"  # none in force, or the person is disabled

    @property
    def sees(self) -> bool:
        """Whether the thread is in sight."""
        return self in (Answer.MANDATE, Answer.ADMITTED)


def let_in_by(permission: str, *, mandate: Mandate, thread_id: UUID, now: datetime) -> Admission | None:
    """The admission by which a mandate sees a thread at this moment, the longest; None where it needs none."""
    found = [one for one in _admitted(thread_id, now=now) if _acting(one, permission, now=now).filter(pk=mandate.pk)]
    return max(found, key=lambda one: (one.until is None, one.until or one.since), default=None)


def explain(
    staff: Staff, permission: str, *, thread_id: UUID, territory_id: int, now: datetime
) -> list[tuple[Mandate | None, Answer]]:
    """Of each mandate of a person whether a thread is in sight by a permission, and why or why not."""
    held = list(mandates_of(staff, now=now))
    if not held:
        return [(None, Answer.NO_MANDATE)]
    blocked = Block.objects.filter(thread_id=thread_id, staff=staff, lifted_at=None).exists()
    admitted = {mandate.id for one in _admitted(thread_id, now=now) for mandate in _acting(one, permission, now=now)}
    sealed, above = is_sealed(thread_id), chain(territory_id)

    def answer(mandate: Mandate) -> Answer:
        if blocked:
            return Answer.BLOCKED
        if mandate.id in admitted:
            return Answer.ADMITTED
        if permission not in ROLES[mandate.role].permissions:
            return Answer.ROLE
        if mandate.territory_id not in above:
            return Answer.ELSEWHERE
        return Answer.SEALED if sealed else Answer.MANDATE

    return [(mandate, answer(mandate)) for mandate in held]
