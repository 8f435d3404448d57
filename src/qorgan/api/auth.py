"""Who is calling: a channel of an agency, by its token."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from qorgan.agencies import queries as agencies
from qorgan.base import clock


class ChannelToken(HttpBearer):
    """`Authorization: Bearer TOKEN` of an open channel whose mandate is in force."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor of the channel's mandate with the channel's id, or None."""
        channel = agencies.channel_by_token(token)
        if channel is None:
            return None
        mandate, moment = channel.mandate, clock.now()
        ended = mandate.valid_until is not None and mandate.valid_until <= moment
        if ended or mandate.valid_from > moment or not mandate.staff.is_active:
            return None
        return agencies.actor_of(mandate), str(channel.id)
