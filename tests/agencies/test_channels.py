"""Channels of machines: their keys are shown once, end by themselves, and overlap by two."""

from datetime import datetime, timedelta

import pytest

from qorgan.agencies import actions, queries, rules
from qorgan.agencies.models import Channel, ChannelKey, Mandate, Staff
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from tests.conftest import actor


@pytest.fixture
def admin(db: None) -> Actor:
    """The administrator of the whole country."""
    return actor("admin")


def _desk(now: datetime) -> Mandate:
    return queries.mandates_of(Staff.objects.get(login="desk"), now=now).get()


@pytest.fixture
def opened(admin: Actor, now: datetime) -> tuple[Channel, str]:
    """A channel of the duty desk, and its key."""
    return actions.open_channel(mandate=_desk(now), label="пульт", by=admin, now=now)


def test_a_key_opens_its_channel_and_only_a_digest_of_it_is_kept(opened: tuple[Channel, str], now: datetime) -> None:
    channel, token = opened
    found = queries.key_by_token(token, now=now)
    assert found is not None
    assert found.channel == channel
    assert len(token) >= 32
    for wrong in ("", token[:-1], token + "x", token.swapcase(), "\x00", "ұ"):
        assert queries.key_by_token(wrong, now=now) is None
    assert token not in str(ChannelKey.objects.filter(pk=found.pk).values_list().get())
    assert token.encode() not in bytes(found.key_hash)
    assert JournalEntry.objects.get(kind="agencies.channel.opened").thing_id == str(channel.id)


def test_a_key_ends_by_itself(opened: tuple[Channel, str], now: datetime) -> None:
    _channel, token = opened
    ends = now + rules.KEY_LIVES
    assert queries.key_by_token(token, now=ends - timedelta(seconds=1)) is not None
    assert queries.key_by_token(token, now=ends) is None


def test_two_keys_work_while_a_machine_is_changed_over_and_never_three(
    opened: tuple[Channel, str], admin: Actor, now: datetime
) -> None:
    channel, first = opened
    _same, second = actions.rotate_channel(channel_id=channel.id, by=admin, now=now)
    assert queries.key_by_token(first, now=now) is not None
    assert queries.key_by_token(second, now=now) is not None
    assert queries.key_by_token(first, now=now + rules.KEYS_OVERLAP) is None
    assert queries.key_by_token(second, now=now + rules.KEYS_OVERLAP) is not None
    _same, third = actions.rotate_channel(channel_id=channel.id, by=admin, now=now + timedelta(hours=1))
    works = [queries.key_by_token(token, now=now + timedelta(hours=1)) is not None for token in (first, second, third)]
    assert works == [False, True, True]


def test_a_key_that_ends_soon_is_not_prolonged_by_making_another(
    opened: tuple[Channel, str], admin: Actor, now: datetime
) -> None:
    channel, first = opened
    last = now + rules.KEY_LIVES - timedelta(days=1)
    actions.rotate_channel(channel_id=channel.id, by=admin, now=last)
    assert queries.key_by_token(first, now=now + rules.KEY_LIVES) is None


def test_a_closed_channel_opens_nothing_and_stays_closed(
    opened: tuple[Channel, str], admin: Actor, now: datetime
) -> None:
    channel, token = opened
    actions.close_channel(channel_id=channel.id, by=admin, now=now)
    assert queries.key_by_token(token, now=now) is None
    with pytest.raises(rules.ChannelIsClosed):
        actions.rotate_channel(channel_id=channel.id, by=admin, now=now)
    actions.close_channel(channel_id=channel.id, by=admin, now=now)
    assert JournalEntry.objects.filter(kind="agencies.channel.closed").count() == 1


def test_the_day_of_the_last_use_is_kept_and_nothing_finer(opened: tuple[Channel, str], now: datetime) -> None:
    key = queries.key_by_token(opened[1], now=now)
    assert key is not None
    by = queries.actor_of(_desk(now))
    for _again in range(2):
        actions.note_used(key=key, by=by, now=now)
        key.refresh_from_db()
    assert key.last_used_on == now.date()
    assert JournalEntry.objects.filter(kind="agencies.channel.used").count() == 1


def test_a_key_that_ends_within_two_weeks_is_told(opened: tuple[Channel, str], admin: Actor, now: datetime) -> None:
    channel, _token = opened
    ends = now + rules.KEY_LIVES
    assert channel not in [one for one, _at in queries.keys_that_expire(now=ends - timedelta(days=15))]
    assert (channel, ends) in queries.keys_that_expire(now=ends - timedelta(days=14))
    assert (channel, ends) in queries.keys_that_expire(now=ends + timedelta(days=1))
    actions.rotate_channel(channel_id=channel.id, by=admin, now=ends - timedelta(days=14))
    assert channel not in [one for one, _at in queries.keys_that_expire(now=ends - timedelta(days=14))]


def test_only_an_administrator_who_reaches_the_place_opens_a_channel(
    opened: tuple[Channel, str], owner: Actor, stranger: Actor, now: datetime
) -> None:
    channel, _token = opened
    for by in (owner, stranger):
        with pytest.raises(NotAllowed):
            actions.open_channel(mandate=_desk(now), label="x", by=by, now=now)
        with pytest.raises(NotAllowed):
            actions.rotate_channel(channel_id=channel.id, by=by, now=now)


def test_a_channel_that_is_not_there_is_not_found(admin: Actor, now: datetime) -> None:
    with pytest.raises(NotFound):
        actions.close_channel(channel_id=admin.staff, by=admin, now=now)
