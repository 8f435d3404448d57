"""What stands around a figure: what is counted, for which period, where. Only as said."""

import re

from qorgan.claims.engine.grammar.figure import Found, Unit
from qorgan.claims.engine.grammar.scene import Scene
from qorgan.claims.engine.grammar.tokens import Kind

_WORDS_COUNTED = 4
_SKIPPED = 3
_REACH_OF_PLACE = 3


def counted(scene: Scene) -> None:
    """Give each figure the words of what it counts, and their code where the list of things knows them."""
    for found in scene.live():
        found.label = _label(scene, found)
        if found.unit in (Unit.DURATION, Unit.RANK):
            continue
        place = _past_nearness(scene, found)
        phrase, at = None, place
        for step in range(_SKIPPED):
            token = scene.at(place + step)
            if token is None or token.kind is not Kind.WORD or any(one.first == place + step for one in scene.found):
                break
            phrase, at = scene.lexicon.nouns.at(scene.tokens, place + step), place + step
            if phrase:
                break
        if phrase:
            tokens = scene.tokens[place : at + len(phrase.words)]
            found.counted_code = phrase.code
        else:
            tokens = _words(scene, place)
        if not tokens:
            _from_before(scene, found)
            continue
        found.counted = " ".join(token.text for token in tokens)


def _past_nearness(scene: Scene, found: Found) -> int:
    place = found.last
    for language in scene.lexicon.languages.values():
        for rule in language.nearness:
            phrase = rule.after.at(scene.tokens, place)
            if phrase and (place == found.last):
                return place + len(phrase.words)
    return place


def _words(scene: Scene, place: int) -> list[Found] | list:  # type: ignore[type-arg]  # tokens
    tokens = []
    for token in scene.tokens[place : place + 2]:
        taken = any(one.first <= place + len(tokens) < one.last for one in scene.found)
        if token.kind is not Kind.WORD or taken or token.low in ("и", "және", "в", "на", "по", "из", "с", "за", "ал", "а"):
            break
        tokens.append(token)
    return tokens[:_WORDS_COUNTED]


def _from_before(scene: Scene, found: Found) -> None:
    """`қоңырау – 412`: the thing stands before the figure."""
    place = found.first - 1
    if scene.low(place) not in ("–", "—", "-", ":", "|", "саны", "составил", "составило"):
        return
    before = scene.at(place - 1)
    if before and before.kind is Kind.WORD:
        found.counted = before.text
        phrase = scene.lexicon.nouns.at(scene.tokens, place - 1)
        found.counted_code = phrase.code if phrase else ""


def _label(scene: Scene, found: Found) -> tuple[str, ...]:
    """The words beside a figure, by which a later sentence may name it."""
    clause = scene.tokens[found.first].clause
    near = [
        token.low
        for token in scene.tokens[max(found.first - 2, 0) : found.last + 5]
        if token.kind is Kind.WORD and token.clause == clause
    ]
    return tuple(word for word in near if len(word) > 3)  # noqa: PLR2004


def period(scene: Scene) -> str:
    """The words that say for what time: the first of the sentence, as they stand; empty where it says none."""
    dates = [one for one in scene.found if one.reason in ("date", "period")]
    words = scene.any_within("periods", "words", 0, len(scene.tokens))
    first_date = min((one.first for one in dates), default=None)
    if words and (first_date is None or words[0][0] < first_date):
        place, phrase = words[0]
        return _stretch(scene, place, place + len(phrase.words))
    if not dates:
        return ""
    found = min(dates, key=lambda one: one.first)
    last = found.last
    while scene.any_at("periods", "ends", last) or (scene.at(last) and _is_month(scene, last)):
        last += 1
    first = found.first
    if scene.any_at("periods", "starts", first - 1) or scene.low(first - 1) in ("соңғы", "былтырғы", "биылғы", "өткен"):
        first -= 1
    return _stretch(scene, first, last)


def _is_month(scene: Scene, place: int) -> bool:
    return bool(re.match(r"(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)", scene.low(place)))


def place(scene: Scene) -> str:
    """The words that say where: a name with its kind, as they stand; empty where the sentence says none."""
    for at, _phrase in scene.any_within("places", "words", 0, len(scene.tokens)):
        first = at
        while first > 0 and at - first < _REACH_OF_PLACE and scene.tokens[first - 1].text[:1].isupper():
            first -= 1
        after = at + 1
        while scene.at(after) and scene.tokens[after].text[:1].isupper() and after - at <= 2:  # noqa: PLR2004
            after += 1
        return _stretch(scene, first, after)
    return ""


def _stretch(scene: Scene, first: int, last: int) -> str:
    tokens = scene.tokens[first:last]
    return " ".join(token.text for token in tokens)
