"""How far the truth may lie from a figure, by how the figure was said.

| said | read as | why |
|---|---|---|
| 37,9 % | half of the last digit shown, both ends included | the half-up rounding of official statistics, closed |
| 281 | 281 and nothing else | a count that shows its last one has no digit left to round |
| 72 thousand, 72 000, 5 500 | half of the last digit that is no zero, at most of a thousand | large round numbers |
| 19-25 thousand | 19 000 to 25 000 | a range already says how far |
| about 100 | 5 % either way, or the digit's half where that is wider | no width was stated: a convention |
| nearly 100 | 95 to 100 | the convention of `about`, from below |
| more than 12 000 | `near`: to the next thousand; `wide`: without end | the two readings of the word |
| less than 12 000 | `near`: from the thousand below; `wide`: from nothing | the same |
| at least 10, up to 10 | 10 without end; nothing to 10 | what the words say |
| twofold | `exact` 2; `rounded` 1.95 to 2.05; `loose` 1.5 to 2.5 | the three readings of a fold without digits |
| 2,8-fold | half of the last digit shown | it shows its precision |
| every 12th, 3 in 10 | `exact`: 1/12; `rounded` and `loose`: 1 in 11.5 to 1 in 12.5 | an idiom or a calculation |

Every width is closed and errs on the speaker's side: a wider one never makes a true statement impossible.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qorgan.claims.engine.statement import PLAIN, Approximation, Figure, Unit

ABOUT = Fraction(5, 100)
_HALF = Fraction(1, 2)
_FOLDS = {"exact": Fraction(0), "rounded": Fraction(5, 100), "loose": _HALF}

EXACT, ROUNDED, LOOSE = "exact", "rounded", "loose"
NEAR, WIDE = "near", "wide"


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, both included; `high` None: without end."""

    low: Fraction
    high: Fraction | None

    def __contains__(self, value: Fraction) -> bool:
        return self.low <= value and (self.high is None or value <= self.high)

    def within(self, other: "Interval") -> bool:
        """Whether all of it lies in the other."""
        return other.low <= self.low and (other.high is None or (self.high is not None and self.high <= other.high))

    def meets(self, other: "Interval") -> bool:
        """Whether some value lies in both."""
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)

    def scaled(self, factor: Fraction) -> "Interval":
        """Each end times a positive factor."""
        return Interval(self.low * factor, None if self.high is None else self.high * factor)

    def inverse(self) -> "Interval":
        """One through each value."""
        return Interval(Fraction(0) if self.high is None else 1 / self.high, 1 / self.low if self.low else None)


SHARE = Interval(Fraction(0), Fraction(1))
ANY = Interval(Fraction(0), None)


def grain(figure: Figure) -> Fraction:
    """The size of the last digit that says something."""
    if figure.grain is not None:
        return Fraction(figure.grain)
    value = _value(figure)
    exponent = value.as_tuple().exponent
    if figure.unit not in PLAIN or (isinstance(exponent, int) and exponent < 0):
        return Fraction(10) ** min(0, int(exponent))
    zeros = len(str(abs(int(value)))) - len(str(abs(int(value))).rstrip("0"))
    return Fraction(10 ** min(zeros, 3)) if zeros >= 2 and value >= 1000 else Fraction(1)


def is_fold_in_words(figure: Figure) -> bool:
    """A fold that shows no digit after the comma: its precision is what the reader takes it for."""
    return figure.unit is Unit.RATIO and _plain(figure) and _whole(figure)


def is_idiom(figure: Figure) -> bool:
    """Every n-th, m in n: a way of speaking or a calculation."""
    return figure.unit in {Unit.ONE_IN_N, Unit.M_IN_N} and _plain(figure)


def is_open(figure: Figure) -> bool:
    """More than, less than: near or wide."""
    return figure.approximation in {Approximation.MORE_THAN, Approximation.LESS_THAN}


def interval(figure: Figure, *, fold: str = EXACT, bound: str = WIDE) -> Interval:
    """Where the truth lies in the figure's own unit, under a reading of folds and one of open bounds."""
    low, high = _ends(figure)
    if low is not None and low == high and _plain(figure):
        half = _half(figure, fold)
        return Interval(max(Fraction(0), low - half), low + half)
    if low is None or high is None or low != high or figure.approximation is Approximation.RANGE:
        return Interval(low or Fraction(0), high)
    return _near(figure, low, bound)


def _near(figure: Figure, value: Fraction, bound: str) -> Interval:
    half, step = grain(figure) / 2, grain(figure)
    wide = max(value * ABOUT, half)
    match figure.approximation:
        case Approximation.ABOUT:
            return Interval(max(Fraction(0), value - wide), value + wide)
        case Approximation.NEARLY:
            return Interval(max(Fraction(0), value - wide), value)
        case Approximation.MORE_THAN:
            return Interval(value, None if bound == WIDE else value + step)
        case Approximation.LESS_THAN:
            return Interval(Fraction(0) if bound == WIDE else max(Fraction(0), value - step), value)
        case Approximation.AT_LEAST:
            return Interval(value, None)
        case _:
            return Interval(Fraction(0), value)


def _half(figure: Figure, fold: str) -> Fraction:
    if is_fold_in_words(figure):
        return _FOLDS[fold]
    if is_idiom(figure):
        return Fraction(0) if fold == EXACT else _HALF
    step = grain(figure)
    is_counted_out = figure.unit is Unit.COUNT and step == 1 and _whole(figure)
    return Fraction(0) if is_counted_out else step / 2


def _plain(figure: Figure) -> bool:
    return figure.approximation is Approximation.EXACT and figure.low == figure.high and figure.low is not None


def _whole(figure: Figure) -> bool:
    value = _value(figure)
    exponent = value.as_tuple().exponent
    return figure.grain in (None, Decimal(1)) and isinstance(exponent, int) and exponent >= 0


def _value(figure: Figure) -> Decimal:
    value = figure.low if figure.low is not None else figure.high
    return Decimal(0) if value is None else value


def _ends(figure: Figure) -> tuple[Fraction | None, Fraction | None]:
    low = None if figure.low is None else Fraction(figure.low)
    return low, None if figure.high is None else Fraction(figure.high)
