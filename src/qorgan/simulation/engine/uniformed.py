"""A suspect in uniform: thrown apart from its thread, so that nothing planned before changes."""

from dataclasses import replace

from qorgan.simulation.engine.chance import happens, thrown
from qorgan.simulation.engine.guarding import answered
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import PlannedOffer, Thread


def uniformed(scene: Scene, thread: Thread) -> Thread:
    """The thread with its investigation passed to military police, who receive it, decline, or never answer."""
    if thread.case_at is None or thread.report is None or thread.report.suspect is None:
        return thread
    own = replace(scene, chance=thrown(scene.key, "uniform"))
    assumed = own.section("uniform")
    if not happens(own.chance, assumed["suspects"]):
        return thread
    at = own.after(thread.case_at, "uniform", until=own.horizon)
    dice, answered_at = own.chance.random() * 100, answered(own, at, "receipt_of_case")
    if dice >= assumed["received"] + assumed["declined"]:
        return replace(thread, uniform=PlannedOffer(at))
    accepted = dice < assumed["received"]
    return replace(thread, uniform=PlannedOffer(at, answered_at=answered_at, accepted=accepted))
