"""The table of facts as formulas see it, and which of its rows count: as of a moment, in a period, at a place.

`ibis` is imported inside functions: it takes over a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from qorgan.facts.engine.words import FactKind
from qorgan.indicators.engine.periods import Period

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table, Value

Condition = Callable[["Table"], "BooleanValue"]

TABLE = "facts_fact"
SCHEMA = {
    "id": "int64",
    "kind": "string",
    "link": "binary",
    "root": "binary",
    "part_of": "binary",
    "version": "int64",
    "on": "date",
    "region": "int64",
    "hours": "decimal(10, 3)",
    "code": "string",
    "iccs": "string",
    "traits": "string",
    "sex": "string",
    "age": "int64",
    "relation": "string",
    "stage": "string",
    "domestic": "boolean",
    "withdrawn": "boolean",
    "collected_at": "timestamp('UTC', 6)",
}


@dataclass(frozen=True)
class Cut:
    """Which facts a figure is made of: collected up to `as_of`, in the period, in one region or all, apart or not."""

    period: Period
    as_of: datetime
    region: int | None = None
    by_region: bool = False

    @property
    def shape(self) -> Shape:
        """What the SQL of a formula depends on; everything else is a value that is bound to it."""
        return Shape(one_region=self.region is not None, by_region=self.by_region)

    @property
    def values(self) -> dict[str, str]:
        """What is bound to the SQL, by name."""
        bound = {"as_of": self.as_of.isoformat(), "first": f"{self.period.first}", "last": f"{self.period.last}"}
        return bound if self.region is None else bound | {"region": str(self.region)}


@dataclass(frozen=True)
class Shape:
    """A cut without its values: a formula is compiled once for each shape and engine, which takes a tenth of a second.

    Without a period the facts of all days count.
    """

    one_region: bool = False
    by_region: bool = False
    has_period: bool = True


@dataclass(frozen=True)
class Numbers:
    """What a formula answers for one place. `measure` is in thousandths of the unit, doubled."""

    numerator: int | None
    denominator: int | None
    measure: int | None = None


def table() -> Table:
    """The table of facts, bound to no database."""
    import ibis

    return ibis.table(SCHEMA, name=TABLE)


def bound(name: str, type_: str) -> Value:
    """A value of the cut: a text `:name` inside the expression, which `compiled` makes a parameter of the engine."""
    import ibis

    return ibis.literal(f":{name}").cast(type_)


def in_period(facts: Table) -> BooleanValue:
    """By the fact's own day."""
    return facts.on.between(bound("first", "date"), bound("last", "date"))


def in_region(facts: Table) -> BooleanValue:
    """By the region that its place belonged to that day."""
    return facts.region == bound("region", "int64")


_MARK = re.compile(r"':(as_of|first|last|region)'")
_PARAMETER = {"postgres": r"%(\1)s", "duckdb": r"$\1"}


def compiled(expression: Table, dialect: str) -> str:
    """The expression as SQL of an engine, with named parameters as its driver writes them."""
    import ibis

    text = str(ibis.to_sql(expression, dialect=dialect))
    if dialect == "postgres":
        text = text.replace("%", "%%")
    return _MARK.sub(_PARAMETER[dialect], text)


def current(facts: Table, kind: FactKind, *conditions: Condition) -> Table:
    """Of each fact of a kind its latest version as of the moment, where it still counts and meets the conditions.

    Few facts ever have a second version, so the older ones are taken out by an anti-join against a small side. What
    else is asked of a fact is asked of each version first: it makes no other version the latest.
    """
    until = bound("as_of", "timestamp('UTC')")
    known = facts.filter(
        facts.kind == kind.value, facts.collected_at <= until, ~facts.withdrawn, *(each(facts) for each in conditions)
    )
    later = facts.view()
    later = later.filter(later.kind == kind.value, later.collected_at <= until, later.version > 1)
    return known.anti_join(later, [known.link == later.link, known.version < later.version])


@dataclass(frozen=True)
class Known:
    """The facts that cuts of a shape allow to be seen."""

    facts: Table
    shape: Shape

    def of(self, kind: FactKind, *conditions: Condition) -> Table:
        """All facts of a kind that meet the conditions, whenever and wherever they happened."""
        return current(self.facts, kind, *conditions)

    def then(self, kind: FactKind, *conditions: Condition) -> Table:
        """Those of the period, in every place."""
        return self.of(kind, in_period, *conditions) if self.shape.has_period else self.of(kind, *conditions)

    def here(self, kind: FactKind, *conditions: Condition) -> Table:
        """Those of the period and of the region, where there is one."""
        return self.then(kind, in_region, *conditions) if self.shape.one_region else self.then(kind, *conditions)

    def answer(self, rows: Table, **numbers: Any) -> Table:
        """Whole numbers in one order of columns, by region where asked for."""
        import ibis

        numbers = {name: numbers.get(name, ibis.null("int64")) for name in ("numerator", "denominator", "measure")}
        if self.shape.by_region:
            return rows.group_by("region").aggregate(**numbers).order_by("region")
        return rows.aggregate(**numbers)
