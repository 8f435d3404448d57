"""Writing a draft of an order."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, numbers
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case, CasePerson
from qorgan.cases.terms import Role
from qorgan.law import queries as law
from qorgan.orders import access, rules
from qorgan.orders.actions.held import write
from qorgan.orders.models import Order, Protected
from qorgan.orders.terms import Prohibition, State
from qorgan.places import queries as places


@dataclass(frozen=True)
class Draft:
    """What an officer writes into an order.

    It rests on what a report of the case told (`report_id`), or on a new fact of the minute `happened_at`; without
    either, on what the case began with. `why_both`: see Order.
    """

    addressee_id: UUID | None
    protected_ids: tuple[UUID, ...]
    circumstances: str = field(repr=False)
    prohibitions: tuple[Prohibition, ...] = tuple(Prohibition)
    report_id: UUID | None = None
    happened_at: datetime | None = None
    why_both: str = field(default="", repr=False)


@transaction.atomic
def draft(*, case: Case, draft: Draft, by: Actor, now: datetime, seen: int | None = None) -> Order:
    """Write a draft for a person of the case. Refuses without addressee, protected persons, circumstances or
    prohibitions, without a reason where someone stands on both sides, and beside another draft against the same person.

    `seen`: how many orders the case had when its writer read it. Raises ChangedMeanwhile where there are more.
    """
    access.check_may(by, access.DRAFT)
    cases.held_open(case)
    _check_no_other(case, seen)
    addressee_id = _check_draft(case, draft)
    _check_no_draft(case, addressee_id)
    incident = cases.note_incident(case=case, report_id=draft.report_id, happened_at=draft.happened_at, by=by, now=now)
    day = now.astimezone(places.zone(case.territory_id)).date()
    regime = law.regime(on=day)
    order = Order(
        id=ids.new(),
        number=numbers.take("order", region=places.letters(case.territory_id), on=day),
        case=case,
        incident=incident,
        addressee_id=addressee_id,
        **beside(case),
        agency_id=by.agency,
        regime=regime.id if regime else "",
        prohibitions=[str(one) for one in draft.prohibitions],
        key_id=case.key_id,
        circumstances=vault.seal(case.key_id, draft.circumstances, at="orders.order.circumstances"),
        why_both=vault.seal(case.key_id, draft.why_both.strip(), at="orders.order.why_both"),
        drafted_at=now,
        drafted_by=by.staff,
    )
    order.save(force_insert=True)
    Protected.objects.bulk_create(
        Protected(order=order, person_id=person, **beside(order)) for person in draft.protected_ids
    )
    write(order, act="drafted", by=by, now=now)
    return order


def _check_no_other(case: Case, seen: int | None) -> None:
    orders = list(Order.objects.filter(case=case).order_by("drafted_at", "id").values_list("id", flat=True))
    newest = orders[-1] if orders else case.id
    check_seen(seen, stands=len(orders), thing="order", thing_id=newest, kinds=("orders.order.",))


def _check_draft(case: Case, draft: Draft) -> UUID:
    """The addressee, if the draft is whole."""
    parts: list[tuple[UUID, str]] = list(CasePerson.objects.filter(case=case).values_list("person_id", "role"))
    known = {person for person, _role in parts}
    if draft.addressee_id is None or draft.addressee_id not in known:
        raise rules.NoAddressee
    if not draft.protected_ids or not set(draft.protected_ids) <= known:
        raise rules.NobodyProtected
    if draft.addressee_id in draft.protected_ids:
        raise rules.ProtectsItsAddressee
    if not draft.circumstances.strip():
        raise rules.NoCircumstances
    if not draft.prohibitions:
        raise rules.NothingForbidden
    wronged = {person for person, role in parts if role in (Role.VICTIM, Role.CHILD)}
    complained_of = {person for person, role in parts if role == Role.OFFENDER}
    both = draft.addressee_id in wronged or complained_of & set(draft.protected_ids)
    if both and not draft.why_both.strip():
        raise rules.BothSides
    return draft.addressee_id


def _check_no_draft(case: Case, addressee_id: UUID) -> None:
    found = Order.objects.filter(case=case, addressee=addressee_id, state=State.DRAFT).first()
    if found is not None:
        raise rules.DraftStands(number=found.number)
