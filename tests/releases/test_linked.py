"""Linked tables give no small count away: neither by the core's rule nor by HiGHS, whoever asks and however."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qorgan.releases.engine import audit, choice
from qorgan.releases.engine.choice import HIGHS, RULE, CannotProtect
from qorgan.releases.engine.linked import MOST, Inconsistent, Linked, Pattern, linked

METHODS = [RULE, HIGHS]
WITHIN = {"killed": "violent", "harmed": "violent", "violent": "against_women"}
counts = st.one_of(st.just(0), st.integers(0, 8), st.integers(0, 60))


@st.composite
def thread(draw: st.DrawFn) -> Linked:
    """Offences against women, the violent ones among them, two kinds of these; and a table of something else."""
    regions = range(1, draw(st.integers(2, 7)) + 1)
    table: dict[str, dict[int, int]] = {name: {} for name in ("against_women", "violent", "killed", "harmed", "other")}
    for region in regions:
        killed, harmed, rest, more = (draw(counts) for _ in range(4))
        table["killed"][region], table["harmed"][region] = killed, harmed
        table["violent"][region] = killed + harmed + rest
        table["against_women"][region] = killed + harmed + rest + more
        table["other"][region] = draw(counts)
    return linked(table, WITHIN)


def found(tables: Linked, method: str) -> Pattern:
    return choice.pattern(tables, method=method)


def below(tables: Linked, pattern: Pattern, method: str) -> Mapping[str, int]:
    return choice.edges(tables, pattern) if method == RULE else {}


@pytest.mark.parametrize("method", METHODS)
@given(tables=thread())
@settings(max_examples=50, deadline=None)
def test_no_attack_finds_a_small_count_narrower_than_one_to_six(method: str, tables: Linked) -> None:
    pattern = found(tables, method)
    assert audit.narrow(tables, pattern, below=below(tables, pattern, method)) == []
    assert audit.shown_small(tables, pattern) == []
    for known in audit.by_programs(tables, pattern):
        assert audit.wide_enough(tables, pattern, known)


@pytest.mark.parametrize("method", METHODS)
@given(tables=thread())
@settings(max_examples=50, deadline=None)
def test_zeros_stay_in_every_table_that_is_given(method: str, tables: Linked) -> None:
    pattern = found(tables, method)
    for table, rows in tables.counts.items():
        if table not in pattern.withheld:
            assert all(pattern.shows((table, region)) for region, count in rows.items() if count == 0)


@given(tables=thread(), hide=st.floats(0, 1))
@settings(max_examples=50, deadline=None)
def test_flows_and_linear_programs_agree_on_every_pattern_good_or_bad(tables: Linked, hide: float) -> None:
    cells = sorted((table, region) for table, rows in tables.counts.items() for region, count in rows.items() if count)
    pattern = Pattern(frozenset(tables.small) | frozenset(cells[: int(len(cells) * hide)]))
    by_flow = set(audit.narrow(tables, pattern, below={}))
    by_program = {one.cell for one in audit.by_programs(tables, pattern) if not audit.wide_enough(tables, pattern, one)}
    assert by_flow == by_program


def possible(tables: Linked, pattern: Pattern, most: int) -> list[dict[tuple[str, int], int]]:
    """Every set of counts that a reader cannot rule out, one by one."""
    cells = [(table, region) for table in tables.counts for region in tables.regions]
    ranges = [
        range(tables.count(cell), tables.count(cell) + 1)
        if pattern.shows(cell)
        else range(0 if cell[0] in pattern.withheld else 1, most + 1)
        for cell in cells
    ]
    totals = {table: sum(rows.values()) for table, rows in tables.counts.items()}
    every = (dict(zip(cells, values, strict=True)) for values in product(*ranges))
    return [one for one in every if _holds(tables, one, totals)]


def _holds(tables: Linked, one: Mapping[tuple[str, int], int], totals: Mapping[str, int]) -> bool:
    sums = all(sum(one[table, region] for region in tables.regions) == total for table, total in totals.items())
    return sums and all(
        sum(one[part, region] for part in parts) <= one[whole, region]
        for whole, parts in tables.parts.items()
        for region in tables.regions
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("part", "whole"), [((2, 5), (2, 6)), ((1, 6), (6, 7)), ((3, 4), (3, 5)), ((4, 5), (5, 6)), ((0, 2, 5), (0, 2, 5))]
)
def test_counted_one_by_one_the_possibilities_run_from_one_to_six(
    method: str, part: tuple[int, ...], whole: tuple[int, ...]
) -> None:
    tables = linked({"whole": dict(enumerate(whole)), "part": dict(enumerate(part))}, {"part": "whole"})
    pattern = found(tables, method)
    every = possible(tables, pattern, sum(whole))
    for cell in tables.small:
        values = {one[cell] for one in every}
        if cell[0] in pattern.withheld:
            assert 0 in values
        else:
            assert set(range(tables.floor(cell, pattern.withheld), MOST + 1)) <= values


@pytest.mark.parametrize("method", METHODS)
def test_part_inside_a_small_whole_makes_the_whole_hidden_too(method: str) -> None:
    tables = linked({"whole": {1: 5, 2: 30, 3: 40}, "part": {1: 4, 2: 20, 3: 30}}, {"part": "whole"})
    pattern = found(tables, method)
    assert ("part", 1) in pattern.hidden
    assert ("whole", 1) in pattern.hidden  # shown, it would say that the part is at most five


@pytest.mark.parametrize("method", METHODS)
def test_table_whose_only_record_lies_in_one_region_is_withheld(method: str) -> None:
    tables = linked({"killed": {1: 1, 2: 0, 3: 0}}, {})
    assert found(tables, method).withheld == {"killed"}


@pytest.mark.parametrize("method", METHODS)
def test_withheld_part_does_not_leave_its_only_possible_region_in_sight(method: str) -> None:
    tables = linked({"whole": {1: 9, 2: 0}, "part": {1: 2, 2: 0}}, {"part": "whole"})
    pattern = found(tables, method)
    assert pattern.withheld == {"part", "whole"}
    assert audit.narrow(tables, pattern, below={}) == []


@pytest.mark.parametrize("method", METHODS)
def test_country_of_one_region_with_one_record_cannot_be_protected(method: str) -> None:
    with pytest.raises(CannotProtect):
        found(linked({"killed": {1: 1}}, {}), method)


def test_gate_stops_a_pattern_that_leaves_one_count_to_subtraction() -> None:
    tables = linked({"reports": {1: 3, 2: 50, 3: 60}}, {})
    with pytest.raises(audit.Disclosed, match="reports in region 1"):
        audit.check(tables, Pattern(frozenset({("reports", 1)})), below={}, programs=True)
    with pytest.raises(audit.Disclosed, match="region 1"):
        audit.check(tables, Pattern(), below={}, programs=False)


def test_gate_stops_a_hidden_zero() -> None:
    tables = linked({"reports": {1: 30, 2: 0}}, {})
    with pytest.raises(audit.Disclosed, match="region 2"):
        audit.check(tables, Pattern(frozenset({("reports", 2)})), below={}, programs=False)


def test_link_that_the_counts_contradict_is_dropped_and_an_overlapping_part_stays_beside() -> None:
    tables = linked(
        {"whole": {1: 10}, "more": {1: 12}, "one": {1: 6}, "two": {1: 7}},
        {"more": "whole", "one": "whole", "two": "whole"},
    )
    assert (tables.within, tables.beside) == ({"one": "whole"}, {"two": "whole"})
    with pytest.raises(Inconsistent):
        linked({"whole": {1: -1}}, {})


@st.composite
def overlapping(draw: st.DrawFn) -> Linked:
    """A whole with two parts that may hold the same records."""
    table: dict[str, dict[int, int]] = {"whole": {}, "one": {}, "two": {}}
    for region in range(1, draw(st.integers(2, 6)) + 1):
        table["whole"][region] = whole = draw(counts)
        table["one"][region] = draw(st.integers(0, whole))
        table["two"][region] = draw(st.integers(0, whole))
    return linked(table, {"one": "whole", "two": "whole"})


@pytest.mark.parametrize("method", METHODS)
@given(tables=overlapping())
@settings(max_examples=60, deadline=None)
def test_overlapping_parts_are_protected_too(method: str, tables: Linked) -> None:
    pattern = found(tables, method)
    assert audit.narrow(tables, pattern, below=below(tables, pattern, method)) == []
    for known in audit.by_programs(tables, pattern):
        assert audit.wide_enough(tables, pattern, known)


@given(tables=thread())
@settings(max_examples=40, deadline=None)
def test_where_the_rule_gives_every_table_highs_gives_them_too_and_hides_no_more(tables: Linked) -> None:
    by_rule, fewest = found(tables, RULE), found(tables, HIGHS)
    if not by_rule.withheld:
        assert not fewest.withheld
        assert len(fewest.hidden) <= len(by_rule.hidden)
