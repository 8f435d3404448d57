"""Who is calling: a channel of an agency, by its token."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from qorgan.agencies import actions
from qorgan.agencies import queries as agencies
from qorgan.agencies.engine import codes
from qorgan.api import limits, signed
from qorgan.base import clock
from qorgan.base.errors import NotAllowed
from qorgan.base.spool import known


class ChannelToken(HttpBearer):
    """`Authorization: Bearer KEY` of an open channel whose mandate is in force.

    A key that is unknown, too old or closed, and one whose mandate has ended or whose person is disabled, get the same
    answer.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor of the channel's mandate with the channel's id, or None. Raises SignatureIsWrong, TooManyCalls."""
        now, digest = clock.now(), codes.digest_of_token(token)
        key = agencies.key_by_token(token, now=now)
        if key is None:
            known.forget(digest)
            return None
        try:
            actor = agencies.acting_again(key.channel.mandate_id, now=now)
        except NotAllowed:
            known.forget(digest)
            return None
        limits.count(key.channel, now=now)
        channel, signs_with = str(key.channel_id), bytes(key.channel.signs_with)
        signed.check(request, signs_with)
        actions.note_used(key=key, by=actor, now=now)
        known.note(digest, whose=channel, signs_with=signs_with, until=key.expires_at, now=now)
        return actor, channel
