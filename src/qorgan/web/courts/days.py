"""A court clerk's day: where the court sits today, what has no date yet, what waits for force, what is appealed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qorgan.base import clock
from qorgan.base import words as written
from qorgan.base.errors import NotAllowed
from qorgan.courts import access, queries
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing
from qorgan.courts.terms import DecisionKind, Kind, Party, Result, State
from qorgan.duties.queries import day_bounds
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.web import looks
from qorgan.web.courts.panels import Term, named, past, term
from qorgan.web.request import StaffRequest

SHOWN = 25  # of each section; the whole of it is a list of its own
KEYS = 9  # rows that a digit opens
DAYS = 7
FIRST = 4  # hearings of a day that are named in the picture of the week

_TITLES: dict[str, str | Promise] = {
    "unwritten": gettext_lazy("Hearings whose outcome is not written"),
    "today": gettext_lazy("Hearings today"),
    "no-date": gettext_lazy("No hearing set"),
    "force": gettext_lazy("Decided, waiting to enter into force"),
    "appeals": gettext_lazy("Appeals that wait for the higher court"),
}
_LISTS = {"no-date": "undecided", "force": State.DECIDED.value, "appeals": State.APPEALED.value}


@dataclass(frozen=True)
class Row:
    """One line of the day: what waits, since when, and the button that does it."""

    court_case: CourtCase
    tone: str
    word: str | Promise
    at: datetime
    what: str | Promise
    note: str
    verb: str | Promise
    url: str
    zone: ZoneInfo
    against: str = ""
    term: Term | None = None
    until: datetime | None = None
    key: str = ""


@dataclass(frozen=True)
class Day:
    """A day of the week ahead: how many hearings; the first of them in words, each with its address.

    `share`: of the fullest day.
    """

    day: str
    count: int
    share: float
    first: list[tuple[str, str]]
    more: int


def clerk(request: StaffRequest) -> HttpResponse:
    """The start page of a court clerk."""
    if not (request.actor.can(access.SEE) and request.actor.can(access.SCHEDULE)):
        raise NotAllowed
    now = clock.now()
    zone = places.zone(request.mandate.territory_id)
    court_id = request.actor.agency
    start, end = day_bounds(now.astimezone(zone))
    week = list(queries.hearings(court_id=court_id, start=start, end=start + timedelta(days=DAYS)))
    found: dict[str, Sequence[Any]] = {
        "unwritten": list(queries.unwritten(court_id=court_id, before=start)[: SHOWN + 1]),
        "today": [one for one in week if one.at < end],
        "no-date": list(queries.without_date(court_id=court_id)[: SHOWN + 1]),
        "force": list(queries.awaiting_force(court_id=court_id)[: SHOWN + 1]),
        "appeals": list(queries.pending_appeals(court_id=court_id)[: SHOWN + 1]),
    }
    shown = {name: things if name == "today" else things[:SHOWN] for name, things in found.items()}
    made = iter(_dressed([_row(thing, now) for things in shown.values() for thing in things]))
    sections = [
        {
            "name": name,
            "title": _TITLES[name],
            "rows": [next(made) for _thing in things],
            "more": reverse("courts:index") + f"?state={_LISTS[name]}"
            if name in _LISTS and len(found[name]) > len(things)
            else "",
        }
        for name, things in shown.items()
    ]
    looks.listed(request, thing="court_case", list="clerk", rows=sum(len(things) for things in shown.values()))
    words = {
        "now": now,
        "sections": [section for section in sections if section["rows"]],
        "counts": {name.replace("-", "_"): len(things) for name, things in found.items()},
        "week": _week(week, start=start, zone=zone),
        "court": request.mandate.agency.name(get_language() or ""),
        "clock_time": written.time_of_day(now, zone, get_language() or ""),
    }
    return render(request, "courts/day.html", words)


def _row(thing: Hearing | CourtCase | Decision | Appeal, now: datetime) -> Row:
    if isinstance(thing, Hearing):
        return _hearing(thing, now)
    if isinstance(thing, CourtCase):
        return _undated(thing, now)
    return _decision(thing) if isinstance(thing, Decision) else _appeal(thing)


def _hearing(one: Hearing, now: datetime) -> Row:
    held = one.court_case
    tone, word = ("late", _("Overdue")) if one.at < now else ("due", _("Ahead"))
    if one.result == Result.HELD:
        tone, word = "done", str(Result.HELD.label)
    waits = one.result == Result.PLANNED
    verb = _("Write the outcome") if waits and one.at < now else _("Put off") if waits else _("See")
    url = reverse("courts:hearing", args=[one.id]) if waits else _page(held.id)
    return Row(held, tone, word, one.at, Kind(held.kind).label, "", verb, url, places.zone(one.territory_id))


def _undated(held: CourtCase, now: datetime) -> Row:
    words = past(now - held.sent_at)
    url = reverse("courts:schedule", args=[held.id])
    zone = places.zone(held.territory_id)
    kind = Kind(held.kind).label
    return Row(held, "due", _("Waits"), held.sent_at, kind, words, _("Set the day"), url, zone)


def _decision(one: Decision) -> Row:
    held, kind = one.court_case, DecisionKind(one.kind).label
    url = reverse("courts:force", args=[one.id])
    zone = places.zone(one.territory_id)
    number = _("Decision %(number)s") % {"number": one.number}
    row = Row(held, "due", _("Waits"), one.decided_at, kind, number, _("Write the entry"), url, zone)
    return replace(row, until=one.appealable_until)


def _appeal(one: Appeal) -> Row:
    held, kind = one.decision.court_case, DecisionKind(one.decision.kind).label
    url = reverse("courts:outcome", args=[one.id])
    note = str(Party(one.filed_by).label)
    zone = places.zone(one.territory_id)
    return Row(held, "due", _("Waits"), one.filed_at, kind, note, _("Write the outcome"), url, zone)


def _page(court_case_id: UUID) -> str:
    return reverse("courts:court_case", args=[court_case_id])


def _dressed(rows: list[Row]) -> list[Row]:
    """The rows with whom they are against, their term and the first nine digits; asked for all rows at once."""
    held = queries.by_ids(row.court_case.id for row in rows)
    parties = queries.parties_of(list(held.values()))
    book, calendar = law.book(), law.calendar()
    dressed, key = [], 0
    for row in rows:
        waits = row.tone in ("late", "due")
        key += waits
        one = held.get(row.court_case.id, row.court_case)
        dressed.append(
            replace(
                row,
                court_case=one,
                against=named(parties[one.id][0]) if one.id in parties else "",
                term=term(one, book=book, calendar=calendar) if one.first_decided_at is None else None,
                key=str(key) if waits and key <= KEYS else "",
            )
        )
    return dressed


def _week(hearings: Sequence[Hearing], *, start: datetime, zone: ZoneInfo) -> list[Day]:
    """Today and the six days after it."""
    first = start.astimezone(zone).date()
    days: dict[date, list[Hearing]] = {first + timedelta(days=number): [] for number in range(DAYS)}
    for one in hearings:
        days.setdefault(one.at.astimezone(zone).date(), []).append(one)
    most = max((len(held) for held in days.values()), default=0) or 1
    return [_day(day, held, most=most, zone=zone) for day, held in sorted(days.items())]


def _day(day: date, held: list[Hearing], *, most: int, zone: ZoneInfo) -> Day:
    language = get_language() or ""
    first = [
        (f"{written.time_of_day(one.at, zone, language)} {one.court_case.number}", _page(one.court_case_id))
        for one in held[:FIRST]
    ]
    name = f"{written.weekday(day, language)}, {written.date_short(day, language)}"
    return Day(name, len(held), len(held) / most, first, len(held[FIRST:]))
