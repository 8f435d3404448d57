"""Special requirements of a court that are breached: thrown apart, so that nothing planned before changes."""

from dataclasses import replace
from datetime import datetime, timedelta

from qorgan.simulation.engine.chance import happens, thrown
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import PlannedCourtCase, PlannedDecision, Thread

_MONTH = timedelta(days=28)  # a month of a term is never shorter
_FIRST = "contact_with_victim"  # the first of what a simulated court forbids


def required(scene: Scene, thread: Thread) -> Thread:
    """The thread with the breaches of what its courts required, each while the requirements bound."""
    if thread.case_at is None or not thread.court_cases:
        return thread
    own = replace(scene, chance=thrown(scene.key, "requirements"))
    return replace(thread, court_cases=tuple(_breached(own, case) for case in thread.court_cases))


def _breached(scene: Scene, case: PlannedCourtCase) -> PlannedCourtCase:
    return replace(case, decisions=tuple(replace(one, breached_at=_when(scene, one)) for one in case.decisions))


def _when(scene: Scene, decision: PlannedDecision) -> datetime | None:
    """None where the requirements never bound before the thread ends, or nobody noticed a breach."""
    if decision.kind != "special_requirements" or decision.in_force_at is None or _FIRST not in decision.prohibitions:
        return None
    happened = happens(scene.chance, scene.section("requirements")["breached"])
    ends = decision.in_force_at + (decision.months or 0) * _MONTH
    moment = scene.after(decision.in_force_at, "requirement_breach", until=min(ends, scene.horizon))
    return moment if happened and moment < ends else None
