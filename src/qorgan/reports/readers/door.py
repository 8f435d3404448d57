"""Reads what the country says of its web door: words of codes, and where the quick exit leads."""

from functools import cache
from typing import Any

from qorgan.base import country

FILE = "door.toml"


@cache
def _told(folder: str) -> dict[str, Any]:
    return country.toml(FILE) if (country.folder() / FILE).is_file() else {}


def words(language: str) -> tuple[str, ...]:
    """The words of which codes are made in a language; none where the country has no list of it."""
    said: str = _told(str(country.folder())).get("words", {}).get(language, "")
    return tuple(said.split())


def exits() -> tuple[str, ...]:
    """Where the quick exit may lead: pages that many people open. The first unless the place says another."""
    return tuple(_told(str(country.folder())).get("exits", ()))
