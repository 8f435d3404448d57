"""Whether a value may be entered, or withdrawn. Pure."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, NotFound, Refused
from qorgan.law.engine.book import Faulty, LawBook, Provision, check_value, same_kind
from qorgan.law.terms import label


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
