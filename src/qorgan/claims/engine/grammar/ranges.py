"""Two numbers that belong together: a range, a move from one level to another, m of n."""

from dataclasses import replace
from decimal import Decimal

from qorgan.claims.engine.grammar.figure import Found, Nearness, Unit
from qorgan.claims.engine.grammar.scene import Scene
from qorgan.claims.engine.grammar.tokens import Kind

_TENS = (10, 100, 1000)
_WORDS_BETWEEN = 5
_SHORTEST_RATE = 100
_WORDS_TO_BASE = 3
_WORDS_TO_RATE = 6
_NUMBERED = ("article", "line", "document", "house", "list")


def ranges(scene: Scene) -> None:
    """Join neighbours into ranges, or mark the two levels of a move."""
    place = 0
    while place + 1 < len(scene.found):
        first, second = scene.found[place], scene.found[place + 1]
        if not _may_pair(first, second):
            place += 1
            continue
        code = _joined_by(scene, first, second)
        if code:
            scene.found[place : place + 2] = [_range(scene, first, second, code)]
        elif _is_move(scene, first, second):
            _move(first, second)
        place += 1
    for second in scene.found:
        left = _left_behind(scene, second)
        if left:
            _move(left, second)


def _left_behind(scene: Scene, second: Found) -> Found | None:
    """`с 13 % в 2019 году до 9 %`: the level that a later one was reached from."""
    if scene.low(second.first - 1) != "до" or second.moved:
        return None
    for first in reversed(scene.found):
        near = 0 < second.first - first.last <= _WORDS_BETWEEN
        if near and scene.low(first.first - 1) in ("с", "со") and first.unit == second.unit:
            return first
    return None


def _may_pair(first: Found, second: Found) -> bool:
    if first.nearness is Nearness.RANGE or second.nearness is Nearness.RANGE:
        return False
    shares = (Unit.ONE_IN_N, Unit.M_IN_N, Unit.RATIO)
    return not (first.unit in shares and second.unit != Unit.RATIO) and not first.every


def _joined_by(scene: Scene, first: Found, second: Found) -> str:
    """The rule by which two numbers are one range; empty where they are not."""
    if _value(first, second)[0] >= second.low or (first.unit_said and first.unit != second.unit):
        return ""
    words = scene.words_of(second)
    gap = scene.between(first.last, second.first)
    hyphens = words.data["range"]["hyphens"]
    if len(gap) == 1 and gap[0] in hyphens and not first.case and not _is_code(first, second):
        tight = scene.tokens[first.last - 1].end == scene.tokens[first.last].start
        if not tight and _is_numbered(scene, first):
            return ""
        signed = gap[0] in "−" and not tight
        both = first.unit_said == second.unit_said or not first.unit_said
        return f"{words.code}.range.hyphen" if both and not signed else ""
    if len(gap) == 1 and gap[0] in words.data["range"]["joins"] and _framed(scene, first, second):
        return f"{words.code}.range.between"
    if words.code == "ru" and gap == ["до"] and scene.low(first.first - 1) == "от":
        return "ru.range.from_to"
    kazakh = not gap and first.case == "ablative" and second.case == "dative"
    if kazakh and words.list("range", "closes").at(scene.tokens, second.last) and not _changes(scene, second):
        return "kk.range.from_to"
    return ""


def _is_code(first: Found, second: Found) -> bool:
    """`73-1` is no range; nor is `5-15 шілде`, told apart later."""
    return first.in_words != second.in_words or (first.low >= second.low and second.scale == first.scale)


def _is_numbered(scene: Scene, found: Found) -> bool:
    """`по статье 73-1 — 4,9 тыс.`, `461 — 1 127`: what the dash joins to is a number of something, no lower end."""
    before, behind = scene.at(found.first - 1), scene.at(found.first - 2)
    if before and before.text in "-–‑" and behind and behind.kind is Kind.NUMBER and before.start == behind.end:
        return True
    rules = (rule for language in scene.lexicon.order(found.language) for rule in language.traps)
    return any(rule.says in _NUMBERED and rule.before.before(scene.tokens, found.first) for rule in rules)


def _framed(scene: Scene, first: Found, second: Found) -> bool:
    words = scene.words_of(second)
    after = words.list("range", "frame_after").within(scene.tokens, second.last, second.last + 3)
    before = words.list("range", "frame_before").before(scene.tokens, first.first) if words.code == "ru" else None
    return bool(after or before)


def _changes(scene: Scene, found: Found) -> bool:
    """Whether a word of change follows in the same sentence part: it moved to this level."""
    if scene.any_within("change", "compared", 0, len(scene.tokens)):
        return True
    last = min(found.last + 4, len(scene.tokens))
    paraphrase = scene.any_within("parts", "paraphrase", found.last, last)
    if paraphrase:  # "... дейін, яғни екі еседен астам өсті"
        return any(scene.any_within("change", key, paraphrase[0][0], len(scene.tokens)) for key in ("rise", "fall"))
    clause = scene.tokens[found.last - 1].clause
    for key in ("rise", "fall"):
        for place, phrase in scene.any_within("change", key, found.last, last):
            inside = scene.tokens[place].clause == clause and not scene.any_at("change", "never", place)
            if inside and phrase.language == "kk" and len(scene.low(place)) > 2:
                return True
    return False


