"""A further report of a case: it tells of a breach of the order, and the case leads it from then on."""

from dataclasses import replace
from datetime import timedelta

from qorgan.simulation.engine.chance import happens
from qorgan.simulation.engine.ending import another, between
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import REFUTED, WARNED, PlannedBreach, Thread

_MINUTE = timedelta(minutes=1)


def told_again(scene: Scene, thread: Thread, registered: PlannedBreach | None) -> PlannedBreach | None:
    """The breach of the first order as a report tells of it; `registered`: one for which an offence is, and stays so.

    Everything happens inside the year: the totals count the report.
    """
    order, first = thread.orders[0], thread.report
    if order.served_at is None or order.recorded_at is None or first is None:
        return registered
    if registered:
        told = between(scene, order.recorded_at, registered.noted_at)
        received = between(scene, told, registered.noted_at)
        noted = between(scene, received, registered.noted_at)
        return replace(registered, noted_at=noted, report=another(scene, first, (told, received), number=3))
    ends = scene.ground.ends(order.served_at, scene.district.zone) - _MINUTE
    told = scene.after(order.recorded_at, "retold", until=min(ends, scene.end))
    received = scene.after(told, "receipt")
    found = PlannedBreach(scene.after(received, "case"), report=another(scene, first, (told, received), number=3))
    return _followed(scene, found)


def _followed(scene: Scene, breach: PlannedBreach) -> PlannedBreach:
    """A warning, or that it was no breach; or nothing while the thread moves."""
    assumed = scene.section("retold")
    warned, refuted = happens(scene.chance, assumed["warned"]), happens(scene.chance, assumed["not_confirmed"])
    followed_at = scene.after(breach.noted_at, "retold_answer", until=scene.horizon)
    if not warned and not refuted:
        return breach
    return replace(breach, followed=WARNED if warned else REFUTED, followed_at=followed_at)
