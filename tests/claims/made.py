"""Claims made short: figures and statements side by side, as a text says them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from qorgan.base import country
from qorgan.claims.engine import structured
from qorgan.claims.engine.answers import Answer
from qorgan.claims.engine.rounding import Interval
from qorgan.claims.engine.solver import check
from qorgan.claims.engine.statement import (
    Approximation,
    Change,
    Claim,
    Figure,
    Level,
    Parts,
    Share,
    Statement,
    Thing,
    Unit,
)

BEFORE, AFTER = "before", "after"
PERIODS: Mapping[str, Mapping[str, str]] = {BEFORE: {"en": "before"}, AFTER: {"en": "after"}}


def kept(name: str) -> Claim:
    """A structured claim that comes with the country."""
    return structured.read((country.folder() / "claims" / f"{name}.toml").read_text(encoding="utf-8"))


def figure(ident: str, value: str | int, unit: Unit = Unit.COUNT, **more: Any) -> Figure:
    """A figure with one value."""
    return Figure(id=ident, unit=unit, low=Decimal(value), high=Decimal(value), **more)


class Text:
    """A claim in the making."""

    def __init__(self, *things: Thing, periods: Mapping[str, Mapping[str, str]] = PERIODS) -> None:
        self._things, self._periods = things, periods
        self._figures: list[Figure] = []
        self._statements: list[Statement] = []

    def says(self, statement: type[Any], value: str | int, unit: Unit, /, **more: Any) -> "Text":
        """One more statement; `sign`, `grain`, `approximation`, `out_of` belong to its figure."""
        ident = more.pop("id", f"s{len(self._statements)}")
        own = {key: more.pop(key) for key in ("sign", "grain", "approximation", "out_of") if key in more}
        self._figures.append(figure(f"f_{ident}", value, unit, **own))
        self._statements.append(statement(id=ident, figure=f"f_{ident}", **more))
        return self

    def level(self, thing: str, value: str | int, period: str = BEFORE, **more: Any) -> "Text":
        """So many."""
        return self.says(Level, value, Unit.COUNT, thing=thing, period=period, **more)

    def fell(self, thing: str, value: str | int, **more: Any) -> "Text":
        """A fall in per cent."""
        return self.says(Change, value, Unit.PERCENT_CHANGE, thing=thing, start=BEFORE, end=AFTER, sign=-1, **more)

    def share(self, thing: str, of: str, value: str | int, **more: Any) -> "Text":
        """A share in per cent."""
        return self.says(Share, value, Unit.PERCENT, thing=thing, of=of, period=BEFORE, **more)

    @property
    def claim(self) -> Claim:
        """What was said so far."""
        figures, statements = tuple(self._figures), tuple(self._statements)
        return Claim(periods=self._periods, figures=figures, things=self._things, statements=statements)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """An answer for every reading."""
        return check(self.claim)

    @property
    def answer(self) -> Answer:
        """The answer of a text that can be read in one way only."""
        (found,) = self.answers
        return found


def whole(ident: str, *parts: str, named: Parts = Parts.SOME) -> tuple[Thing, ...]:
    """A thing and its parts."""
    return (Thing(id=ident, parts=named), *(Thing(id=part, of=ident) for part in parts))


def ends(interval: Interval) -> tuple[float, float]:
    """The ends of an interval, to four digits after the comma; no end is infinity."""
    return round(float(interval.low), 4), float("inf") if interval.high is None else round(float(interval.high), 4)


def by_options(answers: tuple[Answer, ...], **options: str) -> Answer:
    """The answer of the reading with these options; `parts_X` stands for `parts:X`."""
    wanted = {key.replace("parts_", "parts:").replace("apart_", "apart:"): value for key, value in options.items()}
    (found,) = (each for each in answers if all(each.reading.options.get(k) == v for k, v in wanted.items()))
    return found


__all__ = ["AFTER", "BEFORE", "Approximation", "Text", "by_options", "ends", "figure", "kept", "whole"]
