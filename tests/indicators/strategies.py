"""Facts as a careless world might leave them: corrected, withdrawn, late, on the edge of a period, without a root."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.indicators.oracle import ORDER, REPORT, Row

START = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = st.dates(date(2026, 9, 28), date(2026, 11, 3))
LINKS = [bytes([n]) * 16 for n in range(8)]
HOURS = st.one_of(st.none(), st.decimals("0", "99", places=3), st.sampled_from([Decimal("2.25"), Decimal("2.35")]))


@st.composite
def facts(draw: st.DrawFn) -> list[Row]:
    """Up to eight reports and eight orders, each in up to three versions."""
    rows = []
    for kind in (REPORT, ORDER):
        for link in draw(st.lists(st.sampled_from(LINKS), unique=True)):
            at = START
            for version in range(1, draw(st.integers(1, 3)) + 1):
                at += timedelta(minutes=draw(st.integers(0, 90)), microseconds=1)
                rows.append(_row(draw, kind, link, version, at))
    return rows


def _row(draw: st.DrawFn, kind: str, link: bytes, version: int, at: datetime) -> Row:
    return Row(
        kind=kind,
        link=link,
        root=link if kind == REPORT else draw(st.one_of(st.none(), st.sampled_from(LINKS))),
        version=version,
        on=draw(DAYS),
        region=draw(st.sampled_from([10, 71, 79])),
        hours=draw(HOURS) if kind == ORDER else None,
        withdrawn=version > 1 and draw(st.booleans()),
        collected_at=at,
    )
