"""The page of scores: how well the grammar of figures reads the annotated sentences and passages."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.grammar import DETAILS, SENTENCES, SETS, Row, Table, load, scored

_LANGUAGES = {"kk": "Kazakh", "ru": "Russian"}
_HEAD = ("kind", "figures", "precision", "recall", "unit", "approximation", "sign", "part-of")


def page_parts(made: str) -> Iterator[str]:
    """The page, part by part: a table for every set and language, one line a kind."""
    yield "# Scores of the grammar of figures"
    yield made
    yield (
        "How well `claims/engine/grammar` reads the sentences and passages of `tests/claims`, annotated by hand"
        " (`tests/claims/ANNOTATING.md`). A figure is found where its value agrees and its span overlaps; the last four"
        " columns are agreement on what is said of the figures that were found. A sentence may be of several kinds."
    )
    yield (
        "*Open*: read while the rules were written. *Unseen*: a third of the sentences, chosen by a hash, counted and"
        " never opened. *Articles*: passages in the manner of articles and ministry texts, written later, before"
        " anybody looked at what the grammar makes of them; its faults there were then mended, so that their first"
        " score tells more than this one: see"
        " [the grammar of figures](../explanation/grammar-of-figures.md#how-well)."
    )
    for name, folder, pattern in SETS:
        table = scored(load(*sorted((SENTENCES / folder).glob(pattern))))
        for language, word in _LANGUAGES.items():
            yield f"## {name.capitalize()}, {word} ({_passages(folder, pattern, language)} texts)"
            yield _table(table, language)


def _passages(folder: str, pattern: str, language: str) -> int:
    files: list[Path] = sorted((SENTENCES / folder).glob(pattern))
    return sum(1 for passage in load(*files) if passage["language"] == language)


def _table(table: Table, language: str) -> str:
    rows: Mapping[str, Row] = {kind: row for (spoken, kind), row in table.items() if spoken == language}
    kinds = sorted(rows, key=lambda kind: (kind != "all", kind))
    lines = ["| " + " | ".join(_HEAD) + " |", "|---|" + "---:|" * (len(_HEAD) - 1)]
    for kind in kinds:
        row = rows[kind]
        said = [f"{row.precision:.3f}", f"{row.recall:.3f}", *(f"{row.agreement(one):.3f}" for one in DETAILS)]
        lines.append(f"| {kind} | {row.found + row.missed} | " + " | ".join(said) + " |")
    return "\n".join(lines)
