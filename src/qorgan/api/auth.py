"""Who is calling: a channel of an agency, by its token."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from qorgan.agencies import actions
from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotAllowed


class ChannelToken(HttpBearer):
    """`Authorization: Bearer KEY` of an open channel whose mandate is in force.

    A key that is unknown, too old or closed, and one whose mandate has ended or whose person is disabled, get the same
    answer.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor of the channel's mandate with the channel's id, or None."""
        now = clock.now()
        key = agencies.key_by_token(token, now=now)
        if key is None:
            return None
        try:
            actor = agencies.acting_again(key.channel.mandate_id, now=now)
        except NotAllowed:
            return None
        actions.note_used(key=key, by=actor, now=now)
        return actor, str(key.channel_id)
