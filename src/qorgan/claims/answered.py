"""What a check found, as it is kept: in every language of the country, so that an old verdict can be read as it was."""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from qorgan.base import country
from qorgan.claims import recorded, told, wording
from qorgan.claims.checked import Checked
from qorgan.claims.engine.answers import Verdict
from qorgan.claims.engine.groups import Group
from qorgan.claims.engine.known import Comparison, Known
from qorgan.claims.engine.known.comparing import standing

_ENGINE = Path(__file__).resolve().parent / "engine"


def answer(found: Checked, known: Known, *, on: date | None) -> dict[str, Any]:
    """The figures with their verdicts, the groups with their sentences, the series beside them."""
    beside = found.beside(known, on=on)
    judged = found.judged
    return {
        "figures": [
            {
                "said": figure.said or figure.id,
                "start": figure.start,
                "end": figure.end,
                "verdict": judged.verdict(figure.id).value,
                "group": judged.group_of(figure.id),
                "standing": standing(beside.get(figure.id, ())).value,
            }
            for figure in found.claim.figures
        ],
        "groups": [_group(group) for group in judged.groups],
        "known": [
            {"figure": place, **_kept(each, known)}
            for place, figure in enumerate(found.claim.figures)
            for each in beside.get(figure.id, ())
        ],
    }


def _group(group: Group) -> dict[str, Any]:
    is_alone = len(group.claim.figures) == 1 and group.verdict is Verdict.NOT_ENOUGH_SAID
    return {
        "verdict": group.verdict.value,
        "is_alone": is_alone,
        "sentences": {} if is_alone else _in_all(lambda: _sentences(group)),
    }


def _sentences(group: Group) -> list[str]:
    """What the readings say, each sentence once."""
    if not group.answers:
        return [told.unanswered(group)]
    said = dict.fromkeys(wording.sentence(group.claim, each) for each in group.meant or group.answers)
    return list(said)[:3]


def _kept(found: Comparison, known: Known) -> dict[str, Any]:
    said = _in_all(lambda: recorded.told(found, known))
    return {
        "series": found.series.code,
        "release": found.series.release,
        "standing": found.standing.value,
        "sentence": {language: each.sentence for language, each in said.items()},
        "beside": {language: list(each.beside) for language, each in said.items()},
        "source": {language: each.source for language, each in said.items()},
    }


def _in_all(make: Any) -> dict[str, Any]:
    made = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            made[language] = make()
    return made


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """By figure, what is not as it was: its verdict, and what each series says to it."""
    found: list[dict[str, str]] = []
    was = {(each["said"], each["start"]): (place, each) for place, each in enumerate(before["figures"])}
    for place, figure in enumerate(after["figures"]):
        held = was.get((figure["said"], figure["start"]))
        if held is None:
            found.append({"figure": figure["said"], "what": "figure", "before": "", "after": figure["verdict"]})
            continue
        if held[1]["verdict"] != figure["verdict"]:
            told_of = {"figure": figure["said"], "what": "verdict"}
            found.append(told_of | {"before": held[1]["verdict"], "after": figure["verdict"]})
        found += _record(figure["said"], _beside(before, held[0]), _beside(after, place))
    return found


def _beside(answer: Mapping[str, Any], place: int) -> dict[str, str]:
    return {
        f"{each['series']} {each['release']}".strip(): each["standing"]
        for each in answer["known"]
        if each["figure"] == place
    }


def _record(said: str, before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"figure": said, "what": series, "before": before.get(series, ""), "after": after.get(series, "")}
        for series in dict.fromkeys((*before, *after))
        if before.get(series, "") != after.get(series, "")
    ]


def grammar() -> str:
    """The version of what reads and reckons: its program, and the words of the country."""
    return _grammar(str(country.folder()))


@cache
def _grammar(folder: str) -> str:
    files = [*_ENGINE.rglob("*.py"), *(Path(folder) / "claims" / "grammar").rglob("*.toml")]
    files.append(Path(folder) / "claims" / "ties.toml")
    digest = hashlib.sha256()
    for file in sorted(each for each in files if each.is_file()):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
