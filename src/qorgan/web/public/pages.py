"""A release as a page shows it. Everything on it is read from the release's own box, never from facts.

A box is frozen, so what was read from it is kept in memory under its digest.
"""

import csv
import io
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from qorgan.base import country, words
from qorgan.base.errors import NotFound
from qorgan.indicators import queries as indicators
from qorgan.indicators.engine import definitions as reader
from qorgan.indicators.engine.definitions import Definition, Wording
from qorgan.places import queries as places
from qorgan.places.engine.gazetteer import NoSuchPlace
from qorgan.places.engine.records import Kind as PlaceKind
from qorgan.releases import queries as releases
from qorgan.releases.engine.kinds import Kind, kind_of
from qorgan.releases.engine.tables import GIVEN, HIDDEN
from qorgan.releases.engine.verify import PAPERS, Opened
from qorgan.releases.models import Release
from qorgan.releases.queries import Life
from qorgan.web.tiles import Blank, Tile, TileMap, tile_map

_KEPT = 24
_opened: OrderedDict[str, "Contents"] = OrderedDict()


@dataclass(frozen=True)
class Cell:
    """One region in a table: its value, or what stands in its place."""

    region: int
    name: str
    value: Decimal | None
    status: str

    @property
    def hidden(self) -> bool:
        return self.status == HIDDEN


@dataclass(frozen=True)
class Figure:
    """One figure of the country with its words; `told` is the sentence that says it, or why there is none."""

    code: str
    words: Wording
    definition: Definition
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    complete: bool
    text: str
    told: str = ""

    @property
    def file(self) -> str:
        """Its definition in the box."""
        return f"definitions/{self.code}.toml"

    @property
    def question(self) -> str:
        """What was asked of the facts for it, in the box."""
        return f"queries/{self.code}.sql"

    @property
    def measure(self) -> str:
        """The unit beside the number where the thing counted is not named under it: hours."""
        return self.words.unit if kind_of(self.definition) is Kind.MEDIAN else ""

    @property
    def is_ratio(self) -> bool:
        """Whether it is made of two counts."""
        return self.definition.scale > 1


@dataclass(frozen=True)
class Group:
    """Figures that belong together, under their title."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Contents:
    """The parts of a box, read once."""

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    key_id: str
    definitions: Mapping[str, Definition]


@dataclass(frozen=True)
class ReleasePage:
    """A release in one language, with its life."""

    release: Release
    contents: Contents
    language: str
    told: Mapping[str, Any]
    life: Life

    @property
    def number(self) -> str:
        """As in an address: `2026-10-1`."""
        return self.release.number

    @property
    def shown(self) -> str:
        """As people write it: `2026-10/1`."""
        return shown(self.number)

    @property
    def box_name(self) -> str:
        """The name of its file."""
        return f"{self.number}.zip"

    @property
    def headline(self) -> str:
        """The one sentence of the release, without its full stop; the title where there is no figure for it."""
        return str(self.told["headline"] or self.told["title"]).removesuffix(".")

    @property
    def paper(self) -> str:
        """The printed release in the page's language; empty where the box has none."""
        return self._paper("pdf")

    @property
    def sheet(self) -> str:
        """The release as one page of its own; empty where the box has none."""
        return self._paper("html")

    def _paper(self, kind: str) -> str:
        name = f"{PAPERS}{self.language}.{kind}"
        return name if name in self.contents.files else ""

    @property
    def parquet(self) -> tuple[str, ...]:
        """The tables in Parquet; none where the machine that built it could not write them."""
        return tuple(name for name in self.contents.files if name.endswith(".parquet"))

    @property
    def digest(self) -> str:
        """The digest in groups of four, as it is read aloud."""
        whole = self.release.digest
        return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))

    @property
    def as_of(self) -> datetime:
        return self.release.as_of

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the country, in the order of the release."""
        said = {line["code"]: line["text"] for section in self.told["sections"] for line in section["lines"]}
        return tuple(self._figure(plain, said[plain["code"]]) for plain in self.contents.manifest["figures"])

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The same under the titles of the release."""
        by_code = {figure.code: figure for figure in self.figures}
        return tuple(
            Group(section["title"], tuple(by_code[line["code"]] for line in section["lines"]))
            for section in self.told["sections"]
        )

    @property
    def opening(self) -> tuple[Figure, ...]:
        """The three figures that stand out."""
        return tuple(self.figure(code) for code in self.contents.manifest["opening"])

    def figure(self, code: str) -> Figure:
        """One of them. Raises NotFound."""
        for figure in self.figures:
            if figure.code == code:
                return figure
        raise NotFound

    def _figure(self, plain: Mapping[str, Any], told: str) -> Figure:
        definition = self.contents.definitions[plain["code"]]
        value = None if plain["value"] is None else Decimal(plain["value"])
        return Figure(
            code=plain["code"],
            words=definition.wording(self.language),
            definition=definition,
            value=value,
            numerator=plain["numerator"],
            denominator=plain["denominator"],
            complete=plain["complete"],
            text="–" if value is None else written(value, definition, self.language),
            told=told,
        )

    def table(self, code: str) -> tuple[Cell, ...]:
        """The table of an indicator by region as it was published; empty where the release has none."""
        if code in self.contents.manifest["withheld"]:
            return ()
        data = self.contents.files.get(f"tables/{code}.csv")
        rows = csv.DictReader(io.StringIO(data.decode("utf-8"))) if data else ()
        return tuple(
            Cell(
                region=int(row["region"]),
                name=row.get(f"name_{self.language}") or row[f"name_{self.contents.manifest['languages'][0]}"],
                value=Decimal(row[code]) if row["status"] == GIVEN and row[code] else None,
                status=row["status"],
            )
            for row in rows
        )

    @property
    def mapped(self) -> Figure | None:
        """The indicator to be mapped: the one that the release names, else the first that has a table to show."""
        named = self.contents.manifest["mapped"]
        order = sorted(self.figures, key=lambda figure: figure.code != named)
        return next((one for one in order if any(cell.value is not None for cell in self.table(one.code))), None)

    def map(self, code: str) -> TileMap | None:
        """The tiles of an indicator; None where no region has a tile."""
        digits = self.contents.definitions[code].decimals
        tiles = [_tile(cell, language=self.language, digits=digits) for cell in self.table(code)]
        known = [tile for tile in tiles if tile is not None]
        return tile_map(known, write=lambda end: words.number(end, self.language)) if known else None

    def chart(self, code: str) -> str:
        """The drawing of an indicator in the page's language; empty where the release has none.

        A ratio is drawn as a map of tiles, which the page draws itself, so that it can be read on a phone.
        """
        name = f"charts/{code}.{self.language}.svg"
        drawn = name in self.contents.files and self.contents.definitions[code].scale == 1
        return name if drawn else ""

    @property
    def charted(self) -> Figure | None:
        """The first figure that has a chart."""
        return next((figure for figure in self.figures if self.chart(figure.code)), None)

    def question(self, figure: Figure) -> str:
        """The SQL of a figure; empty where the box has none."""
        return self.contents.files.get(figure.question, b"").decode("utf-8").strip()


