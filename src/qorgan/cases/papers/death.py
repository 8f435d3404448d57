"""The report of the review of a child's death. In its public form no name stands, whoever's it is."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from qorgan.base import country, words
from qorgan.base.paper import render

TEMPLATE = Path(__file__).with_name("death.typ")
HIDDEN = "▪▪▪"
_SHORTEST = 3  # letters of a part of a name that is hidden by itself; a whole name is, however short its parts


@dataclass(frozen=True)
class Knew:
    """What was known, when, by which agency; the other case that it is of, and what was answered, in the whole form."""

    at: datetime
    agency: str
    what: str
    case: str = ""
    answers: str = ""


@dataclass(frozen=True)
class Advised:
    """What was recommended to whom, and the answer."""

    agency: str
    words: str
    reply: str
    why: str
    due_at: datetime | None


@dataclass(frozen=True)
class DeathPaper:
    """The values of the report. `hidden`: the names that do not stand in it; None in the whole form."""

    language: str
    number: str
    case_number: str
    agency: str
    made_at: datetime
    zone: str
    commission: tuple[tuple[str, str, str], ...]
    materials: tuple[str, ...]
    knew: tuple[Knew, ...]
    findings: tuple[str, ...]
    advice: tuple[Advised, ...]
    hidden: tuple[str, ...] | None
    is_synthetic: bool


def languages() -> list[str]:
    """The languages it is printed in."""
    return list(country.toml("words/papers.toml").get("death_review", {}))


def death_paper(paper: DeathPaper) -> bytes:
    """The PDF. Raises KeyError for a language without words."""
    return render(TEMPLATE, content(paper), created=paper.made_at)


def without_names(text: str, hidden: tuple[str, ...]) -> str:
    """The text with every name covered, in any of its endings."""
    parts = {part for name in hidden for part in (name, *name.split()) if len(part) > _SHORTEST}
    for part in sorted(parts, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(part)}\w*", HIDDEN, text, flags=re.IGNORECASE)
    return text


def content(paper: DeathPaper) -> dict[str, Any]:
    """The values that the template lays out."""
    labels = country.toml("words/papers.toml")["death_review"][paper.language]
    zone = ZoneInfo(paper.zone)

    def said(text: str) -> str:
        return text if paper.hidden is None else without_names(text, paper.hidden)

    def moment(at: datetime | None) -> str:
        return words.moment(at, zone, paper.language) if at else ""

    is_public = paper.hidden is not None
    return {
        "lang": paper.language,
        "labels": labels,
        "form": labels["public"] if is_public else labels["whole"],
        "number": labels["number"].format_map({"number": "" if is_public else paper.number}),
        "agency": paper.agency,
        "made": moment(paper.made_at),
        "stamp": _stamp() if paper.is_synthetic else [],
        "commission": [
            [part, agency if is_public else f"{name} {agency}".strip()] for part, name, agency in paper.commission
        ],
        "materials": [said(one) for one in paper.materials],
        "knew": [
            [moment(one.at), one.agency, "\n".join(filter(None, (said(one.what), one.case, one.answers)))]
            for one in paper.knew
        ],
        "findings": [said(one) for one in paper.findings],
        "advice": [[said(one.words), one.agency, one.reply, said(one.why), moment(one.due_at)] for one in paper.advice],
    }


def _stamp() -> list[dict[str, str]]:
    said = country.toml("country.toml")["synthetic"]
    return [{"lang": lang, "text": text} for lang, text in list(said.items())[:2]]
