"""What is told, while it is told: kept with every pause, sealed, and nowhere on the machine of the call-taker."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.terms import AdmissionGround, Purpose, SealGround
from qorgan.base import journal
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.law import queries as law
from qorgan.reports import access
from qorgan.reports.actions import sealed
from qorgan.reports.actions.contacts import WRITTEN, locked
from qorgan.reports.models import Contact, Draft
from qorgan.reports.queries import contacts as queries
from qorgan.reports.rules import contacts as rules
from qorgan.reports.terms import Serving
from qorgan.reports.terms.contacts import Consent

SAID = "reports.draft.said"  # what it is sealed as
A_CALL = timedelta(hours=2)  # so long whoever writes a sealed contact down stays with it
KEPT_UNFINISHED = timedelta(days=1)
KEPT = "reports.contact_kept"


@transaction.atomic
def save_draft(
    *,
    contact_id: UUID,
    said: Mapping[str, str],
    serving: Serving,
    consent: Consent,
    by: Actor,
    now: datetime,
    seen: int,
    said_at: datetime | None = None,
) -> Draft:
    """Keep what was told so far. `seen` is the version of the draft that the screen holds, 0 for none.

    `said_at`: when it was told, where that was before it is carried in.

    A *yes* to whether he serves seals the contact with this commit: from then on only its author and the office that
    routes it see it. Raises NotAllowed, NotFound, ContactOver, TooMuchText, and ChangedMeanwhile where someone else
    saved meanwhile: nothing is overwritten.
    """
    access.check_may(by, access.TAKE)
    rules.check_length(said)
    held = locked(contact_id, seen=None)
    rules.check_open(ended_at=held.ended_at)
    draft = Draft.objects.filter(pk=held.id).first() or Draft(pk=held.id, version=0, **beside(held))
    if draft.version and draft.saved_by != by.staff:  # one's own earlier pause is no one else's writing
        check_seen(seen, stands=draft.version, thing="contact", thing_id=held.id, kinds=WRITTEN)
    text = json.dumps(dict(said), ensure_ascii=False)
    draft.said = vault.seal(held.key_id, text, at=SAID)
    draft.saved_at, draft.saved_by = said_at or now, by.staff
    draft.version += 1
    draft.save()
    if (held.serving, held.consent) != (serving, consent):
        held.serving, held.consent = serving, consent
        held.save(update_fields=["serving", "consent"])
    detail = {"version": draft.version}
    journal.write(kind="reports.draft.saved", thing="contact", thing_id=held.id, by=by, now=now, detail=detail)
    if serving.seals:
        _seal(held, ground=SealGround(serving), by=by, now=now)
    return draft


def _seal(held: Contact, *, ground: SealGround, by: Actor, now: datetime) -> None:
    """The last writes of the transaction; again they change nothing."""
    if offices.is_sealed(held.thread_id):
        return
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
    agencies.admit(
        **place,
        ground=AdmissionGround.ROUTED,  # and not AUTHOR: she goes on writing it
        purpose=Purpose.DOMESTIC_VIOLENCE,
        until=now + A_CALL,
        staff_id=by.staff,
        by=by,
        now=now,
    )
    agencies.seal(**place, ground=ground, by=by, now=now)


@transaction.atomic
def empty_drafts(*, by: Actor, now: datetime) -> int:
    """Empty the drafts of contacts that ended without a report a day ago: nobody needs those words. How many.

    No permission of its own: a job of the night does it, and takes away what a person closed.
    """
    ended = queries.ended_without_report(before=now - KEPT_UNFINISHED)
    emptied = list(Draft.objects.filter(contact__in=ended).exclude(said=b"").values_list("contact_id", flat=True))
    Draft.objects.filter(pk__in=emptied).update(said=b"")
    if emptied:
        detail = {"count": len(emptied)}
        journal.write(kind="reports.draft.emptied", thing="contact", by=by, now=now, detail=detail)
    return len(emptied)


@transaction.atomic
def forget_numbers(*, by: Actor, now: datetime) -> int:
    """Forget who rang of contacts that became no report, once the term of the house is over. How many.

    That someone reached the line stays, for the figures; its number, its index and what was typed go. A contact about
    which 102 was told keeps them. No permission of its own: a job of the night does it.
    """
    kept = law.value(KEPT, on=now.date())
    if not kept.decides:
        return 0
    found = queries.with_numbers(before=now - timedelta(days=kept.number()))
    held = list(found.select_for_update().values_list("pk", flat=True))
    Contact.objects.filter(pk__in=held).update(raw_number=b"", number=b"", number_index=None)
    Draft.objects.filter(contact__in=held).update(said=b"")
    if held:
        journal.write(kind="reports.contact.forgotten", thing="contact", by=by, now=now, detail={"count": len(held)})
    return len(held)
