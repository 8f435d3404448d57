"""What was said and found in a case, on paper: what contradicts side by side, each with its source, in equal columns.

In one language, in neutral words. Nothing on it says which is true; the order is that in which they were made.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from qorgan.base import country, words
from qorgan.base.paper import render

TEMPLATE = Path(__file__).with_name("statements.typ")


@dataclass(frozen=True)
class Printed:
    """One statement. `on_it`: what it says of the topic beside which it stands; empty in the list of all."""

    who: str
    at: datetime
    lines: tuple[tuple[str, str], ...]
    words: str
    answers: tuple[tuple[str, str], ...]
    on_it: str


@dataclass(frozen=True)
class Pair:
    """Two statements that a person marked as contradicting each other on a topic."""

    topic: str
    marked_at: datetime
    marked_by: str
    one: Printed
    other: Printed


@dataclass(frozen=True)
class StatementsPaper:
    """Everything that the paper says. Moments are printed on the clock of `zone`, an IANA name."""

    language: str
    case_number: str
    agency: str
    made_at: datetime
    zone: str
    pairs: tuple[Pair, ...]
    statements: tuple[Printed, ...]
    is_synthetic: bool = False


def languages() -> list[str]:
    """The languages of the paper: the first two of the country."""
    return list(country.toml("country.toml")["languages"])[:2]


def paper(sheet: StatementsPaper) -> bytes:
    """The PDF (PDF/A-2a); equal input gives equal bytes. The language is active already."""
    return render(TEMPLATE, content(sheet), created=sheet.made_at)


def content(sheet: StatementsPaper) -> dict[str, Any]:
    """The values that the template lays out."""
    zone = ZoneInfo(sheet.zone)

    def at(moment: datetime) -> str:
        return words.moment(moment, zone, sheet.language)

    def side(one: Printed) -> dict[str, Any]:
        lines = [[_("When"), at(one.at)], *(list(line) for line in one.lines)]
        return {
            "who": one.who,
            "lines": lines,
            "words": one.words,
            "answers": [list(pair) for pair in one.answers],
            "on_it": one.on_it,
        }

    stamp = list(country.toml("country.toml")["synthetic"].items())[:2] if sheet.is_synthetic else []
    return {
        "lang": sheet.language,
        "title": _("What was said and found"),
        "number": _("Case %(number)s") % {"number": sheet.case_number},
        "agency": sheet.agency,
        "made": at(sheet.made_at),
        "stamp": [{"lang": language, "text": text} for language, text in stamp],
        "note": _("Each statement stands with its source, in the order in which it was made. None is judged here."),
        "heads": _heads(),
        "pairs": [
            {
                "topic": one.topic,
                "marked": ", ".join(text for text in (at(one.marked_at), one.marked_by) if text),
                "sides": [side(one.one), side(one.other)],
            }
            for one in sheet.pairs
        ],
        "statements": [side(one) for one in sheet.statements],
        "foot": _("What contradicts is listed, not resolved."),
    }


def _heads() -> dict[str, str]:
    return {
        "pairs": _("Contradict each other, as people marked it"),
        "all": _("All that was said and found"),
        "on_it": _("On this"),
        "marked": _("Marked"),
        "none": _("Nothing is marked."),
        "answers": _("Of single questions"),
    }
