"""A breach of an order: noted, told again, and what followed. Courts write down themselves what they decide on it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import CaseReport
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.offences.models import Offence
from qorgan.offences.terms import Register
from qorgan.offences.terms import State as OffenceState
from qorgan.orders import access, rules
from qorgan.orders.actions.held import TERM, keep, locked, provision_of, said
from qorgan.orders.models import Breach, BreachOutcome, Check, Order, Variation
from qorgan.orders.models.breaches import NOTE, WHY
from qorgan.orders.terms import CLOCKED, REGISTERS, Followed, Noticed, Prohibition, State
from qorgan.places import queries as places
from qorgan.reports.models import Report

BREACH_ARTICLE, START, APPEAL_TO = "orders.breach_article", "orders.start_of_term", "orders.appeal_to"
_TYPED = timedelta(minutes=1)  # moments are typed to it
_REGISTER = {Followed.PROTOCOL: Register.ADMINISTRATIVE, Followed.PRE_TRIAL: Register.CRIMINAL}


@dataclass(frozen=True)
class Told:
    """A breach as it was noticed. `breached_at` None: when is not known; it was in force when it was noticed then."""

    noticed_at: datetime
    breached: tuple[Prohibition, ...]
    breached_at: datetime | None = None
    note: str = field(default="", repr=False)

    @property
    def moment(self) -> datetime:
        """The moment by which the order is asked whether it was in force."""
        return self.breached_at or self.noticed_at

    def after_service(self, served_at: datetime | None) -> "Told":
        """The same, where its typed minute is the minute in which the order was handed over: it came after that."""
        if served_at is None or not self.moment < served_at < self.moment + _TYPED:
            return self
        breached_at = served_at if self.breached_at else None
        return replace(self, noticed_at=max(self.noticed_at, served_at), breached_at=breached_at)


@dataclass(frozen=True)
class Consequence:
    """One thing that followed a breach. `offence`: the one registered for it; `why`: in the officer's words."""

    kind: Followed
    at: datetime
    offence: Offence | None = None
    why: str = field(default="", repr=False)


@transaction.atomic
def note_breach(
    *, order: Order, told: Told, report: Report | None = None, by: Actor, now: datetime, seen: int | None = None
) -> Breach:
    """Note a breach of an order that was in force at that moment by its clock; someone owes an answer to it.

    With `report` it is that report which tells of it, and `seen` is the version of the report that was shown: the case
    of the order leads the report from now on. Raises
    NotInForceYet, AfterItsEnd, CancelledBefore, NeverInForce (each with its provision), NoticedBefore, NothingBreached,
    NotForbidden, BreachKnown, ChangedMeanwhile; AlreadyDecided for a report that was forwarded, joined or written off.
    """
    access.check_may(by, access.CHECK)
    held = locked(order, seen=None if report else seen)
    told = told.after_service(held.served_at)
    check_told(held, told=told, now=now)
    if report is not None:
        if Breach.objects.filter(order=held, report=report).exists():
            raise rules.BreachKnown(number=held.number)
        cases.join_report(case=held.case, report=report, by=by, now=now, seen=seen)
    made = noted(held, told=told, report=report, by=by, now=now)
    keep(held, act="breach_noted", by=by, now=now, breach=str(made.id), noticed=str(made.noticed))
    return made


def check_told(held: Order, *, told: Told, now: datetime) -> None:
    """Whether what is told can be a breach of the held order, by its clock and by what it forbade then."""
    rules.check_noticed(told.noticed_at, breached_at=told.breached_at, now=now)
    _check_in_force(held, told.moment)
    rules.check_breached(told.breached, forbidden_at(held, at=told.moment), held.number)


def _check_in_force(held: Order, moment: datetime) -> None:
    number = {"number": held.number}
    if held.state == State.ANNULLED:
        raise rules.NeverInForce(**number, provision=provision_of(held, key=APPEAL_TO, at=moment))
    if held.served_at is None or moment < held.served_at:
        raise rules.NotInForceYet(**number, provision=provision_of(held, key=START, at=moment))
    if held.ends_at is not None and moment >= held.ends_at:
        provision = provision_of(held, key=TERM, at=held.served_at)
        raise rules.AfterItsEnd(ended=said(held, at=held.ends_at), provision=provision)
    if held.cancelled_at is not None and moment >= held.cancelled_at:
        provision = provision_of(held, key=APPEAL_TO, at=held.cancelled_at)
        raise rules.CancelledBefore(**number, at=said(held, at=held.cancelled_at), provision=provision)


