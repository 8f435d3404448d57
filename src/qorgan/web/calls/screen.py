"""What the call screen shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.places import queries as places
from qorgan.reports import access
from qorgan.reports.models import Contact
from qorgan.reports.queries import contacts as queries
from qorgan.reports.rules.contacts import UNDO
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms.contacts import Consent, Disposition, Way
from qorgan.web import acts, persons
from qorgan.web.calls import words
from qorgan.web.calls.forms import BlockForm, CallForm
from qorgan.web.request import StaffRequest

AIM = 90  # seconds in which a contact is told
MOST_BEFORE = 5


@dataclass(frozen=True)
class Line:
    """One contact in a list: its number masked."""

    held: Contact
    number: str
    what: str
    way: str
    line: str


def lines(held: list[Contact]) -> list[Line]:
    """Contacts as lines, their numbers opened with one question and masked."""
    opened = queries.numbers(held)
    return [
        Line(
            held=one,
            number=persons.masked_phone(opened[one.id]),
            what=str(Disposition(one.disposition).label) if one.disposition else "",
            way=str(Way(one.way).label),
            line=str(Channel(one.line).label),
        )
        for one in held
    ]


def undoable(held: Contact | None, *, now: datetime) -> int:
    """Seconds that are left to take back what was said of a contact; 0 where none are."""
    if held is None or held.disposed_at is None or held.report_id is not None:
        return 0
    return max(0, round((UNDO - (now - held.disposed_at)).total_seconds()))


def shown(
    request: StaffRequest, held: Contact, form: CallForm, *, block: BlockForm | None = None, whole: bool = False
) -> HttpResponse:
    """The screen of one contact. A form sent with something wrong in it is 422, one that was overtaken 409."""
    now = clock.now()
    draft = queries.draft_of(held.id)
    number = queries.number(held, as_given=whole)
    since = held.answered_at or held.rang_at
    seconds = max(0, int(((held.ended_at or now) - since).total_seconds()))
    data: dict[str, Any] = {
        "held": held,
        "form": form,
        "blocking": block or (BlockForm() if _may_block(request, held) else None),
        "line": Channel(held.line).label,
        "zone": places.zone(held.territory_id),
        "number": number if whole else persons.masked_phone(number),
        "whole": whole,
        "earlier": lines(list(queries.earlier(held)[:MOST_BEFORE])),
        "dispositions": [(one, one.key) for one in Disposition],
        "disposition": Disposition(held.disposition) if held.disposition else None,
        "saved_at": draft.saved_at,
        "minutes": f"{seconds // 60:02d}:{seconds % 60:02d}",
        "seconds": seconds,
        "share": min(1.0, seconds / AIM),
        "undo": undoable(held, now=now),
        **_danger(held, said=draft.said, now=now),
        "sealed": agencies.is_sealed(held.thread_id),
        "taken_by": agencies.staff_names([held.taken_by], language=get_language() or "").get(held.taken_by, ""),
    }
    status = acts.status_of(block) if block else acts.status_of(form)
    return render(request, "calls/contact.html", data, status=status)


def _danger(held: Contact, *, said: dict[str, str], now: datetime) -> dict[str, Any]:
    """The panel of 102: its words as last saved, or as they were kept, and the two answers."""
    alarm = queries.alarm_of(held.id)
    serving = Serving(held.serving)
    return {
        "alarm": alarm,
        "alarm_words": queries.alarm_words(alarm) if alarm else "",
        "alarm_undo": max(0, round((UNDO - (now - alarm.told_at)).total_seconds())) if alarm else 0,
        "words": words.for_102(said, serving=serving, line=str(Channel(held.line).label)),
        "serving": serving,
        "consent": Consent(held.consent),
    }


def _may_block(request: StaffRequest, held: Contact) -> bool:
    ground = held.disposition in (Disposition.PRANK, Disposition.ABUSIVE)
    return ground and held.number_index is not None and request.actor.can(access.BLOCK)
