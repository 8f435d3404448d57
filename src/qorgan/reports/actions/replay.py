"""What was kept of contacts while the database was away is done once it answers: by its author, judged again.

What she might not do any more, or what someone has done otherwise meanwhile, is not dropped: it becomes a contact that
is open, with its words, on the desk of her line.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.terms import AdmissionGround, Purpose, SealGround
from qorgan.base import journal
from qorgan.base.db.away import is_away
from qorgan.base.errors import NotAllowed, Refused
from qorgan.base.keys import blind, vault
from qorgan.base.scope import Actor, acting, beside
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.reports import access
from qorgan.reports.actions import sealed
from qorgan.reports.actions.accept import Accepted
from qorgan.reports.actions.complete import complete
from qorgan.reports.actions.contacts import Reached, begin, dispose, undo
from qorgan.reports.actions.drafts import SAID, save_draft
from qorgan.reports.actions.kept import SAID as KEPT
from qorgan.reports.actions.kept import Act
from qorgan.reports.actions.packed import unpacked
from qorgan.reports.engine import door as engine
from qorgan.reports.models import Contact, Draft, Spooled
from qorgan.reports.queries import contacts as queries
from qorgan.reports.rules import contacts as rules
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms.contacts import Consent, Disposition, Way

SEEN_TO = "reports.kept_away"  # the rule of the house: how soon someone sees to it


def opened(held: Spooled) -> dict[str, Any] | None:
    """What was kept of a contact; None where the row holds what a machine handed in."""
    try:
        told: dict[str, Any] = json.loads(engine.opened(settings.DOOR_OPENS, bytes(held.content), at=KEPT))
    except engine.Unopened:
        return None
    return told


def done(*, held: Spooled, told: dict[str, Any], by: Actor, now: datetime) -> Accepted | None:
    """Do what was kept; the report where one came of it. `by` is the system that carries it in.

    Raises what the act raises: it then waits once, for what it rests on may still be on its way.
    """
    at = held.accepted_at
    try:
        author = offices.acting_again(UUID(told["mandate"]), now=at)
        if str(author.staff_id) != told["staff"] or not author.can(access.TAKE):
            raise NotAllowed
        with acting(author), transaction.atomic():
            return _act(told, by=author, at=at, now=now)
    except (Refused, DatabaseError) as failure:
        if is_away(failure) or not (held.refused or isinstance(failure, NotAllowed)):
            raise
        why = failure.code if isinstance(failure, Refused) else type(failure).__name__
    _leave_to_the_desk(told, held, why=why, by=by, now=now)
    return None


def _act(told: dict[str, Any], *, by: Actor, at: datetime, now: datetime) -> Accepted | None:
    held = _begun(told, by=by, at=at, now=now)
    act = Act(told["act"])
    if act is Act.UNDO:
        undo(contact_id=held.id, by=by, now=now, said_at=at)
    if told["said"] and held.report_id is None:
        _keep(held, told, by=by, at=at, now=now)
    if told["disposition"] and held.report_id is None:
        _say(held, Disposition(told["disposition"]), by=by, at=at, now=now)
    if act is not Act.COMPLETE:
        return None
    if held.report_id is not None and held.report_id != held.id:
        raise rules.ContactOver
    signal = replace(unpacked(told["told"]), received_at=at)
    return complete(contact_id=held.id, told=signal, topics=told["topics"], by=by, now=now)


def _begun(told: dict[str, Any], *, by: Actor, at: datetime, now: datetime) -> Contact:
    held = queries.find(UUID(told["contact"]))
    if held is not None:
        return held
    rang_at = datetime.fromisoformat(told["rang_at"]) if told["rang_at"] else at
    reached = Reached(
        contact_id=UUID(told["contact"]),
        line=Channel(told["line"]),
        rang_at=rang_at,
        number=told["number"],
        answered_at=rang_at,
    )
    return begin(reached=reached, by=by, now=now)


def _keep(held: Contact, told: dict[str, Any], *, by: Actor, at: datetime, now: datetime) -> None:
    """Keep the words, unless she has said more since."""
    draft = queries.draft_of(held.id)
    if draft.said == told["said"]:
        return
    if draft.saved_by == by.staff and draft.saved_at is not None and draft.saved_at >= at:
        return
    save_draft(
        contact_id=held.id,
        said=told["said"],
        serving=Serving(told["serving"]),
        consent=Consent(told["consent"]),
        by=by,
        now=now,
        seen=told["seen"],
        said_at=at,
    )


def _say(held: Contact, what: Disposition, *, by: Actor, at: datetime, now: datetime) -> None:
    """Say what it is, unless she has said so, or otherwise, since."""
    mine = held.disposed_by == by.staff and held.disposed_at is not None
    if mine and (held.disposition == what or (held.disposed_at is not None and held.disposed_at >= at)):
        return
    dispose(contact_id=held.id, disposition=what, by=by, now=now, said_at=at)


def _leave_to_the_desk(told: dict[str, Any], kept: Spooled, *, why: str, by: Actor, now: datetime) -> None:
    """A contact of its own, one for each that its author had: open, with its words, and a duty on her line."""
    if told["act"] == Act.UNDO:
        return  # nothing was told, and what it would have taken back stands
    at, serving = kept.accepted_at, Serving(told["serving"])
    # A sealed one is out of sight from then on: what comes after it is one more.
    apart = str(kept.pk) if serving.seals else ""
    named = hashlib.sha256(f"desk\0{told['contact']}\0{told['staff']}\0{apart}".encode()).digest()
    held = Contact.objects.select_for_update().filter(pk=UUID(bytes=named[:16])).first()
    if held is None or held.ended_at is not None:
        held = _left(told, UUID(bytes=named[:16]) if held is None else UUID(bytes=named[16:]), at=at)
    _words(held, told["said"], at=at, staff=UUID(told["staff"]))
    if serving is not Serving.NOT_ASKED and held.serving != serving:
        held.serving = serving
        held.save(update_fields=["serving"])
    detail = {"code": why, "author": told["staff"], "act": told["act"]}
    journal.write(kind="reports.contact.left", thing="contact", thing_id=held.id, by=by, now=now, detail=detail)
    _lay(held, since=at, by=by, now=now)
    if serving.seals and not offices.is_sealed(held.thread_id):
        _seal(held, ground=SealGround(serving), by=by, now=now)


def _left(told: dict[str, Any], contact_id: UUID, *, at: datetime) -> Contact:
    known = Contact.objects.filter(pk=contact_id).first()
    if known is not None:
        return known
    key_id = vault.new_key()
    rang_at = datetime.fromisoformat(told["rang_at"]) if told["rang_at"] else at
    made = Contact(
        id=contact_id,
        thread_id=contact_id,
        territory_id=told["territory"],
        agency_id=UUID(told["agency"]),
        line=Channel(told["line"]),
        way=Way.TELEPHONE,
        key_id=key_id,
        raw_number=vault.seal(key_id, told["number"].strip(), at="reports.contact.raw_number"),
        number=vault.seal(key_id, blind.telephone(told["number"]), at="reports.contact.number"),
        number_index=blind.phone(told["number"]),
        rang_at=rang_at,
        answered_at=rang_at,
        taken_by=UUID(told["staff"]),
    )
    made.save(force_insert=True)
    return made


def _words(held: Contact, said: Mapping[str, str], *, at: datetime, staff: UUID) -> None:
    draft = Draft.objects.filter(pk=held.id).first() or Draft(pk=held.id, version=0, **beside(held))
    if not said or (draft.version and draft.saved_at >= at):
        return
    draft.said = vault.seal(held.key_id, json.dumps(dict(said), ensure_ascii=False), at=SAID)
    draft.saved_at, draft.saved_by = at, staff
    draft.version += 1
    draft.save()


def _lay(held: Contact, *, since: datetime, by: Actor, now: datetime) -> None:
    term = law.deadline(SEEN_TO, start=now, zone=places.zone(held.territory_id))
    laid = duties.Laid(
        kind=DutyKind.SEE_TO_CONTACT,
        provision=SEEN_TO,
        since=since,
        due_at=term.due_at,
        to_verify=True,  # no act is on record for it
    )
    duties.lay(
        laid=[laid],
        thing="contact",
        thing_id=held.id,
        case_id=None,
        **beside(held),
        agency_id=held.agency_id,
        key_id=held.key_id,
        by=by,
        now=now,
    )


def _seal(held: Contact, *, ground: SealGround, by: Actor, now: datetime) -> None:
    """He serves: the office that routes it sees to it, and nobody else."""
    router = sealed.router_of(held, ground=ground)
    place = beside(held)
    agencies.admit(
        **place,
        ground=AdmissionGround.ROUTED,
        purpose=Purpose.OVERSIGHT,
        until=None,
        agency_id=router.id,
        by=by,
        now=now,
    )
    duties.hand_over(thing_id=held.id, agency_id=router.id, by=by, now=now)
    agencies.seal(**place, ground=ground, by=by, now=now)
