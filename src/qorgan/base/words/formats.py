"""The country's `words/formats.toml`: what a language does, by name."""

from typing import Any

from qorgan.base import country

NBSP = "\u00a0"


def of(lang: str) -> dict[str, Any]:
    """The formats of a language. `ru-KZ` is read as `ru`; a language that the country does not write, as its first."""
    every = country.toml("words/formats.toml")
    found = every.get(lang.lower().split("-")[0])
    return found if found is not None else next(iter(every.values()))
