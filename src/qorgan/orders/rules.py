"""When may something happen to a protective order? Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.orders.terms import BINDING, TRANSITIONS, Prohibition, State


class WrongState(Refused):
    """The order does not stand where this act could follow."""

    text = _("Order %(number)s is not at the point where this can be done: it is %(state)s.")


class NotServed(Refused):
    """No clock of an order runs before it is handed over, and none of a cancelled one."""

    text = _("Order %(number)s is not a served order: no clock of it runs.")


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

    text = _("An order is issued to a person of at least %(least)s years; this person is %(age)s (%(provision)s).")


class BothSides(BadInput):
    """Whoever is a victim in the case may be ordered to keep away too, but not without a reason that is kept."""

    text = _("The addressee is a victim in the case too, or someone whom it protects is complained of: write why so.")
    field = "why_both"


class LiveOrderStands(Refused):
    """From one incident no two orders stand at one time for the same two persons; a new fact is another incident."""

    text = _(
        "From the same incident order %(number)s stands for these persons already. A new fact gives a new order beside"
        " it: name it."
    )
    field = "incident"


class CannotStand(Refused):
    """The database refuses two orders for one incident and pair; of the other nothing is said to who cannot see it."""

    text = _("This cannot be done with the order now.")


class AfterItsEnd(Refused):
    """What happens after the end of an order is no breach of it, and nothing is changed in one that is over."""

    text = _("The order ended at %(ended)s (%(provision)s): what happened after that is no breach of it.")
    field = "finding"


class OverAlready(Refused):
    """An order that is over is neither varied nor made longer."""

    text = _("The order ended at %(ended)s (%(provision)s): it is not changed any more.")


class DecidedLater(BadInput):
    """A decision is written down once it was made, and is no older than the order."""

    text = _("This moment cannot be right: a decision on an order is not made before its issue or in the future.")
    field = "decided_at"


class NoReason(BadInput):
    """What is changed in an order keeps its reason."""

    text = _("Write why, with the body, the date and the number of the decision where there is one.")
    field = "why"


class NotAppealed(Refused):
    """No complaint about the order waits."""

    text = _("No complaint about order %(number)s waits for a decision.")


class AppealWaits(Refused):
    """One complaint is decided before another is written down."""

    text = _("A complaint about order %(number)s waits for its decision already.")


class NothingForbidden(BadInput):
    """An order that forbids nothing is none."""

    text = _("Name at least one prohibition.")
    field = "prohibitions"


class NothingVaried(BadInput):
    """A variation changes something."""

    text = _("Nothing was changed.")
    field = "prohibitions"


class CannotBeLonger(Refused):
    """Since 2014 the term is not made longer: a new fact is a new order."""

    text = _("The law of the day of service does not make the term longer (%(provision)s): a new fact is a new order.")
    field = "until"


class TooLong(BadInput):
    """The law of the day of service sets the longest term with extension."""

    text = _("The term ends at %(longest)s at the latest, and not before its present end (%(provision)s).")
    field = "until"


class NothingCorrected(BadInput):
    """A correction changes something."""

    text = _("This is the moment that stands already.")
    field = "served_at"


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


def check_signed(state: str, number: str, *, issued_at: datetime | None) -> None:
    """Raises WrongState for what is no order yet: a draft, and a draft that was cancelled."""
    if issued_at is None:
        raise WrongState(number=number, state=State(state).label)


def check_binds(state: str, number: str) -> None:
    """Raises WrongState for a draft, and for an order that was cancelled or annulled."""
    if state not in BINDING:
        raise WrongState(number=number, state=State(state).label)


def check_age(
    birth_date: date | None, birth_year: int | None, *, least: int | None, on: date, provision: str = ""
) -> None:
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
        raise AddresseeTooYoung(least=least, age=age, provision=provision)


def check_service(served_at: datetime, *, issued_at: datetime | None, now: datetime) -> None:
    """Raises ImpossibleMoment."""
    if issued_at is None or served_at < issued_at or served_at > now:
        raise ImpossibleMoment


def check_decided(decided_at: datetime, *, since: datetime | None, now: datetime) -> None:
    """Raises DecidedLater where a decision would be of tomorrow, or older than what it decides on."""
    if decided_at > now or (since is not None and decided_at < since):
        raise DecidedLater


def check_reason(why: str) -> str:
    """The reason without its edges. Raises NoReason where there is none."""
    plain = why.strip()
    if not plain:
        raise NoReason
    return plain


class NotInForceYet(Refused):
    """Nothing is a breach of an order whose term has not begun."""

    text = _("Order %(number)s is not in force before it is handed over (%(provision)s): this is no breach of it.")
    field = "breached_at"


class CancelledBefore(Refused):
    """A cancelled order binds nobody from the decision on."""

    text = _("Order %(number)s was cancelled at %(at)s (%(provision)s): what happened after that is no breach of it.")
    field = "breached_at"


class NeverInForce(Refused):
    """An annulled order was in force at no time."""

    text = _("Order %(number)s was annulled (%(provision)s): it was in force at no time, and this is no breach of it.")
    field = "breached_at"


class NoticedBefore(BadInput):
    """A breach is noticed once it has happened, and never tomorrow."""

    text = _("This moment cannot be right: a breach is noticed after it happened, and not in the future.")
    field = "noticed_at"


class NothingBreached(BadInput):
    """A breach is of something that the order forbids."""

    text = _("Choose what was breached of what the order forbids.")
    field = "prohibitions"


class NotForbidden(BadInput):
    """The order did not forbid this at that moment."""

    text = _("Order %(number)s did not forbid this at that moment: %(names)s.")
    field = "prohibitions"


class BreachKnown(Refused):
    """One report tells of one breach of an order once."""

    text = _("This report is noted as a breach of order %(number)s already.")
    field = "number"


class NoSuchOrder(BadInput):
    """The number of an order in sight."""

    text = _("No order of this number is in sight.")
    field = "number"


class NotTheSame(BadInput):
    """Two tellings are one breach only of one order, and the first of them leads."""

    text = _("Choose an earlier breach of the same order that is not joined to another.")
    field = "same_as"


class JoinedElsewhere(Refused):
    """What follows is written to the breach that counts."""

    text = _("This was told before and is joined to breach %(number)s of the order: write it there.")


class AlreadyAnswered(Refused):
    """A breach that something followed is neither refuted nor joined to another, and a refuted one has no other end."""

    text = _("Something else that followed this breach is written already: both cannot hold.")
    field = "kind"


class OffenceMissing(BadInput):
    """A protocol and an entry in the register are offences that were registered."""

    text = _("Choose the offence that was registered for this breach.")
    field = "offence"


class OffenceTaken(BadInput):
    """One offence stands for one breach."""

    text = _("This offence stands for another breach already.")
    field = "offence"


class HappenedBefore(BadInput):
    """What follows a breach comes after it."""

    text = _("This moment cannot be right: it lies before the breach was noticed, or in the future.")
    field = "happened_at"


def check_breached(breached: Sequence[Prohibition], forbidden: Sequence[str], number: str) -> list[str]:
    """What was breached, in the order's own turn. Raises NothingBreached, NotForbidden."""
    if not breached:
        raise NothingBreached
    others = [one for one in breached if one.value not in forbidden]
    if others:
        raise NotForbidden(number=number, names="; ".join(str(one.label) for one in others))
    return [one.value for one in Prohibition if one in breached]


def check_noticed(noticed_at: datetime, *, breached_at: datetime | None, now: datetime) -> None:
    """Raises NoticedBefore."""
    if noticed_at > now or (breached_at is not None and breached_at > noticed_at):
        raise NoticedBefore


def check_followed(happened_at: datetime, *, after: datetime, now: datetime) -> None:
    """Raises HappenedBefore."""
    if happened_at < after or happened_at > now:
        raise HappenedBefore
