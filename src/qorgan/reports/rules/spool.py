"""When may something be accepted while the database is away, and taken in afterwards? Pure."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import Refused

EMPTIED_KEPT = timedelta(days=30)  # so long the key of a sending that was taken in is known


class NotAccepted(Refused):
    """The database is away, and there is no room left, or no means to know who asks."""

    text = _("Not accepted: our records cannot be reached and nothing was kept; please call 150, 102 or 112.")
    status = 503


class ChannelWasClosed(Refused):
    """The channel over which a machine handed it in was closed before that moment."""

    text = _("The channel over which this was handed in had been closed.")


def check_channel(closed_at: datetime | None, *, accepted_at: datetime) -> None:
    """Raises ChannelWasClosed."""
    if closed_at is not None and closed_at <= accepted_at:
        raise ChannelWasClosed
