"""What the arithmetic answers: codes and values; `claims.wording` puts them into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from qorgan.claims.engine.exact import Row
from qorgan.claims.engine.readings import Reading
from qorgan.claims.engine.rounding import Interval
from qorgan.claims.engine.statement import Given
from qorgan.claims.engine.system import Quantity


class Verdict(StrEnum):
    """What can be said of a claim under one reading."""

    HOLDS = "holds"
    CANNOT_HOLD = "cannot_hold"
    HOLDS_ONLY_IF = "holds_only_if"
    NOT_ENOUGH_SAID = "not_enough_said"
    UNDECIDED = "undecided"  # the reckoning was given up: nothing is claimed


class Kind(StrEnum):
    """What a finding is about."""

    LEVEL = "level"
    SHARE = "share"
    CHANGE = "change"
    OVERLAP = "overlap"  # in how many cases one is in two of the parts, as a share of the whole
    LEAST_COUNT = "least_count"  # fewer than so many cannot change by such a per cent: counts are whole


class Agreement(StrEnum):
    """How a figure stands to what the others allow."""

    FOLLOWS = "follows"  # the others allow nothing outside it
    FITS = "fits"  # they allow it, and something else too
    APART = "apart"  # they do not allow it


@dataclass(frozen=True)
class Check:
    """A statement beside what all the others of its set allow for it. `by`: the statements that draw the limits."""

    owner: str
    quantity: Quantity
    said: Interval
    allowed: Interval
    agreement: Agreement
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """How large something can be that was not said.

    A share and an overlap are by one (0.194 is 19.4 %), a change is later by earlier (0.5 is a fall by half).
    `by`: the statements that draw the limits; `given`: what was supposed; `ask`: the question it answers.
    """

    kind: Kind
    thing: str
    interval: Interval
    of: str = ""
    start: str = ""
    end: str = ""
    by: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()
    ask: str = ""
    is_possible: bool = True  # False: what was supposed cannot be

    @property
    def natural(self) -> Interval:
        """Where it lies whatever anybody says."""
        return Interval(Fraction(0), Fraction(1)) if self.kind is Kind.SHARE else Interval(Fraction(0), None)

    @property
    def narrows(self) -> bool:
        """Whether it says anything at all."""
        return self.is_possible and self.interval != self.natural


@dataclass(frozen=True)
class Answer:
    """The verdict on one reading, and why.

    `conflict`: the smallest set that cannot be true together: without any one of its statements the rest can. Among
    them `parts:X` is the assumption that the named parts of X are all. `proof`: each inequality as often as it must be
    taken for all of them to add up to `0 >= something positive`. `example`: numbers with which everything said is true.
    """

    reading: Reading
    verdict: Verdict
    conflict: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    conditions: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()
    proof: tuple[tuple[Row, Fraction], ...] = ()
    example: Mapping[str, Fraction] = field(default_factory=dict)
    needs_whole_numbers: bool = False  # fractions could be found; whole numbers cannot

    @property
    def headline(self) -> Check | None:
        """The check that tells most: the first."""
        return self.checks[0] if self.checks else None