def forbidden_at(held: Order, *, at: datetime) -> list[str]:
    """What an order forbade at a moment: what it says, or said before the first variation after that moment."""
    later = Variation.objects.filter(order=held, decided_at__gt=at, before__has_key="prohibitions")
    first = later.order_by("decided_at", "written_at").first()
    return list(first.before["prohibitions"] if first else held.prohibitions)


def noted(
    held: Order, *, told: Told, report: Report | None = None, found_in: Check | None = None, by: Actor, now: datetime
) -> Breach:
    """The breach of a held order, kept, with the duty to answer it. The act that notes it has the journal's row."""
    noticed = Noticed.CHECK if found_in else Noticed.REPORT if report else Noticed.OFFICER
    breach = Breach(
        id=ids.new(),
        order=held,
        **beside(held),
        number=Breach.objects.filter(order=held).count() + 1,
        noticed=noticed,
        report=report,
        found_in=found_in,
        breached_at=told.breached_at,
        noticed_at=told.noticed_at,
        prohibitions=[one.value for one in Prohibition if one in told.breached],
        note=vault.seal(held.key_id, told.note, at=NOTE),
        written_at=now,
        written_by=by.staff,
    )
    breach.save(force_insert=True)
    answer = duties.Laid(DutyKind.ANSWER_BREACH, BREACH_ARTICLE, since=told.noticed_at, due_at=None)
    duties.lay(
        laid=[answer],
        thing="breach",
        thing_id=breach.id,
        case_id=held.case_id,
        **beside(held),
        agency_id=held.agency_id,
        key_id=held.key_id,
        by=by,
        now=now,
    )
    return breach


@transaction.atomic
def join_breach(*, breach: Breach, same_as: Breach, by: Actor, now: datetime, seen: int | None = None) -> Breach:
    """Say that a breach was told before: the two are one, and the earlier telling counts.

    Raises NotTheSame (of another order, later, or joined itself), AlreadyAnswered (something followed this one).
    """
    access.check_may(by, access.CHECK)
    held, found = locked_breach(breach, seen=seen)
    first = Breach.objects.select_for_update().filter(pk=same_as.pk, order=held).first()
    leads = first is not None and first.number < found.number and first.same_as_id is None
    if not leads or Breach.objects.filter(same_as=found).exists():
        raise rules.NotTheSame
    if found.same_as_id is not None or BreachOutcome.objects.filter(breach=found).exists():
        raise rules.AlreadyAnswered
    found.same_as, found.same_at, found.same_by = first, now, by.staff
    _kept(found, "same_as", "same_at", "same_by")
    duties.drop(thing_id=found.id, why="breach_joined", by=by, now=now)
    keep(held, act="breach_joined", by=by, now=now, breach=str(found.id), same_as=str(same_as.id))
    return found


@transaction.atomic
def follow_breach(
    *, breach: Breach, followed: Consequence, by: Actor, now: datetime, seen: int | None = None
) -> BreachOutcome:
    """Write down one thing that followed a breach, with the clock that began with it by the law of that day.

    Arrest, and all else that a court decides, is written by the court. Raises JoinedElsewhere, AlreadyAnswered,
    OffenceMissing, OffenceTaken, HappenedBefore, NoReason (what was not confirmed needs one), ChangedMeanwhile.
    """
    access.check_may(by, access.CHECK)
    held, found = locked_breach(breach, seen=seen)
    check_leads(found)
    before = BreachOutcome.objects.filter(breach=found)
    refutes = followed.kind is Followed.NOT_CONFIRMED
    if before.filter(kind=Followed.NOT_CONFIRMED).exists() or (refutes and before.exists()):
        raise rules.AlreadyAnswered
    why = rules.check_reason(followed.why) if refutes else followed.why.strip()
    offence = _offence(held, followed)
    begins = found.noticed_at if followed.kind is Followed.PRE_TRIAL else followed.at
    rules.check_followed(followed.at, after=found.noticed_at, now=now)
    made = BreachOutcome(
        id=ids.new(),
        breach=found,
        **beside(found),
        kind=followed.kind,
        offence=offence,
        happened_at=followed.at,
        provision=followed.kind.provision,
        **_clock(held, followed.kind, begins),
        why=vault.seal(held.key_id, why, at=WHY),
        written_at=now,
        written_by=by.staff,
    )
    made.save(force_insert=True)
    duties.done(thing_id=found.id, kind=DutyKind.ANSWER_BREACH, by=by, now=now)
    _kept(found)
    keep(held, act="breach_followed", by=by, now=now, breach=str(found.id), followed=str(followed.kind))
    return made


