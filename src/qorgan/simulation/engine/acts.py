"""An offence as it is counted, by what the register says of it; and what is known at a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qorgan.simulation.engine.threads import PlannedOffence, PlannedPart, Wording

_PARTNERS = frozenset({"spouse", "former_spouse", "partner", "former_partner"})
_FAMILY = _PARTNERS | {"parent", "step_parent", "child", "sibling", "other_relative"}
_ADULT = 18


class Known:
    """Whether a moment had come at another one; what never comes is never known."""

    def __init__(self, until: datetime | None) -> None:
        self._until = until

    def __call__(self, moment: datetime | None) -> bool:
        return moment is not None and (self._until is None or moment <= self._until)


@dataclass(frozen=True, slots=True)
class Act:
    """An offence as it is counted."""

    criminal: bool
    traits: frozenset[str]
    iccs: str
    completed: bool


def said(offence: PlannedOffence, known: Known) -> tuple[Wording, tuple[PlannedPart, ...]]:
    """What the register says of an offence and its persons, corrections included."""
    wording, parts = offence.wording, list(offence.parts)
    for at, corrected in sorted(offence.corrections, key=lambda pair: pair[0]):
        if known(at):
            wording = corrected
    for at, index, part in sorted(offence.known_later, key=lambda one: one[0]):
        if known(at):
            parts[index] = part
    return wording, tuple(parts)


def told(act: Act, parts: tuple[PlannedPart, ...]) -> Iterator[tuple[str, int]]:
    """What an offence counts as, and how often."""
    victims = [one for one in parts if one.part == "victim"]
    family = "domestic" in act.traits or any(one.relationship in _FAMILY for one in victims)
    if not act.criminal:
        yield "administrative_domestic", family
        return
    yield "criminal_domestic", family
    yield "child_victim", sum(one.age is not None and one.age < _ADULT for one in victims)
    raped = act.completed and act.iccs.startswith("03011")
    yield "child_raped", raped * sum(one.age is not None and one.age < _ADULT for one in victims)
    killed, violent = "homicide" in act.traits and act.completed, "violent" in act.traits
    harmed = "grievous_harm" in act.traits and act.completed
    women = [one for one in victims if one.sex == "female"]
    if women:
        yield "woman", 1
        yield "woman_violent", violent
        yield "woman_killed", violent and killed
        yield "woman_harmed", violent and harmed
        yield "woman_killed_by_partner", killed * sum(one.relationship in _PARTNERS for one in women)
    if any(one.part == "suspect" and one.age is not None and one.age < _ADULT for one in parts):
        yield "minor", 1
        yield "minor_homicide", killed
        yield "minor_theft", "theft" in act.traits
        yield "minor_robbery", "robbery" in act.traits
