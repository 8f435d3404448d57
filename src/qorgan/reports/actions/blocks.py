"""Numbers that do not get through for a while: for a reason, until a moment, never for silence."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor, beside
from qorgan.reports import access
from qorgan.reports.models import Contact, NumberBlock
from qorgan.reports.rules import contacts as rules
from qorgan.reports.terms.contacts import BlockReason


@transaction.atomic
def block_number(*, contact_id: UUID, reason: BlockReason, until: datetime, by: Actor, now: datetime) -> NumberBlock:
    """Block the number of an abusive contact or a prank on its line until a moment.

    Raises NotAllowed, NotFound, NotBlockedForSilence, NumberWithheld, BlockWithoutEnd.
    """
    access.check_may(by, access.BLOCK)
    held = Contact.objects.filter(pk=contact_id).first()
    if held is None:
        raise NotFound
    index = held.number_index
    rules.check_block(disposition=held.disposition, has_number=bool(index), reason=reason, until=until, now=now)
    made = NumberBlock(
        id=ids.new(),
        contact=held,
        **beside(held),
        line=held.line,
        number_index=index,
        reason=reason,
        until=until,
        blocked_at=now,
        blocked_by=by.staff,
    )
    made.save(force_insert=True)
    detail = {"reason": reason.value, "until": until.isoformat()}
    journal.write(kind="reports.number.blocked", thing="contact", thing_id=held.id, by=by, now=now, detail=detail)
    return made


@transaction.atomic
def let_number_through(*, block_id: UUID, by: Actor, now: datetime) -> NumberBlock:
    """Lift a block before its end. One that is lifted already stays as it is. Raises NotAllowed, NotFound."""
    access.check_may(by, access.BLOCK)
    held = NumberBlock.objects.select_for_update().filter(pk=block_id).first()
    if held is None:
        raise NotFound
    if held.lifted_at is None:
        held.lifted_at, held.lifted_by = now, by.staff
        held.save(update_fields=["lifted_at", "lifted_by"])
        journal.write(kind="reports.number.let_through", thing="contact", thing_id=held.contact_id, by=by, now=now)
    return held
