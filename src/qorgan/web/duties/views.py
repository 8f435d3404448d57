"""Pages of duties."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.base import clock
from qorgan.base import words as written
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.duties import access, actions, queries
from qorgan.duties.models import Duty
from qorgan.duties.terms import DONE_BY_HAND, Kind
from qorgan.places import queries as places
from qorgan.web import acts, context, looks
from qorgan.web.access import staff_page
from qorgan.web.courts import days as court
from qorgan.web.courts import oversight
from qorgan.web.duties import escalations
from qorgan.web.duties.forms import DoneForm
from qorgan.web.duties.rows import KEYS, Row, rows
from qorgan.web.law.keepers import to_verify
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest

SHOWN = {"late": 20, "today": 20, "awaited": 20, "no-term": 10, "done": 10}  # the whole of each is one key away
AHEAD = timedelta(days=366)
OPEN = {"late": 3, "today": 5, "awaited": 3, "no-term": 3}  # so many stand open, the others folded beneath them

TITLES: dict[str, str | Promise] = {
    "late": _("Overdue"),
    "today": _("Today"),
    "awaited": _("Someone waits for your answer"),
    "tomorrow": _("Tomorrow"),
    "later": _("After tomorrow"),
    "no-term": _("No term on record"),
    "done": _("Done today"),
}


def found_in(section: str, *, now: datetime, start: datetime, end: datetime) -> QuerySet[Duty]:
    """The duties of a section; `start` and `end` are today's midnights in the place."""
    day = timedelta(days=1)
    match section:
        case "late":
            return queries.late(now=now)
        case "today":
            return queries.due(now=now, until=end)
        case "awaited":
            return queries.awaited(after=end)
        case "tomorrow":
            return queries.due(now=end, until=end + day)
        case "later":
            return queries.due(now=end + day, until=end + AHEAD)
        case "no-term":
            return queries.without_term()
        case "done":
            return queries.done(since=start, now=now)
        case _:
            raise NotFound


def day_of(request: StaffRequest, now: datetime) -> tuple[datetime, datetime]:
    return queries.day_bounds(now.astimezone(places.zone(request.mandate.territory_id)))


# Whose day is not a list of duties. The page of each asks for its own permissions.
_STARTS = {"court_clerk": court.clerk, "prosecutor": oversight.day}


@require_safe
@staff_page()
def index(request: StaffRequest) -> HttpResponse:
    """The start page: of most roles today's duties, of some a day of their own; else the first section they may see."""
    start = _STARTS.get(request.actor.role)
    if start is not None:
        return start(request)
    if not request.actor.can(access.SEE):
        return redirect(next(door.url for door in context.staff_doors(request) if door.url != request.path))
    return _today(request)


def _today(request: StaffRequest) -> HttpResponse:
    """Today: late first, then today, then whom one keeps waiting, then what has no term, then what was done."""
    now = clock.now()
    start, end = day_of(request, now)
    found = {name: found_in(name, now=now, start=start, end=end) for name in SHOWN}
    held = {name: list(found[name][: most + 1]) for name, most in SHOWN.items()}
    held["no-term"].sort(key=lambda duty: duty.kind == Kind.VERIFY_PROVISION)  # what concerns a person comes first
    shown = {name: duties[: SHOWN[name]] for name, duties in held.items()}
    counts = {name: queries.count(found[name]) for name in ("late", "today", "done")}
    made = iter(rows([duty for duties in shown.values() for duty in duties], actor=request.actor, now=now))
    told = {name: [next(made) for _duty in duties] for name, duties in shown.items() if duties}
    more = {name: len(held[name]) > len(duties) for name, duties in shown.items()}
    looks.listed(request, thing="duty", list="today", rows=sum(len(duties) for duties in shown.values()))
    words = {
        "now": now,
        "escalated": escalations.waiting(request, now=now),
        "sections": _sections(told, counts=counts, more=more),
        "counts": counts,
        "place": places.name(request.mandate.territory_id, language=get_language() or ""),
        "clock_time": written.time_of_day(now, start.tzinfo or "UTC", get_language() or ""),
        "offset": f"{now.astimezone(start.tzinfo):%z}"[:3].replace("0", "", 1),
    }
    return render(request, "duties/index.html", words)