def _value(first: Found, second: Found) -> tuple[Decimal, Decimal]:
    """The two ends: a multiplier that is said once belongs to both."""
    low = first.low
    if first.scale == 1 and second.scale > 1 and low < second.low / second.scale:
        low *= second.scale
    return low, second.low


def _range(scene: Scene, first: Found, second: Found, code: str) -> Found:
    low, high = _value(first, second)
    cue = scene.cue("approximation", code, first.last, max(second.first - first.last, 1))
    return replace(
        second, first=first.first, low=low, high=high, nearness=Nearness.RANGE, cues=[*first.cues, *second.cues, cue]
    )


def _is_move(scene: Scene, first: Found, second: Found) -> bool:
    gap = scene.between(first.last, second.first)
    words = scene.words_of(second)
    if first.unit_said and first.unit != second.unit:
        return False
    if words.code == "ru":
        start = scene.low(first.first - 1)
        return len(gap) <= 2 and bool(gap) and gap[-1] in ("до", "на") and start in ("с", "со", "от")
    near = len(gap) <= 1 and "," not in gap
    return near and first.case == "ablative" and second.case == "dative"


def _move(first: Found, second: Found) -> None:
    """Two levels: what is said once, of unit and multiplier, belongs to both."""
    first.moved = second.moved = True
    if not first.unit_said and second.unit_said and second.unit not in (Unit.RATIO,):
        first.unit, first.unit_said = second.unit, False
        first.weak = False
    if second.unit == Unit.RANK or first.unit == Unit.RANK:
        first.unit = second.unit = Unit.RANK
        first.ordinal = second.ordinal = True
    if first.scale == 1 and second.scale > 1 and first.low < second.low / second.scale and first.low < 1000:
        first.low = first.high = first.low * second.scale


def m_of_n(scene: Scene) -> None:
    """`он студенттің тоғызы`, `трое из десяти`: a share in small numbers. Two real counts stay two figures."""
    place = 0
    while place + 1 < len(scene.found):
        first, second = scene.found[place], scene.found[place + 1]
        joined = _kazakh_share(scene, first, second) or _russian_share(scene, first, second)
        if joined:
            scene.found[place : place + 2] = [joined]
        place += 1
    for found in list(scene.found):
        _one_of(scene, found)


def _is_base(scene: Scene, found: Found) -> bool:
    """Ten or a hundred of anybody: not ten that were counted."""
    if found.unit != Unit.COUNT or found.low != found.high or found.low < 2:
        return False
    if found.every:
        return True
    words = scene.words_of(found)
    average = words.list("every", "average").before(scene.tokens, found.first)
    definite = words.list("parts", "definite")
    around = definite.within(scene.tokens, found.first - 1, found.first + 0) or definite.at(scene.tokens, found.last)
    few = words.code == "ru" and found.in_words and not found.collective and found.low <= _TENS[0]
    return ((few or found.low in _TENS[:2]) and not around) or bool(average)


def _kazakh_share(scene: Scene, whole: Found, part: Found) -> Found | None:
    gap = scene.tokens[whole.last : part.first]
    if not _is_base(scene, whole) or not part.is_possessive or part.unit != Unit.COUNT or part.low >= whole.low:
        return None
    if len(gap) > _WORDS_BETWEEN or any(token.kind is not Kind.WORD for token in gap):
        return None
    endings = tuple(scene.lexicon.languages["kk"].data["parts"]["genitive"])
    if not (gap and gap[-1].low.endswith(endings)) and whole.last_case != "genitive":
        return None
    found = replace(part, first=whole.first - int(whole.every), every=False, cues=[*whole.cues, *part.cues])
    _say(scene, found, part.low, whole.low, "kk.m_of_n")
    return found


def _russian_share(scene: Scene, first: Found, second: Found) -> Found | None:
    gap = scene.between(first.last, second.first)
    asked = second.low <= _TENS[0] and _asked(scene, second.last)
    few = second.low <= _TENS[0] and second.in_words == first.in_words and not (second.collective or second.scale > 1)
    asked = asked or (few and (first.collective or not first.in_words) and not _is_noun(scene, second.last))
    if second.low not in _TENS and not second.every and not asked and (first.collective or not first.in_words):
        return None
    spoken = gap[-1:] == ["из"] and len(gap) == 2 and scene.low(first.first - 1) in ("в", "у", "для")
    spoken = spoken or (gap[1:] == ["из"] and first.in_words and second.in_words and second.low == _TENS[0])
    if (
        (gap in (["из"], ["из", "каждых"], ["из", "каждой"]) or spoken)
        and (asked or _is_base(scene, second))
        and first.low < second.low
    ):
        found = replace(first, last=second.last, cues=[*first.cues, *second.cues])
        _say(scene, found, first.low, second.low, "ru.m_of_n")
        return found
    opened = scene.low(first.first - 1) == "из" or (first.every and scene.low(first.first - 2) == "из")
    near = 0 < len(gap) <= 3 and all(token.kind is Kind.WORD for token in scene.tokens[first.last : second.first])
    base = (first.every or first.low == _TENS[0]) and second.nearness is not Nearness.RANGE
    if opened and near and base and _is_base(scene, first) and second.low < first.low and first.low < _TENS[2]:
        found = replace(second, first=first.first - int(first.every), cues=[*first.cues, *second.cues])
        _say(scene, found, second.low, first.low, "ru.m_of_n")
        return found
    return None


