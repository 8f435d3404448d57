"""What a country assumes about its simulated years, as typed values. The numbers are data; ASSUMPTIONS.md says why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Weights = Mapping[str, float]


class Faulty(ValueError):
    """The assumptions lack something; the text names it."""


@dataclass(frozen=True)
class ArticleChoice:
    """An article that an offence of a stream may have, by weight; for victims between two ages, and until a day."""

    code: str
    article: str
    part: str
    weight: float
    youngest: int
    oldest: int
    until: date | None

    @property
    def cited(self) -> tuple[str, str, str]:
        """Code, article, part."""
        return self.code, self.article, self.part


@dataclass(frozen=True)
class Victims:
    """Whom the offences of a stream are against; `pairs` percent have two victims."""

    sexes: Weights
    youngest: int
    oldest: int
    pairs: float


@dataclass(frozen=True)
class Suspects:
    """By whom: `known` and `men` in percent."""

    known: float
    men: float
    youngest: int
    oldest: int


@dataclass(frozen=True)
class Sentences:
    """How its sentences fall, in percent, and the terms of imprisonment in months."""

    convicted: float
    imprisoned: float
    months: tuple[int, ...]


@dataclass(frozen=True)
class Stream:
    """Criminal offences of one kind. `totals` by year is what stands after all corrections, at scale 1.

    Percent else: `attempts`, `attached` to a report, decided by a `court` in the year, first registered under
    `initial_article`, `annulled` beyond the total, `unknown_age` of a victim.
    """

    code: str
    totals: Mapping[int, int]
    articles: tuple[ArticleChoice, ...]
    victims: Victims
    relationships: Weights
    suspects: Suspects
    sentences: Sentences
    attempts: float
    attached: float
    court: float
    annulled: float
    unknown_age: float
    initial_article: str
    initial: float


@dataclass(frozen=True)
class Assumptions:
    """Everything the plan of a country's years rests on."""

    years: tuple[int, ...]
    totals: Mapping[str, Mapping[int, int]]
    percent_of_reports: Mapping[str, Mapping[int, float]]
    sections: Mapping[str, Mapping[str, Any]]
    delays: Mapping[str, tuple[float, ...]]
    streams: tuple[Stream, ...]
    protocols: tuple[ArticleChoice, ...]
    breach: ArticleChoice
    last_days: Mapping[int, date]
    follow_up: Mapping[int, timedelta]
    regions: Mapping[int, float]
    kinds: Weights
    districts: Mapping[int, float]
    unevenness: float
    habits: float
    words: Mapping[str, Any]

    def section(self, name: str) -> Mapping[str, Any]:
        """A table of year.toml by its name."""
        return self.sections[name]

    def last_day(self, year: int) -> date:
        """The last day that is simulated of a year."""
        return self.last_days.get(year, date(year, 12, 31))

    def horizon(self, year: int) -> date:
        """The last day on which a thread of the year may still move."""
        return self.last_day(year) + self.follow_up[year]


def read(year: Mapping[str, Any], places: Mapping[str, Any], offences: Mapping[str, Any], words: Any) -> Assumptions:
    """The assumptions from parsed TOML. Raises Faulty."""
    try:
        years = tuple(year["years"])
        days: dict[str, int] = dict(year["follow_up"])
        longest = days.pop("days")
        return Assumptions(
            years=years,
            totals={name: _by_year(years, row) for name, row in year["totals"].items()},
            percent_of_reports={name: _by_year(years, row) for name, row in year["percent_of_reports"].items()},
            sections={name: table for name, table in year.items() if isinstance(table, Mapping)},
            delays={name: tuple(map(float, row)) for name, row in year["delays"].items()},
            streams=tuple(_stream(years, row) for row in offences["stream"]),
            protocols=tuple(_article(row) for row in offences["protocol"]),
            breach=_article(offences["breach"]),
            last_days={int(name): day for name, day in year["last_day"].items()},
            follow_up={one: timedelta(days=days.get(str(one), longest)) for one in years},
            regions=_by_place(places["regions"]),
            kinds=places["kinds"],
            districts=_by_place(places["districts"]),
            unevenness=places["unevenness"]["district"],
            habits=places["unevenness"]["region"],
            words=words,
        )
    except KeyError as missing:
        raise Faulty(f"The assumptions of the simulation lack {missing}.") from missing


def _by_year(years: Sequence[int], row: Any) -> dict[int, Any]:
    """One number for each year, or the same for all."""
    if not isinstance(row, list):
        return dict.fromkeys(years, row)
    if len(row) != len(years):
        raise Faulty(f"{len(row)} numbers for {len(years)} years: {row}")
    return dict(zip(years, row, strict=True))


def _by_place(row: Mapping[str, float]) -> dict[int, float]:
    return {int(place): weight for place, weight in row.items()}


def _article(row: Mapping[str, Any]) -> ArticleChoice:
    return ArticleChoice(
        row["code"],
        row["article"],
        row.get("part", ""),
        row.get("weight", 1),
        row.get("youngest", 0),
        row.get("oldest", 120),
        row.get("until"),
    )


def _stream(years: Sequence[int], row: Mapping[str, Any]) -> Stream:
    victims, suspects, sentence = dict(row["victims"]), row["suspects"], row["sentence"]
    initial = row.get("initial", {})
    youngest, oldest = victims.pop("ages")
    pairs = victims.pop("pairs")
    return Stream(
        code=row["code"],
        totals=_by_year(years, row["totals"]),
        articles=tuple(_article(one) for one in row["articles"]),
        victims=Victims(victims, youngest, oldest, pairs),
        relationships=row["relationships"],
        suspects=Suspects(suspects["known"], suspects["men"], *suspects["ages"]),
        sentences=Sentences(sentence["convicted"], sentence["imprisoned"], tuple(sentence["months"])),
        attempts=row["attempts"],
        attached=row["attached"],
        court=row["court"],
        annulled=row["annulled"],
        unknown_age=row.get("unknown_age", 0),
        initial_article=initial.get("article", ""),
        initial=initial.get("percent", 0),
    )
