"""The end of a search: found alive, found dead, laid to rest; or begun again."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.base.keys import vault
from qorgan.base.scope import Actor
from qorgan.cases import actions as cases
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.missing import access, rules
from qorgan.missing.actions import held, notices, tell
from qorgan.missing.actions.begin import FIRST_SEARCH
from qorgan.missing.models import Alarm
from qorgan.missing.terms import State
from qorgan.people.actions import Named
from qorgan.people.queries import by_ids
from qorgan.places import queries as places
from qorgan.reports import access as report_access
from qorgan.reports import actions as reports
from qorgan.reports.models import Report
from qorgan.reports.terms import Channel, Serving

HEAR, REVIEW = "missing.hear_child", "missing.search_review"
_SEARCHING = frozenset({DutyKind.FIRST_SEARCH, DutyKind.REVIEW_SEARCH})


@dataclass(frozen=True)
class End:
    """How a search ended. `at` is when the child was found; `words` how, or why the search rests."""

    at: datetime | None = None
    place: str = field(default="", repr=False)
    words: str = field(default="", repr=False)
    review_on: date | None = None


@transaction.atomic
def found_alive(*, alarm: Alarm, end: End, by: Actor, now: datetime, seen: int | None = None) -> Alarm:
    """The child lives. In this second the public page is gone and nobody looks out; someone hears the child alone.

    Raises WrongState, ImpossibleMoment, ChangedMeanwhile.
    """
    access.check_may(by, access.END)
    found = held.locked(alarm, seen=seen)
    _found(found, State.FOUND_ALIVE, end, by=by, now=now)
    held.lay(alarm=found, kind=DutyKind.HEAR_CHILD, provision=HEAR, by=by, now=now)
    return found


@transaction.atomic
def found_dead(*, alarm: Alarm, end: End, by: Actor, now: datetime, seen: int | None = None) -> Alarm:
    """The child is dead: a report and a case of their own begin, in which nobody is alive to ask.

    Where the first record is shut to those near him, the second is from its first second too, and whoever routes it
    opens its case. Raises WrongState, NoPlace, ImpossibleMoment, ChangedMeanwhile.
    """
    access.check_may(by, access.END)
    found = held.locked(alarm, seen=seen)
    rules.check_place(end.place)
    _found(found, State.FOUND_DEAD, end, by=by, now=now)
    found.death_case_id = _death_case(found, end, by=by, now=now)
    said = str(found.death_case_id or "")
    held.keep(alarm=found, act="death_begun", fields=["death_case_id"], by=by, now=now, death_case=said)
    return found


@transaction.atomic
def rest(*, alarm: Alarm, end: End, by: Actor, now: datetime, seen: int | None = None) -> Alarm:
    """Lay the search to rest for a reason, until a day on which it is looked at again.

    Raises WrongState, NoReason, NoReviewDay, ChangedMeanwhile.
    """
    access.check_may(by, access.END)
    found = held.locked(alarm, seen=seen)
    zone = places.zone(found.territory_id)
    today = now.astimezone(zone).date()
    rules.check_reason(end.words)
    most = law.value(REVIEW, on=today).number()
    day = rules.check_review(end.review_on, today=today, most=most)
    _end(found, State.NOT_FOUND, end, at=now, review_on=day, by=by, now=now)
    due = datetime.combine(day, datetime.max.time().replace(microsecond=0), tzinfo=zone)
    held.lay(alarm=found, kind=DutyKind.REVIEW_SEARCH, provision=REVIEW, due_at=due, by=by, now=now)
    return found


@transaction.atomic
def seek_again(*, alarm: Alarm, why: str, by: Actor, now: datetime, seen: int | None = None) -> Alarm:
    """Begin the search again, or take back an end that was written wrongly: those near by are told anew.

    Raises WrongState, NoReason, ChangedMeanwhile.
    """
    access.check_may(by, access.END)
    found = held.locked(alarm, seen=seen)
    rules.check_can_become(found.state, State.SOUGHT)
    reason = rules.check_reason(why)
    found.state, found.ended_at, found.ended_by, found.review_on = State.SOUGHT, None, None, None
    found.ended_words = vault.seal(found.key_id, reason, at="missing.alarm.ended_words")
    fields = ("state", "ended_at", "ended_by", "review_on", "ended_words")
    held.keep(alarm=found, act="sought_again", fields=fields, by=by, now=now)
    duties.drop(thing_id=found.id, why="sought_again", by=by, now=now)
    held.lay(alarm=found, kind=DutyKind.FIRST_SEARCH, provision=FIRST_SEARCH, by=by, now=now)
    tell.tell(alarm=found, by=by, now=now)
    return found


def _found(alarm: Alarm, state: State, end: End, *, by: Actor, now: datetime) -> None:
    at = end.at or now
    rules.check_moment(at, after=alarm.last_seen_at, now=now)
    _end(alarm, state, end, at=at, review_on=None, by=by, now=now)


def _end(
    alarm: Alarm, state: State, end: End, *, at: datetime, review_on: date | None, by: Actor, now: datetime
) -> None:
    """Write the end; then nobody looks out, nothing stands in public, and no duty of the search is open."""
    rules.check_can_become(alarm.state, state)
    alarm.state, alarm.ended_at, alarm.ended_by, alarm.review_on = state, at, by.staff, review_on
    alarm.ended_place = vault.seal(alarm.key_id, end.place.strip(), at="missing.alarm.ended_place")
    alarm.ended_words = vault.seal(alarm.key_id, end.words.strip(), at="missing.alarm.ended_words")
    fields = ("state", "ended_at", "ended_by", "review_on", "ended_place", "ended_words")
    held.keep(alarm=alarm, act=str(state), fields=fields, by=by, now=now)
    notices.end_all(alarm=alarm, why=str(state), by=by, now=now)
    tell.over(alarm=alarm, by=by, now=now)
    duties.drop(thing_id=alarm.id, why=str(state), by=by, now=now, kinds=_SEARCHING)


def _death_case(alarm: Alarm, end: End, *, by: Actor, now: datetime) -> UUID | None:
    """The case that begins with the death; None where its report is shut to whoever writes, or cannot begin here.

    Inside an entrusted file nothing of one's own begins: the page says that the case is still to be opened.
    """
    if not by.can(report_access.ACCEPT):
        return None
    first = Report.objects.filter(pk=alarm.case.thread_id).first()
    child = by_ids([alarm.child_id]).get(alarm.child_id)
    signal: dict[str, Any] = {"submission": f"missing\0{alarm.id}\0{alarm.version}", "channel": Channel.INSPECTOR}
    accepted = reports.accept(
        signal=reports.Signal(
            **signal,
            registered_at=now,
            narrative=end.words,
            address=end.place,
            victim=Named(written=child.name if child else "", iin=child.iin if child else ""),
            serving=Serving(first.serving) if first else Serving.NOT_ASKED,
        ),
        by=by,
        now=now,
    )
    report = accepted.report
    seen = Report.objects.filter(pk=report.pk).exists()
    if not seen or not offices.may_write(report.thread_id, by=by, now=now):
        return None
    case = cases.open_from_report(report=report, by=by, now=now)
    cases.lay_death_review(case=case, by=by, now=now)
    return case.id
