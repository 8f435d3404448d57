"""Tables of a release: CSV (UTF-8, RFC 4180, nothing that a spreadsheet would run), JSON, and rows for Parquet."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qorgan.indicators.engine.figures import Figure

GIVEN, HIDDEN, NOT_GIVEN = "given", "hidden", "not_given"
SYNTHETIC, RECORDED = "SYNTHETIC", "RECORDED"

Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class Region:
    """A row's heading: id, ISO 3166-2 code (may be empty), its names by language, its place on the map of tiles."""

    id: int
    iso: str
    names: Mapping[str, str]
    short: Mapping[str, str]
    abbr: Mapping[str, str]
    tile: tuple[int, int] | None = None
    is_city: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a heading. None is an empty cell; why it is empty stands in the column `status`."""

    heading: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def csv(self) -> bytes:
        """The bytes of a CSV file."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.heading)
        writer.writerows([_safe(_cell(cell)) for cell in row] for row in self.rows)
        return out.getvalue().encode("utf-8")

    def json(self) -> bytes:
        """The bytes of a JSON file: one object a row, numbers as numbers."""
        lines = (json.dumps(self._object(row), ensure_ascii=False, separators=(",", ":")) for row in self.rows)
        return ("[" + ",\n".join(lines) + "]\n").encode("utf-8")

    def _object(self, row: tuple[Value, ...]) -> dict[str, object]:
        return dict(zip(self.heading, map(_plain, row), strict=True))


def text(value: Decimal | int | None) -> str:
    """A value as plain digits; nothing for None."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _cell(value: Value) -> str:
    return value if isinstance(value, str) else value.isoformat() if isinstance(value, date) else text(value)


def _plain(value: Value) -> object:
    """As JSON knows it. A figure has few digits, which a float gives back as they were."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "@", "\t", "\r") else cell


def national(figures: Sequence[Figure], withheld: Mapping[str, str], *, synthetic: bool) -> Table:
    """All figures of the country. `withheld` names a reason for those that exist and are not given."""
    heading = (
        "code",
        "period",
        "first",
        "last",
        "value",
        "numerator",
        "denominator",
        "counting_unit",
        "status",
        "data",
    )
    rows: list[tuple[Value, ...]] = []
    for figure in figures:
        why = withheld.get(figure.code) or figure.why_none
        numbers = (None, None, None) if why else (figure.value, figure.numerator, figure.denominator)
        period = figure.period
        status = str(why or ("given" if figure.complete else "preliminary"))
        days = (period.word, period.first, period.last)
        rows.append((figure.code, *days, *numbers, figure.unit, status, _data(synthetic)))
    return Table(heading, tuple(rows))


def by_region(
    code: str,
    rows: Iterable[tuple[Region, Decimal | int | None, str]],
    *,
    languages: Sequence[str],
    synthetic: bool,
) -> Table:
    """One indicator by region: a value, or why there is none."""
    heading = ("region", "iso", *[f"name_{language}" for language in languages], code, "status", "data")
    return Table(
        heading,
        tuple(
            (region.id, region.iso, *[region.names[each] for each in languages], value, status, _data(synthetic))
            for region, value, status in rows
        ),
    )


def by_month(months: Mapping[str, Sequence[Figure]], *, synthetic: bool) -> Table:
    """Counts of the country by month, one column each; a month without facts is empty."""
    columns = list(months.values())
    return Table(
        ("month", *months, "data"),
        tuple(
            (row[0].period.word, *[figure.value for figure in row], _data(synthetic))
            for row in zip(*columns, strict=True)
        ),
    )


def long_regions(
    rows: Iterable[tuple[str, Region, Decimal | int | None, str]], *, languages: Sequence[str], synthetic: bool
) -> Table:
    """All indicators by region, one row a value."""
    heading = ("code", "region", "iso", *[f"name_{language}" for language in languages], "value", "status", "data")
    return Table(
        heading,
        tuple(
            (code, region.id, region.iso, *[region.names[each] for each in languages], value, status, _data(synthetic))
            for code, region, value, status in rows
        ),
    )


def long_months(months: Mapping[str, Sequence[Figure]], *, synthetic: bool) -> Table:
    """Counts of the country by month, one row a value."""
    rows = [
        (code, figure.period.word, figure.period.first, figure.value, _data(synthetic))
        for code, figures in months.items()
        for figure in figures
    ]
    return Table(("code", "month", "first", "value", "data"), tuple(rows))


def _data(synthetic: bool) -> str:
    return SYNTHETIC if synthetic else RECORDED
