"""The sheet for her: what she agreed to, who holds what of her file, who can see it and who did, how to take it back.

In one language, hers. It names roles and offices, never people of staff, and has no field for an address or a
telephone: it may be found by whoever she lives with.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from qorgan.base import country, words
from qorgan.base.paper import render

TEMPLATE = Path(__file__).with_name("shared.typ")


@dataclass(frozen=True)
class Agreed:
    """A question that she was asked, and her answer as it stands."""

    aim: str
    whom: str
    sections: tuple[str, ...]
    word: str
    at: datetime
    until: datetime | None
    stands: bool


@dataclass(frozen=True)
class Given:
    """What another agency was given or offered: on what ground, until when, how that stands."""

    agency: str
    course: str
    ground: str
    provision: str
    standing: str
    until: datetime | None
    by_consent: bool


@dataclass(frozen=True)
class Seeing:
    """How many people of a role in an office could open the file now, and why."""

    role: str
    agency: str
    count: int
    why: str
    until: datetime | None


@dataclass(frozen=True)
class Looked:
    """How often people of a role in an office opened the file, and when the last time."""

    role: str
    agency: str
    times: int
    last: datetime


@dataclass(frozen=True)
class SharingPaper:
    """Everything that the sheet says. Moments are printed on the clock of `zone`, an IANA name."""

    language: str
    case_number: str
    agency: str
    made_at: datetime
    zone: str
    agreed: tuple[Agreed, ...]
    given: tuple[Given, ...]
    seeing: tuple[Seeing, ...]
    looked: tuple[Looked, ...]
    is_synthetic: bool = False


def languages() -> list[str]:
    """The languages in which the country has words for the sheet."""
    return [key for key, found in country.toml("words/papers.toml")["sharing"].items() if isinstance(found, dict)]


def paper(sheet: SharingPaper) -> bytes:
    """The PDF (PDF/A-2a); equal input gives equal bytes. Raises KeyError for a language without words."""
    return render(TEMPLATE, content(sheet), created=sheet.made_at)


@dataclass(frozen=True)
class _Voice:
    """The language of the sheet: its printed words, and moments on the clock of the place."""

    language: str
    labels: dict[str, str]
    zone: ZoneInfo

    def moment(self, at: datetime) -> str:
        return words.moment(at, self.zone, self.language)

    def until(self, at: datetime | None) -> str:
        return self.labels["until"].format_map({"moment": self.moment(at)}) if at else ""


def content(sheet: SharingPaper) -> dict[str, Any]:
    """The values that the template lays out."""
    labels = country.toml("words/papers.toml")["sharing"][sheet.language]
    voice = _Voice(sheet.language, labels, ZoneInfo(sheet.zone))
    return {
        "lang": sheet.language,
        "labels": labels,
        "number": labels["case"].format_map({"number": sheet.case_number}),
        "agency": sheet.agency,
        "made": labels["made"].format_map({"moment": voice.moment(sheet.made_at)}),
        "stamp": _stamp() if sheet.is_synthetic else [],
        "agreed": [_agreed(one, voice) for one in sheet.agreed],
        "given": [_given(one, voice) for one in sheet.given],
        "seeing": [
            [f"{one.role}, {one.agency}", str(one.count), ", ".join(filter(None, (one.why, voice.until(one.until))))]
            for one in sheet.seeing
        ],
        "looked": [[f"{one.role}, {one.agency}", str(one.times), voice.moment(one.last)] for one in sheet.looked],
    }


def _agreed(one: Agreed, voice: _Voice) -> dict[str, Any]:
    until = voice.until(one.until) if one.stands else ""
    lines = [", ".join(one.sections), f"{one.word}, {voice.moment(one.at)}", until]
    return {"head": f"{one.aim}: {one.whom}", "lines": lines, "stands": one.stands}


def _given(one: Given, voice: _Voice) -> dict[str, Any]:
    ground = ". ".join(filter(None, (one.ground, one.provision)))
    lines = [one.standing, ground, voice.until(one.until)]
    return {"head": f"{one.agency} ({one.course})", "lines": lines, "stands": one.by_consent}


def _stamp() -> list[dict[str, str]]:
    said = country.toml("country.toml")["synthetic"]
    return [{"lang": lang, "text": text} for lang, text in list(said.items())[:2]]
