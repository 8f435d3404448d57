"""Danger now: words for 102, with what she answered to being asked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.reports import access
from qorgan.reports.actions.contacts import locked
from qorgan.reports.models import Alarm, Contact
from qorgan.reports.queries import contacts as queries
from qorgan.reports.rules import contacts as rules
from qorgan.reports.terms import Serving
from qorgan.reports.terms.contacts import Consent, Despite

TELL_102 = "reports.tell_102"
WORDS = "reports.alarm.words"


@transaction.atomic
def raise_alarm(
    *,
    contact_id: UUID,
    words: str,
    serving: Serving,
    consent: Consent,
    by: Actor,
    now: datetime,
    despite: Despite | None = None,
) -> Alarm:
    """Keep the words for 102, as they were shown, and lay on the line that a person tells them by voice.

    Once for a contact: again it gives the alarm that stands. Raises NotAllowed, NotFound, AskWhetherHeServes,
    AskHerFirst, SheDidNotAgree.
    """
    access.check_may(by, access.TAKE)
    rules.check_alarm(serving=serving, consent=consent, despite=despite or "")
    held = locked(contact_id, seen=None)
    stands = queries.alarm_of(held.id)
    if stands is not None:
        return stands
    alarm = Alarm(
        contact=held,
        **beside(held),
        words=vault.seal(held.key_id, words.strip(), at=WORDS),
        consent=consent,
        despite=despite or "",
        serving=serving,
        told_at=now,
        told_by=by.staff,
    )
    alarm.save(force_insert=True)
    _lay(held, alarm, by=by, now=now)
    detail = {"consent": consent.value, "despite": alarm.despite}
    journal.write(kind="reports.alarm.raised", thing="contact", thing_id=held.id, by=by, now=now, detail=detail)
    return alarm


def _lay(held: Contact, alarm: Alarm, *, by: Actor, now: datetime) -> None:
    term = law.deadline(TELL_102, start=now, zone=places.zone(held.territory_id))
    laid = duties.Laid(
        kind=DutyKind.TELL_102,
        provision=TELL_102,
        since=now,
        due_at=term.due_at,
        step=queries.alarms(held.id) - 1,
        to_verify=term.to_verify,
    )
    duties.lay(
        laid=[laid],
        thing="contact",
        thing_id=held.id,
        case_id=None,
        **beside(alarm),
        agency_id=held.agency_id,
        key_id=held.key_id,
        by=by,
        now=now,
    )


@transaction.atomic
def take_alarm_back(*, contact_id: UUID, by: Actor, now: datetime) -> Alarm:
    """Take back, within seconds, an alarm that one raised oneself.

    Raises NotAllowed, NotFound, TakenByAnother, TooLateToUndo.
    """
    access.check_may(by, access.TAKE)
    locked(contact_id, seen=None)
    alarm = queries.alarm_of(contact_id)
    if alarm is None:
        raise NotFound
    rules.check_undo(
        disposition="alarm",
        disposed_at=alarm.told_at,
        disposed_by=alarm.told_by,
        has_report=False,
        who=by.staff,
        now=now,
    )
    alarm.taken_back_at, alarm.taken_back_by = now, by.staff
    alarm.save(update_fields=["taken_back_at", "taken_back_by"])
    duties.drop(thing_id=contact_id, why="undone", by=by, now=now, kinds=frozenset({DutyKind.TELL_102}))
    journal.write(kind="reports.alarm.taken_back", thing="contact", thing_id=contact_id, by=by, now=now)
    return alarm
