"""Falls and rises: which per cent is a change, and which way it goes."""

from decimal import Decimal

from qorgan.claims.engine.grammar.figure import Found, Unit
from qorgan.claims.engine.grammar.scene import Scene
from qorgan.claims.engine.grammar.tokens import Kind

_HUNDRED = Decimal(100)
_SHORTEST_VERB = 5
_MONEY = (Unit.KZT, Unit.RUB, Unit.USD, Unit.EUR)


def changes(scene: Scene) -> None:
    """Tell changes from shares, with their sign; a change without a word of direction has none."""
    for found in scene.live():
        if _signed(scene, found):
            continue
        if found.unit == Unit.RATIO or found.points:
            _direct(scene, found)
        elif found.unit == Unit.PERCENT and _is_change(scene, found):
            found.unit = Unit.PERCENT_CHANGE
            _direct(scene, found)
        elif found.unit in (Unit.ONE_IN_N, Unit.M_IN_N) and _is_change(scene, found) and found.in_words:
            part = found.low / found.of if found.of else 1 / found.low
            found.low = found.high = _HUNDRED * part
            found.of, found.unit = None, Unit.PERCENT_CHANGE
            _direct(scene, found)
        elif found.unit in (Unit.COUNT, *_MONEY) and not found.moved:
            _difference(scene, found)
    for found in scene.live():
        if found.points and found.sign is None:
            found.sign = 1


def _signed(scene: Scene, found: Found) -> bool:
    """`+27 %`, `−12,5 %`: the sign belongs to the span."""
    before = scene.at(found.first - 1)
    if before is None or found.unit not in (Unit.PERCENT, Unit.PERCENT_CHANGE):
        return False
    words = scene.words_of(found).data["change"]
    for sign, key in ((1, "plus"), (-1, "minus")):
        joined = before.end == scene.tokens[found.first].start and before.kind is Kind.SIGN
        behind = scene.at(found.first - 2)
        free = behind is None or behind.end != before.start or behind.text in "(|;\t"
        spoken = before.kind is Kind.WORD
        if before.low in words[key] and ((joined and free) or spoken):
            found.unit, found.sign = Unit.PERCENT_CHANGE, sign
            found.first -= int(joined)
            found.cues.append(scene.cue("change_sign", f"sign.{key}", found.first))
            return True
    return False


def _is_change(scene: Scene, found: Found) -> bool:
    if found.moved:
        return False
    if found.language == "kk" and not _after_na(scene, found):
        return _kazakh_change(scene, found)
    return _russian_change(scene, found)


def _after_na(scene: Scene, found: Found) -> bool:
    return any(word == "на" for word in scene.between(max(found.first - 3, 0), found.first))


def _kazakh_change(scene: Scene, found: Found) -> bool:
    """The dative before a word of change: `5 пайызға азайды`; or a noun of change beside it: `өсім – 16,9 %`."""
    after = _nearest(scene, found.last, len(scene.tokens))
    if not found.case and after and after[0] == found.last and len(scene.low(found.last)) > _SHORTEST_VERB:
        return True
    beside = scene.between(found.last, found.last + 1)
    if found.case.endswith("dative") or beside[:1] in (["астамға"], ["жуық"], ["жуыққа"], ["астам"]):
        level = scene.any_at("change", "level", found.last)
        closes = scene.any_at("range", "closes", found.last)
        if level or closes:
            return False
        return after is not None
    return _in_brackets(scene, found) or _noun_beside(scene, found)


def _in_brackets(scene: Scene, found: Found) -> bool:
    """`азайды (6 %)`: the brackets say by how much."""
    verb = _nearest(scene, found.first - 2, found.first - 1)
    return verb is not None and scene.low(found.first - 1) == "(" and len(scene.low(verb[0])) >= _SHORTEST_VERB


