"""Whom of the staff a party may be, or be near to; who weighs that; what is to be judged."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from qorgan.agencies.engine.likeness import NameKey, Party, TraitKind
from qorgan.agencies.models import Admission, Agency, Block, Declaration, Mandate, Seal, Staff, Trait
from qorgan.agencies.queries.offices import chain, distance, in_force, still_open
from qorgan.agencies.terms import ROLES, AdmissionGround, BlockGround, Kind, Relation, SealGround
from qorgan.base.keys import blind, vault
from qorgan.base.words import folding
from qorgan.places import queries as places

HEAD = "unit_head"
POLICE = tuple(kind for kind in Kind if kind.is_police or kind is Kind.MINISTRY_INTERNAL)


@dataclass(frozen=True)
class Suspicion:
    """Someone of the staff whom a party may be, or be near to, and by what: `TraitKind` of what was alike or equal."""

    staff_id: UUID
    ground: BlockGround
    evidence: frozenset[TraitKind]

    @property
    def is_certain(self) -> bool:
        """Whether it says who it is: an equal IIN, or an equal phone under a name that sounds alike."""
        return TraitKind.IIN in self.evidence or self.evidence >= {TraitKind.PHONE, TraitKind.NAME}


def name_tokens(key: NameKey) -> tuple[bytes, bytes]:
    """The keyed digests of a name: of its pair, and of the patronymic, empty where none is known."""
    pair = vault.blind(key.pair, at="person.name_pair")
    return pair, vault.blind(key.patronymic, at="person.patronymic") if key.patronymic else b""


def _number_tokens(party: Party) -> list[bytes]:
    return [token for token in (blind.iin(party.iin), blind.phone(party.phone)) if token]


def suspicions(parties: Iterable[Party], *, territory_id: int, now: datetime) -> list[Suspicion]:
    """Whom of the staff the parties of a record may be, or be near to. Two questions, whoever the parties are.

    An equal number speaks wherever its owner serves. A name that only sounds alike speaks of those who serve in the
    region of the record or above it, and not where both IINs are known and differ.
    """
    found: dict[tuple[UUID, BlockGround], set[TraitKind]] = {}
    for party in parties:
        for trait in _alike(party):
            ground = BlockGround.SELF if trait.relation == Relation.SELF else BlockGround.KIN
            found.setdefault((trait.staff_id, ground), set()).add(TraitKind(trait.kind))
    only_named = {staff_id for (staff_id, _ground), kinds in found.items() if kinds == {TraitKind.NAME}}
    near = _serving_near(only_named, territory_id=territory_id, now=now)
    return [
        Suspicion(staff_id, ground, frozenset(kinds))
        for (staff_id, ground), kinds in sorted(found.items())
        if kinds != {TraitKind.NAME} or staff_id in near
    ]


def _alike(party: Party) -> list[Trait]:
    """The traits that a party shares, without those whose IIN says that it is somebody else."""
    names: dict[bytes, set[bytes]] = {}
    for key in party.names:
        pair, patronymic = name_tokens(key)
        names.setdefault(pair, set()).add(patronymic)
    tokens = [*_number_tokens(party), *names]
    held = list(Trait.objects.filter(token__in=tokens).order_by("id")) if tokens else []
    alike = [
        trait
        for trait in held
        if trait.kind != TraitKind.NAME or _agree(bytes(trait.patronymic), names.get(bytes(trait.token), set()))
    ]
    others = _with_another_iin(party, {trait.staff_id for trait in alike if trait.kind == TraitKind.NAME})
    return [one for one in alike if one.kind != TraitKind.NAME or (one.staff_id, one.declaration_id) not in others]


def _agree(patronymic: bytes, said: set[bytes]) -> bool:
    """Whether no patronymic speaks against it: the same, or one of the two is not known."""
    return not patronymic or b"" in said or patronymic in said


def _with_another_iin(party: Party, staff_ids: Collection[UUID]) -> set[tuple[UUID, UUID | None]]:
    """Of staff known by name: the declarations, or None for the person's own name, whose IIN is not the party's."""
    said = blind.iin(party.iin)
    if said is None or not staff_ids:
        return set()
    held = Trait.objects.filter(staff__in=staff_ids, kind=TraitKind.IIN)
    differ = [trait for trait in held if bytes(trait.token) != said]
    own = {(trait.staff_id, None) for trait in differ if trait.relation == Relation.SELF}
    return own | {(trait.staff_id, trait.declaration_id) for trait in differ}


def _serving_near(staff_ids: Collection[UUID], *, territory_id: int, now: datetime) -> set[UUID]:
    if not staff_ids:
        return set()
    region = places.region_of(territory_id)
    around = {*chain(territory_id), *places.expand((region.pk if region else territory_id,))}
    held = Mandate.objects.filter(in_force(now), staff__in=staff_ids, territory__in=around)
    return set(held.values_list("staff_id", flat=True))


def same_unit(staff_id: UUID, *, now: datetime) -> set[UUID]:
    """Those who serve in one office with a person, and the heads of the police above it."""
    own = list(Mandate.objects.filter(in_force(now), staff_id=staff_id).select_related("agency"))
    above = {place for mandate in own for place in chain(mandate.agency.territory_id)[1:]}
    mine = Q(agency__in=[mandate.agency_id for mandate in own])
    heads = Q(role=HEAD, agency__territory__in=above, agency__kind__in=POLICE)
    found = Mandate.objects.filter(in_force(now), mine | heads if own else mine)
    return set(found.values_list("staff_id", flat=True)) - {staff_id}


def serves_as(staff_ids: Iterable[UUID], *, now: datetime) -> SealGround:
    """Where people of the staff serve, as the ground of a seal: the gravest first."""
    held = Mandate.objects.filter(in_force(now), staff__in=set(staff_ids))
    kinds = {Kind(kind) for kind in held.values_list("agency__kind", flat=True)}
    if kinds & set(POLICE):
        return SealGround.POLICE
    if kinds & {Kind.COURT, Kind.PROSECUTOR}:
        return SealGround.COURT
    return SealGround.ARMY if kinds & {Kind.MILITARY_POLICE, Kind.MILITARY_PROSECUTOR} else SealGround.HERE


def reviewer_for(
    permission: str, *, staff_id: UUID, territory_id: int, thread_id: UUID, now: datetime
) -> Agency | None:
    """The office that weighs what concerns a person of staff and a record: of another place than both, never above.

    The nearest with someone who may, and who is not shut out of the record; prosecutors where no such office is left.
    """
    own = Mandate.objects.filter(in_force(now), staff_id=staff_id).values_list("agency_id", "agency__territory_id")
    offices, places_of = {one for one, _place in own}, {place for _one, place in own} | {territory_id}
    above = {up for place in places_of for up in chain(place)}
    shut = Block.objects.filter(thread_id=thread_id, lifted_at=None).values("staff_id")
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    held = Mandate.objects.filter(in_force(now), role__in=roles, staff__is_active=True).exclude(staff__in=shut)
    found = {mandate.agency for mandate in held.exclude(agency__in=offices).select_related("agency")}
    elsewhere = [one for one in found if one.territory_id not in above]
    oversight = [one for one in found if one.kind == Kind.PROSECUTOR]
    here = chain(territory_id)
    return min(elsewhere or oversight, key=lambda one: (distance(one.territory_id, here), one.code), default=None)


def declarations_of(staff: Staff) -> QuerySet[Declaration]:
    """What stands declared of a person and of those near, in the order of declaring."""
    return Declaration.objects.filter(staff=staff, ended_at=None).order_by("declared_at", "id")


@dataclass(frozen=True)
class Declared:
    """A declaration opened for who made it. Empty strings mean that nothing was said."""

    id: UUID
    relation: Relation
    name: str
    iin: str
    phone: str
    declared_at: datetime


def declared(staff: Staff) -> list[Declared]:
    """What stands declared of a person and of those near, opened."""
    return [_declared(one) for one in _unlocked(declarations_of(staff))]


def all_declared() -> list[tuple[Declaration, Declared]]:
    """What stands declared of anyone, opened; without what was destroyed."""
    found = []
    for one in _unlocked(Declaration.objects.filter(ended_at=None).select_related("staff").order_by("id")):
        with suppress(vault.Shredded):
            found.append((one, _declared(one)))
    return found


def _unlocked(declarations: QuerySet[Declaration]) -> list[Declaration]:
    held = list(declarations)
    vault.unlock(*(getattr(one, field) for one in held for field in ("name", "iin", "phone")))
    return held


def _declared(one: Declaration) -> Declared:
    name, iin, phone = (
        vault.open(getattr(one, field), at=f"agencies.declaration.{field}") for field in ("name", "iin", "phone")
    )
    return Declared(one.id, Relation(one.relation), name, iin, phone, one.declared_at)


def reviewing(thread_id: UUID, *, agency_id: UUID) -> QuerySet[Admission, UUID]:
    """The admissions in which an office looks at a record for a review."""
    found = Admission.objects.filter(thread_id=thread_id, agency_id=agency_id, ended_at=None)
    return found.filter(ground=AdmissionGround.REVIEW).values_list("id", flat=True)


def blocks_to_decide(ids: Iterable[UUID]) -> QuerySet[Block]:
    """Those among `ids` that nobody has decided yet, the oldest first; those of a whole unit follow their own."""
    undecided = Q(confirmed_at__isnull=True, lifted_at__isnull=True)
    found = Block.objects.filter(undecided, pk__in=list(ids)).exclude(ground=BlockGround.SAME_UNIT)
    return found.select_related("staff").order_by("made_at", "id")


def unit_blocks(block: Block) -> list[UUID]:
    """The undecided blocks of those who serve with the person of a block, by the same record."""
    undecided = Q(confirmed_at__isnull=True, lifted_at__isnull=True)
    found = Block.objects.filter(undecided, thread_id=block.thread_id, ground=BlockGround.SAME_UNIT)
    return list(found.order_by("id").values_list("id", flat=True))


def offices_shut_out(thread_id: UUID) -> set[UUID]:
    """The offices of those of the staff whom a party of a record may be."""
    shut = Block.objects.filter(thread_id=thread_id, lifted_at=None, ground=BlockGround.SELF)
    return set(Mandate.objects.filter(staff__in=shut.values("staff_id")).values_list("agency_id", flat=True))


def seal_ground(thread_id: UUID) -> SealGround | None:
    """Why a thread is sealed now; None where it is not."""
    held = Seal.objects.filter(thread_id=thread_id, lifted_at=None).first()
    return SealGround(held.ground) if held else None


def leads(permission: str, *, staff: str, thread: str, now: datetime) -> Q:
    """For a question about records: whether a person of staff could do an act in the thread of each now.

    `staff`, `thread`: the columns of the record that name them. A mandate whose role allows it, no block, and, where
    the thread is sealed, an admission that writes. It does not ask where the mandate lies: a person who moved away
    keeps a record until it is handed over.
    """
    roles = [role.code for role in ROLES.values() if permission in role.permissions]
    serves = Mandate.objects.filter(in_force(now), staff_id=OuterRef(staff), staff__is_active=True, role__in=roles)
    shut = Block.objects.filter(staff_id=OuterRef(staff), thread_id=OuterRef(thread), lifted_at=None)
    sealed = Seal.objects.filter(thread_id=OuterRef(thread), lifted_at=None)
    writes = Admission.objects.filter(still_open(now)).exclude(
        ground__in=(AdmissionGround.AUTHOR, AdmissionGround.REVIEW)
    )
    own = writes.filter(staff_id=OuterRef(staff), thread_id=OuterRef(thread))
    office = writes.filter(agency_id=OuterRef("agency_id"), thread_id=OuterRef(OuterRef(thread)))
    let_in = Q(Exists(own)) | Q(Exists(serves.filter(Exists(office))))
    return Q(Exists(serves)) & ~Q(Exists(shut)) & (~Q(Exists(sealed)) | let_in)


def recognisable(parties: Mapping[UUID, Party]) -> set[UUID]:
    """Those of many parties that share a trait with someone of the staff: one question for all of them."""
    tokens: dict[bytes, set[UUID]] = {}
    for name, party in parties.items():
        for token in [*_number_tokens(party), *(name_tokens(key)[0] for key in party.names)]:
            tokens.setdefault(token, set()).add(name)
    held = Trait.objects.filter(token__in=list(tokens)).values_list("token", flat=True).distinct()
    return {name for token in held for name in tokens[bytes(token)]}


def unmatched(*, now: datetime) -> bool:
    """Whether something was declared, or someone came to serve elsewhere, since all records were compared."""
    moved = Mandate.objects.filter(staff_id=OuterRef("staff_id"), valid_from__gt=OuterRef("matched_at"))
    new = Q(matched_at__isnull=True) | Q(Exists(moved.filter(valid_from__lte=now)))
    return Trait.objects.filter(new).exists()


def is_shut(thread_id: UUID, *, staff_id: UUID) -> bool:
    """Whether a block shuts a thread to a person of staff."""
    return Block.objects.filter(thread_id=thread_id, staff_id=staff_id, lifted_at=None).exists()


def places_of(staff_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Where each person of staff serves, by the mandate that began last."""
    held = Mandate.objects.filter(staff__in=set(staff_ids)).order_by("valid_from", "id")
    return {mandate.staff_id: mandate.territory_id for mandate in held}


