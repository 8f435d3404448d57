"""What may be asked of an indicator."""

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, NotFound
from qorgan.indicators.engine import periods
from qorgan.indicators.engine.periods import Period


class NoSuchIndicator(NotFound):
    """No definition has this code."""

    text = _("There is no indicator “%(code)s”.")


class NoSuchRegion(NotFound):
    """No region has this id, nor ever had."""

    text = _("There is no region “%(region)s”.")
    field = "region"


class NotCollectedYet(BadInput):
    """A figure as of a moment later than the last collection would change with the next one."""

    text = _("Facts were collected up to %(until)s: no figure as of a later moment can be given.")
    field = "as_of"


class NotAPeriod(BadInput):
    """The words name no period."""

    text = _("Write a period as 2026, 2026-10, 2026-Q3 or 2026-01..2026-10.")
    field = "period"


def period_of(word: str | Period) -> Period:
    """The period a person means. Raises NotAPeriod."""
    if isinstance(word, Period):
        return word
    try:
        return periods.parse(word)
    except periods.NotAPeriod as problem:
        raise NotAPeriod() from problem