def _noun_beside(scene: Scene, found: Found) -> bool:
    for key in ("noun_rise", "noun_fall"):
        if scene.any_at("change", key, found.last):
            return True
        place = found.first - 1
        while scene.low(place) in (
            "–",
            "—",
            "-",
            ":",
            "составил",
            "составило",
            "составила",
            "құрады",
            "в",
            "на",
            "почти",
        ):
            place -= 1
        if any(scene.any_at("change", key, one) for one in (place, place - 1)) and _same_thought(scene, place, found):
            return True
    return False


def _same_thought(scene: Scene, place: int, found: Found) -> bool:
    taken = {spot for one in scene.found if one is not found for spot in range(one.first, one.last)}
    return place >= 0 and place not in taken and scene.tokens[place].clause == scene.tokens[found.first].clause


def _russian_change(scene: Scene, found: Found) -> bool:
    """`на 5,7 %` beside a word of change; a noun of change beside it."""
    if scene.low(found.first) in ("наполовину", "вполовину"):
        return _any_change(scene)
    if not _na_before(scene, found):
        return _noun_beside(scene, found)
    return _any_change(scene)


def _na_before(scene: Scene, found: Found) -> bool:
    place = found.first - 1
    for _ in range(3):
        if scene.low(place) == "на":
            return True
        if scene.low(place) in (
            "чем",
            "почти",
            "около",
            "более",
            "менее",
            "примерно",
            "порядка",
            "лишь",
            "всего",
            "еще",
        ):
            place -= 1
    return False


def _any_change(scene: Scene) -> bool:
    return _nearest(scene, 0, len(scene.tokens)) is not None


def _nearest(scene: Scene, first: int, last: int) -> tuple[int, int, str] | None:
    """The first word of change between two places: its place, its sign, its rule."""
    found = _all(scene, first, last)
    return found[0] if found else None


def _all(scene: Scene, first: int, last: int) -> list[tuple[int, int, str]]:
    hits = []
    for key, sign in (("rise", 1), ("fall", -1)):
        for place, phrase in scene.any_within("change", key, first, last):
            if not scene.any_at("change", "never", place) and not _is_nearness(scene, place):
                hits.append((place, sign, f"{phrase.language}.change.{key}"))
    return sorted(hits)


def _is_nearness(scene: Scene, place: int) -> bool:
    """`более чем на 5 %`: the word says how near the number is, not which way it goes."""
    token = scene.tokens[place]
    return any(
        cue.says == "approximation" and cue.start is not None and cue.start <= token.start < (cue.end or 0)
        for one in scene.found
        for cue in one.cues
    )


def _direct(scene: Scene, found: Found) -> None:
    """The sign: by the nearest word of change, of the same clause first; Kazakh looks ahead, Russian both ways."""
    hits = _all(scene, 0, len(scene.tokens))
    if not hits:
        return
    clause = scene.tokens[found.first].clause

    def distance(hit: tuple[int, int, str]) -> tuple[int, int, int]:
        place = hit[0]
        ahead = place >= found.last
        away = place - found.last if ahead else found.first - place
        own = 0 if scene.tokens[place].clause == clause else 1
        turned = int(not ahead) if found.language == "kk" and not _after_na(scene, found) else int(ahead and own == 1)
        return (turned, own, away) if found.language == "kk" else (own, turned, away)

    place, found.sign, code = min(hits, key=distance)
    found.cues.append(scene.cue("change_sign", code, place))


def _difference(scene: Scene, found: Found) -> None:
    """`на 620 млн тенге больше`, `төрт мыңға артық`: a difference keeps its unit; its way stands apart."""
    if found.language == "ru":
        if not _na_before(scene, found) or found.collective:
            return
        clause = scene.tokens[found.first].clause
        hits = [hit for hit in _all(scene, 0, len(scene.tokens)) if scene.tokens[hit[0]].clause == clause]
        hits = [hit for hit in hits if abs(hit[0] - found.first) <= 4]
    elif found.case == "dative" and not scene.any_at("range", "closes", found.last):
        hits = _all(scene, found.last, found.last + 1)
    else:
        return
    if hits:
        place, found.difference, code = hits[0]
        found.cues.append(scene.cue("difference", code, place))
