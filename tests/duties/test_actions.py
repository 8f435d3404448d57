"""What is due: laid once, done once, late with its reason, dropped when its ground is gone."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from qorgan.base import ids
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.duties import actions, queries
from qorgan.duties.actions import Laid
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind

CHECKS = (1, 2, 3)


def _lay(by: Actor, now: datetime, *laid: Laid, thing_id: UUID | None = None) -> UUID:
    found = thing_id or ids.new()
    actions.lay(
        laid=list(laid) or [_check(now, step) for step in CHECKS],
        thing="order",
        thing_id=found,
        case_id=None,
        territory_id=by.territory_id or 0,
        thread_id=ids.new(),
        agency_id=by.agency,
        by=by,
        now=now,
    )
    return found


def _check(now: datetime, step: int) -> Laid:
    due = now + timedelta(days=7 * step)
    return Laid(kind=Kind.CHECK_ORDER, provision="orders.check_interval", since=now, due_at=due, step=step)


def test_duties_are_laid_with_their_clock_and_provision(owner: Actor, now: datetime) -> None:
    order = _lay(owner, now)
    rows = Duty.objects.filter(thing_id=order).order_by("step")
    assert [(row.step, row.since, row.due_at) for row in rows] == [
        (step, now, now + timedelta(days=7 * step)) for step in CHECKS
    ]
    assert {(row.provision, row.agency_id) for row in rows} == {("orders.check_interval", owner.agency_id)}
    assert JournalEntry.objects.get(kind="duties.duty.laid").detail == {"kinds": ["check_order"] * 3}


def test_laying_the_same_again_adds_nothing_and_moves_no_clock(owner: Actor, now: datetime) -> None:
    order = _lay(owner, now)
    _lay(owner, now + timedelta(days=2), thing_id=order)
    assert Duty.objects.filter(thing_id=order).count() == 3
    assert Duty.objects.get(thing_id=order, step=1).due_at == now + timedelta(days=7)


def test_a_duty_is_done_once_and_the_others_stay(owner: Actor, now: datetime) -> None:
    order = _lay(owner, now)
    later = now + timedelta(days=6)
    done = actions.done(thing_id=order, kind=Kind.CHECK_ORDER, step=1, by=owner, now=later)
    assert done is not None
    assert (done.done_at, done.done_by) == (later, owner.staff_id)
    assert actions.done(thing_id=order, kind=Kind.CHECK_ORDER, step=1, by=owner, now=later) is None
    assert [duty.step for duty in queries.of_things([order]).filter(done_at__isnull=True)] == [2, 3]
    assert JournalEntry.objects.get(kind="duties.duty.done").detail["late"] is False


def test_a_late_duty_does_not_go_away_and_is_done_with_its_reason(owner: Actor, now: datetime) -> None:
    order = _lay(owner, now)
    late = now + timedelta(days=8)
    assert [duty.step for duty in queries.late(now=late)] == [1]
    done = actions.done(thing_id=order, kind=Kind.CHECK_ORDER, step=1, by=owner, now=late, late_why="аурухана")
    assert done is not None
    assert "аурухана" not in bytes(done.late_why).decode(errors="replace")
    assert queries.late_why(done) == "аурухана"
    assert JournalEntry.objects.get(kind="duties.duty.done").detail["late"] is True
    assert list(queries.late(now=late)) == []


def test_what_lost_its_ground_is_dropped_and_what_was_done_stays_done(owner: Actor, now: datetime) -> None:
    order = _lay(owner, now)
    other = _lay(owner, now)
    actions.done(thing_id=order, kind=Kind.CHECK_ORDER, step=1, by=owner, now=now)
    assert actions.drop(thing_id=order, why="order_cancelled", by=owner, now=now) == 2
    assert actions.drop(thing_id=order, why="order_cancelled", by=owner, now=now) == 0
    states = {duty.step: (duty.done_at, duty.dropped_at) for duty in queries.of_things([order])}
    assert states == {1: (now, None), 2: (None, now), 3: (None, now)}
    assert queries.of_things([other]).filter(dropped_at__isnull=True).count() == 3
    entry = JournalEntry.objects.get(kind="duties.duty.dropped")
    assert (entry.thing, entry.thing_id) == ("order", str(order))
    assert entry.detail == {"why": "order_cancelled", "count": 2}


def test_a_dropped_duty_cannot_be_done(owner: Actor, now: datetime) -> None:
    order = _lay(owner, now)
    actions.drop(thing_id=order, why="order_cancelled", by=owner, now=now)
    assert actions.done(thing_id=order, kind=Kind.CHECK_ORDER, step=1, by=owner, now=now) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(thing_id=order, step=1).update(done_at=now, done_by=owner.staff_id)


def test_late_due_and_without_term_are_three_lists_without_overlap(owner: Actor, now: datetime) -> None:
    silent = Laid(kind=Kind.VERIFY_PROVISION, provision="orders.copy_to_prosecutor", since=now, due_at=None)
    _lay(owner, now, _check(now, 1), _check(now, 2), silent)
    week = now + timedelta(days=7)
    assert [duty.step for duty in queries.late(now=week)] == []  # due this very minute is not late
    assert [duty.step for duty in queries.due(now=week, until=week + timedelta(days=1))] == [1]
    assert [duty.step for duty in queries.late(now=week + timedelta(seconds=1))] == [1]
    assert [duty.kind for duty in queries.without_term()] == ["verify_provision"]


def test_the_counts_of_a_day_are_those_of_its_place(owner: Actor, now: datetime) -> None:
    start, end = queries.day_bounds(now.astimezone(ZoneInfo("Asia/Almaty")))
    _lay(
        owner,
        now,
        *(
            Laid(kind=Kind.CHECK_ORDER, provision="x", since=now, due_at=moment, step=step)
            for step, moment in enumerate([now - timedelta(hours=1), now, end - timedelta(seconds=1), end])
        ),
    )
    assert queries.count(queries.late(now=now)) == 1
    assert queries.count(queries.due(now=now, until=end)) == 2
    assert queries.count(queries.done(since=start, now=now)) == 0


def test_a_stranger_has_none_of_these_duties_and_cannot_lay_one_here(
    owner: Actor, stranger: Actor, now: datetime
) -> None:
    order = _lay(owner, now)
    with acting(stranger):
        assert list(queries.of_things([order])) == []
        assert actions.done(thing_id=order, kind=Kind.CHECK_ORDER, step=1, by=stranger, now=now) is None
        assert actions.drop(thing_id=order, why="x", by=stranger, now=now) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            actions.lay(
                laid=[_check(now, 9)], thing="order", thing_id=order, case_id=None, territory_id=7903, thread_id=order,
                agency_id=stranger.agency, by=stranger, now=now,
            )  # fmt: skip
    assert Duty.objects.filter(thing_id=order, done_at__isnull=True, dropped_at__isnull=True).count() == 3
