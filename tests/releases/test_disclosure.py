"""Small counts stay hidden from an attacker who knows the rule, the zeros and the total."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qorgan.releases.engine.disclosure import SMALL, bounds, protect

tables = st.lists(st.one_of(st.integers(0, 8), st.integers(0, 60), st.integers(0, 9000)), min_size=1, max_size=21)


def _tables(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _tables(total - first, cells - 1):
            yield (first, *rest)


@pytest.mark.parametrize(
    ("cells", "totals"), [(2, range(6, 31)), (3, range(6, 31)), (4, range(6, 25)), (5, range(6, 17))]
)
def test_attacker_who_knows_the_rule_leaves_four_values_open_for_every_small_count(cells: int, totals: range) -> None:
    for total in totals:
        behind: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
        for table in _tables(total, cells):
            behind[tuple(protect(dict(enumerate(table))).cells.values())].append(table)
        for published, possible in behind.items():
            for cell, shown in enumerate(published):
                values = {table[cell] for table in possible}
                if shown is None and any(0 < value <= SMALL for value in values):
                    assert max(values) - min(values) >= 4, (published, cell, sorted(values))


@pytest.mark.parametrize("total", range(1, 6))
def test_country_with_next_to_nothing_gives_no_table(total: int) -> None:
    assert protect({1: total, 2: 0, 3: 0}).withheld == (total <= SMALL)


@given(tables)
def test_no_small_count_is_shown_and_every_zero_is(counts: list[int]) -> None:
    shown = protect(dict(enumerate(counts)))
    for cell, count in enumerate(counts):
        assert shown.cells[cell] in ((None,) if 0 < count <= SMALL else (count, None))
        if count == 0 and not shown.withheld:
            assert shown.cells[cell] == 0


@given(tables)
def test_every_hidden_count_could_be_two_more_and_two_less(counts: list[int]) -> None:
    table = dict(enumerate(counts))
    shown = protect(table)
    if shown.withheld or not shown.hidden:
        return
    hidden = [table[cell] for cell in shown.hidden]
    below = min((count for count in shown.cells.values() if count), default=None)
    least, most = bounds(len(hidden), sum(hidden), below)
    for value in hidden:
        assert least <= value <= most
        if value <= SMALL:
            assert most - value >= 2
            assert value - least >= min(2, value - 1)


@given(tables)
def test_nothing_is_hidden_without_a_small_count(counts: list[int]) -> None:
    table = {cell: count + SMALL + 1 if count else 0 for cell, count in enumerate(counts)}
    assert protect(table).cells == table


@given(tables, st.randoms())
@settings(max_examples=50)
def test_order_of_the_regions_says_nothing(counts: list[int], random: object) -> None:
    table = dict(enumerate(counts))
    order = list(table)
    random.shuffle(order)  # type: ignore[attr-defined]  # hypothesis's own
    assert protect({cell: table[cell] for cell in order}).cells == dict(protect(table).cells)


def test_one_small_count_takes_the_next_smallest_with_it() -> None:
    shown = protect({1: 3, 2: 50, 3: 60, 4: 900, 5: 0})
    assert shown.hidden == {1, 2}
    assert shown.cells[5] == 0


def test_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        protect({1: -1})
