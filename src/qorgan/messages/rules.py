"""May a message leave now? Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import Refused
from qorgan.messages.terms import Channel, SafeContact, Voice

STALE_AFTER = timedelta(days=90)  # house rule of the gate: what was safe a season ago is asked again


class NoSafeContact(Refused):
    """Nobody has said how this person may safely be reached."""

    text = _("Nothing was sent: no safe way to reach this person is on record.")


class NotToHim(Refused):
    """Whoever is, or may be, the one complained of is never told, invited or sent anything."""

    text = _("Nothing was sent: this person is, or may be, the one complained of.")


class AuthorityFirst(Refused):
    """Of a child whose parent is, or may be, complained of the guardianship authority is told before anyone else."""

    text = _("Nothing was sent: the guardianship authority is told before anyone else, and was not told yet.")


class ContactNotVerified(Refused):
    """The contact was never confirmed as safe, or too long ago."""

    text = _("Nothing was sent: ask first whether this contact is still safe.")


class OnlyByVoice(Refused):
    """She is called, by a person; nothing written goes to her."""

    text = _("Nothing was sent: she wants to be called, and nothing written.")


class OnlySheGetsInTouch(Refused):
    """Nobody writes to her and nobody calls."""

    text = _("Nobody writes or calls: only she gets in touch.")


class NotByVoice(Refused):
    """She named a way to be written to, and none to be called."""

    text = _("Do not call: no safe number is on record.")


class OutsideHours(Refused):
    """Now is not within the hours that she named."""

    text = _("Do not call now: she named other hours.")


class WordsTellTooMuch(Refused):
    """Subject or sender of a message would say what it is about."""

    text = _("Nothing was sent: the first words of a message must not say what it is about.")


def check_may_leave(contact: SafeContact | None, *, now: datetime) -> SafeContact:
    """The contact, if a message may go to it at all. Raises with the reason otherwise.

    An address is one line: more lines would smuggle recipients or headers into a letter.
    """
    safe = _known(contact)
    if safe.channel == Voice.CALL:
        raise OnlyByVoice
    if safe.channel not in set(Channel):
        raise NoSafeContact
    return _checked(safe, now=now)


def check_may_call(contact: SafeContact | None, *, now: datetime, zone: ZoneInfo) -> SafeContact:
    """The contact, if a person may call it now. Raises with the reason otherwise."""
    safe = _known(contact)
    if safe.channel != Voice.CALL:
        raise NotByVoice
    _checked(safe, now=now)
    opens, _closes = window(safe, now=now, zone=zone)
    if now < opens:
        raise OutsideHours
    return safe


def _known(contact: SafeContact | None) -> SafeContact:
    if contact is None:
        raise NoSafeContact
    if contact.barred:
        raise NotToHim
    if contact.awaits:
        raise AuthorityFirst
    if contact.channel == Voice.SHE:
        raise OnlySheGetsInTouch
    return contact


def _checked(safe: SafeContact, *, now: datetime) -> SafeContact:
    if not safe.address or not safe.address.isprintable():
        raise NoSafeContact
    if safe.verified_at is None or now - safe.verified_at > STALE_AFTER:
        raise ContactNotVerified
    return safe


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
