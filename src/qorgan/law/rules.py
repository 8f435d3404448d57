"""Whether a value or a report of implementation may be entered, or withdrawn. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, NotFound, Refused
from qorgan.law.engine.book import Faulty, LawBook, Provision, check_value, same_kind
from qorgan.law.engine.life import Requirement
from qorgan.law.terms import label


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report of implementation as it was read: who reported, when, of which days, what was done and spent."""

    reported_by: str
    reported_on: date
    first_day: date
    last_day: date
    done: str
    document: str
    spent: int | None = None
    is_part: bool = False
    address: str = ""


class RuleUnknown(NotFound):
    """The book has no rule of that key."""

    text = _("The law on record has no rule “%(key)s”.")
    field = "key"


class ValueDoesNotFit(BadInput):
    """The value or its unit cannot answer the rule."""

    text = _("%(value)s is not a value of the rule “%(key)s”, which is counted in: %(unit)s.")
    field = "value"


class SpanIsBackwards(BadInput):
    """The last day lies before the first."""

    text = _("The last day lies before the first.")
    field = "valid_until"


class DocumentIsMissing(BadInput):
    """A value needs the document it was read in."""

    text = _("Name the document and its number.")
    field = "document"


class AnotherValueStands(Refused):
    """For some of these days a value was entered already."""

    text = _("For some of these days a value of “%(key)s” was entered already. Withdraw it first.")


class ValueAlreadyWithdrawn(Refused):
    """It was withdrawn before."""

    text = _("This value was withdrawn already.")


class ReasonIsMissing(BadInput):
    """A withdrawal needs a reason."""

    text = _("Say why the value is withdrawn.")
    field = "reason"


class RequirementUnknown(NotFound):
    """No act on record obliges anyone to that."""

    text = _("No act on record has the requirement “%(key)s”.")
    field = "key"


class ReporterIsMissing(BadInput):
    """A report is somebody's."""

    text = _("Say who reported.")
    field = "reported_by"


class NothingIsReported(BadInput):
    """A report says what was done, be it nothing."""

    text = _("Say what was done. If the report says that nothing was, write that.")
    field = "done"


class ReportNamesNoDocument(BadInput):
    """A report is read somewhere."""

    text = _("Name the document in which it was reported, with its number or day.")
    field = "document"


class DaysAreBackwards(BadInput):
    """The days that the report is about end before they begin."""

    text = _("The last day of the report lies before its first.")
    field = "last_day"


class BeforeTheAct(BadInput):
    """What is reported lies before anyone was obliged to it."""

    text = _("Nobody was obliged to it before %(day)s (%(place)s): the days of the report end earlier.")
    field = "last_day"


class AfterTheReport(BadInput):
    """A report tells of days that were not over."""

    text = _("A report of %(day)s cannot tell of later days. Give the days up to that one.")
    field = "last_day"


class ReportOfTomorrow(BadInput):
    """It was not reported yet."""

    text = _("The day of the report lies ahead.")
    field = "reported_on"


class SpentLessThanNothing(BadInput):
    """Money is counted from nothing upwards."""

    text = _("Money spent is counted from nothing upwards, in whole tenge.")
    field = "spent"


class ReportStandsAlready(Refused):
    """The same document was entered for the same days."""

    text = _("This document is entered already for these days of the requirement. Withdraw that entry first.")
    field = "document"


class ReportAlreadyWithdrawn(Refused):
    """It was withdrawn before."""

    text = _("This report was withdrawn already.")


class WhyWithdrawnIsMissing(BadInput):
    """A withdrawal needs a reason."""

    text = _("Say why the report is withdrawn.")
    field = "reason"


MOST_TENGE = 10**15  # beyond any budget, and within what a column holds


def check_can_be_reported(held: Requirement, told: Report, *, place: str, today: date) -> None:
    """Raises the first of the refusals above that fits."""
    for text, refusal in (
        (told.reported_by, ReporterIsMissing),
        (told.done, NothingIsReported),
        (told.document, ReportNamesNoDocument),
    ):
        if not text.strip():
            raise refusal
    if told.last_day < told.first_day:
        raise DaysAreBackwards
    if told.last_day < held.first:
        raise BeforeTheAct(day=f"{held.first:%d.%m.%Y}", place=place)
    if told.reported_on > today:
        raise ReportOfTomorrow
    if told.last_day > told.reported_on:
        raise AfterTheReport(day=f"{told.reported_on:%d.%m.%Y}")
    if told.spent is not None and not 0 <= told.spent < MOST_TENGE:
        raise SpentLessThanNothing


def check_can_be_entered(book: LawBook, proposed: Provision) -> None:
    """Raises RuleUnknown, ValueDoesNotFit, SpanIsBackwards, DocumentIsMissing or AnotherValueStands."""
    if proposed.key not in book.rules:
        raise RuleUnknown(key=proposed.key)
    rule = book.rule(proposed.key)
    fits = proposed.value is not None and same_kind(rule.unit, proposed.unit)
    try:
        check_value(proposed.value, proposed.unit)
    except Faulty:
        fits = False
    if not fits:
        raise ValueDoesNotFit(key=proposed.key, value=proposed.value, unit=label(rule.unit))
    if proposed.valid_from is None or (proposed.valid_until is not None and proposed.valid_until < proposed.valid_from):
        raise SpanIsBackwards
    if not proposed.source:
        raise DocumentIsMissing
    if any(_meet(standing, proposed) for standing in book.entered.get(proposed.key, ())):
        raise AnotherValueStands(key=proposed.key)


def _meet(one: Provision, other: Provision) -> bool:
    ends = (one.valid_until or date.max, other.valid_until or date.max)
    return (one.valid_from or date.min) <= ends[1] and (other.valid_from or date.min) <= ends[0]
