"""Time zones, from the data that came with the installation and never from the machine's own.

A machine that has not been updated since February 2024 would put every clock of Kazakhstan wrong by an hour.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo


@cache
def zone(name: str) -> ZoneInfo:
    """The zone by its IANA name. Raises ValueError for one that is not known."""
    at = resources.files("tzdata").joinpath("zoneinfo")
    for part in name.split("/"):
        if not part or part.startswith("."):
            raise ValueError(f"{name!r} is no time zone")
        at = at.joinpath(part)
    if not at.is_file():
        raise ValueError(f"{name!r} is no time zone")
    with at.open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def disagreements(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Where the installed zone data contradict the offsets that the country states; empty when all is well.

    Each row says: from `valid_from` until `valid_to`, local time is UTC plus `offset`. The first noon and the last
    one are tried; an open end is tried one year on.
    """
    wrong = []
    for row in rows:
        first = date.fromisoformat(row["valid_from"])
        last = date.fromisoformat(row["valid_to"]) - timedelta(days=2) if row["valid_to"] else first.replace(day=1)
        last = last if row["valid_to"] else last.replace(year=last.year + 1)
        for day in (first, last):
            found = _offset(row["zone"], day)
            if found != row["offset"]:
                wrong.append(f"{row['zone']} on {day}: {found}, the country says {row['offset']}")
    return wrong


def _offset(name: str, day: date) -> str:
    at = datetime.combine(day, time(12), UTC).astimezone(zone(name))
    text = at.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"
