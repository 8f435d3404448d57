"""A made-up duty desk's register for the demonstration: the same rows for the same day and seed."""

import csv
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from qorgan.base import country


@dataclass(frozen=True)
class Register:
    """The file as bytes, and the number of the report that the story follows."""

    content: bytes
    followed: str
    rows: int


def register(*, now: datetime, zone: ZoneInfo, seed: int = 1) -> Register:
    """The register of the last weeks up to `now`, as a duty desk saves it: UTF-8, `;`, the country's headings."""
    about = country.toml("demo/desk.toml")
    chance = random.Random(f"{country.code()}-{seed}")
    local = now.astimezone(zone)
    moments = sorted(
        local - timedelta(minutes=chance.randrange(200, about["days"] * 24 * 60)) for _row in range(about["reports"])
    )
    sink = StringIO()
    table = csv.writer(sink, delimiter=";", lineterminator="\r\n")
    table.writerow(about["headings"])
    prefix = f"{about['number_prefix']}{local:%m%d}"
    for number, moment in enumerate(moments):
        table.writerow(_row(f"{prefix}{number:07d}", moment, about, chance))
    followed = f"{prefix}{len(moments):07d}"
    table.writerow(_followed(followed, _long_ago(local, about["thread"]), about["thread"], about))
    return Register(sink.getvalue().encode("utf-8"), followed, len(moments) + 1)


def _row(number: str, moment: datetime, about: dict[str, Any], chance: random.Random) -> list[str]:
    words = about["words"]
    surname = chance.choice(words["surnames"])
    woman = " ".join([surname, chance.choice(words["given"]), chance.choice(words["patronymics"])]).strip()
    man = " ".join(
        [surname.removesuffix("а"), chance.choice(words["his_given"]), chance.choice(words["his_patronymics"])]
    )
    places = about["addresses"]
    return [
        number,
        moment.strftime("%d.%m.%Y %H:%M"),
        chance.choice(words["narratives"]),
        chance.choices(list(places), weights=list(places.values()))[0],
        woman,
        "",
        man.strip(),
        chance.choice(words["channels"]),
        about["phone"].format(chance.randrange(100), chance.randrange(100)),
    ]


def _long_ago(local: datetime, story: dict[str, Any]) -> datetime:
    """An evening, so that what follows within hours stays within a night."""
    return (local - timedelta(days=story["days_ago"])).replace(hour=19, minute=43)


def _followed(number: str, moment: datetime, story: dict[str, str], about: dict[str, Any]) -> list[str]:
    return [
        number,
        moment.strftime("%d.%m.%Y %H:%M"),
        story["narrative"],
        story["address"],
        story["victim"],
        story["iin"],
        story["suspect"],
        about["words"]["channels"][0],
        about["phone"].format(0, 1),
    ]
