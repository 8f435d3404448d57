"""The same night under several laws: what terms, duties and outcomes a case would have had on another day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qorgan.base import clock
from qorgan.base import words as written
from qorgan.cases import access
from qorgan.law import queries as law
from qorgan.law.engine import comparison, deadlines
from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.clock import local_day
from qorgan.law.engine.comparison import Comparison, Line
from qorgan.law.engine.marks import DURATIONS, JudgedBy
from qorgan.places import queries as places
from qorgan.web import looks
from qorgan.web.access import staff_page
from qorgan.web.cases.views import fetched
from qorgan.web.law import rows
from qorgan.web.law.rows import Said
from qorgan.web.orders.panels import TERM
from qorgan.web.orders.papers import START
from qorgan.web.provisions import act_name
from qorgan.web.request import StaffRequest


@dataclass(frozen=True)
class Cell:
    """An answer of one day: what it says, when a term would end, whether it differs from the day before it.

    `ends_doubtful`: the term decides, but the moment at which it begins is to be verified.
    """

    day: str
    said: Said
    ends: datetime | None
    ends_doubtful: bool
    changed: bool


@dataclass(frozen=True)
class Row:
    """A question with its answers."""

    key: str
    name: str
    cells: tuple[Cell, ...]
    changed: bool


@dataclass(frozen=True)
class Head:
    """A day that stands in a column, with the law that was its base."""

    day: date
    base_law: str
    is_asked: bool


@dataclass(frozen=True)
class Group:
    """Questions under one heading: those that the days answer differently, and those on which they agree."""

    name: str
    changed: tuple[Row, ...]
    same: tuple[Row, ...]


@require_safe
@staff_page(permission=access.SEE)
def regimes(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """What the law would have said of the night of a case on other days, each answer with its article."""
    held = fetched(case_id)
    looks.note(request, thing="case", thing_id=held.id, detail={"page": "law"})
    zone = places.zone(held.territory_id)
    night, today = held.opened_at, local_day(clock.now(), zone)
    book, asked = law.book(), law.comparison()
    first = book.regimes[0].valid_from
    turns = sorted({*(day for day in comparison.turns(book, asked.rules, until=today) if day >= first), today})
    on = _asked(request, first=turns[0], last=today)
    days = sorted({*asked.days, today, local_day(night, zone), *([on] if on else [])})
    table = _Table(book, tuple(days), night, zone)
    words = {
        "case": held,
        "heads": [Head(day, _base_law(book, day), day == on) for day in days],
        "groups": _groups(table, asked),
        "turns": turns,
        "place": max(at for at, day in enumerate(turns) if day <= (on or today)),
        "on": on or today,
        "first": turns[0],
        "today": today,
        "zone": zone,
        "night": night,
    }
    return render(request, "cases/law.html", words)


def _asked(request: StaffRequest, *, first: date, last: date) -> date | None:
    """The day that the address names, brought into the days on record; None where it names none."""
    try:
        return min(max(date.fromisoformat(request.GET.get("on", "")), first), last)
    except ValueError:
        return None


def _base_law(book: LawBook, day: date) -> str:
    found = book.regime(day)
    return act_name(found.base_law) if found else ""


@dataclass(frozen=True)
class _Table:
    book: LawBook
    days: tuple[date, ...]
    night: datetime
    zone: tzinfo

    def rows(self, keys: Sequence[tuple[str, str]]) -> list[Row]:
        """The questions by key and name; those on which every day is silent are left out."""
        lines = [(name, comparison.line(self.book, key, self.days)) for key, name in keys]
        return [self._row(name, line) for name, line in lines if not line.is_silent]

    def _row(self, name: str, line: Line) -> Row:
        cells = tuple(
            Cell(
                written.date_short(answer.on, get_language() or ""),
                rows.answered(answer),
                self._ends(line.key, answer),
                line.key == TERM and not answer.to_verify and self.book.value(START, answer.on).to_verify,
                changed,
            )
            for answer, changed in zip(line.answers, line.changed, strict=True)
        )
        return Row(line.key, name, cells, any(line.changed))

    def _ends(self, key: str, answer: Answer) -> datetime | None:
        """When the term would have ended, had the same hour of the night been on that day.

        None for what is judged by the act: the longest arrest for it begins with no night.
        """
        if self.book.rule(key).judged_by is JudgedBy.ACT:
            return None
        if not answer.decides or answer.provision is None or answer.provision.unit not in DURATIONS:
            return None
        start = datetime.combine(answer.on, self.night.astimezone(self.zone).time(), self.zone)
        return deadlines.deadline(self.book, key, start=start, zone=self.zone, calendar=law.calendar()).due_at


def _groups(table: _Table, asked: Comparison) -> list[Group]:
    language, book = get_language() or "", table.book
    named = [
        (law.words(group.names, language=language), [(key, rows.name_of(book.rule(key))) for key in group.rules])
        for group in asked.groups
    ]
    duties = [(one.rule, law.words(one.names, language=language)) for one in asked.duties]
    found = [(name, table.rows(keys)) for name, keys in [*named, (_("Duties"), duties)]]
    return [
        Group(name, tuple(row for row in rows if row.changed), tuple(row for row in rows if not row.changed))
        for name, rows in found
        if rows
    ]