def unnamed_staff(*, limit: int = 1000) -> list[Staff]:
    """Active staff of whom no name is kept to recognise parties by, as whoever was brought in lately."""
    named = Trait.objects.filter(staff_id=OuterRef("pk"), declaration=None, kind=TraitKind.NAME)
    return list(Staff.objects.filter(~Q(Exists(named)), is_active=True).order_by("id")[:limit])


def staff_known_by_name() -> QuerySet[Staff]:
    """Staff by whose name parties are recognised: who is active, and who was when the name was kept."""
    named = Trait.objects.filter(staff_id=OuterRef("pk"), declaration=None, kind=TraitKind.NAME)
    return Staff.objects.filter(Q(is_active=True) | Q(Exists(named))).order_by("id")


def last_mandates(staff_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, Mandate]:
    """The mandate in force of each person of staff that began last; one question for all."""
    held = Mandate.objects.filter(in_force(now), staff__in=set(staff_ids)).order_by("valid_from", "id")
    return {mandate.staff_id: mandate for mandate in held.select_related("agency")}


def surnames(staff_ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    """The folded surnames of staff, as the list writes them in each language."""
    found = Staff.objects.filter(pk__in=set(staff_ids))
    return {one.id: {folding.parts(name)[0] for name in one.names.values() if folding.parts(name)} for one in found}
