"""What stands around a figure: what is counted, for which period, where. Only as said."""

import re

from qorgan.claims.engine.grammar.figure import CHANGES, Found, Unit
from qorgan.claims.engine.grammar.scene import Scene
from qorgan.claims.engine.grammar.tokens import Kind, Token

_SKIPPED = 3
_REACH_OF_PLACE = 3
_REACH_OF_CHANGE = 8


def counted(scene: Scene) -> None:
    """Give each figure the words of what it counts, and their code where the list of things knows them."""
    for found in scene.live():
        found.label = _label(scene, found)
        if found.unit in (Unit.DURATION, Unit.RANK):
            continue
        if found.unit in CHANGES or found.difference:
            _what_changes(scene, found)
            continue
        place = _past_nearness(scene, found)
        tokens = _known(scene, found, place) or _words(scene, place)
        if tokens:
            found.counted = " ".join(token.text for token in tokens)
        else:
            _from_before(scene, found)


def _known(scene: Scene, found: Found, place: int) -> list[Token]:
    """The words up to a thing that the list knows: `апелляциялық шағым`."""
    for at in range(place, place + _SKIPPED):
        token = scene.at(at)
        if token is None or token.kind is not Kind.WORD or _taken(scene, at):
            break
        phrase = scene.lexicon.nouns.at(scene.tokens, at)
        if phrase:
            found.counted_code = phrase.code
            return scene.tokens[place : at + len(phrase.words)]
    return []


def _taken(scene: Scene, place: int) -> bool:
    return any(one.first <= place < one.last for one in scene.found)


def _past_nearness(scene: Scene, found: Found) -> int:
    for language in scene.lexicon.languages.values():
        for rule in language.nearness:
            phrase = rule.after.at(scene.tokens, found.last)
            if phrase:
                return found.last + len(phrase.words)
    return found.last


def _words(scene: Scene, place: int) -> list[Token]:
    """The one or two words after the figure; a verb that closes a Kazakh clause is not counted."""
    tokens: list[Token] = []
    for token in scene.tokens[place : place + 2]:
        at = place + len(tokens)
        if token.kind is not Kind.WORD or _taken(scene, at) or scene.any_at("counted", "ends", at):
            break
        tokens.append(token)
    after = scene.at(place + len(tokens))
    closes = after is None or after.kind is not Kind.WORD
    if tokens and closes and tokens[-1].language == "kk":
        tokens.pop()
    while tokens and tokens[-1].low.endswith(tuple(scene.lexicon.languages["ru"].data["counted"]["verbs"])):
        tokens.pop()
    return tokens


def _what_changes(scene: Scene, found: Found) -> None:
    """A change is said of what stands before it in its clause: `кісі өлтіру 49,3 %-ға`, `убийств — на 49,3 %`."""
    clause = scene.tokens[found.first].clause
    words: list[Token] = []
    for place in range(found.first - 1, max(found.first - _REACH_OF_CHANGE, -1), -1):
        token = scene.tokens[place]
        if token.clause != clause or _taken(scene, place) or scene.any_before("parts", "of_which", place + 1):
            break
        skipped = any(scene.any_at("change", key, place) for key in ("rise", "fall"))
        if token.kind is Kind.WORD and not skipped and not scene.any_at("counted", "ends", place):
            words.insert(0, token)
        elif words:
            break
    found.counted = " ".join(token.text for token in words[-_SKIPPED:])
    for place in range(found.first - 1, max(found.first - _REACH_OF_CHANGE, -1), -1):
        phrase = scene.lexicon.nouns.at(scene.tokens, place)
        if phrase and scene.tokens[place].clause == clause and not _taken(scene, place):
            found.counted_code = phrase.code
            break


def _from_before(scene: Scene, found: Found) -> None:
    """`қоңырау – 412`: the thing stands before the figure."""
    place = found.first - 1
    if scene.low(place) not in ("–", "—", "-", ":", "|"):
        return
    before = scene.at(place - 1)
    if before and before.kind is Kind.WORD and not scene.any_at("periods", "ends", place - 1):
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
    return tuple(word for word in near if len(word) > 3)


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
    return bool(
        re.match(
            r"(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)", scene.low(place)
        )
    )


def place(scene: Scene) -> str:
    """The words that say where: a name with its kind, as they stand; empty where the sentence says none."""
    for at, _phrase in scene.any_within("places", "words", 0, len(scene.tokens)):
        first = at
        while first > 0 and at - first < _REACH_OF_PLACE and scene.tokens[first - 1].text[:1].isupper():
            first -= 1
        after = at + 1
        while scene.at(after) and scene.tokens[after].text[:1].isupper() and after - at <= 2:
            after += 1
        return _stretch(scene, first, after)
    return ""


def _stretch(scene: Scene, first: int, last: int) -> str:
    tokens = scene.tokens[first:last]
    return " ".join(token.text for token in tokens)
