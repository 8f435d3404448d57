"""What more is said and found in a case, and disputed: thrown apart, so that nothing planned before changes."""

from dataclasses import replace
from datetime import timedelta

from qorgan.simulation.engine.calendars import whole
from qorgan.simulation.engine.chance import happens, thrown
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import PlannedDispute, Thread


def disputed(scene: Scene, thread: Thread) -> Thread:
    """The thread with the words of a relative beside those of its report, where someone speaks; and what follows."""
    report = thread.report
    if thread.case_at is None or report is None or report.victim is None:
        return thread
    own = replace(scene, chance=thrown(scene.key, "disputed"))
    assumed = own.section("disputed")
    if not happens(own.chance, assumed["accounts"]):
        return thread
    planned = PlannedDispute(own.after(thread.case_at, "account"))
    if happens(own.chance, assumed["findings"]):
        planned = _found(own, planned, asks=report.suspect is None or report.suspect.written != report.victim.written)
    return replace(thread, dispute=planned)


def _found(scene: Scene, planned: PlannedDispute, *, asks: bool) -> PlannedDispute:
    """The finding, which may say something else; that it does, is marked, and a review may be asked for."""
    assumed = scene.section("disputed")
    found_at = scene.after(planned.heard_at, "finding", until=scene.horizon)
    differs, reviewed = happens(scene.chance, assumed["contradictions"]), happens(scene.chance, assumed["reviews"])
    planned = replace(planned, found_at=found_at)
    if not differs or found_at >= scene.horizon:
        return planned
    marked_at = scene.after(found_at, "mark", until=scene.horizon)
    planned = replace(planned, marked_at=marked_at)
    return _reviewed(scene, planned) if reviewed and asks else planned


def _reviewed(scene: Scene, planned: PlannedDispute) -> PlannedDispute:
    """The review asked for, the term that the office sets, and its answer before or after it, or never."""
    assumed, chance = scene.section("disputed"), scene.chance
    assert planned.marked_at is not None, "it follows what was marked"
    asked_at = scene.after(planned.marked_at, "review", until=scene.horizon)
    term_at = scene.after(asked_at, "term", until=scene.horizon)
    answered, in_time, part = happens(chance, assumed["answered"]), happens(chance, assumed["in_time"]), chance.random()
    if term_at >= scene.horizon:
        return planned
    due_at = term_at + timedelta(days=assumed["term_days"])
    late = timedelta(minutes=1) + part * timedelta(days=assumed["late_days"])
    moment = whole(term_at + part * (due_at - term_at) if in_time else due_at + late)
    answered_at = moment if answered and term_at < moment <= scene.horizon else None
    return replace(planned, asked_at=asked_at, term_at=term_at, due_at=due_at, answered_at=answered_at)
