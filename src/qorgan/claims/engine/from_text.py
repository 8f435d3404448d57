"""From the figures of a text to a claim that can be reckoned with: which figure is tied to which, and how.

Each figure is a thing of its own: two figures are never taken for one because their words are alike. They are tied
only where the text ties them: part of, from ... to, the same once more in brackets, a comparison with the year before.
What the words leave open becomes a choice, so that every reading is answered. A figure that nothing is tied to
stays a figure without a statement; what a person knows better she writes into the structured form.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from qorgan.claims.engine import rounding, ties
from qorgan.claims.engine.grammar.figure import Figure as Found
from qorgan.claims.engine.grammar.figure import Sentence
from qorgan.claims.engine.statement import (
    CHANGES,
    PLAIN,
    SHARES,
    UNSAID,
    Apart,
    Approximation,
    Ask,
    Change,
    Choice,
    Claim,
    Figure,
    Level,
    Parts,
    Points,
    Share,
    Statement,
    Thing,
    Unit,
)

BEFORE, AFTER = ties.BEFORE, ties.AFTER
_PRINTED = re.compile(r"\d[\d\s\u00a0\u202f]*(?:[.,](\d+))?")
_FEWEST_LISTED = 2
_LONGEST_NAME = 80
_DIGITS = 6  # after the comma


@dataclass
class _Draft:
    """A claim in the making: by the number of each figure, what is tied to it."""

    said: list[ties.Said]
    wholes: dict[int, int] = field(default_factory=dict)  # part -> whole, as the text says
    same: dict[int, int] = field(default_factory=dict)  # a figure that speaks of another one's thing
    statements: list[Statement] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    places: dict[int, tuple[str, dict[str, str]]] = field(default_factory=dict)  # thing -> its choice, wholes by option
    more: list[Thing] = field(default_factory=list)
    done: set[int] = field(default_factory=set)  # figures that have their statement
    counts: Counter[str] = field(default_factory=Counter)  # how many figures count what is called so

    def __post_init__(self) -> None:
        self.counts.update(ties.without_cues(each.found.counted) for each in self.said)

    @cached_property
    def parts(self) -> dict[int, list[int]]:
        """The parts of each whole; asked for when all wholes are known."""
        found: dict[int, list[int]] = {}
        for part, whole in self.wholes.items():
            found.setdefault(whole, []).append(part)
        return found

    @cached_property
    def members(self) -> dict[int, list[int]]:
        """The figures that speak of another one's thing, by that one."""
        found: dict[int, list[int]] = {}
        for number, thing in self.same.items():
            found.setdefault(thing, []).append(number)
        return found

    def thing(self, number: int) -> str:
        """The thing that a figure speaks of."""
        return f"t{self.same.get(number, number) + 1}"

    def says(self, number: int, statement: Statement) -> None:
        """Keep the statement that a figure makes."""
        self.statements.append(statement)
        self.done.add(number)


def claim(sentences: Iterable[Sentence]) -> Claim:
    """The claim that a text makes, by the grammar's reading of its sentences."""
    draft = _Draft([ties.Said(figure, sentence) for sentence in sentences for figure in sentence.figures])
    draft.wholes = {
        number: said.found.part_of for number, said in enumerate(draft.said) if said.found.part_of is not None
    }
    _moves(draft)
    _twice_said(draft)
    _trees(draft)
    _loose_shares(draft)
    return Claim(
        periods=ties.periods() if any(isinstance(each, Change | Points) for each in draft.statements) else {},
        figures=tuple(_figure(number, said.found) for number, said in enumerate(draft.said)),
        things=_things(draft),
        statements=tuple(sorted(draft.statements, key=lambda each: int(each.figure.removeprefix("f")))),
        choices=tuple(draft.choices),
        asks=tuple(draft.asks),
    )


def unit_of(found: Found) -> Unit:
    """The unit in which the arithmetic takes a figure."""
    return Unit.POINTS if found.points else Unit(found.unit)


def _figure(number: int, found: Found) -> Figure:
    is_range = found.low != found.high
    return Figure(
        id=_said(number),
        unit=unit_of(found),
        low=_shown(found.low),
        high=_shown(found.high),
        approximation=Approximation.RANGE if is_range else Approximation(found.approximation),
        sign=found.change_sign,
        grain=_grain(found),
        out_of=found.of,
        said=found.text,
        counted=found.counted,
        period=found.period,
        place=found.place,
        speaker=found.voice.speaker,
        relay=found.voice.relay,
        about=found.voice.about,
        start=found.start,
        end=found.end,
    )


def _shown(value: Decimal) -> Decimal:
    """A number as it can be written down: a third has no last digit."""
    return round(value, _DIGITS) if _is_endless(value) else value