def written(value: Decimal, definition: Definition, language: str) -> str:
    """A value as the release writes it: a share with its per cent sign."""
    if kind_of(definition) is Kind.SHARE:
        return words.percent(value, language, digits=definition.decimals)
    return words.number(value, language, digits=definition.decimals)


def _tile(cell: Cell, *, language: str, digits: int) -> Tile | None:
    try:
        place = places.gazetteer().place(cell.region)
    except NoSuchPlace:
        return None
    if place.tile_row is None or place.tile_col is None:
        return None
    blank = Blank.HIDDEN if cell.hidden else Blank.NONE
    return Tile(
        id=cell.region,
        row=place.tile_row,
        col=place.tile_col,
        name=places.short_name(cell.region, language=language),
        short=places.abbreviation(cell.region, language=language),
        city=place.kind is PlaceKind.CITY_REGION,
        value=cell.value,
        text="" if cell.value is None else words.number(cell.value, language, digits=digits),
        blank=None if cell.value is not None else blank,
    )


def shown(number: str) -> str:
    """The number of a release as people write it: `2026-10/1`, `2026-01..2026-10/1`."""
    period, _, sequence = number.rpartition("-")
    return f"{period.replace('-to-', '..')}/{sequence}"


def planned(language: str) -> list[Figure]:
    """The figures as they are defined today, before there is a release of them."""
    return [
        Figure(code, found.wording(language), found, None, None, None, complete=False, text="–")
        for code, found in indicators.definitions().items()
    ]


def page(release: Release, *, language: str, life: Life | None = None) -> ReleasePage:
    """The page of a release in a language."""
    contents = _contents(release)
    first = contents.manifest["languages"][0]
    told = contents.files.get(f"text/{language}.json") or contents.files[f"text/{first}.json"]
    return ReleasePage(release, contents, language, json.loads(told), life or releases.life(release))


def _contents(release: Release) -> Contents:
    found = _opened.get(release.digest)
    if found is None:
        found = _opened[release.digest] = _read(releases.opened(release))
        while len(_opened) > _KEPT:
            _opened.popitem(last=False)
    return found


def _read(box: Opened) -> Contents:
    """Definitions as they were on that day, with the words that the country adds in languages of its own."""
    further = country.toml(indicators.FURTHER_WORDS) if (country.folder() / indicators.FURTHER_WORDS).is_file() else {}
    definitions = {}
    for code in box.manifest["definitions"]:
        text = box.files[f"definitions/{code}.toml"].decode("utf-8")
        definitions[code] = reader.read(code, text, further.get(code, {}))
    return Contents(box.files, box.manifest, box.signature.key_id, definitions)
