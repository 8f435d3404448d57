"""Linear programs in whole numbers: no rounding, so that an answer is a proof.

Every row is `sum of coefficient x unknown >= bound`, every unknown is at least zero. The simplex tableau is kept in
integers, each line without a common factor. A hint, the basis that a solver in floating point ended with, saves
nearly all the steps; it is never believed: the tableau itself says whether it is right.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

STEPS = 4000  # far more than systems of statements need; beyond it the answer is "not decided"


# Whoever asks for an answer may say when to give it up; the arithmetic itself knows no clock.
patience: ContextVar[Callable[[], bool] | None] = ContextVar("patience", default=None)


class TooHard(ArithmeticError):
    """The steps, or the patience of whoever asked, were used up before there was an answer."""


def _go_on() -> None:
    stop = patience.get()
    if stop is not None and stop():
        raise TooHard


@dataclass(frozen=True)
class Row:
    """`sum of coefficients x unknowns >= bound`, and whose demand it is (empty: the meaning of the words).

    `is_existence`: it says no more than that there is something at all to be divided by.
    """

    terms: Mapping[str, Fraction]
    bound: Fraction
    owner: str = ""
    is_existence: bool = False


@dataclass(frozen=True)
class Point:
    """Values that satisfy every row, exactly."""

    values: Mapping[str, Fraction]


@dataclass(frozen=True)
class Clash:
    """No values do: the rows, each taken so many times, add up to `0 >= something positive`."""

    weights: tuple[tuple[Row, Fraction], ...]


@dataclass(frozen=True)
class Least:
    """The least value of an objective, None where it falls without end; the rows that force it, with their weights."""

    value: Fraction | None
    weights: tuple[tuple[Row, Fraction], ...] = ()


@dataclass(frozen=True)
class Hint:
    """Unknowns, and rows by number, that are loose: the basis in which another solver ended."""

    unknowns: tuple[str, ...]
    rows: tuple[int, ...]


class _Line:
    """One line of the tableau: `pivot x basic + other terms = right`, in integers."""

    __slots__ = ("basic", "right", "terms")

    def __init__(self, terms: dict[int, int], right: int, basic: int) -> None:
        self.terms, self.right, self.basic = terms, right, basic

    def less(self, other: "_Line", column: int) -> None:
        """Take the other line away so often that `column` is gone; the other's coefficient there is positive."""
        own, pivot = self.terms.get(column, 0), other.terms[column]
        if not own:
            return
        shared = gcd(own, pivot)
        own, pivot = own // shared, pivot // shared
        terms = {key: value * pivot for key, value in self.terms.items()} if pivot != 1 else dict(self.terms)
        for key, value in other.terms.items():
            new = terms.get(key, 0) - own * value
            if new:
                terms[key] = new
            else:
                terms.pop(key, None)
        right = self.right * pivot - own * other.right
        shared = gcd(right, *terms.values())
        if shared > 1:
            terms = {key: value // shared for key, value in terms.items()}
            right //= shared
        self.terms, self.right = terms, right

    def turned(self) -> None:
        """The same line with every sign changed."""
        self.terms = {key: -value for key, value in self.terms.items()}
        self.right = -self.right


class Tableau:
    """Rows over unknowns, ready to be solved."""

    def __init__(self, rows: Sequence[Row]) -> None:
        _go_on()
        self._rows = tuple(rows)
        self._names = tuple(dict.fromkeys(name for row in rows for name in row.terms))
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self._surplus = len(self._names)  # the columns of what each row has to spare
        self._missing = self._surplus + len(self._rows)  # the columns of what each row lacks
        self._scales = [_scale(row) for row in self._rows]
        self._lines = self._fresh()

    def _fresh(self) -> list[_Line]:
        lines = []
        for number, (row, scale) in enumerate(zip(self._rows, self._scales, strict=True)):
            terms = {self._numbers[name]: _scaled(value, scale) for name, value in row.terms.items() if value}
            terms[self._surplus + number] = -scale
            line = _Line(terms, _scaled(row.bound, scale), self._surplus + number)
            if row.bound > 0:
                line.terms[self._missing + number] = scale
                line.basic = self._missing + number
            else:
                line.turned()
            lines.append(line)
        return lines

    def feasible(self, hint: Hint | None = None) -> Point | Clash:
        """Values for which every row holds, or the proof that there are none. Raises TooHard."""
        if hint is None or not self._took(hint):
            self._lines = self._fresh()
            costs = {line.basic: Fraction(1) for line in self._lines if line.basic >= self._missing}
            goal = self._reduced(costs)
            self._descend(goal, len(self._names) + 2 * len(self._rows))
            if any(line.right for line in self._lines if line.basic >= self._missing):
                return Clash(self._weights(goal))
            self._drop_missing()
        return Point(self._values())

    def least(self, objective: Mapping[str, Fraction]) -> Least:
        """The least value of the objective; the rows must have been found feasible. Raises TooHard."""
        if any(value < 0 for name, value in objective.items() if name not in self._numbers):
            return Least(None)  # nothing holds this unknown back
        costs = {self._numbers[name]: value for name, value in objective.items() if name in self._numbers and value}
        goal = self._reduced(costs)
        if not self._descend(goal, self._missing):
            return Least(None)
        values = self._values()
        value = sum((each * values.get(name, 0) for name, each in objective.items()), Fraction(0))
        return Least(value, self._weights(goal))

    def _took(self, hint: Hint) -> bool:
        """Bring the tableau to the hinted basis; False where the hint is not one of a point that satisfies the rows."""
        wanted = {self._numbers[name] for name in hint.unknowns if name in self._numbers}
        wanted |= {self._surplus + number for number in hint.rows}
        basic = {line.basic for line in self._lines}
        for column in sorted(wanted - basic):
            able = [line for line in self._lines if line.basic not in wanted and line.terms.get(column)]
            if not able:
                return False
            self._pivot(min(able, key=lambda line: len(line.terms)), column, None)
        if any(line.right < 0 or (line.basic >= self._missing and line.right) for line in self._lines):
            return False
        self._drop_missing()
        return True

    def _reduced(self, costs: Mapping[int, Fraction]) -> _Line:
        """The objective as a line `own x objective + terms = right`, free of basic columns. Column -1 is its own."""
        scale = lcm(*(cost.denominator for cost in costs.values())) if costs else 1
        goal = _Line({column: int(cost * scale) for column, cost in costs.items()} | {-1: -scale}, 0, -1)
        for line in self._lines:
            goal.less(line, line.basic)
        return goal

    def _descend(self, goal: _Line, width: int) -> bool:
        """Improve until nothing improves; False where the objective falls without end."""
        for step in range(STEPS):
            _go_on()
            able = [column for column, cost in goal.terms.items() if cost < 0 and 0 <= column < width]
            if not able:
                return True
            # the steepest first; after a while the lowest number, which never walks in circles
            column = min(able) if step > len(self._lines) * 4 else min(able, key=lambda each: (goal.terms[each], each))
            falling = [line for line in self._lines if line.terms.get(column, 0) > 0]
            if not falling:
                return False
            line = min(falling, key=lambda each: (Fraction(each.right, each.terms[column]), each.basic))
            self._pivot(line, column, goal)
        raise TooHard

    def _pivot(self, line: _Line, column: int, goal: _Line | None) -> None:
        if line.terms[column] < 0:
            line.turned()
        for other in self._lines:
            if other is not line:
                other.less(line, column)
        if goal is not None:
            goal.less(line, column)
        line.basic = column

    def _drop_missing(self) -> None:
        """What rows lack is nothing: those columns leave, and with them lines that say nothing more."""
        kept = []
        for line in self._lines:
            if line.basic >= self._missing:
                column = next((key for key, value in line.terms.items() if value and key < self._missing), None)
                if column is None:
                    continue
                self._pivot(line, column, None)
            kept.append(line)
        self._lines = kept
        for line in self._lines:
            line.terms = {key: value for key, value in line.terms.items() if key < self._missing}

    def _values(self) -> dict[str, Fraction]:
        values = dict.fromkeys(self._names, Fraction(0))
        for line in self._lines:
            if line.basic < self._surplus:
                values[self._names[line.basic]] = Fraction(line.right, line.terms[line.basic])
        return values

    def _weights(self, goal: _Line) -> tuple[tuple[Row, Fraction], ...]:
        """How often each row is taken in the proof: what a unit to spare in it would cost."""
        own = -goal.terms[-1]
        costs = ((row, goal.terms.get(self._surplus + number, 0)) for number, row in enumerate(self._rows))
        return tuple((row, Fraction(cost, own)) for row, cost in costs if cost)


def _scaled(value: Fraction, scale: int) -> int:
    return value.numerator * (scale // value.denominator)


def _scale(row: Row) -> int:
    return lcm(row.bound.denominator, *(value.denominator for value in row.terms.values()))


def holds(rows: Iterable[Row], values: Mapping[str, Fraction]) -> bool:
    """Whether values satisfy every row, to the last digit."""
    return all(value >= 0 for value in values.values()) and all(
        sum((each * values.get(name, Fraction(0)) for name, each in row.terms.items()), Fraction(0)) >= row.bound
        for row in rows
    )


def proves(clash: Clash) -> bool:
    """Whether the weights of a clash add up to a contradiction, to the last digit."""
    total: dict[str, Fraction] = {}
    for row, weight in clash.weights:
        for name, value in row.terms.items():
            total[name] = total.get(name, Fraction(0)) + weight * value
    bound = sum((weight * row.bound for row, weight in clash.weights), Fraction(0))
    return bound > 0 and all(weight >= 0 for _row, weight in clash.weights) and all(v <= 0 for v in total.values())
