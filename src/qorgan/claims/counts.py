"""How many statements the register holds: by what was found, and by the kind of speaker. The unit is the statement.

They are no facts of the house and stand in no release: what is checked against a release cannot be counted in it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qorgan.base import country
from qorgan.claims import queries
from qorgan.claims.engine.grammar.tokens import folded
from qorgan.claims.wording import in_language

_FILE = "words/speakers.toml"
NOT_STATED, OTHER = "not_stated", "other"


@dataclass(frozen=True)
class Counts:
    """Statements by kind of speaker and by their gravest word. Withdrawn ones are not among them."""

    cells: Mapping[tuple[str, str], int]

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    @property
    def kinds(self) -> list[str]:
        """Kinds of speakers that occur, in the order of the country's file."""
        found = {kind for kind, _word in self.cells}
        return [code for code in (*_kinds(), OTHER, NOT_STATED) if code in found]

    @property
    def words(self) -> list[str]:
        """What was found, the gravest first."""
        found = {word for _kind, word in self.cells}
        return [word for word in (*queries.GRAVITY, queries.LEAST) if word in found]

    def of(self, *, kind: str = "", word: str = "") -> int:
        """How many are of a kind, of a word, or of both."""
        fits = ((one, said) for one, said in self.cells if kind in ("", one) and word in ("", said))
        return sum(self.cells[cell] for cell in fits)


def counts(*, public: bool = False) -> Counts:
    """The register counted as it stands now, by the check that holds of each; two questions, however long it is."""
    held = list(queries.statements(public=public).filter(withdrawn_at__isnull=True).only("pk", "speaker"))
    last = queries.last_checks(held)
    return Counts(Counter((kind(each.speaker), queries.gravest(last[each.pk])) for each in held if each.pk in last))


def kind(speaker: str) -> str:
    """Which kind of speaker somebody is, by the words of the country."""
    said = f" {folded(speaker.strip())}"
    if not said.strip():
        return NOT_STATED
    for code, given in _kinds().items():
        if any(f"{before}{word}" in said for word in given["words"] for before in ' «"(-'):
            return code
    return OTHER


def name(code: str) -> str:
    """A kind in words; empty for those that the country does not name."""
    given = _kinds().get(code)
    return in_language(given["name"]) if given else ""


def _kinds() -> dict[str, Any]:
    if not (country.folder() / _FILE).is_file():
        return {}
    return {one["code"]: one for one in country.toml(_FILE)["kind"]}
