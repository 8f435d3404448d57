"""How far the truth may lie from a figure, by how it was said."""

from decimal import Decimal

import pytest

from qorgan.claims.engine.rounding import interval
from qorgan.claims.engine.statement import Approximation, Figure, Unit
from qorgan.claims.engine.system import ratio
from tests.claims.made import ends, figure

NO_END = float("inf")


@pytest.mark.parametrize(
    ("value", "unit", "said", "expected"),
    [
        ("37.9", Unit.PERCENT_CHANGE, {}, (37.85, 37.95)),
        ("6", Unit.PERCENT_CHANGE, {}, (5.5, 6.5)),
        ("6.0", Unit.PERCENT_CHANGE, {}, (5.95, 6.05)),
        ("281", Unit.COUNT, {}, (281, 281)),
        ("72000", Unit.COUNT, {}, (71500, 72500)),
        ("5500", Unit.COUNT, {}, (5450, 5550)),
        ("200", Unit.COUNT, {}, (200, 200)),
        ("3700", Unit.COUNT, {"grain": Decimal(100)}, (3650, 3750)),
        ("25000000", Unit.COUNT, {"grain": Decimal(1_000_000)}, (24_500_000, 25_500_000)),
        ("100000", Unit.COUNT, {"approximation": Approximation.ABOUT}, (95000, 105000)),
        ("100", Unit.COUNT, {"approximation": Approximation.NEARLY}, (95, 100)),
        ("10", Unit.COUNT, {"approximation": Approximation.AT_LEAST}, (10, NO_END)),
        ("10", Unit.COUNT, {"approximation": Approximation.UP_TO}, (0, 10)),
        ("12000", Unit.COUNT, {"approximation": Approximation.MORE_THAN}, (12000, NO_END)),
        ("12000", Unit.COUNT, {"approximation": Approximation.LESS_THAN}, (0, 12000)),
        ("2.8", Unit.RATIO, {}, (2.75, 2.85)),
        ("12", Unit.ONE_IN_N, {}, (12, 12)),
    ],
)
def test_a_figure_is_as_wide_as_its_words(
    value: str, unit: Unit, said: dict[str, object], expected: tuple[float, float]
) -> None:
    assert ends(interval(figure("f", value, unit, **said))) == expected


@pytest.mark.parametrize(("reading", "expected"), [("exact", (2, 2)), ("rounded", (1.95, 2.05)), ("loose", (1.5, 2.5))])
def test_twofold_has_three_widths(reading: str, expected: tuple[float, float]) -> None:
    assert ends(interval(figure("f", 2, Unit.RATIO), fold=reading)) == expected


def test_more_than_a_number_may_mean_close_to_it() -> None:
    more = figure("f", 12000, approximation=Approximation.MORE_THAN)
    less = figure("f", 12000, approximation=Approximation.LESS_THAN)
    assert ends(interval(more, bound="near")) == (12000, 13000)
    assert ends(interval(less, bound="near")) == (11000, 12000)


def test_a_range_is_as_wide_as_it_says() -> None:
    said = Figure(id="f", unit=Unit.COUNT, low=Decimal(19000), high=Decimal(25000), approximation=Approximation.RANGE)
    assert ends(interval(said)) == (19000, 25000)


@pytest.mark.parametrize(
    ("value", "unit", "more", "expected"),
    [
        ("6", Unit.PERCENT_CHANGE, {"sign": -1}, (0.935, 0.945)),
        ("6", Unit.PERCENT_CHANGE, {"sign": 1}, (1.055, 1.065)),
        ("120", Unit.PERCENT_CHANGE, {"sign": -1}, (0, -0.195)),
        ("2", Unit.RATIO, {"sign": -1}, (0.5, 0.5)),
        ("2", Unit.RATIO, {"sign": 1}, (2, 2)),
        ("4", Unit.ONE_IN_N, {}, (0.25, 0.25)),
        ("3", Unit.M_IN_N, {"out_of": Decimal(10)}, (0.3, 0.3)),
        ("64", Unit.PERCENT, {}, (0.635, 0.645)),
    ],
)
def test_a_figure_is_turned_into_later_by_earlier_or_part_by_whole(
    value: str, unit: Unit, more: dict[str, object], expected: tuple[float, float]
) -> None:
    said = figure("f", value, unit, **more)
    assert ends(ratio(said, interval(said))) == expected
