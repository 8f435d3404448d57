"""The child of a case goes missing: thrown apart from its thread, so that nothing planned before changes."""

from dataclasses import replace
from datetime import timedelta

from qorgan.simulation.engine.calendars import whole
from qorgan.simulation.engine.chance import delay, happens, thrown
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import PlannedAlarm, Thread


def sought(scene: Scene, thread: Thread) -> Thread:
    """The thread with the alarm for its child, where one is raised; one in which no child is named stays as it is."""
    if thread.child_at is None or thread.report is None:
        return thread
    own = replace(scene, chance=thrown(scene.key, "sought"))
    assumed = own.section("missing")
    if not happens(own.chance, assumed["children"]):
        return thread
    at = own.after(thread.child_at, "alarm")
    gone = delay(own.chance, own.ground.assumptions.delays["unseen"])
    alarm = PlannedAlarm(at, seen_at=whole(at - gone), place=thread.report.address)
    return replace(thread, alarm=_ended(own, alarm))


def _ended(scene: Scene, alarm: PlannedAlarm) -> PlannedAlarm:
    """What was searched, and how it ended: found alive, laid to rest, or not within the year and what follows it."""
    assumed = scene.section("missing")
    searched = scene.after(alarm.at, "first_place", until=scene.horizon)
    dice = scene.chance.random() * 100
    rests = assumed["alive"] <= dice < assumed["alive"] + assumed["rested"]
    if dice >= assumed["alive"] + assumed["rested"]:
        return replace(alarm, searched_at=searched)
    ended = scene.after(alarm.at, "rest" if rests else "found", until=scene.horizon)
    review = scene.local_day(ended) + timedelta(days=assumed["review_days"]) if rests else None
    # A child who was found first was sought nowhere.
    return replace(alarm, searched_at=searched if searched < ended else None, ended_at=ended, review_on=review)
