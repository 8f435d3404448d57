"""The steps by which an offence is suspended, taken up, ended: their words and their acts."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.offences.terms import State


@dataclass(frozen=True)
class Step:
    """One step: its address, where it leads, what the button offers, what is asked before, what is told after."""

    slug: str
    wanted: State
    offer: str | Promise
    warning: str | Promise
    told: str | Promise


STEPS = (
    Step(
        "suspend",
        State.SUSPENDED,
        _("Suspend"),
        _("The terms stand still until it is taken up again: the suspect is not known, is sought, or is ill."),
        _("Offence %(number)s is suspended."),
    ),
    Step(
        "resume",
        State.REGISTERED,
        _("Take it up again"),
        _("The inquiry goes on from here. A termination that is overruled stays in the history with the reason."),
        _("Offence %(number)s is taken up again."),
    ),
    Step(
        "terminate",
        State.TERMINATED,
        _("Terminate"),
        _("It ends on a ground of the law. It was registered, and stays in the statistics."),
        _("Offence %(number)s is terminated."),
    ),
    Step(
        "annul",
        State.ANNULLED,
        _("Annul the registration"),
        _("It should never have been registered: it leaves the statistics for good, and nothing is written into it."),
        _("The registration of offence %(number)s is annulled."),
    ),
)


def step_of(slug: str) -> Step | None:
    """The step at an address."""
    return next((step for step in STEPS if step.slug == slug), None)
