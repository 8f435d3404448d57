"""Asking, confirming and carrying out that a record is destroyed; forbidding it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import queries as agencies
from qorgan.base import country, ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import holdings, vault
from qorgan.base.keys.rotation import KEPT
from qorgan.base.keys.store import Store
from qorgan.base.scope import Actor, beside
from qorgan.base.signing import Signer
from qorgan.cases.models import Case
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.people import actions as people
from qorgan.places import queries as places
from qorgan.shredding import access, queries, rules
from qorgan.shredding.engine import certificate
from qorgan.shredding.models import Destruction, LegalHold
from qorgan.shredding.queries import Record
from qorgan.shredding.terms import AFTER, Ground, State, Thing

REASON = "shredding.destruction.reason"
HELD, LIFTED = "shredding.legal_hold.reason", "shredding.legal_hold.lifted_why"


@transaction.atomic
def ask(*, record: Record, ground: Ground, paper: str, reason: str, by: Actor, now: datetime) -> Destruction:
    """Ask that a record is destroyed. Nothing is, until another person confirms.

    Raises NotAllowed, StillNeeded, TermNotOver, TermNotOnRecord, PaperMissing, ReasonMissing, AlreadyAsked.
    """
    access.check_may(by, access.ASK)
    rules.check_said(ground, paper=paper, reason=reason)
    _held_still(record)
    _check_may_go(record, ground, now=now)
    if queries.standing(record) is not None:
        raise rules.AlreadyAsked
    held = Destruction(
        id=ids.new(),
        thing=record.thing.value,
        thing_id=record.id,
        number=record.number,
        territory_id=record.territory_id,
        thread_id=record.thread_id,
        ground=ground.value,
        paper=paper.strip(),
        reason=vault.seal(record.key_id, reason.strip(), at=REASON),
        asked_at=now,
        asked_by=by.staff,
    )
    held.save(force_insert=True)
    _tell("asked", held, by=by, now=now)
    _lay(held, record, by=by, now=now)
    return held


def _lay(held: Destruction, record: Record, *, by: Actor, now: datetime) -> None:
    """To answer is a duty of the nearest office that may; where there is none, it waits in the list of all."""
    place = beside(held)
    others = (seer.mandate for seer in agencies.seers(access.CONFIRM, **place, now=now))
    mandate = next((one for one in others if one.staff_id != by.staff), None)
    if mandate is None:
        return
    term = law.deadline(queries.ANSWERED, start=now, zone=places.zone(held.territory_id))
    laid = duties.Laid(DutyKind.CONFIRM_DESTRUCTION, queries.ANSWERED, now, term.due_at, to_verify=term.to_verify)
    duties.lay(
        laid=[laid],
        thing="destruction",
        thing_id=held.id,
        case_id=record.case.id if record.case else None,
        **place,
        agency_id=mandate.agency_id,
        key_id=record.key_id,
        by=by,
        now=now,
    )


@transaction.atomic
def confirm(*, destruction: Destruction, by: Actor, now: datetime, seen: int | None = None) -> Destruction:
    """Confirm it, as another person; from here on the numbers find nobody, and the worker destroys the keys.

    Raises NotAllowed, SamePerson, StillNeeded, TermNotOver, AlreadyDecided, ChangedMeanwhile.
    """
    access.check_may(by, access.CONFIRM)
    held = _locked(destruction, State.CONFIRMED, seen)
    rules.check_other(held.asked_by, by.staff)
    record = queries.record_of(held)
    if record is None:
        raise NotFound
    _held_still(record)
    _check_may_go(record, Ground(held.ground), now=now)
    if record.thing is Thing.PERSON:
        people.forget_person(person_id=record.id, by=by, now=now)
    return _decided(held, State.CONFIRMED, by=by, now=now)


@transaction.atomic
def decline(*, destruction: Destruction, by: Actor, now: datetime, seen: int | None = None) -> Destruction:
    """Let it be kept. Raises NotAllowed, AlreadyDecided, ChangedMeanwhile."""
    access.check_may(by, access.CONFIRM)
    return _decided(_locked(destruction, State.DECLINED, seen), State.DECLINED, by=by, now=now)


@transaction.atomic
def destroy(*, destruction_id: UUID, by: Actor, now: datetime, store: Store, signer: Signer) -> Destruction | None:
    """Destroy the keys of what was confirmed, and sign what proves it; None where there is nothing left to do.

    No permission of its own: two people have decided. The keys go before the proof is committed: a proof without a
    destruction would be a lie, and one that was cut off is carried out again.
    """
    held = Destruction.objects.select_for_update(no_key=True).filter(pk=destruction_id, state=State.CONFIRMED).first()
    record = queries.record_of(held) if held else None
    if held is None or record is None:
        return None
    keys = queries.keys_of(record)
    keys |= set(store.predecessors(keys).values())  # of a sealing anew that did not come to its end
    texts = {column.word: count for column, count in holdings.counted(keys).items()}
    told = _told(held, keys=len(keys), texts=texts, now=now)
    store.destroy(keys)
    held.state, held.destroyed_at = State.DESTROYED, now
    held.certificate = certificate.signed(told, signer)
    held.version += 1
    held.save(update_fields=["state", "destroyed_at", "certificate", "version"])
    _tell("done", held, by=by, now=now, keys=len(keys), texts=sum(texts.values()))
    return held


@transaction.atomic
def hold(*, case: Case, reason: str, until: datetime | None, by: Actor, now: datetime) -> LegalHold:
    """Forbid that anything of a case is destroyed, for a reason: until a moment, or until the office allows it again.

    Raises NotAllowed, NotFound, HoldWithoutReason, HoldEndsBefore, TooLateToHold.
    """
    access.check_may(by, access.HOLD)
    rules.check_hold(reason=reason, until=until, now=now)
    record = queries.of_case(case)
    _held_still(record)
    asked = queries.standing(record)
    if asked is not None and asked.state != State.ASKED:
        raise rules.TooLateToHold
    made = LegalHold(
        id=ids.new(),
        case=case,
        **beside(case),
        agency_id=by.agency,
        reason=vault.seal(case.key_id, reason.strip(), at=HELD),
        until=until,
        laid_at=now,
        laid_by=by.staff,
    )
    made.save(force_insert=True)
    _tell_of("laid", made, by=by, now=now)
    return made


@transaction.atomic
def lift(*, hold: LegalHold, why: str, by: Actor, now: datetime, seen: int | None = None) -> LegalHold:
    """Allow again what an office forbade, as that office.

    Raises NotAllowed, NotFound, NotYourHold, HoldLifted, LiftWithoutReason, ChangedMeanwhile.
    """
    access.check_may(by, access.HOLD)
    held = LegalHold.objects.select_for_update(no_key=True, of=("self",)).select_related("case").filter(pk=hold.pk)
    found = held.first()
    if found is None:
        raise NotFound
    check_seen(seen, stands=found.version, thing="legal_hold", thing_id=found.id, kinds=("shredding.legal_hold.",))
    rules.check_lift(why=why, is_lifted=found.lifted_at is not None, is_ours=found.agency_id == by.agency)
    found.lifted_at, found.lifted_by = now, by.staff
    found.lifted_why = vault.seal(found.case.key_id, why.strip(), at=LIFTED)
    found.version += 1
    found.save(update_fields=["lifted_at", "lifted_by", "lifted_why", "version"])
    _tell_of("lifted", found, by=by, now=now)
    return found


def _tell_of(word: str, hold: LegalHold, *, by: Actor, now: datetime) -> None:
    detail = {"case": str(hold.case_id), "until": hold.until.isoformat() if hold.until else ""}
    kind = f"shredding.legal_hold.{word}"
    journal.write(kind=kind, thing="legal_hold", thing_id=hold.id, by=by, now=now, detail=detail)


def _held_still(record: Record) -> None:
    """Hold the case until the transaction ends, so that nobody forbids what another confirms in the same moment."""
    if record.case and not Case.objects.select_for_update(no_key=True).filter(pk=record.case.pk).exists():
        raise NotFound


def _check_may_go(record: Record, ground: Ground, *, now: datetime) -> None:
    rules.check_nothing_holds(queries.holds(record, now=now))
    rules.check_moment(ground, kept_until=queries.kept_until(record), now=now)


def _locked(destruction: Destruction, wanted: State, seen: int | None) -> Destruction:
    held = Destruction.objects.select_for_update(no_key=True).filter(pk=destruction.pk).first()
    if held is None:
        raise NotFound
    kinds = ("shredding.destruction.",)
    check_seen(seen, stands=held.version, thing="destruction", thing_id=held.id, kinds=kinds)
    rules.check_can_become(State(held.state), wanted)
    return held


def _decided(held: Destruction, state: State, *, by: Actor, now: datetime) -> Destruction:
    held.state, held.decided_at, held.decided_by = state, now, by.staff
    held.version += 1
    held.save(update_fields=["state", "decided_at", "decided_by", "version"])
    duties.done(thing_id=held.id, kind=DutyKind.CONFIRM_DESTRUCTION, by=by, now=now)
    _tell(state.value, held, by=by, now=now)
    return held


def _told(held: Destruction, *, keys: int, texts: dict[str, int], now: datetime) -> certificate.Told:
    language = next(iter(country.toml("country.toml")["languages"]))
    names = agencies.staff_names([held.asked_by, held.decided_by], language=language)
    assert held.decided_at is not None and held.decided_by is not None  # the database holds them together
    return {
        "form": certificate.FORM,
        "id": str(held.id),
        "thing": held.thing,
        "thing_id": str(held.thing_id),
        "number": held.number,
        "ground": held.ground,
        "paper": held.paper,
        "asked": {"at": held.asked_at.isoformat(), "by": names.get(held.asked_by, ""), "id": str(held.asked_by)},
        "confirmed": {
            "at": held.decided_at.isoformat(),
            "by": names.get(held.decided_by, ""),
            "id": str(held.decided_by),
        },
        "destroyed_at": now.isoformat(),
        "keys": keys,
        "texts": texts,
        "remains": [one.value for one in AFTER[Thing(held.thing)]],
        "key_backups_until": (now.date() + KEPT).isoformat(),
    }


def _tell(word: str, held: Destruction, /, *, by: Actor, now: datetime, **detail: int) -> None:
    journal.write(
        kind=f"shredding.destruction.{word}",
        thing="destruction",
        thing_id=held.id,
        by=by,
        now=now,
        detail={"thing": held.thing, "id": str(held.thing_id), "ground": held.ground, **detail},
    )
