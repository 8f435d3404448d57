"""The deployment's country: a folder of data. Another country is another folder, never another program."""

import csv
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_COUNTRIES = Path(__file__).resolve().parent.parent / "country"


def code() -> str:
    """Two letters of the deployment's country (`QORGAN_COUNTRY`, default `kz`)."""
    return os.environ.get("QORGAN_COUNTRY", "kz")


def folder() -> Path:
    """The folder of the deployment's country. `QORGAN_COUNTRY` may also be a path, for a country kept elsewhere.

    Raises FileNotFoundError with one clear sentence when there is none.
    """
    return _folder(code())


@cache
def _folder(name: str) -> Path:
    path = Path(name) if os.sep in name else _COUNTRIES / name
    if not (path / "country.toml").is_file():
        raise FileNotFoundError(f"No country data in {path}: country.toml is missing.")
    return path


@cache
def _toml(country: str, name: str) -> dict[str, Any]:
    return tomllib.loads((_folder(country) / name).read_text(encoding="utf-8"))


def toml(name: str) -> dict[str, Any]:
    """The TOML file `name` of the country, e.g. `law/orders.toml`."""
    return _toml(code(), name)


def rows(name: str) -> list[dict[str, str]]:
    """The CSV file `name` of the country (UTF-8, headings in the first line) as dictionaries."""
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def boxes() -> list[Path]:
    """The releases of synthetic years that come with the country's data, by name of file; none where it brings none."""
    return sorted((folder() / "releases").glob("*.zip"))
