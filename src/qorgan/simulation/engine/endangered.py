"""How the danger in a case is assessed: thrown apart from its thread, so that nothing planned before changes."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from qorgan.law.engine import deadlines
from qorgan.simulation.engine.calendars import whole
from qorgan.simulation.engine.chance import happens, thrown
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import PlannedDanger, PlannedMeasure, Thread

_ADULT = 18  # a child is not questioned by the triage


def endangered(scene: Scene, thread: Thread) -> Thread:
    """The thread with the assessment of its case, where one is made; before the triage was in force there is none."""
    if thread.case_at is None or thread.report is None or thread.report.victim is None:
        return thread
    age = thread.report.victim.age
    own = replace(scene, chance=thrown(scene.key, "danger"))
    assumed = own.section("danger")
    if (age is not None and age < _ADULT) or not happens(own.chance, assumed["assessed"]):
        return thread
    at = own.after(thread.case_at, "assessment")
    if own.local_day(at) < assumed["from"]:
        return thread
    said = own.chance.choices(assumed["answers"], [one["weight"] for one in assumed["answers"]])[0]
    measures = tuple(_measure(own, at, action, key) for action, key in said["measures"].items())
    danger = PlannedDanger(at, said["safe"], tuple(said["yes"]), measures)
    return replace(thread, danger=_lowered(own, danger, said))


def _measure(scene: Scene, at: datetime, action: str, key: str) -> PlannedMeasure:
    """A measure done before or after the clock of its provision, or never."""
    assumed, chance = scene.section("danger"), scene.chance
    zone, calendar = scene.district.zone, scene.ground.calendar
    due_at = deadlines.deadline(scene.ground.book, key, start=at, zone=zone, calendar=calendar).due_at
    done, in_time, part = happens(chance, assumed["done"]), happens(chance, assumed["in_time"]), chance.random()
    if due_at is None or not done:
        return PlannedMeasure(action)
    late = timedelta(minutes=1) + part * timedelta(hours=assumed["late_hours"])
    moment = whole(at + part * (due_at - at) if in_time else due_at + late)
    return PlannedMeasure(action, moment, in_time) if moment <= scene.horizon else PlannedMeasure(action)


def _lowered(scene: Scene, danger: PlannedDanger, said: dict[str, Any]) -> PlannedDanger:
    """A lower result asked for, and the word of a second person on it."""
    assumed = scene.section("danger")
    asks, agrees = happens(scene.chance, assumed["lowered"]), happens(scene.chance, assumed["agreed"])
    if not said["lower"] or not asks:
        return danger
    asked_at = scene.after(danger.at, "lowering", until=scene.horizon)
    decided_at = scene.after(asked_at, "second_person", until=scene.horizon)
    return replace(danger, lower=said["lower"], asked_at=asked_at, decided_at=decided_at, agreed=agrees)
