"""People, mandates and channels in words."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.agencies import rules
from qorgan.agencies.models import Channel, Mandate, Staff
from qorgan.base import signing
from qorgan.web.mandates import Card, card


@dataclass(frozen=True)
class MandateRow:
    """A mandate with its state: `tone` and `word` as the tag `state` takes them."""

    card: Card
    tone: str
    word: str
    since: datetime
    until: datetime | None
    is_open: bool


@dataclass(frozen=True)
class PersonRow:
    """A person of staff in a list."""

    login: str
    name: str
    tone: str
    word: str
    mandates: list[MandateRow]


@dataclass(frozen=True)
class KeyRow:
    """A key of a channel: never the key, only its days."""

    tone: str
    word: str
    made_at: datetime
    expires_at: datetime
    last_used_on: date | None


@dataclass(frozen=True)
class ChannelRow:
    """A channel with its keys, the newest first. `signs` names the key that it signs with, if it does."""

    id: UUID
    label: str
    card: Card
    is_open: bool
    keys: list[KeyRow]
    signs: str
    most: int


def mandate(held: Mandate, *, now: datetime) -> MandateRow:
    """A mandate at a moment."""
    if held.valid_until is not None and held.valid_until <= now:
        tone, word, is_open = "plan", _("ended"), False
    elif held.valid_from > now:
        tone, word, is_open = "due", _("not begun"), True
    else:
        tone, word, is_open = "done", _("valid now"), True
    return MandateRow(card(held), tone, word, held.valid_from, held.valid_until, is_open)


def person(staff: Staff, mandates: list[MandateRow]) -> PersonRow:
    """A person with what she may do now."""
    if not staff.is_active:
        tone, word = "late", _("disabled")
    elif not staff.has_usable_password():
        tone, word = "due", _("has not come in yet")
    else:
        tone, word = "done", _("may come in")
    return PersonRow(staff.login, staff.titled(get_language() or ""), tone, word, mandates)


def channel(held: Channel, *, now: datetime) -> ChannelRow:
    """A channel at a moment."""
    keys = sorted(held.keys.all(), key=lambda key: key.made_at, reverse=True)
    shown = []
    for key in keys:
        if held.closed_at is not None or key.expires_at <= now:
            tone, word = "plan", _("opens nothing")
        elif key.expires_at <= now + rules.EXPIRES_SOON:
            tone, word = "due", _("ends soon")
        else:
            tone, word = "done", _("works")
        shown.append(KeyRow(tone, word, key.made_at, key.expires_at, key.last_used_on))
    signs = signing.key_id(bytes(held.signs_with)) if held.signs_with else ""
    return ChannelRow(held.id, held.label, card(held.mandate), held.closed_at is None, shown, signs, held.most)
