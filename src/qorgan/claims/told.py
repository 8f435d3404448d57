"""What was found, for a script: the same from the command line and over the API."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext

from qorgan.claims import recorded, wording
from qorgan.claims.engine.answers import Answer, Finding, Verdict
from qorgan.claims.engine.grammar import Sentence
from qorgan.claims.engine.groups import Group, Judged
from qorgan.claims.engine.known import Comparison, Known
from qorgan.claims.engine.rounding import Interval
from qorgan.claims.engine.statement import Claim


def answer(claim: Claim, found: Answer) -> dict[str, Any]:
    """An answer. Ends of intervals are numbers; the exact ones stand beside them as fractions."""
    return {
        "reading": dict(found.reading.options),
        "said": wording.reading(claim, found),
        "verdict": found.verdict.value,
        "sentence": wording.sentence(claim, found),
        "inequalities": list(wording.inequalities(claim, found)),
        "conflict": list(found.conflict),
        "checks": [
            {"statement": each.owner, "said": _ends(each.said), "allowed": _ends(each.allowed), "by": list(each.by)}
            for each in found.checks
        ],
        "conditions": [_found(claim, each) for each in found.conditions],
        "bounds": [_found(claim, each) for each in found.findings],
        "example": {name: _number(value) for name, value in found.example.items()},
    }


def verdicts(judged: Judged) -> list[dict[str, Any]]:
    """One row for each reading of each group of figures; `figures` are their places in the text's list.

    A group that could not be answered is one row without a reading. A figure in no row is tied to no other.
    """
    places = {figure.id: place for place, figure in enumerate(judged.claim.figures)}
    return [
        {"figures": [places[figure.id] for figure in group.claim.figures], **row}
        for group in judged.groups
        for row in _rows(group)
    ]


def _rows(group: Group) -> list[dict[str, Any]]:
    if not group.answers:
        verdict, reason = Verdict.UNDECIDED, unanswered(group)
        return [{"reading": "", "options": {}, "verdict": verdict.value, "reason": reason} | _NOTHING]
    return [
        {
            "reading": wording.reading(group.claim, each),
            "options": {choice: each.reading[choice] for choice in each.reading.said},
            "verdict": each.verdict.value,
            "reason": wording.sentence(group.claim, each),
            "bounds": {_key(found): _ends(found.interval) for found in (*each.conditions, *each.findings)},
            "inequalities": list(wording.inequalities(group.claim, each)),
        }
        for each in group.answers
    ]


_NOTHING: dict[str, Any] = {"bounds": {}, "inequalities": []}


def unanswered(group: Group) -> str:
    """Why a group has no answer."""
    if group.too_many:
        return wording.too_many(group.too_many)
    return gettext("There is no answer: the reckoning took too long and was stopped. Nothing is claimed.")


def known(found: Mapping[str, Sequence[Comparison]], on_record: Known, judged: Judged) -> list[dict[str, Any]]:
    """One row for each series beside each figure; a figure in no row is on record nowhere."""
    places = {figure.id: place for place, figure in enumerate(judged.claim.figures)}
    return [recorded.row(each, on_record, place=places[figure]) for figure, beside in found.items() for each in beside]


def figures(sentences: Iterable[Sentence]) -> list[dict[str, Any]]:
    """The figures of a text."""
    return [figure.as_dict() for sentence in sentences for figure in sentence.figures]


def passed(sentence: Sentence) -> list[dict[str, Any]]:
    """The numbers of a sentence that are no figures, each with its reason."""
    return [_row(one, text=one.text, reason=one.reason, rule=one.rule) for one in sentence.passed]


def notes(sentence: Sentence) -> list[dict[str, Any]]:
    """What a reader is told of stretches of a sentence."""
    return [_row(one, code=str(one.code)) for one in sentence.remarks]


def _row(one: Any, **more: str) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, **more}


def _key(found: Finding) -> str:
    return found.ask or ":".join(filter(None, (found.kind.value, found.thing, found.of)))


def _found(claim: Claim, found: Finding) -> dict[str, Any]:
    return {
        "kind": found.kind.value,
        "thing": found.thing,
        "of": found.of,
        "start": found.start,
        "end": found.end,
        "ask": found.ask,
        "is_possible": found.is_possible,
        "interval": _ends(found.interval),
        "by": list(found.by),
        "sentence": wording.finding(claim, found),
    }


def _ends(interval: Interval) -> dict[str, Any]:
    high = interval.high
    return {
        "low": _number(interval.low),
        "high": None if high is None else _number(high),
        "exact": [str(interval.low), None if high is None else str(high)],
    }


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
