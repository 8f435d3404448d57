"""Where the child of a case sleeps: thrown apart from its thread, so that nothing planned before changes."""

from dataclasses import replace
from datetime import datetime, timedelta

from qorgan.law.engine import deadlines
from qorgan.law.engine.ages import age_on
from qorgan.simulation.engine.calendars import whole
from qorgan.simulation.engine.chance import happens, picked, thrown
from qorgan.simulation.engine.children import PlannedNight, PlannedTonight
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import Thread

TONIGHT = "guardianship.tonight"
IS, MAY_BE, RETURNED = "is", "may_be", "returned"
_ADULT = 18


def sheltered(scene: Scene, thread: Thread) -> Thread:
    """The thread with what the guardianship authority was told and decided, where a parent may be complained of."""
    if thread.child is None or thread.child_at is None or thread.report is None or thread.report.suspect is None:
        return thread
    own = replace(scene, chance=thrown(scene.key, "tonight"))
    assumed = own.section("tonight")
    dice, said_at = own.chance.random() * 100, own.after(thread.child_at, "parent_said", until=own.horizon)
    born, day = thread.child.birth_date, own.local_day(said_at)
    if dice >= assumed["is"] + assumed["may_be"] or (born and age_on(born, day) >= _ADULT):
        return thread
    due_at = deadlines.deadline(
        own.ground.book, TONIGHT, start=said_at, zone=own.district.zone, calendar=own.ground.calendar
    ).due_at
    assert due_at is not None, "a rule of the house"
    word = IS if dice < assumed["is"] else MAY_BE
    return replace(thread, tonight=_decided(own, said_at, due_at, word))


def _decided(scene: Scene, said_at: datetime, due_at: datetime, word: str) -> PlannedTonight:
    """The first night, before or after its clock; and when the child is at home again, where that comes."""
    assumed, chance = scene.section("tonight"), scene.chance
    in_time, part, home = happens(chance, assumed["in_time"]), chance.random(), happens(chance, assumed["returned"])
    late = timedelta(minutes=1) + part * timedelta(hours=assumed["late_hours"])
    first = whole(said_at + part * (due_at - said_at) if in_time else due_at + late)
    accepted = whole(said_at + chance.random() * (first - said_at))
    stays, days = picked(chance, assumed["stays"]), chance.randint(1, assumed["most_days"])
    back = scene.after(first, "home_again", until=scene.horizon)
    planned = PlannedTonight(said_at, word, due_at, accepted)
    if first >= scene.horizon:
        return planned
    nights = [PlannedNight(first, stays, first + timedelta(days=days))]
    if home and back > first:
        nights.append(PlannedNight(back, RETURNED))
    return replace(planned, nights=tuple(nights))
