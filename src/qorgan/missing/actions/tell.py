"""Telling the offices near by, at once, each by a duty in its own place; and that the search is over.

About a sealed record nobody else is told by itself: it would stand in lists of places where nobody may know of it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, acting
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.missing import access, queries, rules
from qorgan.missing.models import Alarm, Bulletin
from qorgan.people.queries import by_ids
from qorgan.places import queries as places

LOOK_OUT = "missing.look_out"


def tell(*, alarm: Alarm, by: Actor, now: datetime) -> int:
    """Tell every office near by that was not told yet; how many were."""
    if offices.is_sealed(alarm.thread_id):
        return 0
    child = by_ids([alarm.child_id]).get(alarm.child_id)
    words = {
        "name": child.name if child else "",
        "last_place": vault.read(alarm.last_place, at="missing.alarm.last_place"),
        "wearing": vault.read(alarm.wearing, at="missing.alarm.wearing"),
    }
    found = queries.near(alarm.territory_id, besides=alarm.agency_id)
    # Each lies where that office is, out of the sight of whoever raises the alarm.
    with acting(offices.system("missing.tell")):
        known = set(queries.bulletins().filter(alarm_id=alarm.id).values_list("agency_id", flat=True))
        told = [office for office in found if office.id not in known]
        for office in told:
            _tell_one(alarm, office, words, by=by, now=now)
    detail = {"offices": [office.code for office in told]}
    journal.write(kind="missing.alarm.told", thing="alarm", thing_id=alarm.id, by=by, now=now, detail=detail)
    return len(told)


def _tell_one(alarm: Alarm, office: Agency, words: dict[str, str], *, by: Actor, now: datetime) -> None:
    place: dict[str, Any] = {"territory_id": office.territory_id, "thread_id": alarm.thread_id}
    made = Bulletin(
        id=ids.new(),
        alarm_id=alarm.id,
        **place,
        agency=office,
        from_agency_id=alarm.agency_id,
        key_id=alarm.key_id,
        age=alarm.age,
        last_seen_at=alarm.last_seen_at,
        dangers=alarm.dangers,
        told_at=now,
        **{name: vault.seal(alarm.key_id, text, at=f"missing.bulletin.{name}") for name, text in words.items()},
    )
    made.save(force_insert=True)
    term = law.deadline(LOOK_OUT, start=now, zone=places.zone(office.territory_id))
    duties.lay(
        laid=[duties.Laid(DutyKind.LOOK_OUT, LOOK_OUT, since=now, due_at=term.due_at, to_verify=term.to_verify)],
        thing="bulletin",
        thing_id=made.id,
        case_id=None,
        **place,
        agency_id=office.id,
        key_id=alarm.key_id,
        by=by,
        now=now,
    )


def over(*, alarm: Alarm, by: Actor, now: datetime) -> None:
    """Nobody looks out any more: from this second on nothing of the child is opened elsewhere."""
    with acting(offices.system("missing.over")):
        for told in queries.bulletins().filter(alarm_id=alarm.id).select_for_update():
            told.over_at = now
            told.version += 1
            told.save(update_fields=["over_at", "version"])
            duties.drop(thing_id=told.id, why="search_over", by=by, now=now)


@transaction.atomic
def answer(*, bulletin_id: UUID, by: Actor, now: datetime, seen: int | None = None) -> Bulletin:
    """Say, for the office that was told, that its patrols know. Raises NotFound, AlreadyAnswered, ChangedMeanwhile."""
    access.check_may(by, access.ANSWER)
    held = Bulletin.objects.select_for_update().filter(pk=bulletin_id, agency_id=by.agency).first()
    if held is None:
        raise NotFound
    check_seen(seen, stands=held.version, thing="bulletin", thing_id=held.id, kinds=("missing.bulletin.",))
    if held.over_at is not None or held.answered_at is not None:
        raise rules.AlreadyAnswered
    held.answered_at, held.answered_by = now, by.staff
    held.version += 1
    held.save(update_fields=["answered_at", "answered_by", "version"])
    duties.done(thing_id=held.id, kind=DutyKind.LOOK_OUT, by=by, now=now)
    detail = {"version": held.version}
    journal.write(kind="missing.bulletin.answered", thing="bulletin", thing_id=held.id, by=by, now=now, detail=detail)
    return held
