"""The web door at a terminal: its cards, and the one report of the demonstration that comes through it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from qorgan.base import country
from tests.journeys.places import Place
from tests.ready import ready


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with ready() as home:
        yield Place(home)


def test_cards_are_written_for_a_bare_address_only(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "cards.pdf"
    place.run("door", "card", "https://aqparat.example/", str(file))
    assert file.read_bytes().startswith(b"%PDF")
    refused = place.run("door", "card", "https://aqparat.example/?from=clinic", str(file), expect=1)
    assert "bare address" in refused.stderr


def test_one_report_of_the_demonstration_comes_by_the_door_and_is_answered_by_its_code(place: Place) -> None:
    for expected in (1, 0):  # the demonstration runs again, and is the same report and the same answer
        code = json.loads(place.run("heard", "tell").stdout)["code"]
        assert len(json.loads(place.run("heard", "take-in").stdout)["taken_in"]) == expected
        place.run("heard", "answer")
        told = json.loads(place.run("heard", "read", code).stdout)
        assert told == {"answer": [country.toml("demo/desk.toml")["door"]["answer"]]}
