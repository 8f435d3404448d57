"""When may something happen to a protective order? Pure."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.orders.terms import TRANSITIONS, State


class WrongState(Refused):
    """The order does not stand where this act could follow."""

    text = _("Order %(number)s is not at the point where this can be done: it is %(state)s.")


class NobodyProtected(BadInput):
    """An order protects at least one person."""

    text = _("Name at least one person whom the order protects.")
    field = "protected"


class NoAddressee(BadInput):
    """An order is addressed to one person of the case."""

    text = _("Choose the person to whom the order is addressed.")
    field = "addressee"


class ProtectsItsAddressee(BadInput):
    """Nobody is protected from himself."""

    text = _("The addressee of an order cannot be among those it protects.")
    field = "protected"


class DraftStands(Refused):
    """One draft against a person in a case is enough: it is issued, or cancelled, before there is another."""

    text = _("Order %(number)s against this person is drafted in the case already: issue it, or cancel it first.")
    field = "addressee"


class AddresseeTooYoung(Refused):
    """The law sets the least age of an addressee on the day of issue."""

    text = _("An order is issued to a person of at least %(least)s years; this person is %(age)s.")


class NoCircumstances(BadInput):
    """An order says what happened."""

    text = _("Write down the circumstances on which the order rests.")
    field = "circumstances"


class ImpossibleMoment(BadInput):
    """Service cannot come before issue, and nothing can be recorded from the future."""

    text = _("This moment cannot be right: it must not be before the issue of the order or in the future.")
    field = "served_at"


class RefusalUnwitnessed(BadInput):
    """A refusal to sign is recorded with its witness."""

    text = _("A refusal to sign needs the name of the person who witnessed it.")
    field = "witness"


class TermNotOnRecord(Refused):
    """Without a term of the law there is no end, and no order that could be served."""

    text = _("The term of an order on this date is not on record. Let the provision %(key)s be verified first.")


class NoSuchCheck(Refused):
    """No check of this number is planned for the order."""

    text = _("No such check of order %(number)s is due.")


def check_can_become(state: str, wanted: State, number: str) -> None:
    """Raises WrongState unless the state may follow."""
    if wanted not in TRANSITIONS[State(state)]:
        raise WrongState(number=number, state=State(state).label)


def check_age(birth_date: date | None, birth_year: int | None, *, least: int | None, on: date) -> None:
    """Raises AddresseeTooYoung where the person is surely below the least age; an unknown age hinders nothing."""
    if least is None:
        return
    if birth_date is not None:
        age = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    elif birth_year is not None:
        age = on.year - birth_year
    else:
        return
    if age < least:
        raise AddresseeTooYoung(least=least, age=age)


def check_service(served_at: datetime, *, issued_at: datetime | None, now: datetime) -> None:
    """Raises ImpossibleMoment."""
    if issued_at is None or served_at < issued_at or served_at > now:
        raise ImpossibleMoment
