"""Materials: sent to a court, returned undecided."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction

from qorgan.agencies.models import Agency
from qorgan.base import ids, numbers
from qorgan.base.errors import NotFound
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases.models import Case
from qorgan.courts import access, queries, rules
from qorgan.courts.actions import keep
from qorgan.courts.models import CourtCase, Hearing
from qorgan.courts.terms import UNDECIDED, Kind, Result, State
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.offences import actions as offences
from qorgan.offences.models import Offence
from qorgan.offences.terms import Register
from qorgan.offences.terms import State as OffenceState
from qorgan.orders import actions as orders
from qorgan.orders.models import Breach, BreachOutcome, Order
from qorgan.orders.terms import State as OrderState
from qorgan.places import queries as places

T = TypeVar("T", bound=models.Model)
_REGISTERS = {Kind.ADMINISTRATIVE: Register.ADMINISTRATIVE, Kind.CRIMINAL: Register.CRIMINAL}


@dataclass(frozen=True)
class Material:
    """What is sent to a court: about a case, an order, an offence, or several of them. `contents`: what is enclosed.

    `breach`: of the order. What is sent about an offence that stands for a breach is sent about that breach.
    """

    kind: Kind
    court_id: UUID | None
    case: Case | None = None
    order: Order | None = None
    offence: Offence | None = None
    breach: Breach | None = None
    contents: str = field(default="", repr=False)


@transaction.atomic
def send(*, material: Material, by: Actor, now: datetime) -> CourtCase:
    """Send materials to a court that answers for their place.

    A duty is laid on the court only where a term to decide is on record. An offence that is sent as an administrative
    or criminal case is in court from now. Raises AboutNothing, NotOneMatter,
    KindDoesNotFit, NothingToSend, NoSuchCourt, AlreadySent; JoinedElsewhere, AlreadyAnswered of a breach.
    """
    access.check_may(by, access.SEND)
    breach = _breach(material)
    case, order, offence = _matter(replace(material, order=breach.order) if breach else material)
    matter = next(one for one in (order, offence, case) if one)
    territory = matter.territory_id
    court = next((one for one in queries.courts_for(territory) if one.id == material.court_id), None)
    if court is None:
        raise rules.NoSuchCourt
    _check_new(material.kind, court, case=case, order=order, offence=offence, breach=breach)
    key_id = order.key_id if order else case.key_id if case else vault.new_key()
    sent = CourtCase(
        id=ids.new(),
        number=numbers.take("court", region=places.letters(territory), on=keep.day(now, territory_id=territory)),
        kind=material.kind,
        case=case,
        order=order,
        offence=offence,
        breach=breach,
        **beside(matter),
        court=court,
        agency_id=by.agency,
        sent_at=now,
        sent_by=by.staff,
        key_id=key_id,
        contents=vault.seal(key_id, material.contents, at="courts.court_case.contents"),
    )
    sent.save(force_insert=True)
    if offence and offence.state == OffenceState.REGISTERED and material.kind in _REGISTERS:
        offences.send_to_court(offence=offence, by=by, now=now)
    _lay_term(sent, by=by, now=now)
    keep.write(sent, act="court_case.sent", by=by, now=now, kind=str(material.kind))
    return sent


def _breach(material: Material) -> Breach | None:
    """The breach that the materials name, or that their offence stands for. Raises NotFound and what `check_stands`."""
    named = material.breach.pk if material.breach else None
    if named is None and material.offence:
        stands = BreachOutcome.objects.filter(offence=material.offence, breach__same_as=None)
        named = stands.values_list("breach_id", flat=True).first()
    if named is None:
        return None
    found = orders.held_breach(breach_id=named)
    if material.order and material.order.pk != found.order_id:
        raise rules.NotOneMatter
    return found


def _matter(material: Material) -> tuple[Case | None, Order | None, Offence | None]:
    """The things as they stand now, held until the transaction ends; the case is that of the order or the offence."""
    order, offence = _held(material.order), _held(material.offence)
    of = {one.case_id for one in (order, offence) if one and one.case_id}
    if material.case:
        of.add(material.case.id)
    if len(of) > 1:
        raise rules.NotOneMatter
    case = Case.objects.filter(pk=of.pop()).first() if of else None
    if not (case or order or offence):
        raise rules.AboutNothing
    if order and order.state == OrderState.DRAFT:
        raise rules.NothingToSend(number=order.number, state=OrderState(order.state).label)
    if offence and offence.state in (OffenceState.ANNULLED, OffenceState.TERMINATED):
        raise rules.NothingToSend(number=offence.number, state=OffenceState(offence.state).label)
    wanted = _REGISTERS.get(material.kind)
    if offence and wanted and offence.register != wanted:
        raise rules.KindDoesNotFit(register=Register(offence.register).label)
    return case, order, offence


def _held(thing: T | None) -> T | None:
    if thing is None:
        return None
    found = type(thing)._default_manager.select_for_update(no_key=True).filter(pk=thing.pk).first()
    if found is None:
        raise NotFound
    return found


def _check_new(kind: Kind, court: Agency, **about: models.Model | None) -> None:
    before = CourtCase.objects.filter(kind=kind, court=court, **about)
    standing = before.filter(state__in=UNDECIDED).first()
    if standing:
        raise rules.AlreadySent(number=standing.number)


def _lay_term(sent: CourtCase, *, by: Actor, now: datetime) -> None:
    """The court's duty to decide, where the law on record gives a term; none otherwise. A breach is answered by it."""
    if sent.breach:
        orders.answered(breach=sent.breach, by=by, now=now)
    key = f"courts.term_{sent.kind}"
    term = law.deadline(key, start=now, zone=places.zone(sent.territory_id))
    if term.due_at is None:
        return
    kind = DutyKind.DECIDE_COURT_CASE
    duties.lay(
        laid=[duties.Laid(kind=kind, provision=key, since=now, due_at=term.due_at, to_verify=term.to_verify)],
        thing="court_case",
        thing_id=sent.id,
        case_id=sent.case_id,
        **beside(sent),
        agency_id=sent.court_id,
        by=by,
        now=now,
        key_id=sent.key_id,
    )


@transaction.atomic
def return_material(*, court_case: CourtCase, why: str, by: Actor, now: datetime, seen: int | None = None) -> CourtCase:
    """Send the materials back undecided; the court's duty loses its ground. Raises WrongState, WhyMissing."""
    access.check_may(by, access.DECIDE)
    held = keep.locked(court_case, seen=seen)
    rules.check_state(held.state, UNDECIDED, held.number)
    if not why.strip():
        raise rules.WhyMissing
    held.state, held.returned_at, held.returned_by = State.RETURNED, now, by.staff
    held.returned_why = vault.seal(held.key_id, why.strip(), at="courts.court_case.returned_why")
    for hearing in Hearing.objects.filter(court_case=held, result=Result.PLANNED):
        keep.written(hearing, result=Result.POSTPONED, by=by, now=now)
    duties.drop(thing_id=held.id, why="materials_returned", by=by, now=now)
    fields = ("state", "returned_at", "returned_by", "returned_why")
    keep.kept(held, act="court_case.returned", by=by, now=now, fields=fields)
    return held
