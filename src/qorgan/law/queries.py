"""Reading the law: the country's book with what the deployment entered."""

from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.base import country
from qorgan.law import rules
from qorgan.law.engine import deadlines, effects, measures
from qorgan.law.engine.book import Answer, LawBook, Obligation, Provision, Regime, Value, Words
from qorgan.law.engine.clock import due
from qorgan.law.engine.comparison import Comparison
from qorgan.law.engine.marks import Confidence, Unit
from qorgan.law.engine.workdays import WorkCalendar
from qorgan.law.models import EnteredValue
from qorgan.law.readers.country import read_book, read_calendar, read_comparison


def book() -> LawBook:
    """The law on record, with the values that stand entered at this moment. One small query; take it once per page.

    Parsed once per process. Rows are never changed, so the ids of those that stand say which book it is; what an
    open transaction entered is seen inside it, and forgotten with it.
    """
    standing = EnteredValue.objects.filter(withdrawn_at__isnull=True).order_by("id").values_list("id", flat=True)
    return _book(country.folder(), tuple(standing))


def calendar() -> WorkCalendar:
    """The working days of the country."""
    return _calendar(country.folder())


def value(key: str, *, on: date) -> Answer:
    """What the law says of `key` on a date in the place. Raises UnknownKey."""
    return book().value(key, on)


def provision(key: str, *, on: date) -> Provision | None:
    """The provision that governs `key` on a date; None where none is on record. Raises UnknownKey."""
    return book().provision(key, on)


def regime(*, on: date) -> Regime | None:
    """The regime of a date; None before the first on record."""
    return book().regime(on)


def obligations(*, on: date) -> tuple[tuple[Obligation, Answer], ...]:
    """What the law lays on someone on a date, each with the answer of its rule. Silent rules are left out."""
    now = book()
    found = ((item, now.value(item.rule, on)) for item in now.obligations)
    return tuple((item, answer) for item, answer in found if answer.decides or answer.to_verify)


def comparison() -> Comparison:
    """Which days of the law stand beside one another on the page of a case, and what is asked of them."""
    return _comparison(country.folder())


def order_clock(served_at: datetime, *, zone: tzinfo) -> measures.OrderClock:
    """The end and the checks of an order served at a moment in a place."""
    return measures.order_clock(book(), served_at=served_at, zone=zone, calendar=calendar())


def deadline(key: str, *, start: datetime, zone: tzinfo) -> deadlines.Deadline:
    """When the term of `key`, begun at a moment in a place, ends. Raises UnknownKey."""
    return deadlines.deadline(book(), key, start=start, zone=zone, calendar=calendar())


def deadline_of(answer: Answer, *, start: datetime, zone: tzinfo) -> datetime:
    """When a term that was asked already ends, begun at a moment in a place. Raises Undecided."""
    return due(start, answer.duration(), calendar(), zone)


def entered(key: str) -> QuerySet[EnteredValue]:
    """All that was ever entered for a rule, newest first, withdrawn or not."""
    return EnteredValue.objects.filter(key=key).select_related("entered_by", "withdrawn_by").order_by("-entered_at")


def find_entered(entered_id: UUID) -> EnteredValue | None:
    """An entered value, withdrawn or not."""
    return EnteredValue.objects.filter(pk=entered_id).select_related("entered_by", "withdrawn_by").first()


def proposed(
    *,
    key: str,
    value: Value,
    valid_from: date,
    document: str,
    valid_until: date | None = None,
    unit: Unit | None = None,
    act: str = "",
    article: str = "",
    note: str = "",
) -> Provision:
    """A value as it would stand in the book if it were entered, checked.

    Raises RuleUnknown, ValueDoesNotFit, SpanIsBackwards, DocumentIsMissing, AnotherValueStands.
    """
    held = book()
    found = Provision(
        key=key,
        value=value,
        unit=unit or (held.rule(key).unit if key in held.rules else Unit.TEXT),
        valid_from=valid_from,
        valid_until=valid_until,
        act=act,
        article=article,
        confidence=Confidence.ENTERED,
        source=document.strip(),
        note=note,
    )
    rules.check_can_be_entered(held, found)
    return found


def effect(found: Provision) -> tuple[effects.Change, ...]:
    """What a proposed value would change on the days it is for; for one that stands, what its withdrawal would."""
    held = book()
    if found in held.entered.get(found.key, ()):
        return effects.withdrawing(held, found)
    return effects.entering(held, found)


def provision_of(row: EnteredValue) -> Provision:
    """An entered value as a provision of the book."""
    return Provision(
        key=row.key,
        value=tuple(row.value) if isinstance(row.value, list) else row.value,
        unit=Unit(row.unit),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        act=row.act,
        article=row.article,
        confidence=Confidence.ENTERED,
        source=row.document,
        note=row.note,
    )


def cited(key: str, *, on: date) -> str:
    """Where a rule stands on a date, in the reader's language: `245-VIII law, Art. 60`. For what a refusal says."""
    held = book().value(key, on).provision
    if held is None or not held.act:
        return str(_("article not on record"))
    named = country.toml("words/acts.toml") if (country.folder() / "words/acts.toml").is_file() else {}
    act = words(named.get(held.act, {}), language=get_language() or "") or held.act
    return _("%(act)s, Art. %(article)s") % {"act": act, "article": held.article} if held.article else act


def words(names: Words, *, language: str) -> str:
    """A name in a language, or in the first that there is."""
    return names.get(language) or next(iter(names.values()), "")


@cache
def _country_book(_folder: Path) -> LawBook:
    return read_book()


@cache
def _comparison(folder: Path) -> Comparison:
    return read_comparison(_country_book(folder))


@cache
def _calendar(_folder: Path) -> WorkCalendar:
    return read_calendar()


@lru_cache(maxsize=8)
def _book(folder: Path, standing: tuple[UUID, ...]) -> LawBook:
    rows = EnteredValue.objects.filter(id__in=standing) if standing else ()
    return _country_book(folder).with_entered(provision_of(row) for row in rows)
