"""What is wrong with a structured claim: a code, the place in the file, and what stands there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import prod

from qorgan.claims.engine.readings import MOST, options_of, periods_of
from qorgan.claims.engine.statement import (
    CHANGES,
    PLAIN,
    REST,
    SHARES,
    Approximation,
    Change,
    Choice,
    Claim,
    Figure,
    Level,
    Points,
    Rank,
    Rate,
    Share,
    Statement,
    Sum,
    Thing,
    Unit,
)

STATEMENTS = 200  # more than any one text says


class Code(StrEnum):
    """Every fault; `claims.wording` has a sentence for each."""

    NOT_TOML = "not_toml"
    TOO_LONG = "too_long"
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_NAME = "unknown_name"
    MISSING = "missing"
    WRONG_KIND = "wrong_kind"
    NO_NUMBER = "no_number"
    TOO_MANY_DIGITS = "too_many_digits"
    TWICE = "twice"
    CIRCLE = "circle"
    WRONG_UNIT = "wrong_unit"
    NO_SIGN = "no_sign"
    NO_VALUE = "no_value"
    UPSIDE_DOWN = "upside_down"
    NEGATIVE = "negative"
    NO_BASE = "no_base"
    NO_PLACE = "no_place"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Fault:
    """One fault. `place` is empty for the file as a whole."""

    code: Code
    place: str
    what: str


class Unreadable(ValueError):
    """A file that is no claim; `faults` has at least one."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.place}: {fault.code} {fault.what}" for fault in faults))
        self.faults = tuple(faults)


_UNITS: dict[type[Statement], frozenset[Unit]] = {
    Level: PLAIN,
    Sum: PLAIN,
    Rate: PLAIN,
    Change: CHANGES,
    Share: SHARES,
    Points: frozenset({Unit.POINTS}),
    Rank: frozenset({Unit.RANK}),
}


def of(claim: Claim) -> Iterator[Fault]:
    """What is wrong with a claim whose every value is of its kind."""
    for table, count, most in (
        ("statement", len(claim.statements), STATEMENTS),
        ("thing", len(claim.things), STATEMENTS),
        ("choice", prod(len(choice.options) for choice in _of_place(claim)), MOST),
    ):
        if count > most:
            yield Fault(Code.TOO_MANY, table, str(count))
            return
    for table, names in _names(claim).items():
        yield from (Fault(Code.TWICE, table, name) for name, times in Counter(names).items() if times > 1)
    for figure in claim.figures:
        yield from _of_figure(figure)
    for thing in claim.things:
        yield from _of_thing(claim, thing)
    yield from _circles(claim)
    for statement in claim.statements:
        yield from _of_statement(claim, statement)
    yield from _of_choices(claim)
    yield from _of_asks(claim)


def _names(claim: Claim) -> dict[str, list[str]]:
    return {
        "figure": [each.id for each in claim.figures],
        "thing": [each.id for each in claim.things],
        "statement": [each.id for each in claim.statements],
        "choice": [each.id for each in claim.choices],
        "ask": [each.id for each in claim.asks],
    }


def _of_figure(figure: Figure) -> Iterator[Fault]:
    place, low, high = f"figure ({figure.id})", figure.low, figure.high
    if low is None and high is None:
        yield Fault(Code.NO_VALUE, place, figure.id)
    if low is not None and high is not None and low > high:
        yield Fault(Code.UPSIDE_DOWN, place, f"{low} > {high}")
    if (low is not None and low < 0) or (high is not None and high < 0):
        yield Fault(Code.NEGATIVE, place, str(low if low is not None else high))
    if figure.grain is not None and figure.grain <= 0:
        yield Fault(Code.NEGATIVE, f"{place}.grain", str(figure.grain))
    if figure.unit is Unit.M_IN_N and (figure.out_of is None or figure.out_of <= 0):
        yield Fault(Code.NO_BASE, place, figure.id)
    if figure.unit in {Unit.ONE_IN_N, Unit.RATIO} and (low is None or low <= 0):
        yield Fault(Code.NO_VALUE, place, figure.id)
    if figure.unit is Unit.RANK and (low is None or low != int(low) or low < 1 or low != high):
        yield Fault(Code.NO_PLACE, place, str(low))
    if figure.sign not in (None, 1, -1):
        yield Fault(Code.UNKNOWN_WORD, f"{place}.sign", str(figure.sign))
    if figure.approximation is not Approximation.RANGE and None not in (low, high) and low != high:
        yield Fault(Code.UNKNOWN_WORD, f"{place}.approximation", figure.approximation.value)


def _of_thing(claim: Claim, thing: Thing) -> Iterator[Fault]:
    place = f"thing ({thing.id})"
    if thing.id.endswith(REST) or "@" in thing.id or ":" in thing.id or not thing.id:
        yield Fault(Code.UNKNOWN_NAME, f"{place}.id", thing.id)
    known = {each.id for each in claim.things}
    for whole in (thing.of, *thing.of_by.values()):
        if whole and whole not in known:
            yield Fault(Code.UNKNOWN_NAME, f"{place}.of", whole)
    yield from _of_by(claim, place, thing.by, thing.of_by)


