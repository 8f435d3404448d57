"""May a message leave now? Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import Refused
from qorgan.messages.terms import Channel, SafeContact

STALE_AFTER = timedelta(days=90)  # house rule of the gate: what was safe a season ago is asked again


class NoSafeContact(Refused):
    """Nobody has said how this person may safely be reached."""

    text = _("Nothing was sent: no safe way to reach this person is on record.")


class NotToHim(Refused):
    """Whoever is, or may be, the one complained of is never told, invited or sent anything."""

    text = _("Nothing was sent: this person is, or may be, the one complained of.")


class ContactNotVerified(Refused):
    """The contact was never confirmed as safe, or too long ago."""

    text = _("Nothing was sent: ask first whether this contact is still safe.")


class WordsTellTooMuch(Refused):
    """Subject or sender of a message would say what it is about."""

    text = _("Nothing was sent: the first words of a message must not say what it is about.")


def check_may_leave(contact: SafeContact | None, *, now: datetime) -> SafeContact:
    """The contact, if a message may go to it at all. Raises with the reason otherwise.

    An address is one line: more lines would smuggle recipients or headers into a letter.
    """
    if contact is not None and contact.barred:
        raise NotToHim
    if contact is None or contact.channel not in set(Channel):
        raise NoSafeContact
    if not contact.address or not contact.address.isprintable():
        raise NoSafeContact
    if contact.verified_at is None or now - contact.verified_at > STALE_AFTER:
        raise ContactNotVerified
    return contact


def window(contact: SafeContact, *, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime | None]:
    """The nearest span in which the message may leave: from a moment, until a moment or for ever."""
    if contact.hours_from is None or contact.hours_until is None:
        return now, None
    local = now.astimezone(zone)
    for days in (-1, 0, 1):
        opens = _at(local, contact.hours_from, zone) + timedelta(days=days)
        closes = _at(local, contact.hours_until, zone) + timedelta(days=days)
        if closes <= opens:
            closes += timedelta(days=1)
        if now < closes:
            return max(now, opens), closes
    raise AssertionError("a day has a span of hours")


def _at(local: datetime, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(local.date(), hour, tzinfo=zone)
