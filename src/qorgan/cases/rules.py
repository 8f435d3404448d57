"""When may something happen to a case? Pure."""

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.cases.terms import State


class CaseClosed(Refused):
    """Nothing more is written into a closed case."""

    text = _("Case %(number)s is closed.")


class ReportLedElsewhere(Refused):
    """Another case already leads the report."""

    text = _("Report %(number)s is already led by a case.")


class NothingWasSaid(BadInput):
    """An account without words is none."""

    text = _("Write down what was said.")
    field = "words"


def check_is_open(state: str, number: str) -> None:
    """Raises CaseClosed."""
    if state != State.OPEN:
        raise CaseClosed(number=number)


class AlreadyInSight(Refused):
    """What one sees anyway needs no emergency."""

    text = _("You see this record without this: look it up by its number.")