def _clock(held: Order, kind: Followed, begins: datetime) -> dict[str, Any]:
    """By when, where a term of the law of that day begins with it."""
    if kind not in CLOCKED:
        return {}
    term = law.deadline(kind.provision, start=begins, zone=places.zone(held.territory_id))
    return {"due_at": term.due_at, "to_verify": term.to_verify}


def _offence(held: Order, followed: Consequence) -> Offence | None:
    """The offence of the order's case, or of a report that it leads, of the register that the outcome names."""
    if followed.kind not in REGISTERS:
        return None
    offence = followed.offence and Offence.objects.filter(pk=followed.offence.pk).first()
    if offence is None or offence.register != _REGISTER[followed.kind] or offence.state == OffenceState.ANNULLED:
        raise rules.OffenceMissing
    led = CaseReport.objects.filter(case=held.case_id, report=offence.report_id) if offence.report_id else None
    if offence.case_id != held.case_id and not (led and led.exists()):
        raise rules.OffenceMissing
    if BreachOutcome.objects.filter(offence=offence).exists():
        raise rules.OffenceTaken
    return offence


def check_leads(breach: Breach) -> None:
    """Raises JoinedElsewhere where another telling of the same breach counts."""
    if breach.same_as is not None:
        raise rules.JoinedElsewhere(number=breach.same_as.number)


def locked_breach(breach: Breach, *, seen: int | None) -> tuple[Order, Breach]:
    """The order first, always, then its breach, held until the transaction ends. Raises NotFound, ChangedMeanwhile."""
    held = locked(breach.order, seen=seen)
    rows = Breach.objects.select_for_update(of=("self",)).select_related("order", "same_as")
    found = rows.filter(pk=breach.pk).first()
    if found is None:
        raise NotFound
    return held, found


def _kept(breach: Breach, *fields: str) -> None:
    breach.version += 1
    breach.save(update_fields=[*fields, "version"])


def held_breach(*, breach_id: UUID) -> Breach:
    """A breach that counts, held with its order: what is sent to a court is about it. No permission of its own:
    sending has asked. Raises NotFound, JoinedElsewhere, AlreadyAnswered (it was not confirmed).
    """
    known = Breach.objects.filter(pk=breach_id).select_related("order").first()
    if known is None:
        raise NotFound
    _held, found = locked_breach(known, seen=None)
    check_leads(found)
    if BreachOutcome.objects.filter(breach=found, kind=Followed.NOT_CONFIRMED).exists():
        raise rules.AlreadyAnswered
    return found


def drop_answers(held: Order, *, why: str, by: Actor, now: datetime) -> None:
    """An annulled order was in force at no time: nobody owes an answer to a breach of it."""
    for breach_id in Breach.objects.filter(order=held).values_list("id", flat=True):
        duties.drop(thing_id=breach_id, why=why, by=by, now=now)


def answered(*, breach: Breach, by: Actor, now: datetime) -> None:
    """A breach whose materials went to a court is answered by that. No permission of its own: sending has asked."""
    duties.done(thing_id=breach.id, kind=DutyKind.ANSWER_BREACH, by=by, now=now)
    journal.write(
        kind="orders.order.breach_sent",
        thing="order",
        thing_id=breach.order_id,
        by=by,
        now=now,
        detail={"breach": str(breach.id)},
    )
