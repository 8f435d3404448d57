"""How well the grammar reads: precision and recall of figures, agreement on what is said of them, by kind and language.

The measure is that of the annotated passages: a figure is found where its value agrees and its span overlaps, one to
one, the longest overlap first; what is optional is neither missed nor extra. The unseen third (`tests/claims/held`) is
only counted, never shown.
"""

import json
import multiprocessing
import resource
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qorgan.claims.engine import grammar

SENTENCES = Path(__file__).resolve().parent.parent / "tests" / "claims"
SETS = (
    ("open sentences", "", "sentences.*.json"),
    ("unseen sentences", "held", "sentences.*.json"),
    ("articles", "", "articles.*.json"),
)
DETAILS = ("unit", "approximation", "change_sign", "part_of")
_SHOWN = 4000  # characters of the text that is timed
_LONG = 5_000_000  # bytes of the text whose memory is watched
_NEAR = 1e-9


@dataclass
class Row:
    """A line of the table: figures found, missed, too many; details that agree, of how many."""

    found: int = 0
    missed: int = 0
    extra: int = 0
    agree: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DETAILS, 0))

    @property
    def precision(self) -> float:
        """Of what was found, how much is there."""
        return self.found / (self.found + self.extra) if self.found + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, how much was found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    def agreement(self, detail: str) -> float:
        """Of the figures found, how many agree on a detail."""
        return self.agree[detail] / self.found if self.found else 1.0


Table = dict[tuple[str, str], Row]
Guess = dict[str, Any]


def load(*files: Path) -> list[dict[str, Any]]:
    """The passages of files."""
    return [passage for file in files for passage in json.loads(file.read_text(encoding="utf-8"))["passages"]]


def read(passage: dict[str, Any]) -> list[Guess]:
    """What the grammar finds in a passage."""
    return [figure.as_dict() for figure in grammar.figures(passage["text"], language=passage["language"])]


def scored(passages: Iterable[dict[str, Any]]) -> Table:
    """The table of a set of passages: by language and kind, `all` for the whole language."""
    table: Table = defaultdict(Row)
    for passage in passages:
        rows = [table[passage["language"], kind] for kind in ("all", *passage.get("kinds", ()))]
        _score(passage, read(passage), rows)
    return table


def _score(passage: dict[str, Any], guesses: Sequence[Guess], rows: Sequence[Row]) -> None:
    figures = passage["figures"]
    pairs = _pairs(figures, guesses)
    named = {guess: figures[gold]["id"] for gold, guess in pairs.items()}
    for row in rows:
        for place, figure in enumerate(figures):
            if figure.get("optional"):
                continue
            if place not in pairs:
                row.missed += 1
                continue
            row.found += 1
            guess = guesses[pairs[place]]
            whole = None if guess["part_of"] is None else named.get(guess["part_of"], "another")
            for detail in DETAILS:
                said = whole if detail == "part_of" else guess[detail]
                row.agree[detail] += said in _allowed(figure, detail)
        row.extra += sum(
            1 for place, guess in enumerate(guesses) if place not in named and not _excused(figures, guess)
        )


def _pairs(figures: Sequence[Guess], guesses: Sequence[Guess]) -> dict[int, int]:
    """Annotated figure to guess, one to one, the longest overlap first."""
    fitting = sorted(
        (-_overlap(figure, guess), gold, place)
        for gold, figure in enumerate(figures)
        for place, guess in enumerate(guesses)
        if _overlap(figure, guess) > 0 and all(_same(figure[end], guess[end]) for end in ("low", "high"))
    )
    pairs: dict[int, int] = {}
    for _overlapping, gold, place in fitting:
        if gold not in pairs and place not in pairs.values():
            pairs[gold] = place
    return pairs


def _overlap(one: Guess, other: Guess) -> int:
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * max(1.0, abs(one), abs(other))


def _allowed(figure: Guess, detail: str) -> list[Any]:
    return [figure[detail], *(other[detail] for other in figure["alternatives"] if detail in other)]


def _excused(figures: Sequence[Guess], guess: Guess) -> bool:
    over = [figure for figure in figures if _overlap(figure, guess) > 0]
    return bool(over) and all(figure.get("optional") for figure in over)


def lines(table: Table) -> Iterator[str]:
    """The table as text."""
    yield f"{'':4}{'kind':18}{'found':>6}{'missed':>7}{'extra':>6}{'prec.':>8}{'recall':>8}" + "".join(
        f"{detail[:9]:>10}" for detail in DETAILS
    )
    for (language, kind), row in sorted(table.items(), key=lambda one: (one[0][0], one[0][1] != "all", one[0][1])):
        yield (
            f"{language:4}{kind:18}{row.found:6}{row.missed:7}{row.extra:6}{row.precision:8.3f}{row.recall:8.3f}"
            + "".join(f"{row.agreement(detail):10.3f}" for detail in DETAILS)
        )


def run() -> list[str]:
    """The score tables of every set of texts, and the time and memory that reading takes."""
    said = []
    for name, folder, pattern in SETS:
        files = sorted((SENTENCES / folder).glob(pattern))
        said += [f"claims, {name}", *lines(scored(load(*files)))]
    return [*said, *_speed()]


def _speed() -> list[str]:
    text = _text()
    grammar.figures(text[:_SHOWN])
    begun = time.perf_counter()
    grammar.figures(text[:_SHOWN])
    took = time.perf_counter() - begun
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        count, whole, most = alone.submit(long_text).result()
    return [
        f"{_SHOWN} characters: {took * 1000:.0f} ms",
        f"5 MB: {count} figures in {whole:.0f} s, at most {most:.0f} MB more",
    ]


def _text() -> str:
    return " ".join(passage["text"] for passage in load(*sorted(SENTENCES.glob("sentences.*.json"))))


def long_text() -> tuple[int, float, float]:
    """Figures, seconds and MB that 5 MB of text take, in a process of its own: its peak is the peak of the reading."""
    block = _text() + "\n"
    grammar.figures(block[:_SHOWN])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    count = sum(len(one.figures) for one in grammar.sentences([block] * (_LONG // len(block.encode()) + 1)))
    whole = time.perf_counter() - begun
    return count, whole, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
