"""What a number is in: per cent, money, n-fold, an n-th, a share in small numbers, a range."""

import re
from decimal import Decimal

from qorgan.claims.engine.grammar.figure import Found, Nearness, Unit
from qorgan.claims.engine.grammar.lexicon import Language
from qorgan.claims.engine.grammar.scene import Scene
from qorgan.claims.engine.grammar.tokens import Kind

_MONTHS = Decimal(12)
_BESIDE_TIMES = 4  # words between "в" and the number: "в более чем 2 раза"
_LARGEST_SHARE = 12  # the largest n of a fraction: "бестен үші"


def fractions(scene: Scene) -> None:
    """Halves, thirds and quarters: a word of its own, `две трети`, `үштен екісі`."""
    _fraction_pairs(scene)
    _nth_parts(scene)
    _written_fractions(scene)
    taken = {place for one in scene.found for place in range(one.first, one.last)}
    for place, token in enumerate(scene.tokens):
        if token.kind is not Kind.WORD or place in taken:
            continue
        for language in scene.lexicon.order(token.language):
            size = language.value("fractions.one_in_n", token.low)
            if size is None:
                continue
            first = place
            if language.list("fractions", "before").before(scene.tokens, place):
                first -= 1
            found = Found(first, place + 1, size, size, language=language.code, in_words=True)
            found.unit, found.unit_said = Unit.ONE_IN_N, True
            found.case = _case_of(scene, token.low, 4) if language.code == "kk" else ""
            found.cues.append(scene.cue("unit", f"{language.code}.fraction", place))
            scene.found.append(found)
            break
    scene.found.sort(key=lambda one: one.first)


def _written_fractions(scene: Scene) -> None:
    """`4/5 бөлігі`: a fraction in figures. `24/7` is none."""
    for place, token in enumerate(scene.tokens):
        written = re.fullmatch(r"(\d{1,2})/(\d{1,2})(?:-[^\W\d_]+)?", token.text) if token.kind is Kind.CODE else None
        if written and 0 < int(written[1]) < int(written[2]) <= _LARGEST_SHARE:
            found = Found(place, place + 1, Decimal(written[1]), Decimal(written[1]), language=token.language)
            _share(scene, found, Decimal(written[1]), Decimal(written[2]), "fraction.written")
            scene.found.append(found)


def _fraction_pairs(scene: Scene) -> None:
    for found in list(scene.found):
        if found.ordinal and found.language == "ru":
            continue
        _russian_fraction(scene, found)
        _kazakh_fraction(scene, found)


def _russian_fraction(scene: Scene, found: Found) -> None:
    """`две трети`, `четыре пятых`."""
    size = scene.lexicon.languages["ru"].data["fractions"].get("denominators", {}).get(scene.low(found.last))
    if size is None or not found.in_words or found.low >= size:
        return
    scene.found = [one for one in scene.found if one is found or not found.last <= one.first < found.last + 1]
    found.last += 1
    found.weak = False
    _share(scene, found, found.low, Decimal(size), "ru.fraction")


def _nth_parts(scene: Scene) -> None:
    """`пятая часть обращений`; the third part of an article is none."""
    words = scene.lexicon.languages["ru"]
    for found in scene.found:
        if not (found.ordinal and found.in_words and found.language == "ru" and found.low > 2):
            continue
        part = words.list("fractions", "parts").at(scene.tokens, found.last)
        if part and not words.list("fractions", "never_of").at(scene.tokens, found.last + 1):
            found.last += 1
            _share(scene, found, Decimal(1), found.low, "ru.fraction.part")


def _kazakh_fraction(scene: Scene, found: Found) -> None:
    """`үштен екісі`, `төрттен бірі`: the whole in the ablative, its part right after it."""
    part = next((one for one in scene.found if one.first == found.last), None)
    digits = part is not None and part.is_possessive and part.low < found.low and not found.in_words
    if found.case != "ablative" or not (found.in_words or digits) or found.low > _LARGEST_SHARE:
        return
    if digits and part is not None:
        scene.found.remove(part)
        found.last, found.case = part.last, part.case
        _share(scene, found, part.low, found.low, "kk.fraction")
        return
    one = scene.words_of(found).list("every", "one").at(scene.tokens, found.last)
    if one or scene.low(found.last).startswith("бір"):
        if part is not None:
            scene.found.remove(part)
        found.last += 1
        found.case = part.case if part else _case_of(scene, scene.low(found.last - 1), 3)
        _share(scene, found, Decimal(1), found.low, "kk.fraction")
    elif part and part.in_words and part.low < found.low:
        scene.found.remove(part)
        found.last, found.case = part.last, part.case
        _share(scene, found, part.low, found.low, "kk.fraction")


def _share(scene: Scene, found: Found, part: Decimal, whole: Decimal, code: str) -> None:
    """m of n; one of n is said by n alone."""
    if part == 1:
        found.low = found.high = whole
        found.unit = Unit.ONE_IN_N
    else:
        found.low = found.high = part
        found.of, found.unit = whole, Unit.M_IN_N
    found.unit_said, found.collective, found.ordinal = True, False, False
    found.cues.append(scene.cue("unit", code, found.first, found.last - found.first))


