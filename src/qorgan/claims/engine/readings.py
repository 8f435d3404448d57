"""What the words leave open, and every way to read them: a reading decides each choice once, for the whole text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from qorgan.claims.engine import rounding
from qorgan.claims.engine.statement import Apart, Choice, Claim, Figure, Parts, Points, Rank, Share, Statement, Thing

MOST = 96  # readings of one text; beyond, a person has to choose

FOLD, BOUND = "fold", "bound"
PARTS, APART = "parts:", "apart:"


class TooManyReadings(ValueError):
    """The words leave more open than anyone would read; `count` readings."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} readings")
        self.count = count


@dataclass(frozen=True)
class Reading:
    """One meaning: option by choice. `said` are the choices that this text really leaves open, in their order."""

    options: Mapping[str, str]
    said: tuple[str, ...]

    def __getitem__(self, choice: str) -> str:
        return self.options[choice]


def readings(claim: Claim) -> tuple[Reading, ...]:
    """Every reading of the claim that its `chosen` options allow. Raises TooManyReadings."""
    found: list[Reading] = []
    for own in _combinations(claim.choices, claim.chosen):
        words = tuple(_of_the_words(claim, own))
        choices = (*claim.choices, *words)
        said = tuple(choice.id for choice in choices if len(_options(choice, claim.chosen)) > 1)
        for options in product(*(_options(choice, claim.chosen) for choice in words)):
            found.append(Reading(own | dict(zip((word.id for word in words), options, strict=True)), said))
            if len(found) > MOST:  # at once: forty open choices have more readings than anyone can count
                raise TooManyReadings(len(found))
    return tuple(found)


def whole_of(thing: Thing, options: Mapping[str, str]) -> str:
    """What a thing is part of under a reading; empty for nothing."""
    return thing.of_by.get(options[thing.by], "") if thing.by else thing.of


def share_of(share: Share, options: Mapping[str, str]) -> str:
    """What a share is a share of under a reading."""
    return share.of_by[options[share.by]] if share.by else share.of


def _combinations(choices: tuple[Choice, ...], chosen: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for options in product(*(_options(choice, chosen) for choice in choices)):
        yield dict(zip((choice.id for choice in choices), options, strict=True))


def _options(choice: Choice, chosen: Mapping[str, str]) -> tuple[str, ...]:
    return (chosen[choice.id],) if choice.id in chosen else choice.options


def _of_the_words(claim: Claim, own: Mapping[str, str]) -> Iterator[Choice]:
    """The choices that everyday words leave open, without anybody having listed them."""
    wholes = {whole_of(thing, own) for thing in claim.things}
    for thing in claim.things:
        if thing.id in wholes:
            yield Choice(id=PARTS + thing.id, options=_either(thing.parts, Parts.UNSAID, (Parts.ALL, Parts.SOME)))
            open_apart = _either(thing.apart, Apart.UNSAID, (Apart.APART, Apart.OVERLAPPING))
            yield Choice(id=APART + thing.id, options=open_apart)
    used = [claim.figure(statement.figure) for statement in claim.statements if not isinstance(statement, Rank)]
    yield Choice(id=FOLD, options=_folds(used))
    is_open = any(rounding.is_open(figure) for figure in used)
    yield Choice(id=BOUND, options=(rounding.NEAR, rounding.WIDE) if is_open else (rounding.WIDE,))


def _either(value: Parts | Apart, unsaid: Parts | Apart, both: tuple[Parts | Apart, ...]) -> tuple[str, ...]:
    return tuple(each.value for each in both) if value is unsaid else (value.value,)


def _folds(figures: list[Figure]) -> tuple[str, ...]:
    if any(map(rounding.is_fold_in_words, figures)):
        return (rounding.EXACT, rounding.ROUNDED, rounding.LOOSE)
    return (rounding.EXACT, rounding.ROUNDED) if any(map(rounding.is_idiom, figures)) else (rounding.EXACT,)


def options_of(choice: str) -> tuple[str, ...]:
    """What can be chosen where everyday words leave something open; nothing for a name that is no such choice."""
    if choice == FOLD:
        return rounding.EXACT, rounding.ROUNDED, rounding.LOOSE
    if choice == BOUND:
        return rounding.NEAR, rounding.WIDE
    if choice.startswith(PARTS):
        return Parts.ALL.value, Parts.SOME.value
    return (Apart.APART.value, Apart.OVERLAPPING.value) if choice.startswith(APART) else ()


def periods_of(statement: Statement) -> tuple[str, ...]:
    """The periods a statement speaks of."""
    if isinstance(statement, Points):
        return statement.start, statement.end
    if hasattr(statement, "terms"):
        return tuple(period for _thing, period in statement.terms)
    return (statement.period,) if hasattr(statement, "period") else (statement.start, statement.end)
