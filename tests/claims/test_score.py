"""The grammar finds what people who read the sentences found, in both languages.

The unseen third is not looked at here: `python -m bench grammar` counts it, and shows nothing of it.
"""

import pytest

from bench import grammar
from bench.grammar import DETAILS, SENTENCES, Row, Table

NEEDED = 0.95
AGREED = 0.9
ENOUGH = 8  # figures of a kind, below which one of them decides


@pytest.fixture(scope="module")
def table() -> Table:
    """The score of the open sentences."""
    return grammar.scored(grammar.load(SENTENCES / "sentences.kk.json", SENTENCES / "sentences.ru.json"))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_figures_are_found_and_nothing_else_is(table: Table, language: str) -> None:
    row = table[language, "all"]
    assert row.precision >= NEEDED
    assert row.recall >= NEEDED


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_is_said_of_a_figure_agrees(table: Table, language: str, detail: str) -> None:
    assert table[language, "all"].agreement(detail) >= AGREED


def test_no_kind_of_sentence_is_left_behind(table: Table) -> None:
    behind = {
        key: (row.precision, row.recall)
        for key, row in table.items()
        if row.found + row.missed >= ENOUGH and min(row.precision, row.recall) < AGREED
    }
    assert not behind


def test_a_missed_and_an_invented_figure_lower_the_score() -> None:
    passage = {
        "language": "kk",
        "text": "Облыста 14 орталық бар, оның ішінде 9-ы мемлекеттік.",
        "figures": [
            _figure("a", 8, 10, 14),
            _figure("b", 20, 23, 77),
        ],
    }
    row: Row = grammar.scored([passage])["kk", "all"]
    assert (row.found, row.missed, row.extra) == (1, 1, 1)


def _figure(name: str, start: int, end: int, value: int) -> dict[str, object]:
    said: dict[str, object] = {
        "unit": "count",
        "approximation": "exact",
        "change_sign": None,
        "part_of": None,
        "alternatives": [],
    }
    return {"id": name, "start": start, "end": end, "low": value, "high": value, **said}
