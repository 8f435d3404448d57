"""When may something happen to a registered offence, and what does it say? Pure."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.offences.engine.catalogue import Article, Catalogue
from qorgan.offences.terms import ADULT_AT, FAMILY, TRANSITIONS, Completion, Ground, Part, Relationship, State

LONGEST_NUMBER = 40  # characters
LONGEST_REASON = 200  # characters
OLDEST = 120  # years
_PART = re.compile(r"\d{1,2}(-\d{1,2})?")


class WrongState(Refused):
    """The offence does not stand where this act could follow."""

    text = _("Offence %(number)s is not at the point where this can be done: it is %(state)s.")


class NoSuchArticle(BadInput):
    """The law of the day of the act knows no such article, or nobody has put it on record."""

    text = _("Article %(article)s was not in force on %(day)s, or is not on record. Choose one from the list.")
    field = "article"


class UnreadablePart(BadInput):
    """A part of an article is a small number, sometimes with a second one."""

    text = _("Write the part of the article as a number, as 2 or 3-1.")
    field = "part"


class OnlyCompleted(BadInput):
    """The code punishes the completed act only."""

    text = _("Under this code only a completed offence is registered.")
    field = "completion"


class ImpossibleDay(BadInput):
    """An act comes before its registration."""

    text = _("The day of the act cannot lie after the day of registration or in the future.")
    field = "acted_on"


class ImpossibleMoment(BadInput):
    """Nothing is registered in the future."""

    text = _("The moment of registration cannot lie in the future.")
    field = "registered_at"


class UnreadableNumber(BadInput):
    """A number of the register is one short line."""

    text = _("The number in the register must be one line of at most %(longest)s characters.")
    field = "register_no"


class NumberTaken(BadInput):
    """Another offence bears the number in the same register."""

    text = _("Number %(number)s is already taken in this register.")
    field = "register_no"


class ImpossibleAge(BadInput):
    """An age in full years."""

    text = _("The age must be a number of full years from 0 to %(oldest)s.")
    field = "age"


class PersonElsewhere(BadInput):
    """A person of an offence is one of the case or report it is registered with."""

    text = _("Choose persons of the case or report only.")
    field = "person"


class PersonTwice(BadInput):
    """Nobody has two parts in one offence."""

    text = _("The same person cannot be in one offence twice.")
    field = "person"


class NoReason(BadInput):
    """What was written is changed, and an ended offence reopened, for a reason that stays."""

    text = _("Write why, in one line: it stays in the history.")
    field = "why"


class NothingToCorrect(BadInput):
    """The new value is the old one."""

    text = _("Nothing differs from what is written.")


class AnnulledIsFinal(Refused):
    """An annulled registration is history."""

    text = _("The registration of offence %(number)s is annulled: nothing is written into it any more.")


class WrongGround(BadInput):
    """Grounds of termination and of annulment are two lists."""

    text = _("Choose a ground from the list.")
    field = "ground"


class CannotReconcile(Refused):
    """The law sets limits to the reconciliation of the parties."""

    text = _("The law of that day does not allow a reconciliation here (%(provision)s).")
    field = "ground"


class ReconciledBefore(CannotReconcile):
    """An administrative case in the family ends in a reconciliation once."""

    text = _("These parties were reconciled before, and the law allows it once (%(provision)s).")


class ReconciledSoon(CannotReconcile):
    """After a reconciliation another one is excluded for a time."""

    text = _("These parties were reconciled a short time before the act, which excludes another time (%(provision)s).")


class ViolenceAgainstMinor(CannotReconcile):
    """A crime with violence against a child is not ended by a reconciliation."""

    text = _("In a crime with violence against a minor there is no reconciliation (%(provision)s).")


class SentTwice(Refused):
    """The button was pressed twice."""

    text = _("This offence was registered a moment ago. Look for it in the register.")


class ReportElsewhere(Refused):
    """A report is led by one case."""

    text = _("Report %(number)s is led by another case.")


class PlaceElsewhere(BadInput):
    """An offence is registered where the mandate reaches."""

    text = _("Choose a place of your mandate.")
    field = "territory"


def check_can_become(state: str, wanted: State, number: str) -> None:
    """Raises WrongState unless the state may follow."""
    if wanted not in TRANSITIONS[State(state)]:
        raise WrongState(number=number, state=State(state).label)


def check_can_change(state: str, number: str) -> None:
    """Raises AnnulledIsFinal."""
    if state == State.ANNULLED:
        raise AnnulledIsFinal(number=number)


def check_article(catalogue: Catalogue, code: str, article: str, part: str, *, on: date) -> Article:
    """The article of an act of that day. Raises UnreadablePart, NoSuchArticle."""
    if part and not _PART.fullmatch(part):
        raise UnreadablePart
    found = catalogue.article(code, article, part, on=on)
    if found is None:
        raise NoSuchArticle(article=f"{article}".strip() or "–", day=f"{on:%d.%m.%Y}")
    return found


def check_completion(catalogue: Catalogue, code: str, completion: Completion) -> None:
    """Raises OnlyCompleted. The code is one of the catalogue."""
    if completion not in catalogue.codes[code].stages:
        raise OnlyCompleted


def check_moments(registered_at: datetime, *, local_day: date, acted_on: date | None, now: datetime) -> None:
    """Raises ImpossibleMoment, ImpossibleDay. `local_day` is that of registration on the clock of the place."""
    if registered_at > now:
        raise ImpossibleMoment
    if acted_on is not None and acted_on > local_day:
        raise ImpossibleDay


def check_number(register_no: str) -> None:
    """Raises UnreadableNumber."""
    if len(register_no) > LONGEST_NUMBER or not register_no.isprintable():
        raise UnreadableNumber(longest=LONGEST_NUMBER)


def check_age(age: int | None) -> None:
    """Raises ImpossibleAge."""
    if age is not None and not 0 <= age <= OLDEST:
        raise ImpossibleAge(oldest=OLDEST)


def check_reason(why: str) -> str:
    """The reason as one line. Raises NoReason."""
    line = " ".join(why.split())
    if not line:
        raise NoReason
    return line[:LONGEST_REASON]


def check_ground(ground: Ground, allowed: Iterable[Ground]) -> None:
    """Raises WrongGround."""
    if ground not in allowed:
        raise WrongGround


def is_minor(age: int | None) -> bool | None:
    """Whether a person of that age is a minor; None where the age is not known."""
    return None if age is None else age < ADULT_AT


def is_domestic(traits: Iterable[str], relationships: Iterable[str]) -> bool | None:
    """Whether an offence lies in family-domestic relations.

    By the article itself (its trait `domestic`) or by one victim's relationship; None where no relationship is known.
    """
    if "domestic" in traits:
        return True
    known = {Relationship(one) for one in relationships if one} - {Relationship.UNKNOWN}
    return bool(known & FAMILY) if known else None


def relationship_of(part: Part, relationship: Relationship | None) -> str:
    """What is written beside a person: of a victim her relationship, or *not known*; of a suspect nothing."""
    if part is Part.SUSPECT:
        return ""
    return relationship or Relationship.UNKNOWN
