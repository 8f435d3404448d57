"""The families that formulas are built from: counts, shares, cohorts, medians; and what narrows them.

Each answers rows of (region, numerator, denominator, measure), all whole numbers; `region` is there only when asked
for. Division and rounding happen once, in `finish`, in exact decimals, so that every engine agrees to the unit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from qorgan.facts.engine.words import FactKind
from qorgan.indicators.engine.cuts import Condition, Known, Numbers
from qorgan.indicators.engine.figures import WhyNone, ratio, rounded

if TYPE_CHECKING:
    from ibis.expr.types import Table

Finish = Callable[[Numbers, int], tuple[Decimal | None, WhyNone | None]]


@dataclass(frozen=True)
class Having:
    """A fact counts where some fact of `kind` that is part of it meets all conditions.

    Victims and suspects bear the day and the place of their offence, so those of the period are enough.
    """

    kind: FactKind
    conditions: tuple[Condition, ...]

    def narrow(self, found: Table, known: Known) -> Table:
        """`found` without the facts that have no such part."""
        parts = known.then(self.kind, *self.conditions)
        return found.semi_join(parts, found.link == parts.part_of)


def having(kind: FactKind, *conditions: Condition) -> Having:
    """See Having."""
    return Having(kind, conditions)


@dataclass(frozen=True)
class Counted:
    """Facts of a kind that meet all conditions and have what is asked for."""

    kind: FactKind
    conditions: tuple[Condition, ...] = ()
    having: tuple[Having, ...] = ()

    def rows(self, known: Known) -> Table:
        """Those of the period and place."""
        found = known.here(self.kind, *self.conditions)
        for one in self.having:
            found = one.narrow(found, known)
        return found


@dataclass(frozen=True)
class Formula:
    """How an indicator is computed, and what its numbers mean for a reader.

    `behind` are the facts that a figure leads back to: of a cohort or a share the facts it is drawn from.
    """

    rows: Callable[[Known], Table]
    finish: Finish
    has_denominator: bool
    behind: Counted


def counted(kind: FactKind, *narrowing: Condition | Having) -> Formula:
    """How many facts of a kind, each by its own day and place."""
    asked = tuple(one for one in narrowing if not isinstance(one, Having))
    what = Counted(kind, asked, tuple(one for one in narrowing if isinstance(one, Having)))

    def rows(known: Known) -> Table:
        found = what.rows(known)
        return known.answer(found, numerator=found.count())

    return Formula(rows, count, False, what)


def share(kind: FactKind, condition: Condition, *, among: tuple[Condition, ...] = ()) -> Formula:
    """Of 100 facts of a kind in the period, or of those `among` them that meet others, how many meet the condition."""
    what = Counted(kind, among)

    def rows(known: Known) -> Table:
        found = what.rows(known)
        return known.answer(found, numerator=found.count(where=condition(found)), denominator=found.count())

    return Formula(rows, per_100, True, what)


def share_of_all(kinds: tuple[FactKind, ...], condition: Condition, *, among: tuple[Condition, ...] = ()) -> Formula:
    """As `share`, over facts of several kinds that count as one; a figure leads back to those of the first kind."""
    what = Counted(kinds[0], among)

    def rows(known: Known) -> Table:
        found = what.rows(known).select("region", "stage")
        for kind in kinds[1:]:
            found = found.union(Counted(kind, among).rows(known).select("region", "stage"))
        return known.answer(found, numerator=found.count(where=condition(found)), denominator=found.count())

    return Formula(rows, per_100, True, what)


def cohort(kind: FactKind, led_to: FactKind, *conditions: Condition, by: str) -> Formula:
    """How many facts of the kind `led_to` that meet the conditions came of 100 facts of `kind` in the period.

    Whenever and wherever they did: place and date are those of the earlier fact. `by` is the column of the later fact
    that names the earlier one.
    """
    what = Counted(kind)

    def rows(known: Known) -> Table:
        begun = what.rows(known).select("link", "region")
        later = known.of(led_to, *conditions)
        led = later.group_by(name=later[by]).aggregate(led=later.count())
        whole = begun.left_join(led, begun.link == led.name)
        came = whole.led.fill_null(0).sum().cast("int64")
        return known.answer(whole, numerator=came, denominator=whole.count())

    return Formula(rows, per_100, True, what)


def median_hours(kind: FactKind, *, finish: Finish | None = None) -> Formula:
    """The middle of the hours that facts of the period know: since the report, of an alarm since it was raised."""
    what = Counted(kind)

    def rows(known: Known) -> Table:
        found = what.rows(known)
        doubled = (found.hours * 2000).cast("int64")
        middle = doubled.median().cast("int64")
        return known.answer(found, numerator=found.count(), denominator=found.hours.count(), measure=middle)

    return Formula(rows, finish or half_of_thousandths, True, what)


def median_days(kind: FactKind, *, since: FactKind) -> Formula:
    """The middle of the days from the fact `since` to that of `kind` which belongs to it, over those of the period.

    One that is written as earlier than what it followed has no known days.
    """
    what = Counted(kind)

    def rows(known: Known) -> Table:
        begun = known.of(since)
        begun = begun.select("link", began="on")
        found = what.rows(known)
        found = found.inner_join(begun, found.part_of == begun.link).select("region", "on", "began")
        passed = found.on.delta(found.began, unit="day")
        found = found.mutate(passed=(passed >= 0).ifelse(passed, None))
        middle = (found.passed * 2000).median().cast("int64")
        return known.answer(found, numerator=found.count(), denominator=found.passed.count(), measure=middle)

    return Formula(rows, half_of_thousandths, True, what)


def count(numbers: Numbers, decimals: int) -> tuple[Decimal | None, WhyNone | None]:
    """A count is its numerator; nothing counted is a zero."""
    return rounded(Decimal(numbers.numerator or 0), decimals), None


def per_100(numbers: Numbers, decimals: int) -> tuple[Decimal | None, WhyNone | None]:
    """Numerator per 100 of the denominator."""
    value = ratio(numbers.numerator or 0, numbers.denominator or 0, scale=100, decimals=decimals)
    return value, None if value is not None else WhyNone.NO_DENOMINATOR


def half_of_thousandths(numbers: Numbers, decimals: int) -> tuple[Decimal | None, WhyNone | None]:
    """A median of thousandths doubled, brought back to its unit."""
    if numbers.measure is None:
        return None, WhyNone.UNKNOWN if numbers.numerator else WhyNone.NO_DENOMINATOR
    return rounded(Decimal(numbers.measure) / 2000, decimals), None


def minutes(numbers: Numbers, decimals: int) -> tuple[Decimal | None, WhyNone | None]:
    """A median of thousandths of hours doubled, in minutes."""
    if numbers.measure is None:
        return half_of_thousandths(numbers, decimals)
    return rounded(Decimal(numbers.measure) * 60 / 2000, decimals), None
