"""When a release may be made."""

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, NotFound, Refused


class NoSuchRelease(NotFound):
    """No release has this number."""

    text = _("There is no release %(number)s.")


class NothingCollected(Refused):
    """A release of nothing would be a false zero."""

    text = _("No facts have been collected yet, so there is nothing to release.")


class PeriodNotBegun(Refused):
    """The period lies after the facts."""

    text = _("The period %(period)s has not begun on the date of the data.")


class RevisionNeedsReason(BadInput):
    """What was published is not silently replaced."""

    text = _("The figures differ from release %(number)s. Say why they are revised.")
    field = "reason"
