"""The life of a protective order: drafted, issued, served or refused, checked, ended or cancelled."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from qorgan.base import ids, journal, numbers
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case, CasePerson
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.orders import access, rules
from qorgan.orders.models import Check, Order, Protected
from qorgan.orders.terms import Finding, Prohibition, Receipt, State
from qorgan.people.queries import by_ids
from qorgan.places import queries as places

TERM = "orders.term"
CHECKS = "orders.check_interval"
COPY = "orders.copy_to_prosecutor"


@dataclass(frozen=True)
class Draft:
    """What an officer writes into an order."""

    addressee_id: UUID | None
    protected_ids: tuple[UUID, ...]
    circumstances: str = field(repr=False)
    prohibitions: tuple[Prohibition, ...] = tuple(Prohibition)


@dataclass(frozen=True)
class Service:
    """How the order was handed over. A refusal to sign needs a witness and stops nothing."""

    at: datetime
    receipt: Receipt
    witness: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


@dataclass(frozen=True)
class Clocks:
    """When a served order ends, and the checks that the law of the day asks for."""

    ends_at: datetime
    checks: tuple[duties.Laid, ...]


@transaction.atomic
def draft(*, case: Case, draft: Draft, by: Actor, now: datetime, seen: int | None = None) -> Order:
    """Write a draft for a person of the case. Refuses without addressee, protected persons or circumstances, and
    beside another draft against the same person.

    `seen`: how many orders the case had when its writer read it. Raises ChangedMeanwhile where there are more.
    """
    access.check_may(by, access.DRAFT)
    cases.held_open(case)
    _check_no_other(case, seen)
    addressee_id = _check_draft(case, draft)
    _check_no_draft(case, addressee_id)
    day = now.astimezone(places.zone(case.territory_id)).date()
    regime = law.regime(on=day)
    order = Order(
        id=ids.new(),
        number=numbers.take("order", region=places.letters(case.territory_id), on=day),
        case=case,
        addressee_id=addressee_id,
        **beside(case),
        agency_id=by.agency,
        regime=regime.id if regime else "",
        prohibitions=[str(one) for one in draft.prohibitions],
        key_id=case.key_id,
        circumstances=vault.seal(case.key_id, draft.circumstances, at="orders.order.circumstances"),
        drafted_at=now,
        drafted_by=by.staff,
    )
    order.save(force_insert=True)
    Protected.objects.bulk_create(
        Protected(order=order, person_id=person, **beside(order)) for person in draft.protected_ids
    )
    _write("drafted", order, by=by, now=now)
    return order


def _check_no_other(case: Case, seen: int | None) -> None:
    orders = list(Order.objects.filter(case=case).order_by("drafted_at", "id").values_list("id", flat=True))
    newest = orders[-1] if orders else case.id
    check_seen(seen, stands=len(orders), thing="order", thing_id=newest, kinds=("orders.order.",))


def _check_draft(case: Case, draft: Draft) -> UUID:
    """The addressee, if the draft is whole."""
    known: set[UUID] = set(CasePerson.objects.filter(case=case).values_list("person_id", flat=True))
    if draft.addressee_id is None or draft.addressee_id not in known:
        raise rules.NoAddressee
    if not draft.protected_ids or not set(draft.protected_ids) <= known:
        raise rules.NobodyProtected
    if draft.addressee_id in draft.protected_ids:
        raise rules.ProtectsItsAddressee
    if not draft.circumstances.strip():
        raise rules.NoCircumstances
    return draft.addressee_id


def _check_no_draft(case: Case, addressee_id: UUID) -> None:
    found = Order.objects.filter(case=case, addressee=addressee_id, state=State.DRAFT).first()
    if found is not None:
        raise rules.DraftStands(number=found.number)


@transaction.atomic
def issue(*, order: Order, by: Actor, now: datetime, seen: int | None = None) -> Order:
    """Sign the draft. From now it is to be served; no term runs yet. The law of this day governs it.

    `seen`, here and below: the version that was shown. Raises ChangedMeanwhile where another stands.
    """
    access.check_may(by, access.ISSUE)
    held = _locked(order, seen)
    rules.check_can_become(held.state, State.ISSUED, held.number)
    zone = places.zone(held.territory_id)
    day = now.astimezone(zone).date()
    least = law.value("orders.addressee_min_age", on=day)
    person = by_ids([held.addressee_id]).get(held.addressee_id)
    if person is not None and least.decides:
        rules.check_age(person.birth_date, person.birth_year, least=least.number(), on=day)
    regime = law.regime(on=day)
    held.state, held.issued_at, held.issued_by = State.ISSUED, now, by.staff
    held.regime = regime.id if regime else ""
    _keep(held, "state", "issued_at", "issued_by", "regime")
    _lay(held, _after_issue(issued_at=now, zone=zone), by=by, now=now)
    _write("issued", held, by=by, now=now)
    return held


@transaction.atomic
def serve(*, order: Order, service: Service, by: Actor, now: datetime, seen: int | None = None) -> Order:
    """Record that the order was handed over, signed for or refused: from that minute its term runs."""
    access.check_may(by, access.SERVE)
    held = _locked(order, seen)
    rules.check_can_become(held.state, State.SERVED, held.number)
    rules.check_service(service.at, issued_at=held.issued_at, now=now)
    if service.receipt is Receipt.REFUSED and not service.witness.strip():
        raise rules.RefusalUnwitnessed
    zone = places.zone(held.territory_id)
    clocks = _after_service(served_at=service.at, zone=zone)
    held.state, held.served_at, held.served_by = State.SERVED, service.at, by.staff
    held.receipt, held.ends_at = service.receipt, clocks.ends_at
    held.refusal_witness = vault.seal(held.key_id, service.witness, at="orders.order.refusal_witness")
    held.refusal_reason = vault.seal(held.key_id, service.reason, at="orders.order.refusal_reason")
    _keep(held, "state", "served_at", "served_by", "receipt", "ends_at", "refusal_witness", "refusal_reason")
    duties.done(thing_id=held.id, kind=DutyKind.SERVE_ORDER, by=by, now=now)
    _lay(held, list(clocks.checks), by=by, now=now)
    _write("served", held, by=by, now=now, receipt=str(service.receipt))
    return held


@transaction.atomic
def check(
    *, order: Order, step: int, finding: Finding, note: str, by: Actor, now: datetime, seen: int | None = None
) -> Check:
    """Record a planned check of an order and what it found. Raises NoSuchCheck where none of that number is open."""
    access.check_may(by, access.CHECK)
    held = _locked(order, seen)
    if duties.done(thing_id=held.id, kind=DutyKind.CHECK_ORDER, step=step, by=by, now=now) is None:
        raise rules.NoSuchCheck(number=held.number)
    made = Check(
        id=ids.new(),
        order=held,
        **beside(held),
        step=step,
        finding=finding,
        note=vault.seal(held.key_id, note, at="orders.check.note"),
        checked_at=now,
        checked_by=by.staff,
    )
    made.save(force_insert=True)
    held.version += 1
    held.save(update_fields=["version"])
    _write("checked", held, by=by, now=now, step=step, finding=str(finding))
    return made


@transaction.atomic
def cancel(*, order: Order, why: str, by: Actor, now: datetime, seen: int | None = None) -> Order:
    """Cancel an order by the decision that `why` names; its open duties lose their ground."""
    access.check_may(by, access.CANCEL)
    held = _locked(order, seen)
    rules.check_can_become(held.state, State.CANCELLED, held.number)
    held.state, held.cancelled_at, held.cancelled_by = State.CANCELLED, now, by.staff
    held.cancelled_why = vault.seal(held.key_id, why, at="orders.order.cancelled_why")
    _keep(held, "state", "cancelled_at", "cancelled_by", "cancelled_why")
    duties.drop(thing_id=held.id, why="order_cancelled", by=by, now=now)
    _write("cancelled", held, by=by, now=now)
    return held


def _after_issue(*, issued_at: datetime, zone: ZoneInfo) -> list[duties.Laid]:
    """Serve it; send the copy to the prosecutor, or, where its term is not on record, find the provision."""
    copy = law.deadline(COPY, start=issued_at, zone=zone)
    kind = DutyKind.COPY_TO_PROSECUTOR if copy.due_at else DutyKind.VERIFY_PROVISION
    return [
        duties.Laid(kind=DutyKind.SERVE_ORDER, provision=TERM, since=issued_at, due_at=None, to_verify=True),
        duties.Laid(kind=kind, provision=COPY, since=issued_at, due_at=copy.due_at, to_verify=copy.to_verify),
    ]


def _after_service(*, served_at: datetime, zone: ZoneInfo) -> Clocks:
    """The end and the checks by the law of the day of service in that place. Raises TermNotOnRecord."""
    clock = law.order_clock(served_at, zone=zone)
    if clock.ends_at is None:
        raise rules.TermNotOnRecord(key=TERM)
    return Clocks(
        clock.ends_at,
        tuple(
            duties.Laid(
                kind=DutyKind.CHECK_ORDER,
                provision=CHECKS,
                since=served_at,
                due_at=moment,
                step=number,
                to_verify=clock.interval.to_verify,
            )
            for number, moment in enumerate(clock.checks, start=1)
        ),
    )


def _locked(order: Order, seen: int | None) -> Order:
    """The order as it stands, held until the transaction ends. Raises ChangedMeanwhile."""
    held = Order.objects.select_for_update(of=("self",)).select_related("case").get(pk=order.pk)
    check_seen(seen, stands=held.version, thing="order", thing_id=held.id, kinds=("orders.order.",))
    return held


def _keep(order: Order, *fields: str) -> None:
    order.version += 1
    order.save(update_fields=[*fields, "version"])


def _lay(order: Order, laid: list[duties.Laid], *, by: Actor, now: datetime) -> None:
    duties.lay(
        laid=laid,
        thing="order",
        thing_id=order.id,
        case_id=order.case_id,
        **beside(order),
        agency_id=order.agency_id,
        key_id=order.key_id,
        by=by,
        now=now,
    )


def _write(act: str, order: Order, *, by: Actor, now: datetime, **detail: object) -> None:
    journal.write(
        kind=f"orders.order.{act}",
        thing="order",
        thing_id=order.id,
        by=by,
        now=now,
        detail={"number": order.number, "version": order.version, **detail},
    )
