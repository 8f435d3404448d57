"""Channels of the API, and the keys that they come in by."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import access, rules
from qorgan.agencies.engine import codes
from qorgan.agencies.models import CALLS_A_MINUTE, Channel, ChannelKey, Mandate
from qorgan.base import ids, journal, signing
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor


@transaction.atomic
def open_channel(
    *, mandate: Mandate, label: str, by: Actor, now: datetime, most: int = CALLS_A_MINUTE
) -> tuple[Channel, str]:
    """Open a channel that hands in reports over the API; the channel and its key, which is shown only now.

    `most`: so many calls a minute are answered.
    """
    access.check_may(by, access.KEEP)
    rules.check_other(mandate.staff_id, by=by)
    rules.check_reach((mandate.territory_id,), by=by)
    channel = Channel.objects.create(mandate=mandate, label=label, most=most, made_at=now)
    token = _new_key(channel, now=now)
    journal.write(kind="agencies.channel.opened", thing="channel", thing_id=channel.id, by=by, now=now)
    return channel, token


@transaction.atomic
def rotate_channel(*, channel_id: UUID, by: Actor, now: datetime) -> tuple[Channel, str]:
    """Give a channel another key, which is shown only now; the one before works for some days more, no third one does.

    Raises NotFound, NotAllowed, ChannelIsClosed.
    """
    channel = _held(channel_id, by=by)
    if channel.closed_at is not None:
        raise rules.ChannelIsClosed
    good = ChannelKey.objects.filter(channel=channel, expires_at__gt=now).order_by("-made_at", "-id")
    for place, key in enumerate(good):
        key.expires_at = min(key.expires_at, now + rules.KEYS_OVERLAP) if place == 0 else now
        key.save(update_fields=["expires_at"])
    token = _new_key(channel, now=now)
    journal.write(kind="agencies.channel.rotated", thing="channel", thing_id=channel.id, by=by, now=now)
    return channel, token


@transaction.atomic
def close_channel(*, channel_id: UUID, by: Actor, now: datetime) -> Channel:
    """Close a channel: none of its keys opens anything from now on. Again changes nothing. Raises NotFound."""
    channel = _held(channel_id, by=by)
    if channel.closed_at is None:
        channel.closed_at = now
        channel.save(update_fields=["closed_at"])
        journal.write(kind="agencies.channel.closed", thing="channel", thing_id=channel.id, by=by, now=now)
    return channel


@transaction.atomic
def keep_signing_key(*, channel_id: UUID, pem: str, by: Actor, now: datetime) -> Channel:
    """Take the public key of a machine: nothing is taken from it any more that it did not sign. Empty: take it back.

    Raises NotFound, ChannelIsClosed, NoSigningKey.
    """
    channel = _held(channel_id, by=by)
    if channel.closed_at is not None:
        raise rules.ChannelIsClosed
    public = signing.public_of(pem) if pem.strip() else b""
    if public is None:
        raise rules.NoSigningKey
    channel.signs_with = public
    channel.save(update_fields=["signs_with"])
    kind = "agencies.channel.signs" if public else "agencies.channel.signs_no_more"
    detail = {"key": signing.key_id(public)} if public else {}
    journal.write(kind=kind, thing="channel", thing_id=channel.id, by=by, now=now, detail=detail)
    return channel


@transaction.atomic
def note_used(*, key: ChannelKey, by: Actor, now: datetime) -> None:
    """Keep the day on which a key was last used.

    No permission of its own: the key has been looked at, and each act of its channel asks for its own.
    """
    if key.last_used_on != now.date():
        ChannelKey.objects.filter(pk=key.pk).update(last_used_on=now.date())
        detail = {"day": now.date().isoformat()}
        journal.write(
            kind="agencies.channel.used", thing="channel", thing_id=key.channel_id, by=by, now=now, detail=detail
        )


def _new_key(channel: Channel, *, now: datetime) -> str:
    token = codes.token()
    key = ChannelKey(
        id=ids.new(),
        channel=channel,
        key_hash=codes.digest_of_token(token),
        made_at=now,
        expires_at=now + rules.KEY_LIVES,
    )
    key.save(force_insert=True)
    return token


def _held(channel_id: UUID, *, by: Actor) -> Channel:
    access.check_may(by, access.KEEP)
    held = Channel.objects.select_for_update(of=("self",)).filter(pk=channel_id).select_related("mandate").first()
    if held is None:
        raise NotFound
    rules.check_reach((held.mandate.territory_id,), by=by)
    return held
