"""The one gate: nothing leaves the house but through `queue`."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from qorgan.base import ids, journal
from qorgan.base.keys import vault
from qorgan.base.scope import Actor
from qorgan.messages import channels, rules
from qorgan.messages.models import Outgoing
from qorgan.messages.terms import SafeContact


@transaction.atomic
def queue(
    *,
    contact: SafeContact | None,
    words: str,
    thing: str,
    thing_id: UUID,
    territory_id: int,
    thread_id: UUID,
    zone: ZoneInfo,
    by: Actor,
    now: datetime,
) -> Outgoing:
    """Let a message through the gate, to leave within the hours the person named.

    Refuses without a verified safe contact. The caller defers `messages.jobs.deliver` for it.
    """
    safe = rules.check_may_leave(contact, now=now)
    opens, closes = rules.window(safe, now=now, zone=zone)
    key_id = vault.new_key()
    message = Outgoing(
        id=ids.new(),
        territory_id=territory_id,
        thread_id=thread_id,
        channel=safe.channel,
        key_id=key_id,
        address=vault.seal(key_id, safe.address, at="messages.outgoing.address"),
        words=vault.seal(key_id, words, at="messages.outgoing.words"),
        thing=thing,
        thing_id=thing_id,
        not_before=opens,
        not_after=closes,
        queued_at=now,
        queued_by=by.staff_id,
    )
    message.save(force_insert=True)
    journal.write(kind="messages.outgoing.queued", thing="outgoing", thing_id=message.id, by=by, now=now)
    return message


@transaction.atomic
def call(
    *, contact: SafeContact | None, thing: str, thing_id: UUID, zone: ZoneInfo, by: Actor, now: datetime
) -> SafeContact:
    """Let a person call: the number, the code word to say first, who may answer, whether a word may be left.

    The act that wants to reach her has asked for permission. That the number was given out is written down. Raises with
    the reason where nobody may call, or not now.
    """
    safe = rules.check_may_call(contact, now=now, zone=zone)
    journal.write(kind="messages.call.allowed", thing=thing, thing_id=thing_id, by=by, now=now)
    return safe


def waiting() -> QuerySet[Outgoing]:
    """Messages that have neither left nor failed."""
    return Outgoing.objects.filter(sent_at__isnull=True, failed_at__isnull=True)


@transaction.atomic
def deliver(*, message_id: UUID, by: Actor, now: datetime) -> bool:
    """Send one queued message if its hours allow; whether it left. A message sent once is not sent again.

    The row is locked while the way out is asked, so that two workers never send it twice; a worker killed between
    the way out and the commit may: a message that arrives twice is safer than one that never does.
    No permission of its own: it sends what `queue` let through, whose permission covers it.
    """
    message = waiting().select_for_update().filter(pk=message_id).first()
    if message is None or now < message.not_before:
        return False
    if message.not_after is not None and now > message.not_after:
        message.failed_at, message.failure = now, "hours_passed"
        message.save(update_fields=["failed_at", "failure"])
        journal.write(kind="messages.outgoing.missed", thing="outgoing", thing_id=message.id, by=by, now=now)
        return False
    channels.send(
        message.channel,
        address=vault.open(message.address, at="messages.outgoing.address"),
        words=vault.open(message.words, at="messages.outgoing.words"),
        reference=str(message.id),
    )
    message.sent_at = now
    message.save(update_fields=["sent_at"])
    journal.write(kind="messages.outgoing.sent", thing="outgoing", thing_id=message.id, by=by, now=now)
    return True
