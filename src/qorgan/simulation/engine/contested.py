"""Orders that are breached, varied, complained of, annulled: thrown apart, so that nothing planned before changes."""

from dataclasses import replace
from datetime import datetime, timedelta

from qorgan.simulation.engine.chance import happens, thrown
from qorgan.simulation.engine.retelling import told_again
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import (
    PROTOCOL,
    PlannedBreach,
    PlannedCheck,
    PlannedCourtCase,
    PlannedOffence,
    PlannedOrder,
    Thread,
)

_EARLY = timedelta(days=9)  # so soon after service an order of any law is in force still


def contested(scene: Scene, thread: Thread, *, retold: bool = False) -> Thread:
    """The thread with what becomes of its orders beside their checks; `retold`: a further report tells of a breach."""
    if not thread.orders:
        return thread
    own = replace(scene, chance=thrown(scene.key, "orders"))
    registered = breach = _breach(own, thread)
    if retold:
        breach = told_again(replace(scene, chance=thrown(scene.key, "retold")), thread, registered)
    orders = []
    for number, order in enumerate(thread.orders):
        checked = replace(order, checks=tuple(_late(own, order)))
        if breach and number == 0:
            orders.append(replace(checked, breach=breach, cancelled_at=None))
        else:
            in_court = any(case.order == number for case in thread.court_cases)
            orders.append(_decided(own, checked, in_court=in_court))
    cases = tuple(_about(case, thread) if registered else case for case in thread.court_cases)
    return replace(thread, orders=tuple(orders), court_cases=cases)


def _late(scene: Scene, order: PlannedOrder) -> list[PlannedCheck]:
    if order.served_at is None:
        return []
    due = scene.ground.checks(order.served_at, scene.district.zone)
    return [replace(check, late=check.at > due[check.step - 1]) for check in order.checks]


def _breach(scene: Scene, thread: Thread) -> PlannedBreach | None:
    """The breach for which the first offence of the thread was registered, if it is one: noticed as it was drawn up."""
    order, offence = thread.orders[0], next(iter(thread.offences), None)
    if offence is None or not _is_breach(scene, offence) or order.served_at is None or order.recorded_at is None:
        return None
    soon = order.recorded_at - order.served_at < _EARLY
    breached_at, noted_at = order.recorded_at if soon else order.served_at, offence.registered_at
    return PlannedBreach(noted_at, breached_at, followed=PROTOCOL, followed_at=noted_at)


def _is_breach(scene: Scene, offence: PlannedOffence) -> bool:
    assumed = scene.ground.assumptions.breach
    return (offence.wording.code, offence.wording.article) == (assumed.code, assumed.article)


def _about(case: PlannedCourtCase, thread: Thread) -> PlannedCourtCase:
    """What is sent about the offence of a breach is sent about the order too."""
    return replace(case, order=0) if case.offence == 0 and thread.orders else case


def _decided(scene: Scene, order: PlannedOrder, *, in_court: bool) -> PlannedOrder:
    """An order annulled, or varied, or complained of in vain; one that was cancelled, or never served, has no more."""
    shares, chance = scene.section("contested"), scene.chance
    annulled, varied, appealed = (happens(chance, shares[name]) for name in ("annulled", "varied", "appealed"))
    if order.recorded_at is None or order.served_at is None or order.cancelled_at is not None:
        return order
    first, second, third = (_after(scene, order.recorded_at) for _each in range(3))
    if annulled and not in_court:
        return replace(order, annulled_at=first, checks=tuple(one for one in order.checks if one.at < first))
    if varied and first - order.served_at < _EARLY:
        order = replace(order, varied_at=first)
    if appealed:
        filed, decided = sorted((second, third))
        order = replace(order, appealed_at=filed, left_at=decided)
    return order


def _after(scene: Scene, moment: datetime) -> datetime:
    return scene.after(moment, "cancellation", until=scene.horizon)
