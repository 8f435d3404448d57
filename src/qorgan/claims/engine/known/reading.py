"""Series as the files of a country say them. A wrong file is refused with the file and the place in it."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from qorgan.base import country
from qorgan.claims.engine.grammar.lexicon import Phrase, Phrases
from qorgan.claims.engine.grammar.tokens import folded
from qorgan.claims.engine.known.periods import Words
from qorgan.claims.engine.known.series import Known, Publisher, Series, Span, Value
from qorgan.claims.engine.known.territories import COUNTRY, Places
from qorgan.claims.engine.statement import Approximation, Unit

FOLDER = "series"
_OTHER = frozenset({"words.toml", "publishers.toml", "indicators.toml"})


class BadSeries(ValueError):
    """A file of series lacks something or says it wrongly; the text names file and series."""


def is_here() -> bool:
    """Whether the country brings series."""
    return (country.folder() / FOLDER / "words.toml").is_file()


def known() -> Known:
    """The series of the country; none where it brings none."""
    return _known(str(country.folder())) if is_here() else Known()


@cache
def _known(folder: str) -> Known:
    del folder  # the country's: its data may change between tests
    files = sorted((country.folder() / FOLDER).glob("*.toml"))
    digest = hashlib.sha256(b"".join(each.name.encode() + each.read_bytes() for each in files)).hexdigest()
    series = [one for file in files if file.name not in _OTHER for one in _series(file.name)]
    return Known(tuple(series), tuple(_publishers()), digest[:12])


def _publishers() -> Iterable[Publisher]:
    for code, given in country.toml(f"{FOLDER}/publishers.toml").items():
        yield Publisher(code=code, name=given["name"], words=phrases(given["words"], code))


def phrases(given: Iterable[str] | Mapping[str, Iterable[str]], code: str) -> Phrases:
    """Phrases of a list, or of one list for each language."""
    lists = given.values() if isinstance(given, Mapping) else [given]
    texts = [text for texts in lists for text in texts]
    return Phrases(Phrase(tuple(folded(text).split()), "", code) for text in texts)


def _series(file: str) -> Iterable[Series]:
    for given in country.toml(f"{FOLDER}/{file}").get("series", ()):
        try:
            yield _one(given)
        except (KeyError, TypeError, ValueError, ArithmeticError) as problem:
            raise BadSeries(f"{FOLDER}/{file}, {given.get('code', '?')}: {problem!r}") from problem


def _one(given: dict[str, Any]) -> Series:
    return Series(
        code=given["code"],
        name=given["name"],
        publisher=given.get("publisher", ""),
        counts=given["counts"],
        unit=Unit(given["unit"]),
        objects=phrases(given["objects"], given["code"]),
        topics=tuple(phrases(group, given["code"]) for group in given.get("topics", ())),
        unless=phrases(given["unless"], given["code"]) if "unless" in given else None,
        is_stock=given.get("kind", "flow") == "stock",
        is_part=given.get("part", False),
        note=given.get("note", {}),
        values=tuple(_value(each, source=given.get("source", "")) for each in given["value"]),
    )


def _value(given: dict[str, Any], *, source: str) -> Value:
    first, last = _day(given["from"]), _day(given["to"])
    if last < first:
        raise ValueError(f"{first} is after {last}")
    low = Decimal(str(given["value"]))
    return Value(
        span=Span(first, last),
        low=low,
        high=low,
        territory=given.get("territory", COUNTRY),
        approximation=Approximation(given.get("approximation", "exact")),
        grain=Decimal(given["grain"]) if "grain" in given else None,
        as_of=given.get("as_of"),
        source=given.get("source", source),
        confidence=given["confidence"],
        open_end=given.get("open_end", False),
        about_span=given.get("about_span", False),
    )


def _day(given: Any) -> date:
    if not isinstance(given, date):
        raise TypeError(f"{given!r} is no date")
    return given


@cache
def _words(folder: str) -> tuple[Words, Places]:
    del folder
    given = country.toml(f"{FOLDER}/words.toml")
    when = given["periods"]
    lists = {key: phrases(when[key], key) for key in ("year", "of_months", "quarter", "half", "joins")}
    months = tuple(phrases(each, "month") for each in when["months"])
    named = [
        Phrase(tuple(folded(text).split()), "", number) for number, texts in given["places"].items() for text in texts
    ]
    borders: dict[int, list[date]] = {}
    for row in country.rows("places/successions.csv"):
        for side in ("old", "new"):
            borders.setdefault(int(row[side]), []).append(date.fromisoformat(row["on"]))
    names = {
        int(row["id"]): {key.removeprefix("name_"): text for key, text in row.items() if key.startswith("name_")}
        for row in country.rows("places/regions.csv")
    }
    places = Places(Phrases(named), names, {place: tuple(days) for place, days in borders.items()})
    return Words(months=months, **lists), places


def words() -> tuple[Words, Places]:
    """The words of the country for periods and places."""
    return _words(str(country.folder()))
