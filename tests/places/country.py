"""The shipped country, read straight from its files: no database."""

import csv
import tomllib
from functools import cache
from pathlib import Path

import qorgan
from qorgan.places.engine import files
from qorgan.places.engine.address import Addresses
from qorgan.places.engine.folding import Words
from qorgan.places.engine.gazetteer import Gazetteer

COUNTRIES = Path(qorgan.__file__).parent / "country"


def rows(country: str, name: str) -> list[dict[str, str]]:
    with (COUNTRIES / country / "places" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(country: str, name: str) -> dict:
    return tomllib.loads((COUNTRIES / country / name).read_text(encoding="utf-8"))


def files_of(country: str) -> files.Files:
    names = ("regions", "districts", "names", "aliases", "successions", "zones")
    return files.Files(**{name: rows(country, name) for name in names})


@cache
def gazetteer(country: str = "kz") -> Gazetteer:
    about = table(country, "country.toml")
    return Gazetteer(files.read(files_of(country), languages=about["languages"]), about["zone"])


@cache
def words(country: str = "kz") -> Words:
    return Words.read(table(country, "places/words.toml"))


@cache
def addresses(country: str = "kz") -> Addresses:
    return Addresses(gazetteer(country), words(country))
