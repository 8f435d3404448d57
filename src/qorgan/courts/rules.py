"""When may something happen to a court case? Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.courts.terms import ADMITS, NEXT, DecisionKind, DecisionState, Kind, Prohibition, State


class WrongState(Refused):
    """The court case does not stand where this act could follow."""

    text = _("Court case %(number)s is not at the point where this can be done: %(state)s.")


class WrongDecisionState(Refused):
    """The decision does not stand where this act could follow."""

    text = _("Decision %(number)s is not at the point where this can be done: %(state)s.")


class AboutNothing(BadInput):
    """Materials are about a case, an order or an offence."""

    text = _("Say which case, order or offence the materials are about.")
    field = "order"


class NotOneMatter(BadInput):
    """What is sent together belongs together."""

    text = _("The order and the offence must belong to one case.")
    field = "offence"


class KindDoesNotFit(BadInput):
    """A criminal offence goes to court as a criminal case, an administrative one as an administrative case."""

    text = _("This kind of court case does not fit the offence: it is registered as %(register)s.")
    field = "kind"


class NothingToSend(Refused):
    """What is annulled, or was never more than a draft, goes to no court."""

    text = _("%(number)s cannot be sent to court: %(state)s.")


class NoSuchCourt(BadInput):
    """A court takes what lies in its territory."""

    text = _("Choose a court that answers for the place of the materials.")
    field = "court"


class AlreadySent(Refused):
    """The same is before the same court already."""

    text = _("The same has already been sent to this court: court case %(number)s.")


class HearingAlreadySet(Refused):
    """One hearing is planned at a time."""

    text = _("A hearing is already set. Write down what became of it first.")


class HearingWritten(Refused):
    """What became of the hearing is already written down."""

    text = _("What became of this hearing is already written down.")


class HearingNotYet(BadInput):
    """A hearing is held when its moment has come."""

    text = _("This hearing is still ahead: it can be put off, but it has not been held.")
    field = "result"


class HearingInThePast(BadInput):
    """A hearing is set for a moment that is still to come, and not before the materials came."""

    text = _("This moment has passed. A hearing is set for a moment that is still ahead.")
    field = "at"


class ImpossibleMoment(BadInput):
    """Nothing is recorded from the future, or from before what it rests on."""

    text = _("This moment cannot be right: it must not be before what it rests on, or in the future.")
    field = "at"


class DecisionDoesNotFit(BadInput):
    """A court case of one kind does not end in a decision of another."""

    text = _("A court case of this kind does not end in such a decision.")
    field = "kind"


class MonthsMissing(BadInput):
    """The term in months is missing."""

    text = _("Say for how many months: the decision names it.")
    field = "months"


class DaysMissing(BadInput):
    """The days are missing."""

    text = _("Say for how many days: the decision names it.")
    field = "days"


class HoursMissing(BadInput):
    """The hours are missing."""

    text = _("Say how many hours: the decision names it.")
    field = "hours"


class NoProhibition(BadInput):
    """Special requirements require something."""

    text = _("Choose at least one prohibition.")
    field = "prohibitions"


class EvictionDaysMissing(BadInput):
    """Whoever leaves a home is told for how long."""

    text = _("Say for how many days the offender may not live with the victim: the decision names it.")
    field = "eviction_days"


class EvictionNotForbidden(BadInput):
    """Days outside the home are days of that prohibition."""

    text = _("Choose the ban on living with the victim, or leave its days empty.")
    field = "prohibitions"


class EvictionOutsideTheLaw(BadInput):
    """The ban on living together lasts longer than the law of the day allows."""

    text = _("The law of that day allows a ban on living together of at most %(most)s days (%(provision)s).")
    field = "eviction_days"


class EvictionOver(Refused):
    """After its days he may live there again, whatever else is still forbidden."""

    text = _("The ban on living together of decision %(number)s ended at %(ended)s (%(provision)s): this is no breach.")
    field = "prohibitions"


class UnknownProhibition(BadInput):
    """The law of the day lists what may be forbidden."""

    text = _("The law of that day does not name this prohibition: %(names)s.")
    field = "prohibitions"


class GuiltNotSaid(BadInput):
    """A sentence convicts or acquits."""

    text = _("Say whether the sentence convicts or acquits.")
    field = "conviction"


class ImprisonedAndAcquitted(BadInput):
    """Who is acquitted is not imprisoned."""

    text = _("An acquittal carries no imprisonment.")
    field = "imprisonment_months"


class NotYetInTheLaw(BadInput):
    """The measure was not in the law on the day that decides."""

    text = _("On %(day)s the law did not know this measure.")
    field = "kind"


class ArticleNotListed(BadInput):
    """The law lists the articles for which special requirements may be set."""

    text = _("For %(article)s the law of the day of the act does not allow special requirements.")
    field = "kind"


class MonthsOutsideTheLaw(BadInput):
    """The term is shorter or longer than the law of the day allows."""

    text = _("The law of that day allows from %(least)s to %(most)s months.")
    field = "months"


class VisitsOutsideTheLaw(BadInput):
    """There are fewer or more visits a month than the law of the day allows."""

    text = _("The law of that day allows from %(least)s to %(most)s visits a month.")
    field = "visits"


class DaysOutsideTheLaw(BadInput):
    """There are more days than the law of the day allows."""

    text = _("The law of that day allows from %(least)s to %(most)s days.")
    field = "days"


class HoursOutsideTheLaw(BadInput):
    """There are more hours than the law of the day allows."""

    text = _("The law of that day allows from %(least)s to %(most)s hours.")
    field = "hours"


class AppealTooLate(BadInput):
    """The term of appeal is over. Whoever thinks it should be restored asks the court for that first."""

    text = _("The term of appeal ended on %(until)s. A term is restored by the court, not here.")
    field = "at"


class NewMeasureMissing(BadInput):
    """A decision that is varied says what it says now."""

    text = _("Say what the decision says now: it was varied.")
    field = "result"


class StillAppealable(BadInput):
    """A decision that may still be appealed is not yet in force."""

    text = _("The decision may be appealed until %(until)s; it is not in force before that.")
    field = "at"


class RequirementsDoNotBind(Refused):
    """Only special requirements in force are breached."""

    text = _("Decision %(number)s lays no special requirements that were in force then (%(provision)s).")
    field = "breached_at"


class RequirementsOver(Refused):
    """What happens after their term is no breach of special requirements."""

    text = _("The special requirements of decision %(number)s ended at %(ended)s (%(provision)s): this is no breach.")
    field = "breached_at"


class NotRequired(BadInput):
    """The court did not forbid this."""

    text = _("The court did not forbid this: %(names)s.")
    field = "prohibitions"


class BreachKnown(Refused):
    """One report tells of one breach of a decision once."""

    text = _("This report is noted as a breach of decision %(number)s already.")
    field = "report"


class OffenceElsewhere(BadInput):
    """The offence of a breach is of the same case, and of no other breach."""

    text = _("Choose an offence of this case that stands for no other breach.")
    field = "offence"


class WhyMissing(BadInput):
    """Materials are returned for a reason."""

    text = _("Say why the materials are returned.")
    field = "why"


@dataclass(frozen=True)
class Measure:
    """What a decision lays on someone. `months`, `days`, `hours`: how long; `visits`: times a month to the police;
    `eviction_days`: how long he may not live with her, where that is among the prohibitions.
    """

    months: int | None = None
    days: int | None = None
    hours: int | None = None
    visits: int | None = None
    prohibitions: tuple[Prohibition, ...] = ()
    eviction_days: int | None = None
    conviction: bool | None = None
    imprisonment_months: int | None = None


_NEEDS: dict[DecisionKind, tuple[str, type[BadInput]]] = {
    DecisionKind.SPECIAL_REQUIREMENTS: ("months", MonthsMissing),
    DecisionKind.PSYCHOLOGICAL_HELP: ("months", MonthsMissing),
    DecisionKind.ARREST: ("days", DaysMissing),
    DecisionKind.PUBLIC_WORKS: ("hours", HoursMissing),
}


def check_state(state: str, allowed: frozenset[State], number: str) -> None:
    """Raises WrongState unless the court case stands at one of `allowed`."""
    if State(state) not in allowed:
        raise WrongState(number=number, state=State(state).label)


def check_can_become(state: str, wanted: DecisionState, number: str) -> None:
    """Raises WrongDecisionState unless the state may follow."""
    if wanted not in NEXT[DecisionState(state)]:
        raise WrongDecisionState(number=number, state=DecisionState(state).label)


def check_order_of(moment: datetime, *, after: datetime, now: datetime) -> None:
    """Raises ImpossibleMoment."""
    if moment < after or moment > now:
        raise ImpossibleMoment


def check_ahead(moment: datetime, *, now: datetime) -> None:
    """Raises HearingInThePast."""
    if moment < now:
        raise HearingInThePast


def check_fits(kind: Kind, decision: DecisionKind) -> None:
    """Raises DecisionDoesNotFit."""
    if decision not in ADMITS[kind]:
        raise DecisionDoesNotFit


def check_whole(kind: DecisionKind, measure: Measure) -> None:
    """Whether the measure says what a decision of this kind must say.

    Raises MonthsMissing, DaysMissing, HoursMissing, NoProhibition, EvictionDaysMissing, EvictionNotForbidden,
    GuiltNotSaid, ImprisonedAndAcquitted.
    """
    if kind in _NEEDS:
        name, missing = _NEEDS[kind]
        if not getattr(measure, name):
            raise missing
    if kind is DecisionKind.SPECIAL_REQUIREMENTS:
        _check_forbids(measure)
    if kind is DecisionKind.SENTENCE:
        if measure.conviction is None:
            raise GuiltNotSaid
        if measure.imprisonment_months and not measure.conviction:
            raise ImprisonedAndAcquitted


def _check_forbids(measure: Measure) -> None:
    if not measure.prohibitions:
        raise NoProhibition
    leaves = Prohibition.LIVING_TOGETHER in measure.prohibitions
    if leaves and not measure.eviction_days:
        raise EvictionDaysMissing
    if measure.eviction_days and not leaves:
        raise EvictionNotForbidden


def fitting(kind: DecisionKind, measure: Measure) -> Measure:
    """Only what a decision of this kind says; the rest of what was handed in is nobody's measure."""
    special, sentence = kind is DecisionKind.SPECIAL_REQUIREMENTS, kind is DecisionKind.SENTENCE
    needed = _NEEDS[kind][0] if kind in _NEEDS else ""
    return Measure(
        months=measure.months if needed == "months" else None,
        days=measure.days if needed == "days" else None,
        hours=measure.hours if needed == "hours" else None,
        visits=measure.visits if special else None,
        prohibitions=measure.prohibitions if special else (),
        eviction_days=measure.eviction_days or None if special else None,
        conviction=measure.conviction if sentence else None,
        imprisonment_months=measure.imprisonment_months or None if sentence else None,
    )


def check_required(breached: Sequence[Prohibition], required: Sequence[str]) -> None:
    """Raises NoProhibition where nothing was chosen, NotRequired for what the decision does not forbid."""
    if not breached:
        raise NoProhibition
    others = [str(one.label) for one in breached if one.value not in required]
    if others:
        raise NotRequired(names="; ".join(others))


def check_listed(prohibitions: Sequence[Prohibition], listed: Sequence[str]) -> None:
    """Raises UnknownProhibition for what the law of the day does not list; to leave the home has a rule of its own."""
    listed = [*listed, Prohibition.LIVING_TOGETHER.value]
    unknown = [str(one.label) for one in prohibitions if one.value not in listed]
    if unknown:
        raise UnknownProhibition(names="; ".join(unknown))