def _sections(told: dict[str, list[Row]], *, counts: dict[str, int], more: dict[str, bool]) -> list[dict[str, Any]]:
    """What stands open of each section, with the digits, and what is folded beneath it; alone on the page none is."""
    first = {name: OPEN.get(name, 0) if len(told) > 1 else KEYS for name in told}
    keyed = iter(_numbered([row for name, made in told.items() for row in made[: first[name]]]))
    return [
        {
            "name": name,
            "title": TITLES[name],
            "count": counts.get(name, len(made)),
            "rows": [next(keyed) for _row in made[: first[name]]],
            "rest": made[first[name] :],
            "is_more": more[name],
            "is_open_ended": more[name] and name not in counts,
        }
        for name, made in told.items()
    ]


def _numbered(made: list[Row]) -> list[Row]:
    """The first nine rows to be done get the digits."""
    open_rows = [row for row in made if row.duty.done_at is None and row.url][:KEYS]
    digits = {row.duty.id: str(number) for number, row in enumerate(open_rows, start=1)}
    return [replace(row, key=digits.get(row.duty.id, "")) for row in made]


@require_safe
@staff_page(permission=access.SEE)
def section(request: StaffRequest, name: str) -> HttpResponse:
    """One kind of duties, whole, part by part."""
    now = clock.now()
    start, end = day_of(request, now)
    found = part(request, found_in(name, now=now, start=start, end=end))
    looks.listed(request, thing="duty", list=name, rows=len(found.rows))
    made = _numbered(rows(found.rows, actor=request.actor, now=now))
    words = {"now": now, "name": name, "title": TITLES[name], "rows": made, "part": found}
    return render(request, "duties/section.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEE)
def duty(request: StaffRequest, duty_id: UUID) -> HttpResponse:
    """One duty with its provision; those that are done outside this system are marked as done here."""
    held = queries.find(duty_id)
    if held is None:
        raise NotFound
    now = clock.now()
    form = _done_form(request, held, now)
    if request.method == "POST":
        if form is None:
            raise NotAllowed
        if form.is_valid() and _finish(request, form, held, now):
            return acts.done(request, _("Marked as done."), "duties:index")
        held = queries.find(duty_id) or held
    looks.note(request, thing="duty", thing_id=held.id)
    row = rows([held], actor=request.actor, now=now)[0]
    words = {"now": now, "row": row, "form": form, "held": held, "late_why": queries.late_why(held)}
    words["history"] = escalations.history(held)
    if held.kind == Kind.VERIFY_PROVISION:
        words["verify"] = to_verify(held, actor=request.actor, now=now)
    return render(request, "duties/duty.html", words, status=acts.status_of(form) if form else 200)


def _done_form(request: StaffRequest, held: Duty, now: datetime) -> DoneForm | None:
    """The form of a duty that is done outside this system and stands open, or was open when this was sent."""
    stands = queries.stands(held)
    if Kind(held.kind) not in DONE_BY_HAND or not request.actor.can(access.DO):
        return None
    if stands and request.method != "POST":
        return None
    is_late = held.due_at is not None and held.due_at < now
    return DoneForm(acts.sent(request), is_late=is_late, seen=stands)


def _finish(request: StaffRequest, form: DoneForm, held: Duty, now: datetime) -> bool:
    def act() -> Duty:
        why = form.cleaned_data.get("late_why", "")
        return actions.finish(duty=held, by=request.actor, now=now, late_why=why, seen=form.version)

    def theirs() -> dict[str, object]:
        made = queries.find(held.id)
        return {"late_why": queries.late_why(made)} if made and "late_why" in form.fields else {}

    return acts.attempt(request, form, act, theirs=theirs) is not None
