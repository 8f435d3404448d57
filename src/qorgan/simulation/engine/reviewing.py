"""The child of a case dies, and the death is reviewed: thrown apart, so that nothing planned before changes."""

from dataclasses import replace
from datetime import datetime, timedelta

from qorgan.law.engine import deadlines
from qorgan.simulation.engine.calendars import whole
from qorgan.simulation.engine.chance import happens, picked, thrown
from qorgan.simulation.engine.children import PlannedAdvice, PlannedDeath
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import Thread

ANSWER = "death_review.answer"
CENTRE, GUARDIANSHIP = "centre", "guardianship"
_ENTRIES = 3  # the chair, a material, a finding


def reviewed(scene: Scene, thread: Thread) -> Thread:
    """The thread with the review of its child's death. No child who is sought, or sleeps elsewhere, is among them."""
    if thread.child is None or thread.child_at is None or thread.alarm or thread.tonight:
        return thread
    own = replace(scene, chance=thrown(scene.key, "death"))
    if not happens(own.chance, own.section("deaths")["reviewed"]):
        return thread
    moments = [own.after(thread.child_at, "death_review", until=own.horizon)]
    for _entry in range(_ENTRIES):
        moments.append(own.after(moments[-1], "death_entry", until=own.horizon))
    begun, *entered = moments
    advice = tuple(_advice(own, entered[-1], to) for to in (CENTRE, GUARDIANSHIP))
    closed = own.after(advice[-1].at, "death_closed", until=own.horizon)
    closed_at = closed if advice[-1].at < closed < own.horizon else None
    return replace(thread, death=PlannedDeath(begun, tuple(entered), advice, closed_at))


def _advice(scene: Scene, found_at: datetime, to: str) -> PlannedAdvice:
    """What is recommended, answered before or after its clock, or never."""
    assumed, chance = scene.section("deaths"), scene.chance
    at = scene.after(found_at, "death_entry", until=scene.horizon)
    due_at = deadlines.deadline(
        scene.ground.book, ANSWER, start=at, zone=scene.district.zone, calendar=scene.ground.calendar
    ).due_at
    assert due_at is not None, "a rule of the house"
    answered, in_time, part = happens(chance, assumed["answered"]), happens(chance, assumed["in_time"]), chance.random()
    late = timedelta(minutes=1) + part * timedelta(days=assumed["late_days"])
    moment, reply = whole(at + part * (due_at - at) if in_time else due_at + late), picked(chance, assumed["replies"])
    planned = PlannedAdvice(at, due_at, to)
    return replace(planned, reply=reply, answered_at=moment) if answered and moment <= scene.horizon else planned
