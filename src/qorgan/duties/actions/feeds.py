"""Addresses by which a calendar is read: made, withdrawn, used."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from qorgan.agencies.engine import codes
from qorgan.base import ids, journal
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.scope import Actor
from qorgan.duties import access, rules
from qorgan.duties.models import Feed


@transaction.atomic
def make_feed(*, language: str, by: Actor, now: datetime) -> tuple[Feed, str]:
    """Make an address for the calendar of one's own mandate; with its secret, which is shown only now.

    The one before is withdrawn.
    """
    access.check_may(by, access.SEE)
    _standing(by).update(withdrawn_at=now)
    secret = codes.token()
    feed = Feed(
        id=ids.new(),
        mandate_id=_mandate(by),
        language=language,
        secret_hash=codes.digest_of_token(secret),
        made_at=now,
        expires_at=now + rules.FEED_LIVES,
    )
    feed.save(force_insert=True)
    journal.write(kind="duties.feed.made", thing="feed", thing_id=feed.id, by=by, now=now)
    return feed, secret


@transaction.atomic
def withdraw_feed(*, by: Actor, now: datetime) -> Feed:
    """Withdraw the address of one's own mandate: it gives nothing from now on. Raises NotFound where there is none."""
    access.check_may(by, access.SEE)
    held = _standing(by).first()
    if held is None:
        raise NotFound
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    journal.write(kind="duties.feed.withdrawn", thing="feed", thing_id=held.id, by=by, now=now)
    return held


@transaction.atomic
def note_fed(*, feed: Feed, rows: int, by: Actor, now: datetime) -> None:
    """Write down that a calendar was read, and how many duties stood in it.

    No permission of its own: the secret has been looked at, and what it gives lies in the sight of its mandate.
    """
    if feed.last_used_on != now.date():
        Feed.objects.filter(pk=feed.pk).update(last_used_on=now.date())
    journal.write(kind="duties.feed.read", thing="feed", thing_id=feed.id, by=by, now=now, detail={"rows": rows})


def _standing(by: Actor) -> QuerySet[Feed]:
    return Feed.objects.select_for_update().filter(mandate_id=_mandate(by), withdrawn_at=None)


def _mandate(by: Actor) -> UUID:
    if by.mandate_id is None:
        raise NotAllowed
    return by.mandate_id
