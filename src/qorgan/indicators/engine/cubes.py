"""Cubes: how many facts of a kind there are to each combination of what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from qorgan.facts.engine.words import FactKind
from qorgan.indicators.engine import cuts
from qorgan.indicators.engine.cuts import Condition, Known, Shape

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

# Full years from which a band begins. The first ones are those of criminal liability and of majority.
AGE_BANDS: tuple[tuple[int, str], ...] = (
    (0, "0-13"),
    (14, "14-15"),
    (16, "16-17"),
    (18, "18-29"),
    (30, "30-44"),
    (45, "45-59"),
    (60, "60+"),
)


def age_band(facts: Table) -> Value:
    """The band that the age lies in; null where it is not known."""
    import ibis

    ends = [first for first, _word in AGE_BANDS[1:]]
    below = [(facts.age < end, word) for end, (_first, word) in zip(ends, AGE_BANDS, strict=False)]
    return ibis.cases((facts.age.isnull(), ibis.null("string")), *below, else_=AGE_BANDS[-1][1])


def _column(name: str) -> Callable[[Table], Value]:
    return lambda facts: facts[name]


DIMENSIONS: dict[str, Callable[[Table], Value]] = {
    "year": lambda facts: facts.on.year().cast("int64"),
    "month": lambda facts: facts.on.month().cast("int64"),
    "age_band": age_band,
    **{name: _column(name) for name in ("region", "code", "iccs", "sex", "relation", "stage", "domestic")},
}


def cube(known: Known, kind: FactKind, dimensions: Sequence[str], *conditions: Condition) -> Table:
    """Rows of (dimensions, facts), in the order of the dimensions. Null is a value of its own: not known."""
    found = known.here(kind, *conditions)
    by = {name: DIMENSIONS[name](found) for name in dimensions}
    return found.group_by(**by).aggregate(facts=found.count()).order_by(list(dimensions))


@cache
def sql(kind: FactKind, dimensions: tuple[str, ...], shape: Shape, dialect: str = "postgres") -> str:
    """The cube as SQL of an engine, with the values of a cut as named parameters."""
    return cuts.compiled(cube(Known(cuts.table(), shape), kind, dimensions), dialect)
