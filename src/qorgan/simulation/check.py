"""The check: every indicator as the pipeline computes it beside what the ledger counted, to the unit."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from qorgan.indicators import queries
from qorgan.indicators.engine import periods
from qorgan.indicators.engine.definitions import Disclosure
from qorgan.indicators.engine.figures import Figure, WhyNone
from qorgan.indicators.engine.periods import Period
from qorgan.simulation.engine.accounts import ACCOUNTS, NOT_OF_A_YEAR, Account, Span, account, regions
from qorgan.simulation.engine.ledger import Ledger, month_of

Progress = Callable[[int, int], None]  # comparisons done, in all


@dataclass(frozen=True)
class Difference:
    """A figure that the pipeline and the ledger do not agree on. `region` None: the country."""

    code: str
    period: str
    region: int | None
    ledger: str
    pipeline: str


@dataclass(frozen=True)
class Checked:
    """How many figures were compared, and those that differ. `unchecked`: indicators that the ledger does not keep."""

    compared: int
    differences: tuple[Difference, ...]
    unchecked: tuple[str, ...]


def check(ledger: Ledger, periods: Iterable[Period], *, progress: Progress = lambda _done, _all: None) -> Checked:
    """Compare every indicator in every period, for the country and for each region."""
    wanted = list(periods)
    codes = [code for code in queries.definitions() if code in ACCOUNTS]
    compared, found = 0, []
    for number, code in enumerate(codes):
        for period in wanted:
            for pair in _pairs(ledger, code, period):
                compared += 1
                found += list(_differs(*pair))
        progress(number + 1, len(codes))
    unchecked = tuple(code for code in queries.definitions() if code not in ACCOUNTS and code not in NOT_OF_A_YEAR)
    return Checked(compared, tuple(found), unchecked)


def months(ledger: Ledger, years: Iterable[int]) -> list[Period]:
    """The years, and every month in which the ledger marked anything."""
    marked = sorted({spot.month for spot in ledger.spots()})
    words = [f"{month // 12:04}-{month % 12 + 1:02}" for month in marked]
    return [periods.parse(word) for word in [*(f"{year:04}" for year in years), *words]]


def _pairs(ledger: Ledger, code: str, period: Period) -> Iterator[tuple[Figure, Account]]:
    definition = queries.definition(code)
    first, last = month_of(period.first), month_of(period.last)

    def told(region: int | None) -> Account:
        return account(ledger, code, Span(first, last, region), decimals=definition.decimals)

    yield queries.value(code, period=period), told(None)
    if definition.disclosure is Disclosure.NATIONAL_ONLY:
        return
    figures = queries.by_region(code, period=period)
    for region, figure in figures.items():
        yield figure, told(region)
    for region in set(regions(ledger, Span(first, last))) - set(figures):
        yield queries.value(code, period=period, region=region), told(region)


def _differs(figure: Figure, told: Account) -> Iterator[Difference]:
    pipeline = (figure.value, figure.numerator or 0, figure.denominator)
    if (told.value, told.numerator, told.denominator) == pipeline:
        return
    if figure.numerator is None and told.numerator == 0 and not told.denominator:
        return  # no figure of a period before the records or after them: the ledger knows of nothing there either
    if figure.why_none is WhyNone.NOT_MEASURED and told.numerator == 0:
        return  # of a cohort the ledger knows the whole, and rightly none of its part
    yield Difference(
        code=figure.code,
        period=figure.period.word,
        region=figure.region,
        ledger=_words(told.value, told.numerator, told.denominator),
        pipeline=_words(*pipeline),
    )


def _words(value: Decimal | None, numerator: int, denominator: int | None) -> str:
    return f"{value} = {numerator}" + (f"/{denominator}" if denominator is not None else "")
