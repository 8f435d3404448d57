"""Tables of a release as CSV: UTF-8, RFC 4180, a heading in every file, nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qorgan.indicators.engine.figures import Figure

GIVEN, HIDDEN, NOT_GIVEN = "given", "hidden", "not_given"
SYNTHETIC, RECORDED = "SYNTHETIC", "RECORDED"


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


def text(value: Decimal | int | None) -> str:
    """A value as plain digits; nothing for None."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "@", "\t", "\r") else cell


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def national(figures: Sequence[Figure], *, withheld: Mapping[str, str], synthetic: bool) -> bytes:
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
    rows = []
    for figure in figures:
        why = withheld.get(figure.code) or figure.why_none
        value, numerator, denominator = (
            ("", "", "") if why else map(text, (figure.value, figure.numerator, figure.denominator))
        )
        period = figure.period
        days = (period.word, period.first.isoformat(), period.last.isoformat())
        status = str(why or ("given" if figure.complete else "preliminary"))
        rows.append((figure.code, *days, value, numerator, denominator, figure.unit, status, _data(synthetic)))
    return table(heading, rows)


def by_region(
    code: str,
    regions: Sequence[Region],
    cells: Mapping[int, Decimal | int | None],
    *,
    languages: Sequence[str],
    status: Mapping[int, str],
    synthetic: bool,
) -> bytes:
    """One indicator by region: a value, or why there is none."""
    heading = ("region", "iso", *[f"name_{language}" for language in languages], code, "status", "data")
    rows = [
        (
            str(region.id),
            region.iso,
            *[region.names[language] for language in languages],
            text(cells[region.id]),
            status[region.id],
            _data(synthetic),
        )
        for region in regions
    ]
    return table(heading, rows)


def by_month(months: Mapping[str, Sequence[Figure]], *, synthetic: bool) -> bytes:
    """Counts of the country by month, one column each; a month without facts is empty."""
    heading = ("month", *months, "data")
    columns = list(months.values())
    rows = [
        (row[0].period.word, *[text(figure.value) for figure in row], _data(synthetic))
        for row in zip(*columns, strict=True)
    ]
    return table(heading, rows)


def _data(synthetic: bool) -> str:
    return SYNTHETIC if synthetic else RECORDED
