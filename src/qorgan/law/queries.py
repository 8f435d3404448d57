"""Reading the law: the country's book with what the deployment entered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from qorgan.base import country
from qorgan.law import rules
from qorgan.law.engine import deadlines, effects, life, life_told, measures
from qorgan.law.engine.book import Answer, LawBook, Obligation, Provision, Regime, Value, Words
from qorgan.law.engine.clock import Duration, due, end_of
from qorgan.law.engine.comparison import Comparison
from qorgan.law.engine.life import Told
from qorgan.law.engine.marks import Confidence, Unit
from qorgan.law.engine.workdays import WorkCalendar
from qorgan.law.models import EnteredValue, ImplementationReport
from qorgan.law.readers.country import read_book, read_calendar, read_comparison, read_law_in_life


@dataclass(frozen=True)
class InLife:
    """The law in life on a day: the acts, the book they stand in, the course of each requirement.

    `wait`: how long after a budget year a report on it is awaited; None where that is not on record.
    """

    laid: life.LawInLife
    book: LawBook
    courses: Mapping[str, life.Course]
    wait: Duration | None

    @property
    def tally(self) -> life.Tally:
        """Reported on and due."""
        return life.tally(self.courses.values())

    @property
    def never(self) -> tuple[life.Course, ...]:
        """The requirements on which a report was due and never one was made."""
        return tuple(one for one in self.courses.values() if one.never_reported)

    @property
    def overdue(self) -> tuple[life.Course, ...]:
        """Those on which a report is late, the longest first."""
        late = [one for one in self.courses.values() if one.overdue]
        return tuple(sorted(late, key=lambda one: one.overdue_since or date.max))


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


def law_in_life(*, today: date) -> InLife:
    """Acts, what they oblige someone to do, and every report on it as it stands. Two queries, whatever the length."""
    held, laid = book(), _law_in_life(country.folder())
    entered: dict[str, list[Told]] = {}
    standing = ImplementationReport.objects.filter(withdrawn_at__isnull=True).order_by("reported_on", "id")
    for row in standing:
        entered.setdefault(row.key, []).append(told_of(row))
    wait = _wait(held, today)
    courses = {
        key: life.course(one, entered.get(key, ()), wait=wait, today=today, calendar=calendar())
        for key, one in laid.requirements.items()
    }
    return InLife(laid, held, MappingProxyType(courses), wait)


def told(found: InLife, *, language: str, today: date, show: str = "all") -> dict[str, Any]:
    """The law in life as plain values in a language; `show`: all, never (reported on) or overdue."""
    shown = {"never": found.never, "overdue": found.overdue}.get(show, tuple(found.courses.values()))
    with override(language):
        return life_told.whole(
            found.laid,
            shown,
            tally=found.tally,
            today=today,
            language=language,
            place=lambda held: place_of(held, found.book),
        )


def country_day(now: datetime) -> date:
    """The date on which a moment falls on the country's clock."""
    return now.astimezone(ZoneInfo(country.toml("country.toml")["zone"])).date()


def fallen_due(today: date) -> Iterator[tuple[str, life.Year]]:
    """Every year of a requirement whose report was awaited before a day."""
    for key, course in law_in_life(today=today).courses.items():
        yield from ((key, year) for year in course.years if year.is_due)


def end_of_country_day(day: date) -> datetime:
    """The last second of a day on the country's clock."""
    return end_of(day, ZoneInfo(country.toml("country.toml")["zone"]))


def requirement(key: str) -> life.Requirement:
    """One of them. Raises RequirementUnknown."""
    found = _law_in_life(country.folder()).requirements.get(key)
    if found is None:
        raise rules.RequirementUnknown(key=key)
    return found


def place_of(held: life.Requirement, known: LawBook) -> str:
    """Where a requirement stands, in the reader's language: `Law 245-VIII, Art. 60`."""
    key = held.code or held.act
    named = country.toml("words/acts.toml") if (country.folder() / "words/acts.toml").is_file() else {}
    act = words(named.get(key) or known.acts[key].names, language=get_language() or "")
    return _("%(act)s, Art. %(article)s") % {"act": act, "article": held.article} if held.article else act


def reports_on(key: str) -> QuerySet[ImplementationReport]:
    """All that was ever entered on a requirement, newest first, withdrawn or not."""
    return (
        ImplementationReport.objects.filter(key=key)
        .select_related("entered_by", "withdrawn_by")
        .order_by("-entered_at")
    )


def find_report(report_id: UUID) -> ImplementationReport | None:
    """A report that was entered, withdrawn or not."""
    return ImplementationReport.objects.filter(pk=report_id).select_related("entered_by", "withdrawn_by").first()


def told_of(row: ImplementationReport) -> Told:
    """A report that was entered, as one of the law in life."""
    return Told(
        by=plain(row.reported_by),
        first=row.first_day,
        last=row.last_day,
        done=plain(row.done),
        source=plain(row.document),
        confidence=Confidence.ENTERED,
        on=row.reported_on,
        spent=row.spent,
        is_part=row.is_part,
        address=row.address,
        id=str(row.id),
    )


def plain(text: str) -> Words:
    """A text that is the same in every language."""
    return {"": text}


def _wait(held: LawBook, today: date) -> Duration | None:
    if life.WAIT not in held.rules:
        return None
    answer = held.value(life.WAIT, today)
    return answer.duration() if answer.decides else None


def words(names: Words, *, language: str) -> str:
    """A name in a language, or in the first that there is."""
    return names.get(language) or next(iter(names.values()), "")


@cache
def _country_book(_folder: Path) -> LawBook:
    return read_book()


@cache
def _law_in_life(folder: Path) -> life.LawInLife:
    return read_law_in_life(_country_book(folder))


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