def _of_by(claim: Claim, place: str, by: str, of_by: object) -> Iterator[Fault]:
    choices = {choice.id: choice for choice in claim.choices}
    options = set(of_by) if isinstance(of_by, dict) else set()
    if by and by not in choices:
        yield Fault(Code.UNKNOWN_NAME, f"{place}.by", by)
    elif by and options != set(choices[by].options):
        yield Fault(Code.UNKNOWN_NAME, f"{place}.of_by", ", ".join(sorted(options ^ set(choices[by].options))))
    elif options and not by:
        yield Fault(Code.MISSING, place, "by")


def _of_place(claim: Claim) -> list[Choice]:
    """The choices that decide what a thing is part of."""
    used = {thing.by for thing in claim.things}
    return [choice for choice in claim.choices if choice.id in used]


def _circles(claim: Claim) -> Iterator[Fault]:
    """Things that are part of themselves, under any options."""
    choices = _of_place(claim)
    for options in product(*(choice.options for choice in choices)):
        chosen = dict(zip((choice.id for choice in choices), options, strict=True))
        whole = {each.id: each.of_by.get(chosen.get(each.by, ""), each.of) for each in claim.things}
        for thing in whole:
            seen, above = {thing}, whole.get(thing, "")
            while above and above not in seen:
                seen.add(above)
                above = whole.get(above, "")
            if above:
                yield Fault(Code.CIRCLE, f"thing ({thing})", above)
                return


def _of_statement(claim: Claim, statement: Statement) -> Iterator[Fault]:
    place = f"statement ({statement.id})"
    figures = {figure.id: figure for figure in claim.figures}
    figure = figures.get(statement.figure)
    if figure is None:
        yield Fault(Code.UNKNOWN_NAME, f"{place}.figure", statement.figure)
    elif figure.unit not in _UNITS[type(statement)]:
        yield Fault(Code.WRONG_UNIT, place, figure.unit.value)
    elif isinstance(statement, Change | Points) and figure.sign is None:
        yield Fault(Code.NO_SIGN, place, figure.id)
    elif isinstance(statement, Rank) and int(figure.low or 1) > len({*statement.among, statement.thing}):
        yield Fault(Code.NO_PLACE, place, str(figure.low))
    known = {each.id for each in claim.things} | {each.id + REST for each in claim.things}
    for thing in things_of(statement):
        if thing not in known:
            yield Fault(Code.UNKNOWN_NAME, place, thing)
    for period in periods_of(statement):
        is_needed = bool(claim.periods) and isinstance(statement, Change | Points)
        if period not in claim.periods and (period or is_needed):
            yield Fault(Code.UNKNOWN_NAME, place, period or "period")
    if (
        isinstance(statement, Change | Points)
        and not getattr(statement, "than", "")
        and statement.start == statement.end
    ):
        yield Fault(Code.NO_BASE, place, statement.start)
    if isinstance(statement, Rate) and statement.each <= 0:
        yield Fault(Code.NEGATIVE, f"{place}.each", str(statement.each))
    if isinstance(statement, Share):
        yield from _of_by(claim, place, statement.by, statement.of_by)
        if not statement.of and not statement.of_by:
            yield Fault(Code.MISSING, place, "of")


def things_of(statement: Statement) -> tuple[str, ...]:
    """Every thing a statement may speak of, whatever is chosen."""
    if isinstance(statement, Sum):
        return tuple(thing for thing, _period in statement.terms)
    if isinstance(statement, Share):
        return (statement.thing, *filter(None, (statement.of, *statement.of_by.values())))
    if isinstance(statement, Points):
        return statement.thing, statement.of
    if isinstance(statement, Rate):
        return statement.thing, statement.per
    if isinstance(statement, Rank):
        return statement.thing, *statement.among
    if isinstance(statement, Change) and statement.than:
        return statement.thing, statement.than
    return (statement.thing,)


def _of_choices(claim: Claim) -> Iterator[Fault]:
    own: dict[str, Choice] = {choice.id: choice for choice in claim.choices}
    for choice in claim.choices:
        if not choice.options:
            yield Fault(Code.MISSING, f"choice ({choice.id})", "options")
    for name, option in claim.chosen.items():
        options = own[name].options if name in own else options_of(name)
        if option not in options:
            yield Fault(Code.UNKNOWN_NAME, f"chosen.{name}", option)


def _of_asks(claim: Claim) -> Iterator[Fault]:
    known = {each.id for each in claim.things} | {each.id + REST for each in claim.things}
    for ask in claim.asks:
        place = f"ask ({ask.id})"
        if ask.quantity not in {"level", "share", "change"}:
            yield Fault(Code.UNKNOWN_WORD, f"{place}.quantity", ask.quantity)
        for given in ask.given:
            if given.quantity not in {"share", "change"}:
                yield Fault(Code.UNKNOWN_WORD, f"{place}.given", given.quantity)
        for thing in (ask.thing, *(given.thing for given in ask.given), *([ask.of] if ask.of else [])):
            if thing not in known:
                yield Fault(Code.UNKNOWN_NAME, place, thing)
        for period in filter(None, (ask.start, ask.end)):
            if period not in claim.periods:
                yield Fault(Code.UNKNOWN_NAME, place, period)