def _asked(scene: Scene, place: int) -> bool:
    """`4 из 5 опрошенных`: nobody asks five people."""
    return scene.lexicon.languages["ru"].list("base", "asked").at(scene.tokens, place) is not None


def _is_noun(scene: Scene, place: int) -> bool:
    """Whether a Russian word may be a noun or its adjective in the plural: then real people are counted."""
    token = scene.at(place)
    if token is None or token.kind is not Kind.WORD:
        return False
    endings = tuple(scene.lexicon.languages["ru"].data["counted"]["plurals"])
    return scene.lexicon.nouns.at(scene.tokens, place) is not None or token.low.endswith(endings)


def _say(scene: Scene, found: Found, part: Decimal, whole: Decimal, code: str) -> None:
    if part == 1:
        found.low = found.high = whole
        found.unit = Unit.ONE_IN_N
    else:
        found.low = found.high = part
        found.of, found.unit = whole, Unit.M_IN_N
    found.unit_said, found.weak, found.case, found.collective = True, False, "", False
    found.cues.append(scene.cue("unit", code, found.first, found.last - found.first))


def _one_of(scene: Scene, found: Found) -> None:
    """`бес әйелдің бірі`, `один из пяти`: one in n."""
    if found.reason or found.unit != Unit.COUNT or found.joined or found.ordinal:
        return
    words = scene.words_of(found)
    if words.code == "ru":
        one = words.list("every", "one").before(scene.tokens, found.first - 1)
        if scene.low(found.first - 1) == "из" and one and found.in_words and found.low <= _TENS[2]:
            found.first -= 2
            _say(scene, found, Decimal(1), found.low, "ru.one_of")
        return
    for place in range(found.last, min(found.last + 3, len(scene.tokens))):
        genitive = (
            place > found.last and scene.low(place - 1).endswith(tuple(words.data["parts"]["genitive"]))
        ) or found.case == "genitive"
        if genitive and words.list("every", "one").at(scene.tokens, place) and (found.every or found.in_words):
            found.first -= int(found.every)
            found.last = place + 1
            _say(scene, found, Decimal(1), found.low, "kk.one_of")
            return


def rates(scene: Scene) -> None:
    """`На 100 тысяч населения — 12,4`, `жүз мың халыққа шаққанда 12,4`: the base is no figure, the rate is m of n."""
    for base in scene.live():
        if not base.base and not _is_rate_base(scene, base):
            continue
        base.reason, base.base = "base", True
        base.cues.append(scene.cue("not_a_figure", "base"))
        rate = _rate(scene, base)
        if rate:
            rate.of, rate.unit = base.low, Unit.M_IN_N
            rate.cues.append(scene.cue("unit", "rate", base.first, base.last - base.first))


def _rate(scene: Scene, base: Found) -> Found | None:
    """The number said per base: after it, or right before it (`45 на 100 тысяч населения`)."""
    counts = [one for one in scene.live() if one.unit in (Unit.COUNT, Unit.M_IN_N) and not one.unit_said]
    after = next((one for one in counts if one.first > base.first), None)
    return after or next((one for one in counts if 0 < base.first - one.last <= _WORDS_TO_BASE), None)


def _is_rate_base(scene: Scene, found: Found) -> bool:
    if found.unit != Unit.COUNT or found.low < _SHORTEST_RATE or found.low not in _powers():
        return False
    if found.every:
        return True
    after = scene.between(found.last, found.last + 3)
    if any(word.startswith("шаққан") for word in after):
        return True
    dative = scene.low(found.last).endswith(("ға", "ге", "қа", "ке"))
    if dative and any(word.startswith("келе") for word in scene.between(found.last, found.last + _WORDS_TO_RATE)):
        return True
    people = scene.lexicon.languages["ru"].list("base", "people").at(scene.tokens, found.last)
    return scene.low(found.first - 1) in ("на", "каждые", "каждую") and bool(people) and not _by_change(scene, found)


def _by_change(scene: Scene, found: Found) -> bool:
    """`выросло на 100 человек`: a difference, no base."""
    near = range(max(found.first - 4, 0), found.first)
    return any(
        scene.any_at("change", key, place) and scene.low(place - 1) != "не"  # "не превышает 5 на 1 000"
        for key in ("rise", "fall")
        for place in near
    )


def _powers() -> tuple[int, ...]:
    return (100, 1000, 10_000, 100_000, 1_000_000)
