"""A contact becomes a report."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.reports import access
from qorgan.reports.actions.accept import Accepted, Signal, accept
from qorgan.reports.actions.contacts import locked
from qorgan.reports.models import Contact, Report
from qorgan.reports.readers import topics as tree
from qorgan.reports.rules import contacts as rules
from qorgan.reports.terms import Channel


@transaction.atomic
def complete(
    *, contact_id: UUID, told: Signal, topics: Collection[str], by: Actor, now: datetime, seen: int | None = None
) -> Accepted:
    """Take what a contact told in as a report that bears the contact's id, and end the contact.

    `told` gives words and persons, and when it was acknowledged where that was before; the door is the contact's own.
    Pressed twice it is one report. The draft stays as it was last saved: the answers. Raises NotAllowed, NotFound,
    NotYetSaid, UnknownTopic, ContactOver, ChangedMeanwhile, and what `accept` raises.
    """
    access.check_may(by, access.TAKE)
    held = locked(contact_id, seen=None)
    if held.report_id is not None:
        return Accepted(Report.objects.get(pk=held.report_id), is_new=False)
    rules.check_open(ended_at=held.ended_at)
    rules.check_told(held.disposition)
    held = locked(contact_id, seen=seen)
    signal = replace(
        told,
        thread=held.id,
        submission=f"contact\0{held.id}",
        channel=Channel(held.line),
        registered_at=held.answered_at or held.rang_at,
    )
    # Before the report is taken in, which may shut whoever acts out of the thread with its last write.
    _end(held, topics, signal=signal, by=by, now=now)
    return accept(signal=signal, by=by, now=now)


def _end(held: Contact, topics: Collection[str], *, signal: Signal, by: Actor, now: datetime) -> None:
    known = tree.in_force()
    if any(known.find(code) is None for code in topics):
        raise rules.UnknownTopic
    held.topics, held.topic_tree = sorted(set(topics)), known.version
    held.serving, held.report_id, held.ended_at = signal.serving, held.id, signal.received_at or now
    held.version += 1
    held.save(update_fields=["topics", "topic_tree", "serving", "report", "ended_at", "version"])
    detail = {"topics": held.topics, "tree": held.topic_tree, "version": held.version}
    journal.write(kind="reports.contact.completed", thing="contact", thing_id=held.id, by=by, now=now, detail=detail)
