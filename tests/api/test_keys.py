"""The key of a channel at the door of the API."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from qorgan.agencies import actions, queries, rules
from qorgan.agencies.models import Channel, Staff
from qorgan.base.scope import Actor
from tests.api.conftest import WHEN, sender
from tests.conftest import actor


def _opened(by: Actor) -> tuple[Channel, str]:
    mandate = queries.mandates_of(Staff.objects.get(login="desk"), now=WHEN).get()
    return actions.open_channel(mandate=mandate, label="пульт", by=by, now=WHEN)


def _expire(channel: Channel, admin: Actor) -> None:
    for key in channel.keys.all():
        key.expires_at = WHEN
        key.made_at = WHEN - rules.KEY_LIVES
        key.save()


def _close(channel: Channel, admin: Actor) -> None:
    actions.close_channel(channel_id=channel.id, by=admin, now=WHEN)


def _end(channel: Channel, admin: Actor) -> None:
    actions.end_mandate(mandate_id=channel.mandate_id, by=admin, now=WHEN)


def _disable(channel: Channel, admin: Actor) -> None:
    actions.disable(staff_id=channel.mandate.staff_id, by=admin, now=WHEN)


@pytest.mark.parametrize("shut", [_expire, _close, _end, _disable])
def test_a_key_that_opens_no_more_is_answered_like_one_that_never_was(
    db: None, shut: Callable[[Channel, Actor], None]
) -> None:
    admin = actor("admin")
    channel, token = _opened(admin)
    assert sender(token)().status_code == 201
    shut(channel, admin)
    now, never = sender(token)(key="desk-0001-000002"), sender("never-given-to-anyone")()
    assert now.status_code == never.status_code == 401
    assert now.content == never.content
    headers = [{name: value for name, value in one.headers.items() if name != "X-Request-Id"} for one in (now, never)]
    assert headers[0] == headers[1]


def test_both_keys_work_while_a_machine_is_changed_over(db: None) -> None:
    admin = actor("admin")
    channel, first = _opened(admin)
    _same, second = actions.rotate_channel(channel_id=channel.id, by=admin, now=WHEN - timedelta(hours=1))
    assert sender(first)().status_code == 201
    assert sender(second)().status_code == 200, "the same sending of the same channel"
    assert set(channel.keys.values_list("last_used_on", flat=True)) == {WHEN.date()}
