"""Whatever the numbers are: the truth is never called impossible, and every answer can be checked by hand."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from qorgan.claims.engine import highs, solver
from qorgan.claims.engine.answers import Verdict
from qorgan.claims.engine.exact import Clash, Point, Row, Tableau, holds, proves
from qorgan.claims.engine.readings import readings
from qorgan.claims.engine.space import Space
from qorgan.claims.engine.statement import Change, Claim, Parts, Thing, Unit
from qorgan.claims.engine.system import Quantity, System
from tests.claims.made import AFTER, BEFORE, Text

NUMBERS = st.integers(min_value=1, max_value=3000)
SLOW = settings(max_examples=25, deadline=None, derandomize=True)


@st.composite
def truths(draw: st.DrawFn) -> tuple[tuple[Thing, ...], dict[tuple[str, str], int]]:
    """A tree of two storeys whose every cell has a true number; some parts of each whole stay unnamed."""
    things: list[Thing] = [Thing(id="all", parts=Parts.SOME)]
    numbers: dict[tuple[str, str], int] = {}
    for part in range(draw(st.integers(1, 3))):
        things.append(Thing(id=f"p{part}", of="all", parts=Parts.SOME))
        for leaf in range(draw(st.integers(0, 2))):
            things.append(Thing(id=f"p{part}{leaf}", of=f"p{part}"))
    for period in (BEFORE, AFTER):
        for thing in reversed(things):
            parts = sum(numbers[each.id, period] for each in things if each.of == thing.id)
            numbers[thing.id, period] = parts + draw(NUMBERS)
    return tuple(things), numbers


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


@st.composite
def true_texts(draw: st.DrawFn) -> Claim:
    """Some true statements about a tree, rounded as a press officer rounds."""
    things, numbers = draw(truths())
    text = Text(*things)
    for thing in things:
        before, after = numbers[thing.id, BEFORE], numbers[thing.id, AFTER]
        said = draw(st.sampled_from(["nothing", "level", "change", "share"]))
        if said == "level":
            text.level(thing.id, before)
        elif said == "change":
            change = _percent(after - before, before)
            more = {"thing": thing.id, "start": BEFORE, "end": AFTER, "sign": -1 if change < 0 else 1}
            text.says(Change, str(abs(change)), Unit.PERCENT_CHANGE, **more)
        elif said == "share" and thing.of:
            text.share(thing.id, thing.of, str(_percent(before, numbers[thing.of, BEFORE])))
    return text.claim


def _space(claim: Claim) -> Space:
    return solver.everything(System(claim, readings(claim)[0]))


@SLOW
@given(true_texts())
def test_the_truth_is_never_impossible(claim: Claim) -> None:
    assert {answer.verdict for answer in solver.check(claim)} <= {
        Verdict.HOLDS,
        Verdict.HOLDS_ONLY_IF,
        Verdict.NOT_ENOUGH_SAID,
    }


@st.composite
def any_texts(draw: st.DrawFn) -> Claim:
    """Statements about a tree that need not be true."""
    text = Text(Thing(id="all"), Thing(id="a", of="all"), Thing(id="b", of="all"), Thing(id="c", of="a"))
    for thing in draw(st.lists(st.sampled_from(["all", "a", "b", "c"]), min_size=2, max_size=7)):
        said = draw(st.sampled_from(["level", "after", "fell", "share"]))
        if said == "fell":
            text.fell(thing, draw(st.integers(1, 99)))
        elif said == "share" and thing != "all":
            text.share(thing, "all", draw(st.integers(1, 99)))
        else:
            text.level(thing, draw(st.integers(1, 400)), AFTER if said == "after" else BEFORE)
    return text.claim


def _wider(claim: Claim) -> Claim:
    grains = {Unit.COUNT: Decimal(20), Unit.PERCENT: Decimal(4), Unit.PERCENT_CHANGE: Decimal(4)}
    return replace(claim, figures=tuple(replace(each, grain=grains[each.unit]) for each in claim.figures))


@SLOW
@given(any_texts())
def test_a_wider_rounding_never_makes_impossible_what_was_possible(claim: Claim) -> None:
    wider = _wider(claim)
    for reading in readings(claim):
        assert solver.possible(wider, reading) or not solver.possible(claim, reading)


@SLOW
@given(any_texts())
def test_of_the_smallest_conflicting_set_nothing_can_be_left_out(claim: Claim) -> None:
    for answer in solver.check(claim):
        if answer.verdict is not Verdict.CANNOT_HOLD or answer.needs_whole_numbers:
            continue
        alone = Space(System(claim, answer.reading), frozenset(answer.conflict))
        assert isinstance(alone.point, Clash)
        for owner in answer.conflict:
            assert isinstance(alone.without(owner).point, Point)


@SLOW
@given(any_texts())
def test_every_no_is_proven_and_every_yes_has_an_example(claim: Claim) -> None:
    for answer in solver.check(claim):
        if answer.verdict is Verdict.CANNOT_HOLD:
            assert answer.needs_whole_numbers or proves(Clash(answer.proof))
        elif answer.verdict is not Verdict.UNDECIDED:
            (rows,) = solver.everything(System(claim, answer.reading)).cases
            assert holds(rows, answer.example)


@SLOW
@given(true_texts(), st.sampled_from([BEFORE, AFTER]))
def test_bounds_hold_the_value_of_every_example(claim: Claim, period: str) -> None:
    space = _space(claim)
    point = space.point
    assert isinstance(point, Point)
    quantity = Quantity((("p0", period),), ("all", period))
    top, bottom = (
        sum((point.values.get(name, Fraction(0)) for name in linear), Fraction(0))
        for linear in (space.system.top(quantity), space.system.linear(("all", period)))
    )
    found = space.range(quantity)
    assert found is not None
    assert bottom == 0 or top / bottom in found.interval


COEFFICIENTS = st.integers(-5, 5).map(Fraction)
TERMS = st.dictionaries(st.sampled_from("xyz"), COEFFICIENTS, min_size=1)
ROWS = st.lists(st.builds(Row, TERMS, COEFFICIENTS), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_with_a_hint_and_without_the_answer_is_the_same(rows: list[Row]) -> None:
    alone, led = Tableau(rows).feasible(), highs.feasible(rows)[1]
    assert type(alone) is type(led)
    for found in (alone, led):
        assert proves(found) if isinstance(found, Clash) else holds(rows, found.values)


@settings(max_examples=150, deadline=None)
@given(ROWS, TERMS)
def test_the_least_value_is_proven_by_the_rows_that_force_it(rows: list[Row], goal: dict[str, Fraction]) -> None:
    tableau = Tableau(rows)
    if isinstance(tableau.feasible(), Clash):
        return
    least = tableau.least(goal)
    if least.value is None:
        lower = [Row({name: -value for name, value in goal.items()}, Fraction(bound)) for bound in (10, 1000)]
        assert all(isinstance(Tableau([*rows, row]).feasible(), Point) for row in lower)
        return
    assert sum((weight * row.bound for row, weight in least.weights), Fraction(0)) == least.value
    below = Row({name: -value for name, value in goal.items()}, -least.value + Fraction(1, 1000))
    assert isinstance(Tableau([*rows, below]).feasible(), Clash)


def test_a_wrong_hint_is_not_believed() -> None:
    rows = [Row({"x": Fraction(1)}, Fraction(2)), Row({"x": Fraction(-1)}, Fraction(-1))]
    assert isinstance(Tableau(rows).feasible(highs.Hint(("x",), (0,))), Clash)
    assert isinstance(Tableau(rows).feasible(highs.Hint((), (0, 1))), Clash)


def test_numbers_too_large_for_floating_point_are_still_exact() -> None:
    huge = Fraction(10**23)
    rows = [Row({"x": Fraction(1)}, huge + 1), Row({"x": Fraction(-1)}, -huge)]
    assert isinstance(highs.feasible(rows)[1], Clash)
    rows = [Row({"x": Fraction(1)}, huge), Row({"x": Fraction(-1)}, -huge)]
    assert isinstance(highs.feasible(rows)[1], Point)


def test_a_hair_between_two_intervals_is_seen() -> None:
    hair = Fraction(1, 10**12)
    for gap, kind in ((hair, Clash), (Fraction(0), Point)):
        rows = [Row({"x": Fraction(1)}, 1 + gap), Row({"x": Fraction(-1)}, Fraction(-1))]
        assert isinstance(highs.feasible(rows)[1], kind)
