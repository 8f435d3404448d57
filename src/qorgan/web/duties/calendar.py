"""Open duties for a calendar (RFC 5545): what and by when, never about whom.

An event bears the kind of the duty, its provision, the office and its moment. Neither a name nor the number of a case
leaves with it; its UID is made with a key and a mandate, so that it is the same tomorrow and says nothing.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.agencies.terms import Kind as AgencyKind
from qorgan.duties.models import Duty
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.web.duties.rows import what
from qorgan.web.provisions import Cited, cited

if TYPE_CHECKING:
    from icalendar import Calendar, Event

MOST = 1000
MIME = "text/calendar; charset=utf-8"
_EVERY = timedelta(hours=1)  # a calendar asks again after that

# How long before the end of a term the bell rings, by how long the term is; the first that fits.
_BELLS = (
    (timedelta(days=3), timedelta(days=1)),
    (timedelta(hours=12), timedelta(hours=2)),
    (timedelta(hours=2), timedelta(minutes=30)),
)
_SHORT = timedelta(minutes=5)


def calendar(duties: Iterable[Duty], *, mandate_id: UUID, now: datetime) -> bytes:
    """The file. Duties without a term have no moment and are left out."""
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//Qorgan//duties//")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Duties"))
    made.add("refresh-interval", _EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", _EVERY)
    book, provisions = law.book(), dict[tuple[str, Any], Cited]()
    for duty in duties:
        if duty.due_at is None:
            continue
        zone = places.zone(duty.territory_id)
        on = (duty.provision, duty.since.astimezone(zone).date())
        if on not in provisions:
            provisions[on] = cited(book, on[0], on=on[1])
        made.add_component(
            _event(duty, duty.due_at.astimezone(zone).replace(microsecond=0), provisions[on], mandate_id, now)
        )
    return _whole(made)


def _whole(made: "Calendar") -> bytes:
    if made.events:
        starts = [event.DTSTART for event in made.events]
        made.add_missing_timezones(first_date=min(starts).date(), last_date=max(starts).date() + timedelta(days=1))
    return bytes(made.to_ical())


def _event(duty: Duty, due: datetime, provision: Cited, mandate_id: UUID, now: datetime) -> "Event":
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{uid(duty.id, mandate_id)}@qorgan")
    event.add("dtstamp", now)
    event.add("dtstart", due)
    event.add("summary", what(duty))
    event.add("description", "\n".join(one for one in (provision.name, _ground(provision, duty), _office(duty)) if one))
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    if due > now:
        event.add_component(_bell(duty, due))
    return event


def uid(duty_id: UUID, mandate_id: UUID) -> str:
    """A name of the event that stays, and from which neither a duty nor a case can be told."""
    return salted_hmac("duties.uid", f"{mandate_id}:{duty_id}", algorithm="sha256").hexdigest()[:32]


def _ground(provision: Cited, duty: Duty) -> str:
    to_verify = provision.to_verify or duty.to_verify
    return f"{provision.words} ({_('to be verified')})" if to_verify else provision.words


def _office(duty: Duty) -> str:
    """The office; of a crisis centre not even that."""
    return "" if duty.agency.kind == AgencyKind.CRISIS_CENTRE else duty.agency.name(get_language() or "")


def _bell(duty: Duty, due: datetime) -> Any:
    import icalendar

    term = due - duty.since
    before = next((bell for longer, bell in _BELLS if term >= longer), _SHORT)
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", what(duty))
    alarm.add("trigger", -before)
    return alarm
