"""The same night under several laws: one set of questions, asked of the book on several days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from qorgan.law.engine.book import Answer, LawBook, Obligation, Words


@dataclass(frozen=True)
class Group:
    """Questions that belong together, under one head."""

    names: Words
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Which days of the past stand beside one another, oldest first; what is asked of them, which duties are named."""

    days: tuple[date, ...]
    groups: tuple[Group, ...]
    duties: tuple[Obligation, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule that is asked."""
        return (*(key for group in self.groups for key in group.rules), *(one.rule for one in self.duties))


@dataclass(frozen=True)
class Line:
    """One question and its answers, a day each. `changed` says of each whether it differs from the one before it."""

    key: str
    answers: tuple[Answer, ...]

    @property
    def changed(self) -> tuple[bool, ...]:
        """The first day differs from nothing."""
        return (False, *(_said(one) != _said(other) for one, other in pairwise(self.answers)))

    @property
    def is_silent(self) -> bool:
        """Whether no provision, not even an unsettled one, speaks on any of the days."""
        return all(answer.provision is None for answer in self.answers)


def line(book: LawBook, key: str, days: Sequence[date]) -> Line:
    """The answers of a rule on some days. Raises UnknownKey."""
    return Line(key, tuple(book.value(key, day) for day in days))


def turns(book: LawBook, keys: Iterable[str], *, until: date) -> tuple[date, ...]:
    """The days, up to `until`, on which an answer to any of the questions begins to be another; oldest first.

    Beginnings of regimes are among them: on such a day something of the law changed, if none of these questions.
    """
    found = {regime.valid_from for regime in book.regimes}
    for key in keys:
        held = (*book.rule(key).provisions, *book.entered.get(key, ()))
        found |= {one.valid_from for one in held if one.valid_from is not None}
    return tuple(sorted(day for day in found if day <= until))


def _said(answer: Answer) -> tuple[object, ...]:
    held = answer.provision
    return (answer.standing, held and held.value, held and held.unit, held and (held.act, held.article))
