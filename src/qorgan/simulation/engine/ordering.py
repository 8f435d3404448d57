"""The orders of a case: drafted, issued, served, checked, perhaps cancelled; and the child that they protect too."""

from dataclasses import replace
from datetime import datetime, timedelta

from qorgan.simulation.engine.chance import happens
from qorgan.simulation.engine.personas import FEMALE, MALE, household, name, persona
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import Persona, PlannedCheck, PlannedOrder

_CHILD_UNTIL = 17


def orders(scene: Scene, case_at: datetime, count: int, narrative: str, *, breached: bool) -> tuple[PlannedOrder, ...]:
    """The orders of a case, each after the one before; the first is served where its breach is told of."""
    found: list[PlannedOrder] = []
    for number in range(count):
        since = scene.after(found[-1].issued_at, "second_report") if found else case_at
        drafted = scene.after(since, "draft")
        order = PlannedOrder(
            drafted_at=drafted,
            issued_at=scene.after(drafted, "issue"),
            circumstances=scene.words("told", "circumstances").format(narrative=narrative),
            happened_at=since if found else None,
        )
        found.append(_cancelled(scene, _served(scene, order, surely=breached and number == 0)))
    return tuple(found)


def _served(scene: Scene, order: PlannedOrder, *, surely: bool) -> PlannedOrder:
    shares = scene.section("percent_of_orders")
    if not (happens(scene.chance, shares["served"]) or surely):
        return order
    served = scene.after(order.issued_at, "service", until=scene.horizon)
    recorded = scene.after(served, "service_record", until=scene.horizon)
    refused = happens(scene.chance, shares["refused"])
    witness = name(scene.words("names"), scene.chance, sex=MALE) if refused else ""
    checks = _checks(scene, served, recorded)
    return replace(
        order, served_at=served, recorded_at=recorded, refused=refused, witness=witness, checks=tuple(checks)
    )


def _checks(scene: Scene, served: datetime, recorded: datetime) -> list[PlannedCheck]:
    """Those of the checks planned by law that are done, some hours round the hour they are due."""
    shares, (least, most) = scene.section("checks"), scene.ground.assumptions.delays["check_late"]
    found = []
    for step, due in enumerate(scene.ground.checks(served, scene.district.zone), start=1):
        moment = due + timedelta(minutes=round(60 * scene.chance.uniform(least, most)))
        done = happens(scene.chance, shares["done"])
        thrown = scene.chance.random() * 100
        if not done or moment <= recorded or moment > scene.horizon:
            continue
        breach, absent = shares["breach"], shares["not_found"]
        finding = "breach" if thrown < breach else "not_found" if thrown < breach + absent else "no_breach"
        found.append(PlannedCheck(step, moment.astimezone(served.tzinfo), finding))
    return found


def _cancelled(scene: Scene, order: PlannedOrder) -> PlannedOrder:
    if not happens(scene.chance, scene.section("percent_of_orders")["cancelled"]):
        return order
    moment = scene.after(order.recorded_at or order.issued_at, "cancellation", until=scene.horizon)
    kept = tuple(check for check in order.checks if check.at < moment)
    return replace(order, cancelled_at=moment, checks=kept)


def child(scene: Scene) -> Persona | None:
    """A child of the household, where one is protected too."""
    if not happens(scene.chance, scene.section("percent_of_orders")["children"]):
        return None
    sex = FEMALE if scene.chance.random() < 0.5 else MALE
    age = scene.chance.randint(1, _CHILD_UNTIL)
    return persona(scene, household(scene), sex=sex, age=age, on=scene.days.first)
