"""The secret of a calendar: only its digest is kept, one stands at a time, it ends and is withdrawn by its owner."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qorgan.agencies.engine import codes
from qorgan.base import ids
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.duties import actions, queries, rules
from qorgan.duties.models import Feed


def test_of_the_secret_only_a_digest_is_kept(owner: Actor, now: datetime) -> None:
    feed, secret = actions.make_feed(language="kk", by=owner, now=now)
    kept = Feed.objects.get(pk=feed.pk)
    assert bytes(kept.secret_hash) == codes.digest_of_token(secret)
    assert kept.expires_at == now + rules.FEED_LIVES
    assert secret not in str(JournalEntry.objects.get(kind="duties.feed.made").detail)


def test_a_new_address_withdraws_the_one_before(owner: Actor, now: datetime) -> None:
    _first, old = actions.make_feed(language="kk", by=owner, now=now)
    second, new = actions.make_feed(language="ru", by=owner, now=now)
    assert queries.feed_by_secret(old, now=now) is None
    assert queries.feed_by_secret(new, now=now) == second
    assert owner.mandate_id is not None
    assert queries.feed_of(owner.mandate_id) == second
    second.pk = ids.new()
    second.secret_hash = b"x" * 32
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_it_gives_nothing_after_its_last_moment_or_once_withdrawn(owner: Actor, now: datetime) -> None:
    _feed, secret = actions.make_feed(language="kk", by=owner, now=now)
    until = now + rules.FEED_LIVES
    assert queries.feed_by_secret(secret, now=until - timedelta(seconds=1)) is not None
    assert queries.feed_by_secret(secret, now=until) is None
    actions.withdraw_feed(by=owner, now=now)
    assert queries.feed_by_secret(secret, now=now) is None
    with pytest.raises(NotFound):
        actions.withdraw_feed(by=owner, now=now)


def test_who_sees_no_duties_has_no_address(owner: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        actions.make_feed(language="kk", by=replace(owner, permissions=frozenset()), now=now)
    with pytest.raises(NotAllowed):
        actions.make_feed(language="kk", by=replace(owner, mandate_id=None), now=now)
