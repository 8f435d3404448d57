"""What a series gives for a span, in the measure of a figure: a level, the sum of its parts, or a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from qorgan.claims.engine import rounding
from qorgan.claims.engine.known.series import Series, Span, Value
from qorgan.claims.engine.rounding import ROUNDED, WIDE, Interval
from qorgan.claims.engine.statement import Figure
from qorgan.claims.engine.system import ratio

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Measured:
    """What was said and what is known, each with its rounding, and the values it was made of."""

    said: Interval
    known: Interval
    values: tuple[Value, ...]


def _said(figure: Figure) -> Interval:
    return rounding.interval(figure, fold=ROUNDED, bound=WIDE)


def level(figure: Figure, values: Sequence[Value], series: Series, span: Span) -> Measured | None:
    """The value of a span, or the sum of values that fill it; None where the series has neither."""
    found = _of(values, series, span)
    if found is None:
        return None
    if any(value.low is None for value in found):
        return Measured(_said(figure), rounding.ANY, found)
    ends = [rounding.interval(value.figure(series.unit), bound=WIDE) for value in found]
    highs = [each.high for each in ends]
    high = None if None in highs else sum(each for each in highs if each is not None)
    low = sum((each.low for each in ends), start=ends[0].low * 0)
    return Measured(_said(figure), Interval(low, None if high is None else low * 0 + high), found)


def change(figure: Figure, values: Sequence[Value], series: Series, span: Span) -> Measured | None:
    """The change from the same span a year before, as later by earlier."""
    now, then = _of(values, series, span), _of(values, series, span.years_later(-1))
    if now is None or then is None or series.is_stock:
        return None
    both = (*then, *now)
    said = ratio(figure, _said(figure))
    if any(value.low is None for value in both):
        return Measured(said, rounding.ANY, both)
    after, before = level(figure, now, series, span), level(figure, then, series, span.years_later(-1))
    if after is None or before is None or not before.known.low:
        return None
    low = after.known.low / before.known.high if before.known.high else after.known.low * 0
    high = None if after.known.high is None else after.known.high / before.known.low
    return Measured(said, Interval(low, high), both)


def _of(values: Sequence[Value], series: Series, span: Span) -> tuple[Value, ...] | None:
    exact = [value for value in values if value.span == span]
    if exact:
        return (max(exact, key=lambda value: (value.as_of is not None, value.as_of)),)
    if series.is_stock:
        inside = [value for value in values if span.holds(value.span)]
        return (max(inside, key=lambda value: value.span),) if inside else None
    return _filled(sorted(values, key=lambda value: value.span), span)


def _filled(values: Sequence[Value], span: Span) -> tuple[Value, ...] | None:
    """Values that follow one another without a gap and fill the span."""
    found: list[Value] = []
    at = span.first
    while at <= span.last:
        following = [value for value in values if value.span.first == at and value.span.last <= span.last]
        if not following:
            return None
        found.append(max(following, key=lambda value: value.span.last))
        at = found[-1].span.last + _DAY
    return tuple(found)
