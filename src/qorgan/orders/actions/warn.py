"""A protected person is warned before her order ends: through the gate of messages, or by a person as a duty."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from qorgan.base import country, ids, words
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor, beside
from qorgan.cases import queries as cases
from qorgan.cases.models import CasePerson
from qorgan.cases.terms import Role
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.messages import actions as messages
from qorgan.messages import jobs
from qorgan.messages.terms import SafeContact
from qorgan.orders.actions.held import lay, locked, write
from qorgan.orders.models import Order, Protected, Warned
from qorgan.orders.terms import State
from qorgan.places import queries as places

WARN = "orders.warn_before_end"


@transaction.atomic
def warn(*, order: Order, by: Actor, now: datetime) -> int:
    """Warn each protected person of an order whose end is near; how many messages went through the gate.

    Whom nothing may be written to is left to a person, as a duty until the end; a child is always. Done once for an
    end: an end that was counted anew is a new one. No permission of its own: the clock of the order asks for it.
    """
    held = locked(order, seen=None)
    if held.state != State.SERVED or held.ends_at is None or not _is_near(held, now):
        return 0
    told = set(Warned.objects.filter(order=held, ends_at=held.ends_at).values_list("person_id", flat=True))
    persons = [one for one in _protected(held) if one not in told]
    if not persons:
        return 0
    children = set(CasePerson.objects.filter(case=held.case_id, role=Role.CHILD).values_list("person_id", flat=True))
    sent = {one: _sent(held, one, by=by, now=now) for one in persons if one not in children}
    Warned.objects.bulk_create(
        Warned(
            id=ids.new(),
            order=held,
            person_id=one,
            **beside(held),
            ends_at=held.ends_at,
            message_id=sent.get(one),
            warned_at=now,
        )
        for one in persons
    )
    if not all(sent.values()) or not sent:
        in_person = duties.Laid(DutyKind.WARN_OF_END, WARN, since=now, due_at=held.ends_at)
        lay(held, laid=[in_person], by=by, now=now)
    messages_sent = sum(one is not None for one in sent.values())
    write(held, act="warned", by=by, now=now, messages=messages_sent, persons=len(persons))
    return messages_sent


def _is_near(held: Order, now: datetime) -> bool:
    assert held.served_at is not None and held.ends_at is not None  # a served order has both
    zone = places.zone(held.territory_id)
    ahead = law.value(WARN, on=held.served_at.astimezone(zone).date())
    return ahead.decides and now < held.ends_at <= law.deadline_of(ahead, start=now, zone=zone)


def _protected(held: Order) -> list[UUID]:
    return list(Protected.objects.filter(order=held).order_by("id").values_list("person_id", flat=True))


def _sent(held: Order, person: UUID, *, by: Actor, now: datetime) -> UUID | None:
    """The message that was let through; None where the gate refuses, or her hours open after the end."""
    contact, zone = cases.safe_contact(held.case, person, now=now), places.zone(held.territory_id)
    assert held.ends_at is not None  # asked by the caller
    try:
        with transaction.atomic():
            message = messages.queue(
                contact=contact,
                words=_words(contact, held.ends_at, zone),
                thing="order",
                thing_id=held.id,
                **beside(held),
                zone=zone,
                by=by,
                now=now,
            )
            if message.not_before >= held.ends_at:
                raise Refused
    except Refused:
        return None
    jobs.defer(message)
    return message.id


def _words(contact: SafeContact | None, ends_at: datetime, zone: ZoneInfo) -> str:
    """Words that say nothing to whoever else reads them: her code word, a day and an hour, in both languages."""
    lines = [contact.code_word] if contact and contact.code_word else []
    for language in list(country.toml("country.toml")["languages"])[:2]:
        with translation.override(language):
            said = {"moment": words.moment(ends_at, zone, language)}
            lines.append(_("What was arranged lasts until %(moment)s. You know whom to ask.") % said)
    return "\n".join(lines)
