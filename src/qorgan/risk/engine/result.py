"""What an instrument says of some answers, and why; and what stands when a person judges otherwise. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from qorgan.risk.engine.answers import Answer
from qorgan.risk.engine.instrument import Action, Band, Instrument, reached
from qorgan.risk.engine.tree import Node

CHILDREN = "children"  # the topic of an item that asks whether children were harmed


@dataclass(frozen=True)
class Ground:
    """A rule that holds, what it counted, and the items that counted."""

    rule: Node
    value: int
    items: tuple[str, ...]


@dataclass(frozen=True)
class Scored:
    """The band that the rules reach, what it rests on, how many items were answered yes or no."""

    band: Band
    grounds: tuple[Ground, ...]
    answered: int
    is_enough: bool


def score(made: Instrument, answers: Mapping[str, Answer]) -> Scored:
    """What the rules reach. An item without an answer was not asked."""
    band = reached(made, answers)
    leaves = band.when.grounds(answers) if band.when else ()
    grounds = tuple(Ground(leaf, int(leaf.value(answers)), leaf.counted(answers)) for leaf in leaves)
    answered = sum(answers.get(one.code, Answer.NOT_ASKED).is_given for one in made.items)
    return Scored(band, grounds, answered, answered >= made.enough)


def not_now(made: Instrument) -> dict[str, Answer]:
    """The answers where it is not safe to ask now."""
    return {one.code: Answer.NOT_SAFE for one in made.items}


def result(made: Instrument, scored: Scored, *, judged: Band | None = None, standing: Band | None = None) -> Band:
    """The higher of what was reckoned and what was judged.

    Where too little was answered, a band of the same instrument that stands is not lowered by what is not known.
    """
    held = [scored.band, *([judged] if judged else []), *([standing] if standing and not scored.is_enough else [])]
    return made.bands[max(one.rank for one in held)]


def asked_for(made: Instrument, band: Band, answers: Mapping[str, Answer], *, cannot_ask: bool) -> tuple[Action, ...]:
    """What the result asks for, in the order of the instrument."""
    return tuple(
        one
        for one in made.actions
        if (one.cannot_ask and cannot_ask)
        or (one.band and made.band(one.band).rank <= band.rank)
        or (one.when is not None and one.when.holds(answers))
    )


def tells_of_children(made: Instrument, answers: Mapping[str, Answer]) -> bool:
    """Whether an answer says that he harmed children: then a parent may be complained of."""
    return any(one.topic == CHILDREN and answers.get(one.code) is Answer.YES for one in made.items)
