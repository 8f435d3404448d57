"""Structured claims: how long a system of twelve statements takes, and the knots with all their readings.

`first` is the answer to whether everything can be true, exact, with its proof or example; `all` adds bounds,
conditions and what each statement is held against.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from qorgan.base import country
from qorgan.claims.engine import from_text, grammar, groups, highs, solver, structured
from qorgan.claims.engine.known import compare, reading
from qorgan.claims.engine.readings import readings as all_readings
from qorgan.claims.engine.statement import Change, Claim, Figure, Level, Parts, Share, Thing, Unit

TIMES = 40
_NO_CLAIMS = {"ties", "paragraph"}  # data of the text's reading
_SENTENCES = Path(__file__).resolve().parent.parent / "tests" / "claims"
_TEXT = 4000
BEFORE, AFTER = "before", "after"


def run() -> Iterator[str]:
    """One line for each system."""
    with_highs = "with" if highs.is_here() else "without"
    yield f"claims, {with_highs} HiGHS: milliseconds, median and slowest of {TIMES}"
    for name, claim in (("12 statements that hold", twelve("7.1")), ("12 that cannot", twelve("37.1"))):
        reading = all_readings(claim)[0]
        yield _line(f"{name}, first", lambda claim=claim, reading=reading: solver.possible(claim, reading))
        yield _line(f"{name}, all", lambda claim=claim, reading=reading: solver.solve(claim, reading))
    for path in sorted((country.folder() / "claims").glob("*.toml")):
        if path.stem in _NO_CLAIMS:
            continue
        claim = structured.read(path.read_text(encoding="utf-8"))
        count = len(all_readings(claim))
        yield _line(f"{path.stem}, all of {count} readings", lambda claim=claim: solver.check(claim))
    yield from _whole_texts()


def _whole_texts() -> Iterator[str]:
    """4,000 characters of our own sentences, from the text to the last verdict."""
    for language in grammar.LANGUAGES:
        passages = json.loads((_SENTENCES / f"sentences.{language}.json").read_text(encoding="utf-8"))["passages"]
        text = " ".join(passage["text"] for passage in passages)[:_TEXT]
        sentences = grammar.read(text, language=language)
        claim = from_text.claim(sentences)
        name = f"{_TEXT} characters of {language}, {len(claim.figures)} figures"
        yield _line(f"{name}: read", lambda text=text, to=language: grammar.read(text, language=to))
        yield _line(f"{name}: judged", lambda claim=claim: groups.judge(claim))
        yield _line(
            f"{name}: held against the record",
            lambda claim=claim, sentences=sentences: compare(claim, sentences, reading.known()),
        )


def _line(name: str, act: Callable[[], object]) -> str:
    act()
    taken = []
    for _time in range(TIMES):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return f"  {name:52} {statistics.median(taken):8.1f} {max(taken):8.1f}"


def twelve(fall: str) -> Claim:
    """A whole of four parts in two years: levels, shares and changes, twelve statements; `fall` is the whole's."""
    parts = ("a", "b", "c", "d")
    things = (Thing(id="all", parts=Parts.SOME), *(Thing(id=part, of="all") for part in parts))
    figures, statements = [], []

    def say(kind: type[Change | Level | Share], value: str, unit: Unit, sign: int | None = None, **more: str) -> None:
        ident = f"s{len(figures)}"
        number = Decimal(value)
        figures.append(Figure(id=ident, unit=unit, low=number, high=number, sign=sign))
        statements.append(kind(id=ident, figure=ident, **more))

    say(Level, "1000", Unit.COUNT, thing="all", period=BEFORE)
    say(Change, fall, Unit.PERCENT_CHANGE, -1, thing="all", start=BEFORE, end=AFTER)
    for part, share in zip(parts, ("40.0", "30.0", "15.0", "5.0"), strict=True):
        say(Share, share, Unit.PERCENT, thing=part, of="all", period=BEFORE)
    for part, change in zip(parts, ("10.0", "5.0", "6.7", "4.0"), strict=True):
        say(Change, change, Unit.PERCENT_CHANGE, -1, thing=part, start=BEFORE, end=AFTER)
    say(Level, "360", Unit.COUNT, thing="a", period=AFTER)
    say(Level, "285", Unit.COUNT, thing="b", period=AFTER)
    return Claim(periods={BEFORE: {}, AFTER: {}}, figures=tuple(figures), things=things, statements=tuple(statements))
