"""The phrases of verdicts, readings, faults, and of quantities that lie in an interval."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgan.claims.engine.answers import Verdict
from qorgan.claims.engine.faults import Code
from qorgan.claims.engine.rounding import Interval

Write = Callable[[Fraction, str], str]
ONE = Fraction(1)

VERDICTS: dict[Verdict, str | Promise] = {
    Verdict.HOLDS: _("holds"),
    Verdict.CANNOT_HOLD: _("cannot hold"),
    Verdict.HOLDS_ONLY_IF: _("holds only on a condition"),
    Verdict.NOT_ENOUGH_SAID: _("not enough was said"),
    Verdict.UNDECIDED: _("not decided"),
}

CHOICES: dict[tuple[str, str], str | Promise] = {
    ("fold", "exact"): _("“n-fold” and “every n-th” taken exactly"),
    ("fold", "rounded"): _("“n-fold” and “every n-th” taken as rounded numbers"),
    ("fold", "loose"): _("“n-fold” taken loosely: twofold is anything from 1.5 to 2.5"),
    ("bound", "near"): _("“more than” and “less than” taken as close to the number"),
    ("bound", "wide"): _("“more than” and “less than” taken as any distance"),
    ("parts:", "all"): _("the parts named are all of %(thing)s"),
    ("parts:", "some"): _("%(thing)s has parts that are not named"),
    ("apart:", "apart"): _("nothing is in two of the named parts of %(thing)s"),
    ("apart:", "overlapping"): _("the named parts of %(thing)s may overlap"),
}

FAULTS: dict[Code, str | Promise] = {
    Code.NOT_TOML: _("This is not a TOML file: %(what)s."),
    Code.TOO_LONG: _("The file is longer than %(what)s characters."),
    Code.UNKNOWN_KEY: _("“%(what)s” is not a word of this table."),
    Code.UNKNOWN_KIND: _("“%(what)s” is not a kind of statement."),
    Code.UNKNOWN_WORD: _("“%(what)s” is not one of the words that can stand here."),
    Code.UNKNOWN_NAME: _("Nothing here is called “%(what)s”."),
    Code.MISSING: _("“%(what)s” is missing."),
    Code.WRONG_KIND: _("“%(what)s” is not the kind of value that stands here."),
    Code.NO_NUMBER: _("“%(what)s” is not a number."),
    Code.TOO_MANY_DIGITS: _("The number has more digits than any figure: %(what)s."),
    Code.TWICE: _("The name “%(what)s” is given twice."),
    Code.CIRCLE: _("This is part of itself, by way of “%(what)s”."),
    Code.WRONG_UNIT: _("A figure in “%(what)s” does not fit this kind of statement."),
    Code.NO_SIGN: _("Whether “%(what)s” is a fall or a rise is not said: sign must be −1 or 1."),
    Code.NO_VALUE: _("The figure “%(what)s” has no value that it could have."),
    Code.UPSIDE_DOWN: _("The low end is above the high end: %(what)s."),
    Code.NEGATIVE: _("%(what)s is below what is possible: the value must be positive, and a fall is said by sign."),
    Code.NO_BASE: _("What “%(what)s” is compared with is not said."),
    Code.NO_PLACE: _("“%(what)s” is not a place among those named."),
    Code.TOO_MANY: _("%(what)s are more than can be read at once."),
}


def changed(interval: Interval, write: Write) -> str:
    """`fell by at least 50 %`: an interval of later by earlier."""
    low, high = interval.low, interval.high
    if low == high == ONE:
        return gettext("stayed the same")
    if high is not None and high <= ONE:
        return _fell(ONE - high, ONE - low, write)
    if low >= ONE:
        return _rose(low - ONE, None if high is None else high - ONE, write)
    if high is None and low == 0:
        return gettext("may have changed in any way")
    if high is None:
        return gettext("fell by at most %(value)s, or rose") % {"value": write(ONE - low, ROUND_CEILING)}
    if low == 0:
        return gettext("fell, or rose by at most %(value)s") % {"value": write(high - ONE, ROUND_CEILING)}
    ends = {"low": write(ONE - low, ROUND_CEILING), "high": write(high - ONE, ROUND_CEILING)}
    return gettext("fell by at most %(low)s, or rose by at most %(high)s") % ends


def _fell(least: Fraction, most: Fraction, write: Write) -> str:
    if least == most:
        return gettext("fell by %(value)s") % {"value": write(most, ROUND_HALF_UP)}
    if least == 0 and most == ONE:
        return gettext("did not rise")
    if least == 0:
        return gettext("fell by at most %(value)s") % {"value": write(most, ROUND_CEILING)}
    if most == ONE:
        return gettext("fell by at least %(value)s") % {"value": write(least, ROUND_FLOOR)}
    return gettext("fell by %(low)s to %(high)s") % _ends(least, most, write)


def _rose(least: Fraction, most: Fraction | None, write: Write) -> str:
    if most is None:
        if least == 0:
            return gettext("did not fall")
        return gettext("rose by at least %(value)s") % {"value": write(least, ROUND_FLOOR)}
    if least == most:
        return gettext("rose by %(value)s") % {"value": write(most, ROUND_HALF_UP)}
    if least == 0:
        return gettext("rose by at most %(value)s") % {"value": write(most, ROUND_CEILING)}
    return gettext("rose by %(low)s to %(high)s") % _ends(least, most, write)


def shared(interval: Interval, write: Write, of: str) -> str:
    """`made up at least 19.4 % of “crimes”`: an interval of part by whole."""
    low, high = interval.low, interval.high
    if low == high:
        return gettext("made up %(value)s of %(of)s") % {"value": write(low, ROUND_HALF_UP), "of": of}
    if low == 0 and (high is None or high >= ONE):
        return gettext("may have been any part of %(of)s") % {"of": of}
    if high is None or high == ONE:
        return gettext("made up at least %(value)s of %(of)s") % {"value": write(low, ROUND_FLOOR), "of": of}
    if low == 0:
        return gettext("made up at most %(value)s of %(of)s") % {"value": write(high, ROUND_CEILING), "of": of}
    return gettext("made up %(low)s to %(high)s of %(of)s") % (_ends(low, high, write) | {"of": of})


def compared(interval: Interval, write: Write, of: str) -> str:
    """`came to 79 to 80.5 for each of “centres”`: an interval of one thing by another."""
    low, high = interval.low, interval.high
    if low == high:
        return gettext("came to %(value)s for each of %(of)s") % {"value": write(low, ROUND_HALF_UP), "of": of}
    if high is None:
        return gettext("came to at least %(value)s for each of %(of)s") % {"value": write(low, ROUND_FLOOR), "of": of}
    if low == 0:
        return gettext("came to at most %(value)s for each of %(of)s") % {"value": write(high, ROUND_CEILING), "of": of}
    return gettext("came to %(low)s to %(high)s for each of %(of)s") % (_ends(low, high, write) | {"of": of})


def counted(interval: Interval, write: Write) -> str:
    """`came to at most 25 000`: an interval of counts."""
    low, high = interval.low, interval.high
    if low == high:
        return gettext("came to %(value)s") % {"value": write(low, ROUND_HALF_UP)}
    if high is None:
        if low == 0:
            return gettext("may have been any number")
        return gettext("came to at least %(value)s") % {"value": write(low, ROUND_FLOOR)}
    if low == 0:
        return gettext("came to at most %(value)s") % {"value": write(high, ROUND_CEILING)}
    return gettext("came to %(low)s to %(high)s") % _ends(low, high, write)


def _ends(low: Fraction, high: Fraction, write: Write) -> dict[str, str]:
    return {"low": write(low, ROUND_FLOOR), "high": write(high, ROUND_CEILING)}