def folds(scene: Scene) -> None:
    """`вдвое`, `втрое`: n-fold in one word."""
    for place, token in enumerate(scene.tokens):
        for language in scene.lexicon.order(token.language):
            times = _times(scene, place, language) if token.kind is Kind.WORD else None
            if times is None or any(one.first <= place < one.last for one in scene.found):
                continue
            before = next((one for one in scene.found if one.last == place), None)
            if before and language.code == "kk":  # екі еселенді
                before.last, before.unit, before.unit_said = place + 1, Unit.RATIO, True
            elif language.code != "kk":
                found = Found(place, place + 1, times, times, language=language.code, in_words=True)
                found.unit, found.unit_said = Unit.RATIO, True
                found.cues.append(scene.cue("unit", f"{language.code}.fold", place))
                scene.found.append(found)
            break
    scene.found.sort(key=lambda one: one.first)


def _times(scene: Scene, place: int, language: Language) -> Decimal | None:
    """n of a word that says n-fold; an adjective says it only before a noun of change: `двукратный рост`."""
    low = scene.low(place)
    adjective = language.value("fold_adjectives", low)
    if adjective and any(scene.any_at("change", key, place + 1) for key in ("noun_rise", "noun_fall")):
        return adjective
    return language.value("folds", low)


def every_nth(scene: Scene) -> None:
    """`әрбір он екінші`, `каждый пятый`: one in n. `каждые сто` is a base, told apart later."""
    for found in scene.found:
        phrase = scene.any_before("every", "words", found.first)
        if not phrase:
            continue
        nth = found.ordinal or found.case == "possessive"  # әр 12-ші, әрбір 12-сі
        if nth and found.joined not in ("сынып",) and not _is_time(scene, found):
            found.first -= 1
            found.unit, found.unit_said, found.case = Unit.ONE_IN_N, True, ""
            found.ordinal, found.joined = False, ""
            found.cues.append(scene.cue("unit", f"{phrase.language}.every_nth", found.first))
        else:
            found.every = True


def _is_time(scene: Scene, found: Found) -> bool:
    unit = scene.lexicon.units.at(scene.tokens, found.last)
    return bool(unit and unit.code == "duration")


def units(scene: Scene) -> None:
    """The unit that stands right after the number, and belongs to its span."""
    for found in scene.found:
        if found.joined and found.joined.startswith(("орын", "орн")):
            found.unit, found.unit_said, found.joined = Unit.RANK, True, ""
            continue
        if found.unit_said or (found.joined and not found.joined.startswith("процент")):
            continue
        token = scene.at(found.last)
        sign = scene.lexicon.units.at(scene.tokens, found.first - 1)
        if (
            sign
            and scene.low(found.first - 1) in "$€₸₽"
            and scene.tokens[found.first - 1].end == scene.tokens[found.first].start
        ):
            found.unit, found.unit_said, found.first = Unit(sign.code), True, found.first - 1
            continue
        if token is None:
            continue
        if token.kind is Kind.PERCENT:
            known = scene.lexicon.ending(token.ending, token.language)
            _take(scene, found, Unit.PERCENT, 1, known[1] if known else "")
            continue
        phrase = scene.lexicon.units.at(scene.tokens, found.last)
        if phrase and _may_take(scene, found, phrase.code):
            length = len(phrase.words) + _dot(scene, found.last + len(phrase.words), phrase.words)
            _take(scene, found, phrase.code, length, _unit_case(scene, phrase.words, found))


def _dot(scene: Scene, place: int, words: tuple[str, ...]) -> int:
    """The full stop of a shortened unit: `руб.`, `п. п.`."""
    short = words[-1] in ("п", "п.п", "руб", "тг", "проц", "мин", "сек")
    before, token = scene.at(place - 1), scene.at(place)
    inside = place + 1 < len(scene.tokens) or words[-1].startswith("п")
    return int(bool(short and inside and token and before and token.text == "." and token.start == before.end))


def _may_take(scene: Scene, found: Found, code: str) -> bool:
    if code == "rank":
        return found.ordinal
    if code == "ratio" and scene.words_of(found).code == "ru" and not scene.low(found.last).startswith("есе"):
        return _behind_v(scene, found)
    if code == "percentage_points" or not found.ordinal:
        return True
    return code == "duration"


def _behind_v(scene: Scene, found: Found) -> bool:
    """`в 2 раза`, `в более чем 2 раза`; not `в каждую школу по 12 раз`."""
    fillers = scene.lexicon.languages["ru"].list("ratio", "fillers")
    for place in range(found.first - 1, max(found.first - _BESIDE_TIMES, 0) - 1, -1):
        if scene.low(place) == "в":
            return True
        if not fillers.at(scene.tokens, place) and not any(one.first <= place < one.last for one in scene.found):
            return False
    return False


