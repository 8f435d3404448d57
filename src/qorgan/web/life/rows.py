"""The law in life as a page says it: acts, requirements, years and reports in words, with the picture of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.base import words
from qorgan.law import queries as law
from qorgan.law.engine.book import Act, LawBook, Words
from qorgan.law.engine.life import Account, Course, Enacted, Reported, Requirement, Told, Year
from qorgan.law.engine.marks import Confidence
from qorgan.law.models import ImplementationReport
from qorgan.law.queries import InLife
from qorgan.law.terms import label
from qorgan.web import drawing
from qorgan.web.drawing import Cell
from qorgan.web.law.rows import answered

TONES = {Reported.WHOLE: "done", Reported.PART: "due", Reported.OVERDUE: "late", Reported.AWAITED: "plan"}
_CELLS = {
    Reported.WHOLE: Cell.DONE,
    Reported.PART: Cell.PART,
    Reported.OVERDUE: Cell.NOTHING,
    Reported.AWAITED: Cell.AHEAD,
}


@dataclass(frozen=True)
class Source:
    """Where something was read, and how sure it is."""

    text: str
    confidence: str | Promise
    to_verify: bool


@dataclass(frozen=True)
class YearRow:
    """A budget year in words."""

    year: int
    promised: str
    spent: str
    tone: str
    word: str | Promise
    due: str


@dataclass(frozen=True)
class ReportRow:
    """A report in words; `id` is empty where it came with the data."""

    by: str
    on: str
    days: str
    done: str
    spent: str
    is_part: bool
    source: Source
    address: str
    id: str


@dataclass(frozen=True)
class Row:
    """A requirement with its years, what was reported, and what somebody else said."""

    key: str
    what: str
    who: str
    place: str
    often: str
    since: str
    note: str
    source: Source
    money: tuple[tuple[str, Source], ...]
    years: tuple[YearRow, ...]
    reports: tuple[ReportRow, ...]
    accounts: tuple[tuple[str, Source], ...]
    picture: SafeString
    tone: str
    word: str


@dataclass(frozen=True)
class ActRow:
    """An act with what it brought; no rows where nothing that it obliges to is on record, or is asked for."""

    key: str
    name: str
    dates: str
    address: str
    tells: str
    source: Source
    rows: tuple[Row, ...]
    is_silent: bool


def said(names: Words) -> str:
    """A text of the data in the language of the page."""
    return law.words(names, language=get_language() or "") if names else ""


def looked(found: InLife) -> tuple[date, str] | None:
    """When somebody looked for what is not on record, and who."""
    held = found.laid.looked
    return (held.on, said(held.by)) if held else None


def tenge(amount: int | None, *, about: bool = False) -> str:
    """An amount in words; what is not there is said to be not on record."""
    if amount is None:
        return _("not on record")
    written = _("%(amount)s tenge") % {"amount": words.number(amount, get_language() or "")}
    return _("about %(amount)s") % {"amount": written} if about else written


def short(day: date) -> str:
    """A day in figures."""
    return words.date_short(day, get_language() or "")


def acts(found: InLife, shown: Iterable[Course]) -> list[ActRow]:
    """Every act with those of its requirements that are shown; acts without any only where all are shown."""
    courses = {one.requirement.key: one for one in shown}
    is_all = len(courses) == len(found.courses)
    made = [_act(one, courses, found) for one in found.laid.enacted]
    return [one for one in made if one.rows or (is_all and one.is_silent)]


def _act(held: Enacted, courses: dict[str, Course], found: InLife) -> ActRow:
    return ActRow(
        key=held.act.key,
        name=said(held.act.names),
        dates=_dates(held.act),
        address=held.act.address,
        tells=said(held.tells),
        source=_source(held.source, held.confidence),
        rows=tuple(row(courses[one.key], found) for one in held.requirements if one.key in courses),
        is_silent=not held.requirements,
    )


def _dates(act: Act) -> str:
    """When it was adopted and came into force, as far as that is on record."""
    adopted = _("adopted %(day)s") % {"day": short(act.adopted_on)} if act.adopted_on else ""
    began = _("in force from %(day)s") % {"day": short(act.valid_from)} if act.valid_from else ""
    ended = _("until %(day)s") % {"day": short(act.valid_until)} if act.valid_until else ""
    return " · ".join(filter(None, (adopted, began, ended))) or _("days not on record")


def row(course: Course, found: InLife) -> Row:
    """One requirement."""
    held = course.requirement
    years = tuple(_year(one) for one in course.years)
    return Row(
        key=held.key,
        what=said(held.what),
        who=said(held.who),
        place=place(held, found.book),
        often=_often(held, found),
        since=short(held.first),
        note=said(held.note),
        source=_source(held.source, held.confidence),
        money=tuple((said(one.note), _source(one.source, one.confidence)) for one in held.money),
        years=years,
        reports=tuple(_report(one) for one in course.reports),
        accounts=tuple(_account(one) for one in held.accounts),
        picture=_picture(course, years),
        tone=_tone(course),
        word=_word(course),
    )


def place(held: Requirement, book: LawBook) -> str:
    """Where it stands; that the article is not on record is said."""
    where = law.place_of(held, book)
    return where if held.article else f"{where}: {_('article not on record')}"


def _tone(course: Course) -> str:
    return "late" if course.overdue else "done" if course.reports else "plan"


def _word(course: Course) -> str:
    if course.never_reported:
        return _("never reported on")
    if course.overdue:
        return _("a report is overdue")
    return _("reported on") if course.reports else _("no report is due yet")


def _often(held: Requirement, found: InLife) -> str:
    """How often, by the rule of the book on the last day there is."""
    if not held.rule:
        return _("no term on record")
    last = max((one.year for one in found.courses[held.key].years), default=held.first.year)
    return answered(found.book.value(held.rule, date(last, 12, 31))).value or _("no term on record")


def _source(names: Words, confidence: Confidence) -> Source:
    return Source(said(names), label(confidence), confidence.to_verify)


def _year(one: Year) -> YearRow:
    return YearRow(
        year=one.year,
        promised=tenge(one.promised, about=one.about),
        spent=tenge(one.spent),
        tone=TONES[one.reported],
        word=label(one.reported),
        due=short(one.due_on) if one.due_on < date.max else _("no term on record"),
    )


def _report(one: Told) -> ReportRow:
    return ReportRow(
        by=said(one.by),
        on=short(one.on) if one.on else _("the day is not on record"),
        days=f"{short(one.first)} – {short(one.last)}",
        done=said(one.done),
        spent=tenge(one.spent),
        is_part=one.is_part,
        source=_source(one.source, one.confidence),
        address=one.address,
        id=one.id,
    )


def entered(one: ImplementationReport) -> ReportRow:
    """A report that a person entered."""
    return _report(law.told_of(one))


def _account(one: Account) -> tuple[str, Source]:
    return said(one.said), _source(one.source, one.confidence)


def _picture(course: Course, years: Iterable[YearRow]) -> SafeString:
    lines = [
        (_("Money promised"), [Cell.NONE if one.promised is None else Cell.FULL for one in course.years]),
        (_("Money reported"), [Cell.NONE if one.spent is None else Cell.DONE for one in course.years]),
        (_("Report"), [_CELLS[one.reported] for one in course.years]),
    ]
    heads = [str(one.year) for one in course.years]
    told = "; ".join(f"{one.year}: {one.promised}, {one.spent}, {one.word}" for one in years)
    title = _("Money promised, money reported and reports by year")
    return drawing.columns(heads, lines, title=title, told=told)
