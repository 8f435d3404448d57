"""Where an order stands among the states that an order may have: the picture, and the same in words."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qorgan.orders.models import Order
from qorgan.orders.terms import TRANSITIONS, State
from qorgan.web import diagram


@dataclass(frozen=True)
class Way:
    """A state with what may follow it."""

    name: str
    after: tuple[str, ...]
    is_now: bool


@dataclass(frozen=True)
class Standing:
    """The diagram of an order with its own state full, and its ways in words."""

    picture: SafeString
    ways: tuple[Way, ...]


def standing(order: Order) -> Standing:
    """From the table that the rules obey; nothing is asked."""
    names = {one: str(one.label) for one in State}
    title = _("Where the order stands: %(state)s") % {"state": names[State(order.state)]}
    picture = diagram.drawn(State, TRANSITIONS, label=lambda one: names[one], title=title, now=order.state)
    after = {one: tuple(names[to] for to in State if to in TRANSITIONS[one]) for one in State}
    return Standing(picture, tuple(Way(names[one], after[one], one == order.state) for one in State))