def _unit_case(scene: Scene, words: tuple[str, ...], found: Found) -> str:
    """The case of the unit word: `пайызға` is a dative. The longest suffix that leaves the stem whole."""
    low = scene.tokens[found.last + len(words) - 1].low
    stem = words[-1]
    shortest = len(stem) - 1 if stem.endswith("*") else 2
    return _case_of(scene, low, shortest)


def _case_of(scene: Scene, low: str, shortest: int) -> str:
    for cut in range(shortest, len(low)):
        known = scene.lexicon.ending(low[cut:].lstrip("-"), "kk")
        if known:
            return known[1]
    return ""


def _take(scene: Scene, found: Found, code: str, length: int, case: str) -> None:
    found.cues.append(scene.cue("unit", f"unit.{code}", found.last, length))
    found.last += length
    found.weak = False
    found.unit_said, found.joined, found.shown = True, "", None
    found.case = case
    if code == "percentage_points":
        found.unit, found.points = Unit.PERCENT_CHANGE, True
    else:
        found.unit = Unit(code)


def one_word_pairs(scene: Scene) -> None:
    """`десяток-другой`: a range in one word."""
    for place, token in enumerate(scene.tokens):
        for language in scene.lexicon.languages.values():
            ends = language.data.get("pairs", {}).get(token.low)
            if not ends:
                continue
            found = Found(place, place + 1, Decimal(ends[0]), Decimal(ends[1]), language=language.code, in_words=True)
            found.nearness = Nearness.RANGE
            found.cues.append(scene.cue("approximation", f"{language.code}.range.word", place))
            scene.found = [one for one in scene.found if one.first != place] + [found]
    scene.found.sort(key=lambda one: one.first)


def shared_units(scene: Scene) -> None:
    """`8 и 10 годам`, `8 және 10 жылға`: the unit is said once and belongs to both."""
    for first, second in zip(scene.found, scene.found[1:], strict=False):
        gap = scene.between(first.last, second.first)
        joined = len(gap) == 1 and gap[0] in ("и", "или", "және", "немесе", "мен", "пен", "бен", "либо")
        fits = second.unit in (Unit.DURATION, Unit.PERCENT, Unit.RATIO) and second.unit_said
        if joined and fits and not first.unit_said and not first.ordinal and not first.case and first.scale == 1:
            first.unit, first.weak = second.unit, False
            first.cues.append(scene.cue("unit", "unit.shared", second.first))


def long_times(scene: Scene) -> None:
    """`8 жыл 6 ай`: one duration of two units, in the larger one."""
    for found in list(scene.found):
        after = scene.following(found)
        gap = scene.between(found.last, after.first) if after else []
        if not after or gap not in ([], ["и"]) or not found.unit == after.unit == Unit.DURATION:
            continue
        sizes = (scene.low(found.last - 1)[:2], scene.low(after.last - 1)[:2])
        if sizes in (("жы", "ай"), ("го", "ме"), ("ле", "ме")):
            found.low = found.high = found.low + after.low / _MONTHS
        elif sizes in (("ми", "се"), ("са", "ми"), ("ча", "ми")):
            found.low = found.high = found.low + after.low / 60
        else:
            continue
        found.last, found.case = after.last, after.case
        scene.found.remove(after)


def ranks(scene: Scene) -> None:
    """`Алматы бірінші, Шымкент үшінші орынға`, `с 17-го на 9-е место`: ordinals in a row with a place are places."""
    placed = [one for one in scene.found if one.unit == Unit.RANK]
    for found in scene.found:
        later = [one for one in placed if one.first > found.first]
        if (
            found.ordinal
            and found.unit == Unit.COUNT
            and later
            and not found.joined
            and _in_row(scene, found, later[0])
        ):
            found.unit, found.unit_said = Unit.RANK, True
            found.cues.append(scene.cue("unit", "rank.row", found.first))


def _in_row(scene: Scene, found: Found, other: Found) -> bool:
    gap = scene.between(found.last, other.first)
    return len(gap) <= 3 and (not gap or gap[0] in (",", "на", "до", "и", "және"))


def sums(scene: Scene) -> None:
    """A sum whose currency is not said: that of the sum beside it, or the country's where the words call it money."""
    money = [one for one in scene.live() if str(one.unit).startswith("currency_")]
    for found in scene.live():
        if found.unit != Unit.COUNT or found.scale < 1000 or found.unit_said:
            continue
        words = scene.words_of(found)
        after = words.list("money", "words").within(scene.tokens, found.last, found.last + 3)
        if after:
            found.unit = Unit(words.data["money"]["country"])
            found.cues.append(scene.cue("unit", f"{words.code}.money.unnamed", after[0][0]))
        elif money and (scene.at(found.last) is None or scene.tokens[found.last].kind is not Kind.WORD):
            found.unit = money[-1].unit
            found.cues.append(scene.cue("unit", "money.beside", money[-1].first))
