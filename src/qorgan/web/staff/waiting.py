"""What was accepted while the database was away and waits, in the words of whoever keeps staff and channels."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qorgan.reports.queries import spool

_CHANNEL = frozenset({"reports.channel_was_closed", "not_allowed"})


def sentences() -> list[str]:
    """That something waits, and why it was refused; nothing where nothing does."""
    held = spool.standing()
    if not held.count or held.since is None:
        return []
    by_channel = sum(count for why, count in held.refused.items() if why in _CHANNEL)
    others = sum(held.refused.values()) - by_channel
    said = [
        ngettext(
            "%(count)s report accepted while the database was away is not taken in yet.",
            "%(count)s reports accepted while the database was away are not taken in yet.",
            held.count,
        )
        % {"count": held.count}
    ]
    if by_channel:
        said.append(_("Refused, since the channel or its mandate had ended: %(count)s.") % {"count": by_channel})
    if others:
        said.append(_("Refused for another reason: %(count)s. The sender must be asked.") % {"count": others})
    return said
