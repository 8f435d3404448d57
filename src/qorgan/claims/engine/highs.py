"""HiGHS, the solver in floating point: it finds the way fast, and is believed in nothing.

What it hands back is a hint: the basis in which it ended, or whole numbers to try. `exact` says whether they are
right. Needs the extra `claims`; without it there are no hints, the same answers, and more steps to them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from qorgan.claims.engine.exact import Clash, Hint, Point, Row, Tableau

SECONDS = 2.0  # a guard, no measure: systems of statements take a thousandth
_OPTIONS = {"output_flag": False, "threads": 1, "presolve": "off", "random_seed": 0, "time_limit": SECONDS}
_NODES = 2000
_TINY = 1e-9
_LARGEST = 10.0**15  # beyond it a number in floating point no longer tells ones apart


@cache
def _package() -> Any:
    """The package, or None where the extra is not installed."""
    try:
        import highspy
    except ImportError:
        return None
    return highspy


def is_here() -> bool:
    """Whether the extra `claims` is installed."""
    return _package() is not None


@dataclass(frozen=True)
class Clashing:
    """Rows, by number, that seem to contradict one another."""

    rows: tuple[int, ...]


def advice(rows: Sequence[Row], objective: Mapping[str, Fraction]) -> Hint | Clashing | None:
    """The basis of the least value of the objective, or rows that clash; None where there is neither, or no HiGHS."""
    package = _package()
    if package is None or not rows:
        return None
    names = tuple(dict.fromkeys(name for row in rows for name in row.terms))
    model = _model(package, rows, names)
    if model is None:
        return None
    for name, value in objective.items():
        if name in names:
            model.changeColCost(names.index(name), float(value))
    model.run()
    status = model.getModelStatus()
    if status == package.HighsModelStatus.kInfeasible:
        _status, is_there, ray = model.getDualRay()
        return Clashing(tuple(number for number, weight in enumerate(ray) if abs(weight) > _TINY)) if is_there else None
    if status != package.HighsModelStatus.kOptimal:
        return None
    found, loose = model.getBasis(), package.HighsBasisStatus.kBasic
    return Hint(
        tuple(name for name, status in zip(names, found.col_status, strict=True) if status == loose),
        tuple(number for number, status in enumerate(found.row_status) if status == loose),
    )


def feasible(rows: Sequence[Row], objective: Mapping[str, Fraction] | None = None) -> tuple[Tableau, Point | Clash]:
    """A tableau of the rows, and what it says: a point that satisfies all, or the proof that none does. Exact.

    Of rows that clash only those are looked at, where they do. Raises TooHard.
    """
    hint = advice(rows, objective or {})
    if isinstance(hint, Clashing):
        few = Tableau([rows[number] for number in hint.rows])
        found = few.feasible()
        if isinstance(found, Clash):
            return few, found
    tableau = Tableau(rows)
    return tableau, tableau.feasible(hint if isinstance(hint, Hint) else None)


def whole_numbers(rows: Sequence[Row], whole: Sequence[str]) -> dict[str, int] | None:
    """Whole numbers for the unknowns `whole` with which the rows may hold: to be tried; None where none was found."""
    package = _package()
    names = tuple(dict.fromkeys(name for row in rows for name in row.terms))
    model = _model(package, rows, names) if package is not None else None
    if model is None:
        return None
    model.setOptionValue("mip_max_nodes", _NODES)
    for name in whole:
        if name in names:
            model.changeColIntegrality(names.index(name), package.HighsVarType.kInteger)
    model.run()
    if model.getModelStatus() != package.HighsModelStatus.kOptimal:
        return None
    values = dict(zip(names, model.getSolution().col_value, strict=True))
    return {name: round(values[name]) for name in whole if name in values}


def _model(package: Any, rows: Sequence[Row], names: Sequence[str]) -> Any:
    """The rows as a model; None where a number is too large for it."""
    model = package.Highs()
    for option, value in _OPTIONS.items():
        model.setOptionValue(option, value)
    numbers = {name: number for number, name in enumerate(names)}
    for _name in names:
        model.addVar(0.0, package.kHighsInf)
    for row in rows:
        columns = [numbers[name] for name in row.terms]
        bound, *values = (value.numerator / value.denominator for value in (row.bound, *row.terms.values()))
        if max(bound, -bound, *values, *(-value for value in values)) > _LARGEST:
            return None
        model.addRow(bound, package.kHighsInf, len(columns), columns, values)
    return model
