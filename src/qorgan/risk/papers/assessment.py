"""An assessment on paper, for the file: its result, why, what it asks for by which provision, and every answer.

In one language. Where she, he or the children are is not printed, nor her name: paper is read by others than its page.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from qorgan.base import country, words
from qorgan.base.paper import render

TEMPLATE = Path(__file__).with_name("assessment.typ")


@dataclass(frozen=True)
class Reason:
    """A rule that holds, in words, and the questions that count in it."""

    rule: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Laid:
    """What the result asks for: by which provision, by when, how it stands."""

    what: str
    provision: str
    due_at: datetime | None
    state: str


@dataclass(frozen=True)
class AssessmentPaper:
    """Everything that the paper says. Moments are printed on the clock of `zone`, an IANA name.

    `standing` says how far the instrument is known to do well, `answers` are pairs of question and answer.
    """

    language: str
    case_number: str
    agency: str
    made_at: datetime
    zone: str
    title: str
    version: str
    content_hash: str
    standing: str
    caution: str
    assessed_at: datetime
    assessed_by: str
    expires_at: datetime
    has_asked: bool
    stands: str
    computed: str
    judged: str
    why: str
    lowered: tuple[str, ...]
    reasons: tuple[Reason, ...]
    laid: tuple[Laid, ...]
    answers: tuple[tuple[str, str], ...]
    is_synthetic: bool = False


def languages() -> list[str]:
    """The languages of the paper: the first two of the country."""
    return list(country.toml("country.toml")["languages"])[:2]


def paper(sheet: AssessmentPaper) -> bytes:
    """The PDF (PDF/A-2a); equal input gives equal bytes. The language is active already."""
    return render(TEMPLATE, content(sheet), created=sheet.made_at)


def content(sheet: AssessmentPaper) -> dict[str, Any]:
    """The values that the template lays out."""
    zone = ZoneInfo(sheet.zone)

    def at(moment: datetime) -> str:
        return words.moment(moment, zone, sheet.language)

    stamp = list(country.toml("country.toml")["synthetic"].items())[:2] if sheet.is_synthetic else []
    return {
        "lang": sheet.language,
        "title": sheet.title,
        "number": sheet.case_number,
        "agency": sheet.agency,
        "stamp": [{"lang": language, "text": text} for language, text in stamp],
        "standing": sheet.standing,
        "caution": sheet.caution,
        "stands": sheet.stands,
        "not_asked": "" if sheet.has_asked else _("It was not safe to ask. What is not known does not count as no."),
        "rows": [[label, value] for label, value in _rows(sheet, at(sheet.assessed_at), at(sheet.expires_at)) if value],
        "heads": {
            "why": _("Why"),
            "laid": _("What it asks for"),
            "answers": _("Answers"),
            "what": _("What"),
            "due": _("By when"),
            "ground": _("Ground"),
            "state": _("State"),
            "question": _("Question"),
            "answer": _("Answers"),
        },
        "reasons": [{"rule": one.rule, "items": list(one.items)} for one in sheet.reasons],
        "no_reason": _("No rule of a higher result holds."),
        "laid": [[one.what, one.provision, at(one.due_at) if one.due_at else "–", one.state] for one in sheet.laid],
        "no_laid": _("Nothing."),
        "answers": [list(pair) for pair in sheet.answers],
        "foot": _("For the file. It is not given to whom the danger comes from."),
        "check": f"{sheet.version} {sheet.content_hash}",
    }


def _rows(sheet: AssessmentPaper, assessed: str, expires: str) -> list[tuple[str, str]]:
    return [
        (_("Assessed"), f"{assessed}, {sheet.assessed_by}"),
        (_("By the rules"), sheet.computed),
        (_("Judged by a person"), sheet.judged),
        (_("Why you judge so"), sheet.why),
        (_("Lowered"), "; ".join(sheet.lowered)),
        (_("Relied on until"), expires),
    ]