def _is_endless(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -_DIGITS


def _grain(found: Found) -> Decimal | None:
    """The size of the last digit shown before a multiplier: a tenth of a million in `1,3 млн`. None: as the digits."""
    if _is_endless(found.low):
        return Decimal(1)  # a third is a way of speaking
    printed = _PRINTED.match(found.text)
    if printed is None or found.low != found.high or not found.low:
        return None
    digits = re.sub(r"\s", "", printed.group(0)).replace(",", ".")
    scale = found.low / Decimal(digits) if Decimal(digits) else Decimal(0)
    is_power = scale > 1 and scale == scale.to_integral_value() and set(str(int(scale))) == {"1", "0"}
    return scale.scaleb(-len(printed.group(1) or "")).normalize() + 0 if is_power else None


def _statement(number: int) -> str:
    return f"s{number + 1}"


def _said(number: int) -> str:
    return f"f{number + 1}"


def _moves(draft: _Draft) -> None:
    """`с 258 до 169`, `88-ден 117-ге`, `43 147, на 18,6 % меньше, чем годом ранее (53 038)`: two levels, one change."""
    for start, end, change in ties.moves(draft.said):
        if draft.done & {start, end, change} or {start, end, change} & draft.wholes.keys():
            continue
        unit = unit_of(draft.said[start].found)
        draft.same |= {end: start, change: start}
        thing = draft.thing(start)
        if unit in PLAIN:
            draft.says(start, Level(id=_statement(start), figure=_said(start), thing=thing, period=BEFORE))
            draft.says(end, Level(id=_statement(end), figure=_said(end), thing=thing, period=AFTER))
            draft.says(
                change, Change(id=_statement(change), figure=_said(change), thing=thing, start=BEFORE, end=AFTER)
            )
            continue
        whole = f"{thing}w"
        draft.more.append(Thing(id=whole, name=ties.unnamed_whole(), parts=Parts.SOME))
        draft.says(start, Share(id=_statement(start), figure=_said(start), thing=thing, of=whole, period=BEFORE))
        draft.says(end, Share(id=_statement(end), figure=_said(end), thing=thing, of=whole, period=AFTER))
        draft.says(
            change, Points(id=_statement(change), figure=_said(change), thing=thing, of=whole, start=BEFORE, end=AFTER)
        )


def _twice_said(draft: _Draft) -> None:
    """`420 (70 %)`: a part, and what share of the same whole it is."""
    for number, share in ties.twice_said(draft.said):
        whole = draft.wholes.get(number, draft.wholes.get(share))
        if draft.done & {number, share} or whole is None or unit_of(draft.said[whole].found) not in PLAIN:
            continue
        draft.wholes.pop(share, None)
        draft.wholes[number] = whole
        draft.same[share] = number
        draft.says(
            share, Share(id=_statement(share), figure=_said(share), thing=draft.thing(number), of=draft.thing(whole))
        )


def _trees(draft: _Draft) -> None:
    """Levels, changes and shares of the trees that the text draws."""
    draft.wholes = {part: whole for part, whole in draft.wholes.items() if _can_be_within(draft, part, whole)}
    named = ties.namely(draft.said, draft.wholes)
    for part, whole in named:
        _place(draft, part, whole)
    for number, said in enumerate(draft.said):
        unit = unit_of(said.found)
        if number in draft.done or said.found.difference is not None:
            continue
        if unit in PLAIN and unit is not Unit.DURATION:
            draft.says(number, Level(id=_statement(number), figure=_said(number), thing=draft.thing(number)))
        elif unit in CHANGES and said.found.change_sign:
            draft.says(
                number,
                Change(id=_statement(number), figure=_said(number), thing=draft.thing(number), start=BEFORE, end=AFTER),
            )
        elif unit in SHARES and number in draft.wholes and not _lacks_base(said.found):
            of = draft.thing(draft.wholes[number])
            draft.says(number, Share(id=_statement(number), figure=_said(number), thing=draft.thing(number), of=of))


def _lacks_base(found: Found) -> bool:
    """Whether it says m in n without an n that something could be a share of."""
    return found.unit == Unit.M_IN_N and not found.of


def _can_be_within(draft: _Draft, part: int, whole: int) -> bool:
    """Whether a part and its whole are of kinds that can be added up."""
    found = draft.said[part].found, draft.said[whole].found
    if part in draft.same or any(each.difference is not None for each in found):
        return False
    units = unit_of(found[0]), unit_of(found[1])
    if set(units) <= CHANGES:
        return all(each.change_sign for each in found)
    levels = units[1] in PLAIN and units[1] is not Unit.DURATION
    return levels and (units[0] == units[1] or units[0] in SHARES)


def _place(draft: _Draft, part: int, whole: int) -> None:
    """Behind `namely`: inside what was said before, beside its own parts, or a thing apart; each is read."""
    own = draft.parts.get(part, [])
    options = ("inside", "siblings", "apart") if own else ("inside", "apart")
    choice = f"place{part + 1}"
    words = ties.place_words(options, part=_name(draft, part), whole=_name(draft, whole))
    draft.choices.append(Choice(id=choice, options=options, words=words))
    above, mine = draft.thing(whole), draft.thing(part)
    draft.places[part] = choice, {option: "" if option == "apart" else above for option in options}
    for each in own:
        draft.places[each] = choice, {option: above if option == "siblings" else mine for option in options}


def _loose_shares(draft: _Draft) -> None:
    """`Каждый 12-й`, with no whole said: of each figure before it that it may be of, and of none of them."""
    for number, wholes in ties.loose_shares(draft.said):
        if number in draft.done or number in draft.same or _lacks_base(draft.said[number].found):
            continue
        moved = draft.same.keys() | draft.same.values()
        known = [each for each in wholes if each in draft.done and each not in moved]
        if not known:
            continue
        unsaid = Thing(id=f"t{number + 1}w", name=ties.unnamed_whole(), parts=Parts.SOME)
        draft.more.append(unsaid)
        of_by = {f"of_{each + 1}": draft.thing(each) for each in known} | {UNSAID: unsaid.id}
        names = {f"of_{each + 1}": _name(draft, each) for each in known}
        share, thing, choice = draft.said[number].found.text, draft.thing(number), f"of{number + 1}"
        draft.choices.append(Choice(id=choice, options=tuple(of_by), words=ties.of_words(share, names)))
        draft.says(number, Share(id=_statement(number), figure=_said(number), thing=thing, by=choice, of_by=of_by))
        draft.asks.append(Ask(id=f"q{number + 1}", quantity="level", thing=thing))


def _things(draft: _Draft) -> tuple[Thing, ...]:
    named = {number: _name(draft, number) for number in sorted(draft.done) if number not in draft.same}
    things = [_thing(draft, number, name=name) for number, name in named.items()]
    return (*things, *draft.more)


def _thing(draft: _Draft, number: int, *, name: str) -> Thing:
    by, of_by = draft.places.get(number, ("", {}))
    whole = None if by else draft.wholes.get(number)
    parts, apart = _named_parts(draft, number)
    return Thing(
        id=draft.thing(number),
        name={draft.said[number].sentence.language: name},
        of="" if whole is None else draft.thing(whole),
        by=by,
        of_by=of_by,
        parts=parts,
        apart=apart,
        whole_numbers=unit_of(draft.said[number].found) not in PLAIN - {Unit.COUNT},
    )


def _named_parts(draft: _Draft, whole: int) -> tuple[Parts, Apart]:
    """Whether the parts may be all there are, and whether one may be in two of them: only where that is open.

    Of falls and rises, and of a list behind a colon, a reader may take the parts for all; a single part never is.
    That parts overlap is read only where they are too large together for anything else.
    """
    own = draft.parts.get(whole, [])
    placed = any(draft.thing(whole) in of_by.values() for _choice, of_by in draft.places.values())
    is_change = unit_of(draft.said[whole].found) in CHANGES
    is_list = any(cue.code == "part.list" for part in own for cue in draft.said[part].found.cues)
    open_parts = len(own) >= _FEWEST_LISTED and (is_change or is_list)
    parts = Parts.UNSAID if open_parts or (placed and is_change) else Parts.SOME
    return parts, Apart.UNSAID if _are_too_large(draft, own, whole) else Apart.APART


def _are_too_large(draft: _Draft, own: list[int], whole: int) -> bool:
    if unit_of(draft.said[whole].found) not in PLAIN or len(own) < _FEWEST_LISTED:
        return False
    figures = [_figure(part, draft.said[part].found) for part in own]
    room = rounding.interval(_figure(whole, draft.said[whole].found))
    levels = [rounding.interval(each) for each in figures if each.unit in PLAIN]
    shares = [rounding.interval(each) for each in figures if each.unit is Unit.PERCENT]
    over = room.high is not None and sum(each.low for each in levels) > room.high
    return over or sum(each.low for each in shares) > 100  # per cent


def _name(draft: _Draft, number: int) -> str:
    """What a figure counts, in the words of the text; the figure itself where they are not stated or not its alone."""
    own = (number, *draft.members.get(number, ()))
    names = [ties.without_cues(draft.said[each].found.counted) for each in own]
    counted = next(filter(None, names), "")
    text = draft.said[number].found.text
    name = f"{text} {counted}" if draft.counts[counted] > names.count(counted) else counted
    return (name if counted else text)[:_LONGEST_NAME]
