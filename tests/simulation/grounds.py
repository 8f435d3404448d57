"""The country's ground with assumptions of a test's own, and ledgers over it."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from qorgan.simulation.engine.assumptions import Assumptions
from qorgan.simulation.engine.ground import Ground
from qorgan.simulation.engine.ledger import Ledger
from qorgan.simulation.engine.plan import Plan
from qorgan.simulation.engine.threads import Thread
from qorgan.simulation.readers.country import articles, borders, clock, ground

SEED = 7


def plan(year: int, scale: str, *, seed: int = SEED, on: Ground | None = None) -> Plan:
    """A plan of the country, or of another ground."""
    return Plan(on or ground(), seed, year, Fraction(scale))


def assuming(**changes: Any) -> Ground:
    """The ground with other assumptions."""
    held = ground()
    assumed: Assumptions = replace(held.assumptions, **changes)
    return replace(held, assumptions=assumed)


def ledger(threads: Iterable[Thread] = (), **how: Any) -> Ledger:
    """A ledger of the country with the threads in it."""
    zones = {district.id: district.zone for district in ground().districts}
    made = Ledger(borders(), articles(), zones, country=clock())
    made.add_all(threads, **how)
    return made
