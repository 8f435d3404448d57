"""By what a party is recognised as someone of the staff, or as someone near: numbers exactly, names by their fold.

Pure. A number that is equal says who it is; a name that sounds alike only who it may be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from qorgan.base.words import folding

_WORDS = 4  # of a name as it was written: more are no name


class TraitKind(StrEnum):
    """What is compared."""

    IIN = "iin"
    PHONE = "phone"
    NAME = "name"

    @property
    def is_certain(self) -> bool:
        """Whether an equal one says who it is."""
        return self is not TraitKind.NAME


@dataclass(frozen=True)
class NameKey:
    """Two parts of a name together, folded, and the fold of the patronymic, empty where it is not known."""

    pair: str
    patronymic: str = ""


@dataclass(frozen=True)
class Party:
    """What is known of a party: the keys of the name, and the numbers."""

    names: frozenset[NameKey] = frozenset()
    iin: str = ""
    phone: str = ""


def own_name(written: str) -> NameKey | None:
    """The key of a name as the staff list writes it: surname, given name, patronymic."""
    found = folding.parts(written)
    if len(found) < len(("surname", "given")):
        return None
    return NameKey(folding.pair(found[0], found[1]), "".join(found[2:3]))


def own_names(written: Iterable[str]) -> set[NameKey]:
    """The keys of one person's name in several languages: one without its patronymic only where none has it."""
    found = {key for key in map(own_name, written) if key is not None}
    whole = {key.pair for key in found if key.patronymic}
    return {key for key in found if key.patronymic or key.pair not in whole}


def said_names(written: str, surname: str = "", given: str = "", patronymic: str = "") -> set[NameKey]:
    """The keys a party may be recognised by: of the parts where they are known, else of any two words as written."""
    if surname and given:
        return {NameKey(folding.pair(folding.fold(surname), folding.fold(given)), folding.fold(patronymic))}
    words = folding.parts(written)[:_WORDS]
    return {
        NameKey(folding.pair(words[one], words[other]), _rest(words, (one, other)))
        for one, other in combinations(range(len(words)), 2)
    }


def _rest(words: list[str], taken: Iterable[int]) -> str:
    """The one word that is left; with more left it is not known which is the patronymic."""
    left = [word for place, word in enumerate(words) if place not in set(taken)]
    return left[0] if len(left) == 1 else ""


def alike(names: Iterable[NameKey], others: Iterable[NameKey]) -> bool:
    """Whether any of the keys of two people may be one person's."""
    known = list(others)
    return any(may_be(one, other) for one in names for other in known)


def may_be(one: NameKey, other: NameKey) -> bool:
    """Whether two names may be one person's: alike, and no patronymic speaks against it."""
    return one.pair == other.pair and (not one.patronymic or not other.patronymic or one.patronymic == other.patronymic)


def party(*, written: str, surname: str, given: str, patronymic: str, iin: str, phone: str) -> Party:
    """A party as someone named it."""
    names = frozenset(said_names(written, surname, given, patronymic))
    return Party(names, iin, phone)
