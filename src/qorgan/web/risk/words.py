"""Instruments, rules and results in words: what each page of risk says of them."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qorgan.base import country
from qorgan.risk.engine.answers import Answer
from qorgan.risk.engine.instrument import Action, Instrument, Purpose, Standing
from qorgan.risk.engine.tree import Node
from qorgan.risk.queries import AssessmentView, Offered
from qorgan.risk.terms import ANSWERS, PURPOSES, STANDINGS, WHOM
from qorgan.web.risk.forms import named


def about(one: Offered) -> dict[str, Any]:
    """What is said of an instrument wherever it is named."""
    made = one.instrument
    return {
        "code": made.code,
        "version": made.version,
        "title": named(made.title),
        "population": named(made.population),
        "training": named(made.training),
        "caution": named(made.caution),
        "source": _of_pack(made.source),
        "licence": _of_pack((one.kept.licence if one.kept else "") or made.licence),
        "evidence": one.kept.evidence if one.kept else "",
        "standing": STANDINGS[made.standing],
        "purpose": PURPOSES[made.purpose],
        "is_unvalidated": made.standing is Standing.UNVALIDATED,
        "has_text": made.has_text,
        "hash": made.content_hash[:16],
    }


def _of_pack(text: str) -> str:
    """What a pack says of itself in one language, in the reader's; as it stands where the country has no words."""
    known = _packs(country.folder()).get(text)
    return named(known) if known else text


@cache
def _packs(folder: Path) -> dict[str, dict[str, str]]:
    return country.toml("words/packs.toml") if (folder / "words/packs.toml").is_file() else {}


def whole(made: Instrument) -> dict[str, Any]:
    """An instrument read whole."""
    texts = {item.code: named(item.text) for item in made.items}
    return {
        "items": [
            {"text": texts[item.code], "whom": WHOM[item.whom], "red_flag": item.asked.red_flag} for item in made.items
        ],
        "bands": [
            {"name": named(band.name), "hours": band.hours, "rules": tree(band.when, texts) if band.when else []}
            for band in reversed(made.bands)
        ],
        "actions": [{"name": named(one.name), "when": _when(made, one, texts)} for one in made.actions],
    }


def _when(made: Instrument, one: Action, texts: dict[str, str]) -> list[tuple[int, str]]:
    if one.band:
        return [(0, _("from “%(band)s” on") % {"band": named(made.band(one.band).name)})]
    return [(0, _("where it was not safe to ask"))] if one.when is None else tree(one.when, texts)


def tree(node: Node, texts: dict[str, str], *, depth: int = 0) -> list[tuple[int, str]]:
    """A tree of rules as lines, each with its depth."""
    if node.parts:
        head = _("any of these:") if node.kind == "any" else _("all of these:")
        lines = [(depth, head)]
        for part in node.parts:
            lines += tree(part, texts, depth=depth + 1)
        return lines
    said = _leaf(node)
    if len(node.items) < len(texts):
        said = f"{said}: {' · '.join(texts[one.code] for one in node.items)}"
    return [(depth, said)]


def _leaf(node: Node) -> str:
    said = {"n": node.at_least, "of": len(node.items)}
    if node.kind == "yes":
        return _("yes to at least %(n)s of %(of)s") % said
    if node.kind == "not_ruled_out":
        return _("at least %(n)s of %(of)s not answered “no”") % said
    if node.kind == "sum":
        return _("the weights of yes come to at least %(n)s") % said
    return _("the weights of yes, carried over to what was not answered, come to at least %(n)s") % said


def line(view: AssessmentView, *, now: datetime) -> dict[str, Any]:
    """What is said of an assessment wherever it is named."""
    made = view.instrument
    return {
        "view": view,
        "assessment": view.assessment,
        "title": named(made.title),
        "caution": named(made.caution),
        "standing": STANDINGS[made.standing],
        "is_danger": made.purpose is Purpose.DANGER,
        "stands": named(view.stands.name),
        "result": named(view.result.name),
        "computed": named(view.computed.name),
        "judged": named(view.judged.name) if view.judged else "",
        "is_lowered": view.stands != view.result,
        "is_over": view.is_over(now),
        "offenders": [one.name for one in view.offenders],
    }


def standing(made: Instrument) -> str:
    """How far an instrument is known to do well, said aloud: an own triage that nobody validated is called so."""
    if made.standing is Standing.UNVALIDATED:
        return _("Own triage, not validated")
    return str(STANDINGS[made.standing])


def reasons(view: AssessmentView) -> dict[str, Any]:
    """Why the result is what it is: the rules that hold with the questions that count, and every answer."""
    made = view.instrument
    texts = {item.code: named(item.text) for item in made.items}
    answers = {item.code: view.answers.get(item.code, Answer.NOT_ASKED) for item in made.items}
    counting = {code for ground in view.scored.grounds for code in ground.items}
    return {
        "grounds": [
            {"rule": _leaf(one.rule), "value": one.value, "items": [texts[code] for code in one.items]}
            for one in view.scored.grounds
        ],
        "answers": [
            {
                "text": texts[code],
                "answer": ANSWERS[answer],
                "tone": {Answer.YES: "due", Answer.NO: "done"}.get(answer, "plan"),
                "counts": code in counting,
            }
            for code, answer in answers.items()
        ],
        "answered": view.scored.answered,
        "asked": len(made.items),
        "enough": made.enough,
        "is_enough": view.scored.is_enough,
        "is_held": view.result.rank > max(view.computed.rank, view.judged.rank if view.judged else 0),
        "lowerings": [(one, named(one.was.name), named(one.to.name)) for one in view.lowerings],
    }
