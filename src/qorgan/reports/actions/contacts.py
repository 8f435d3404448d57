"""Contacts of a line: begun, said what they are with one key, taken back within seconds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import blind, vault
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.reports import access
from qorgan.reports.models import Contact
from qorgan.reports.queries import contacts as queries
from qorgan.reports.rules import contacts as rules
from qorgan.reports.terms import Channel
from qorgan.reports.terms.contacts import Disposition, Way

SECOND_SILENCE = "reports.second_silence"
WELFARE_CHECK = "reports.welfare_check"
WRITTEN = ("reports.contact.", "reports.draft.", "reports.alarm.")


@dataclass(frozen=True)
class Reached:
    """Someone reached a line. `contact_id` is the screen's own: sent again, it is the same contact."""

    contact_id: UUID
    line: Channel
    rang_at: datetime
    way: Way = Way.TELEPHONE
    number: str = field(default="", repr=False)
    answered_at: datetime | None = None


@transaction.atomic
def begin(*, reached: Reached, by: Actor, now: datetime) -> Contact:
    """Keep that someone reached a line. The same again changes nothing. Raises NotAllowed, TakenByAnother."""
    access.check_may(by, access.TAKE)
    known = Contact.objects.filter(pk=reached.contact_id).first()
    if known is not None:
        if known.taken_by != by.staff:
            raise rules.TakenByAnother
        return known
    key_id = vault.new_key()
    whole = blind.telephone(reached.number)
    made = Contact(
        id=reached.contact_id,
        thread_id=reached.contact_id,
        territory_id=by.territory_id or by.territories[0],
        agency_id=by.agency,
        line=reached.line,
        way=reached.way,
        key_id=key_id,
        raw_number=vault.seal(key_id, reached.number.strip(), at="reports.contact.raw_number"),
        number=vault.seal(key_id, whole, at="reports.contact.number"),
        number_index=blind.phone(reached.number),
        rang_at=reached.rang_at,
        answered_at=reached.answered_at or now,
        taken_by=by.staff,
    )
    made.save(force_insert=True)
    detail = {"line": made.line, "way": made.way, "version": made.version}
    journal.write(kind="reports.contact.begun", thing="contact", thing_id=made.id, by=by, now=now, detail=detail)
    return made


def locked(contact_id: UUID, *, seen: int | None) -> Contact:
    """The contact, for a write. Raises NotFound, and ChangedMeanwhile where it is not at the version `seen`."""
    held = Contact.objects.select_for_update().filter(pk=contact_id).first()
    if held is None:
        raise NotFound
    check_seen(seen, stands=held.version, thing="contact", thing_id=held.id, kinds=WRITTEN)
    return held


@transaction.atomic
def dispose(
    *,
    contact_id: UUID,
    disposition: Disposition,
    by: Actor,
    now: datetime,
    seen: int | None = None,
    said_at: datetime | None = None,
) -> Contact:
    """Say what a contact is. Silence, a prank, a wrong number end it at once; what is told goes on.

    A second silent call from one number within the time of the house lays a check of the caller's welfare on the line.
    `said_at`: when it was said, where that was before it is carried in.
    Raises NotAllowed, NotFound, ContactOver, ChangedMeanwhile.
    """
    access.check_may(by, access.TAKE)
    held = locked(contact_id, seen=seen)
    rules.check_open(ended_at=held.ended_at)
    held.disposition, held.disposed_at, held.disposed_by = disposition, said_at or now, by.staff
    held.ended_at = held.disposed_at if disposition.closes else None
    _save(held, "disposition", "disposed_at", "disposed_by", "ended_at")
    detail = {"disposition": disposition.value, "version": held.version}
    journal.write(kind="reports.contact.disposed", thing="contact", thing_id=held.id, by=by, now=now, detail=detail)
    if disposition is Disposition.SILENT:
        _see_to_welfare(held, since=said_at or now, by=by, now=now)
    return held


@transaction.atomic
def undo(*, contact_id: UUID, by: Actor, now: datetime, said_at: datetime | None = None) -> Contact:
    """Take back, within seconds, what one said of a contact oneself; it goes on.

    `said_at`: when that was, where it was before it is carried in.
    Raises NotAllowed, NotFound, NothingToUndo, TakenByAnother, TooLateToUndo.
    """
    access.check_may(by, access.TAKE)
    held = locked(contact_id, seen=None)
    rules.check_undo(
        disposition=held.disposition,
        disposed_at=held.disposed_at,
        disposed_by=held.disposed_by,
        has_report=held.report_id is not None,
        who=by.staff,
        now=said_at or now,
    )
    said = held.disposition
    held.disposition, held.disposed_at, held.disposed_by, held.ended_at = "", None, None, None
    _save(held, "disposition", "disposed_at", "disposed_by", "ended_at")
    duties.drop(thing_id=held.id, why="undone", by=by, now=now, kinds=frozenset({DutyKind.CHECK_WELFARE}))
    detail = {"disposition": said, "version": held.version}
    journal.write(kind="reports.contact.undone", thing="contact", thing_id=held.id, by=by, now=now, detail=detail)
    return held


def _save(held: Contact, *fields: str) -> None:
    held.version += 1
    held.save(update_fields=[*fields, "version"])


def _see_to_welfare(held: Contact, *, since: datetime, by: Actor, now: datetime) -> None:
    window = law.value(SECOND_SILENCE, on=now.date())
    if not window.decides:
        return
    before = queries.silent_before(held, since=since - timedelta(hours=window.number()))
    if not before or queries.has_open_check([one.id for one in before]):
        return
    term = law.deadline(WELFARE_CHECK, start=now, zone=places.zone(held.territory_id))
    laid = duties.Laid(
        kind=DutyKind.CHECK_WELFARE,
        provision=WELFARE_CHECK,
        since=now,
        due_at=term.due_at,
        step=queries.checks_laid(held.id),
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
