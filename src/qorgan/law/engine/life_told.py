"""The law in life as plain values: what the file for machines and the command say, in one language."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from qorgan.law.engine.book import Words
from qorgan.law.engine.life import Account, Course, LawInLife, Requirement, Tally, Told, Year
from qorgan.law.engine.marks import Confidence

COLUMNS = (
    "act", "requirement", "what", "who", "place", "confidence", "source", "year", "report_due_on", "reported",
    "tenge_promised", "promised_is_about", "tenge_spent", "reports",
)  # fmt: skip


def said(names: Words, language: str) -> str:
    """A text in a language, or in the first that there is."""
    return names.get(language) or next(iter(names.values()), "")


def whole(
    laid: LawInLife,
    courses: Iterable[Course],
    *,
    tally: Tally,
    today: date,
    language: str,
    place: Callable[[Requirement], str],
) -> dict[str, Any]:
    """Acts with the requirements of `courses`; an act of which nothing is followed is there with none."""
    shown = {one.requirement.key: one for one in courses}
    return {
        "as_of": today.isoformat(),
        "language": language,
        "tally": {"due": tally.due, "whole": tally.whole, "part": tally.part},
        "looked": {"on": laid.looked.on.isoformat(), "by": said(laid.looked.by, language)} if laid.looked else None,
        "acts": [
            {
                "key": one.act.key,
                "name": said(one.act.names, language),
                "tells": said(one.tells, language),
                "source": said(one.source, language),
                "confidence": str(one.confidence),
                "address": one.act.address,
                "requirements": [
                    requirement(shown[held.key], language, place) for held in one.requirements if held.key in shown
                ],
            }
            for one in laid.enacted
        ],
    }


def requirement(course: Course, language: str, place: Callable[[Requirement], str]) -> dict[str, Any]:
    """One requirement with its years and all that was said of it."""
    held = course.requirement
    return {
        "key": held.key,
        "what": said(held.what, language),
        "who": said(held.who, language),
        "place": place(held),
        "from": held.first.isoformat(),
        "until": held.last.isoformat() if held.last else None,
        "rule": held.rule,
        "source": said(held.source, language),
        "confidence": str(held.confidence),
        "never_reported": course.never_reported,
        "overdue_since": course.overdue_since.isoformat() if course.overdue_since else None,
        "years": [_year(one) for one in course.years],
        "reports": [_told(one, language) for one in course.reports],
        "accounts": [_account(one, language) for one in held.accounts],
    }


def rows(told: dict[str, Any]) -> Iterator[list[Any]]:
    """The same as a table under `COLUMNS`: one line for each requirement and year, and for an act that has none."""
    for act in told["acts"]:
        if not act["requirements"]:
            yield [act["name"], "", "", "", "", act["confidence"], act["source"], *[""] * 7]
        for one in act["requirements"]:
            head = [act["name"], *(one[name] for name in ("key", "what", "who", "place", "confidence", "source"))]
            for year in one["years"]:
                yield [*head, *(_cell(value) for value in year.values())]


def _cell(value: Any) -> Any:
    """Not on record is an empty cell; a yes is 1, a no 0."""
    return "" if value is None else int(value) if isinstance(value, bool) else value


def _year(one: Year) -> dict[str, Any]:
    return {
        "year": one.year,
        "report_due_on": one.due_on.isoformat() if one.due_on < date.max else None,
        "reported": str(one.reported),
        "promised": one.promised,
        "promised_is_about": one.about,
        "spent": one.spent,
        "reports": len(one.reports),
    }


def _told(one: Told, language: str) -> dict[str, Any]:
    return {
        "by": said(one.by, language),
        "on": one.on.isoformat() if one.on else None,
        "first_day": one.first.isoformat(),
        "last_day": one.last.isoformat(),
        "is_part": one.is_part,
        "done": said(one.done, language),
        "spent": one.spent,
        "source": said(one.source, language),
        "address": one.address,
        "confidence": str(one.confidence),
        "entered_here": one.confidence is Confidence.ENTERED,
    }


def _account(one: Account, language: str) -> dict[str, str]:
    return {
        "said": said(one.said, language),
        "source": said(one.source, language),
        "confidence": str(one.confidence),
    }
