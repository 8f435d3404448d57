"""How many calls of a machine are answered in a minute."""

from datetime import datetime

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.models import Channel
from qorgan.base.errors import Refused

_MINUTE = 60


class TooManyCalls(Refused):
    """A channel called more often in this minute than it may; it waits `seconds`. `is_first` of this minute."""

    text = _("Too many calls within a minute. Send it again, with the same key, in %(seconds)s seconds.")
    status = 429


def count(channel: Channel, *, now: datetime) -> None:
    """Count one more call of the channel, in memory: no table is written to, and a call that is undone counts too.

    Each worker of the server counts for itself, so that two of them answer up to twice as many. Raises TooManyCalls.
    """
    name = f"calls:{channel.pk}:{int(now.timestamp()) // _MINUTE}"
    cache.add(name, 0, timeout=2 * _MINUTE)
    calls = cache.incr(name)
    if calls > channel.most:
        raise TooManyCalls(seconds=_MINUTE - now.second, is_first=calls == channel.most + 1)
