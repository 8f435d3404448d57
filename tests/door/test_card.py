"""A card with a QR code lies in a purse that he searches: nothing on it, and nothing in its file, tells."""

import re

import pytest
from django.utils import translation

from qorgan.reports.papers import card

ADDRESS = "https://aqparat.example/"
TELLING = re.compile(rb"qorgan|violen|beat|help|150|102|111|\xd0\xb7\xd0\xbe\xd1\x80\xd0\xbb\xd1\x8b", re.IGNORECASE)


def test_a_card_says_neutral_words_and_the_address_and_nothing_else() -> None:
    held = card.content(ADDRESS)
    assert [word["text"] for word in held["words"]] == ["Барлығына арналған ақпарат", "Информация для всех"]
    assert held["host"] == "aqparat.example"
    assert set(held) == {"host", "rows", "words"}
    assert not TELLING.search(card.sheet(ADDRESS))


def test_the_code_is_square_with_its_three_corners_and_white_around_it() -> None:
    rows = card.content(ADDRESS)["rows"]
    assert {len(row) for row in rows} == {len(rows)}
    border = card.QUIET
    assert not any("1" in row for row in (*rows[:border], *rows[-border:]))
    corner = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert [row[border : border + 7] for row in rows[border : border + 7]] == corner
    assert [row[-border - 7 : -border] for row in rows[border : border + 7]] == corner
    assert [row[border : border + 7] for row in rows[-border - 7 : -border]] == corner


def test_the_same_address_gives_the_same_bytes_and_another_one_others() -> None:
    assert card.sheet(ADDRESS) == card.sheet("https://aqparat.example")
    assert card.content(ADDRESS)["rows"] != card.content("https://aqparat2.example/")["rows"]


@pytest.mark.parametrize(
    "address",
    [
        "http://aqparat.example/",
        "https://aqparat.example/new/",
        "https://aqparat.example/?from=clinic",
        "https://aqparat.example/#1",
        "https://clinic@aqparat.example/",
        "https://localhost/",
        "https://[/",
        "aqparat.example",
        f"https://{'a' * 60}.example/",
        "",
    ],
)
def test_an_address_that_would_tell_something_is_refused(address: str) -> None:
    with translation.override("en"), pytest.raises(card.TellingAddress):
        card.content(address)
