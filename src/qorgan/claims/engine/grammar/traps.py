"""Numbers that are no figures: dates, ages, articles, lines, houses, names, times, list numbers.

The rules and their order stand in the data files; here is how each kind of rule looks at a number.
"""

import itertools
import re
from collections.abc import Collection
from typing import Any

from qorgan.claims.engine.grammar.figure import Found, Nearness, Note, Remark, Unit
from qorgan.claims.engine.grammar.lexicon import Rule
from qorgan.claims.engine.grammar.scene import Scene
from qorgan.claims.engine.grammar.tokens import Kind, Token

_YEARS = (1900, 2100)
_DAYS = 31
_LINE = (100, 9999)
_CLASSES = 12
_NAME_WORDS = 5
_QUOTED_NUMBER = 3
_BRACKET = 15  # words from an opening bracket to a number before its end
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_CALL = 7  # words from the word of calling to its line


def traps(scene: Scene) -> None:
    """Mark every number that is no figure, with the rule that says so."""
    for found in scene.found:
        _durations(scene, found)
        for language in scene.lexicon.order(found.language):
            for rule in language.traps:
                if not found.reason and _holds(scene, found, rule):
                    _pass(scene, found, rule.says, rule.code)
            if not found.reason and _is_line(scene, found):
                _pass(scene, found, "line", "line.near")
    for found in scene.found:
        if not found.reason:
            _shapes(scene, found)
    _chains(scene)
    _neighbours(scene)


def _pass(scene: Scene, found: Found, reason: str, code: str) -> None:
    found.reason = reason
    found.cues.append(scene.cue("not_a_figure", code, found.first, found.last - found.first))


def _holds(scene: Scene, found: Found, rule: Rule) -> bool:
    """Whether a rule of the data files holds for a number."""
    given = rule.given
    whole = given["phrases"]
    if not whole.is_empty and any(
        _covers(scene, found, place, whole) for place in range(max(found.first - 3, 0), found.first + 1)
    ):
        return True
    if given.get("year") and not _is_year(scene, found):
        return False
    if given.get("day") and not (found.high <= _DAYS and not found.unit_said and not found.scale > 1):
        return False
    if given.get("ordinal_only") and not (found.ordinal or found.joined):
        return False
    if given.get("range_only") and not (found.nearness is Nearness.RANGE and found.high <= _CLASSES):
        return False
    if given.get("line") and not _may_be_line(scene, found, given):
        return False
    if given.get("number_sign") or given.get("plain_only"):
        return _named(scene, found, rule)
    if found.joined and rule.after.at([_word(found.joined, rule.language)], 0):
        return True
    if found.unit_said and found.unit not in (Unit.DURATION, Unit.COUNT):
        return False
    last = found.last - int(found.unit == Unit.DURATION)
    if given.get("known_with_case") and _is_called(scene, found):
        return True
    if rule.after.at(scene.tokens, last) and _not_scaled(found) and not _decimal(found):
        return True
    place = _past_quote(scene, found.first)
    phrase = rule.before.before(scene.tokens, place)
    return phrase is not None and _not_scaled(found) and not _means_else(scene, place - len(phrase.words), rule)


def _means_else(scene: Scene, place: int, rule: Rule) -> bool:
    """`в т. ч. 12`: the letter of a part of an article closes another abbreviation."""
    return any(scene.between(place - len(words), place) == list(words) for words in rule.given.get("not_behind", ()))


def _word(text: str, language: str) -> Token:
    return Token(Kind.WORD, text, text, 0, 0, language=language)


def _not_scaled(found: Found) -> bool:
    return found.scale == 1


def _decimal(found: Found) -> bool:
    return found.low != found.low.to_integral_value()


def _past_quote(scene: Scene, place: int) -> int:
    return place - 1 if scene.low(place - 1) in ("«", '"', "“") else place


def _covers(scene: Scene, found: Found, place: int, phrases: object) -> bool:
    phrase = phrases.at(scene.tokens, place)  # type: ignore[attr-defined]  # Phrases of the rule
    return bool(phrase) and place <= found.first and place + len(phrase.words) >= found.last


def _named(scene: Scene, found: Found, rule: Rule) -> bool:
    """A school, a house: the number follows its word, or № stands before it."""
    sign = scene.low(found.first - 1) == "№"
    place = found.first - int(sign)
    if found.unit_said or found.scale > 1 or found.in_words:
        return False
    if rule.given.get("number_sign"):
        return bool(sign and (rule.before.before(scene.tokens, place) or rule.after.at(scene.tokens, found.last)))
    return bool(rule.before.before(scene.tokens, place)) and _counted_free(scene, found)


def _counted_free(scene: Scene, found: Found, more: Collection[str] = ()) -> bool:
    """Nothing that could be counted follows."""
    after = scene.at(found.last)
    free = ("и", "по", "на", "в", "во", "где", "ул", "г", *more)
    return after is None or after.kind is not Kind.WORD or after.low in free


def _is_year(scene: Scene, found: Found) -> bool:
    token = scene.tokens[found.last - 1 if found.unit != Unit.DURATION else max(found.last - 2, found.first)]
    return token.is_plain_year and _YEARS[0] <= found.high <= _YEARS[1] and found.scale == 1


def _may_be_line(scene: Scene, found: Found, given: dict[str, Any]) -> bool:
    if found.in_words or found.unit_said or found.scale > 1 or found.nearness is Nearness.RANGE:
        return False
    known = found.low in scene.words_of(found).data["lines"]["known"]
    if given.get("known") and not known:
        return False
    if given.get("known_with_case") and known and found.case == "dative" and _is_called(scene, found):
        return True
    if given.get("known_with_case") and not (known and found.case in ("dative", "ablative", "locative", "genitive")):
        return False
    token = scene.tokens[found.first]
    whole = found.low == found.low.to_integral_value() and _LINE[0] <= found.low <= _LINE[1]
    return whole and token.text[: len(str(found.low))] == str(found.low)


def _is_line(scene: Scene, found: Found) -> bool:
    """`звоните на 102 или 150`: a known line, a word of calling before it, and nothing counted after it."""
    token, words = scene.tokens[found.first], scene.words_of(found)
    known = (
        found.low in words.data["lines"]["known"]
        and re.sub(r"\s", "", token.text).isdigit()
        and found.last - found.first == 1
    )
    if not known or found.unit_said or not _counted_free(scene, found, words.data["lines"]["goes_on"]):
        return False
    near = scene.any_within("lines", "near", found.first - _CALL, found.first)
    return any(scene.tokens[place].clause == token.clause for place, _ in near) or _after_line(scene, found)


def _after_line(scene: Scene, found: Found) -> bool:
    """The number before it in a row was a line."""
    before = [one for one in scene.found if one.last <= found.first]
    return bool(before) and before[-1].reason == "line" and found.first - before[-1].last <= _CALL


def _is_called(scene: Scene, found: Found) -> bool:
    """`102-ге 25 мың хабарлама түсті`: calls and reports come to a line."""
    calls = ("қоңырау", "хабарлама", "шағым", "өтініш", "арыз", "хабар")
    return any(word.startswith(calls) for word in scene.between(found.last, found.last + 5))


def _durations(scene: Scene, found: Found) -> None:
    """A time is a figure only beside a word of average, term or length."""
    if found.unit != Unit.DURATION:
        if scene.lexicon.languages["kk"].list("quarter", "word").at(scene.tokens, found.first):
            _quarter(scene, found)
        return
    if _is_year(scene, found) and found.case != "dative":
        return
    data = scene.words_of(found).list
    near = data("duration", "never").within(scene.tokens, found.first - 2, found.last + 2)
    seconds = data("duration", "minutes_and_seconds").at(scene.tokens, found.last - 1)
    figure = data("duration", "figure").within(scene.tokens, 0, len(scene.tokens))
    clauses = {scene.tokens[place].clause for place, _ in figure}
    beside = scene.tokens[found.first].clause in clauses
    unit = scene.low(found.last - 1)
    adjective = unit.endswith(("дік", "лық", "дық", "тік", "лік")) and unit != "тәулік"
    start = scene.low(found.first - 1)
    average = scene.any_within("every", "average", found.first - 4, found.first)
    age = [place for place, _ in data("duration", "age").within(scene.tokens, 0, len(scene.tokens))]
    if any(scene.tokens[place].clause == scene.tokens[found.first].clause for place in age):
        _pass(scene, found, "age", "duration.age")
    elif found.every or adjective or (near and not average) or not beside or seconds or start in ("каждые",):
        _pass(scene, found, "period", "duration.not_a_figure")
    elif found.case == "locative" and not average:
        _pass(scene, found, "period", "duration.when")


def _quarter(scene: Scene, found: Found) -> None:
    """`тоқсан` alone is a quarter of the year, unless a unit or a counted word follows."""
    data = scene.lexicon.languages["kk"]
    alone = found.last - found.first == 1
    number = data.list("quarter", "number_before").at(scene.tokens, found.last) or found.unit_said
    if alone and not number:
        _pass(scene, found, "period", "kk.quarter")


def _shapes(scene: Scene, found: Found) -> None:
    """What is no figure by its shape."""
    if _is_indefinite(scene, found):
        _pass(scene, found, "indefinite", "indefinite")
    elif found.weak and not found.unit_said:
        _pass(scene, found, "indefinite", "one.article")
    elif found.ordinal and found.unit not in (Unit.ONE_IN_N, Unit.RANK) and not found.moved:
        _pass(scene, found, "ordinal", "ordinal")
    elif found.joined:
        _pass(scene, found, "word", "joined")
    elif _is_list_number(scene, found) or _is_footnote(scene, found):
        _pass(scene, found, "list", "list.number")
    elif _is_name(scene, found):
        _pass(scene, found, "name", "name.quoted")
    elif _is_code(scene, found):
        _pass(scene, found, "document", "code")
    elif _is_bare_year(scene, found):
        _pass(scene, found, "date", "year.bare")
    elif _is_house(scene, found):
        _pass(scene, found, "house", "house.street")
    elif _is_clock(scene, found):
        _pass(scene, found, "time", "clock.dotted")
    elif _is_make(scene, found):
        _pass(scene, found, "name", "name.latin")


def _is_clock(scene: Scene, found: Found) -> bool:
    """`в 18.30`, `до 17.00`: with a full stop, where a decimal has its comma, and nothing counted behind it."""
    words = scene.words_of(found)
    shape = _CLOCK.fullmatch(scene.tokens[found.first].text) and found.last - found.first == 1
    before = words.list("clock", "before").before(scene.tokens, found.first)
    return bool(shape and before and not found.unit_said and _counted_free(scene, found, ("до", "дейін")))


def _is_make(scene: Scene, found: Found) -> bool:
    """`Boeing 737`: a number behind a name in Latin letters, with nothing counted after it."""
    before = scene.at(found.first - 1)
    latin = before is not None and re.fullmatch(r"[A-Z][A-Za-z]+", before.text)
    return bool(latin and not found.in_words and not found.unit_said and _counted_free(scene, found))


def _is_indefinite(scene: Scene, found: Found) -> bool:
    """`сотни тысяч`, `бірнеше мың`: a bare multiplier after a word that says no number."""
    return found.in_words and found.low == found.scale and bool(scene.any_before("numbers", "indefinite", found.first))


def _is_list_number(scene: Scene, found: Found) -> bool:
    after, before = scene.low(found.last), scene.at(found.first - 1)
    if found.in_words or found.unit_said or found.scale > 1 or found.low > 100:
        return False
    start = max(found.first - _BRACKET, 0)
    opened = any(token.text == "(" and token.clause for token in scene.tokens[start : found.first])
    begins = before is None or before.kind is Kind.LINE or before.text in ";:.—–•,"
    if after == ")" and not opened and (begins or (before and before.kind is Kind.WORD)):
        return True
    dotted = after == "." and (before is None or before.kind is Kind.LINE)
    return dotted and found.last + 1 < len(scene.tokens)


def _is_footnote(scene: Scene, found: Found) -> bool:
    """`[3]`, or the small number before a note: `2 За январь–октябрь`, at the beginning of a line, before a capital."""
    if found.in_words or found.unit_said or found.scale > 1 or found.low > 100 or found.last - found.first > 1:
        return False
    before, after = scene.at(found.first - 1), scene.at(found.last)
    if before is not None and before.text == "[":
        return after is not None and after.text == "]"
    begins = before is None or before.kind is Kind.LINE
    return begins and after is not None and after.kind is Kind.WORD and after.text[:1].isupper()


def _is_name(scene: Scene, found: Found) -> bool:
    """A number in short quotes beside a word for what bears a name, or alone in quotes."""
    first = scene.tokens[found.first]
    if not first.quoted:
        return False
    left = next((place for place in range(found.first, -1, -1) if scene.low(place) in "«“"), None)
    right = next((place for place in range(found.first, len(scene.tokens)) if scene.low(place) in "»”"), None)
    if left is None or right is None or right - left - 1 > _NAME_WORDS:
        return False
    beside = scene.any_before("names", "beside", left) or scene.any_at("names", "beside", right + 1)
    beside = beside or scene.any_at("names", "beside", right + 2) or scene.any_before("names", "beside", left - 1)
    alone = right - left - 1 == 1 and first.kind is Kind.NUMBER and found.low < 10_000
    return bool(beside or alone)


def _is_code(scene: Scene, found: Found) -> bool:
    """`73-1`, `777 ABC 02`, `А-5`: joined to letters, or to another number that is no range."""
    before, after = scene.at(found.first - 1), scene.at(found.last)
    if found.in_words or found.unit_said:
        return False
    for side, near in ((before, scene.tokens[found.first].start), (after, scene.tokens[found.last - 1].end)):
        if side is None:
            continue
        touches = near in (side.end, side.start)
        if touches and (side.text in "-–/_" or side.kind is Kind.CODE) and side.text:
            other = scene.at(found.first - 2) if side is before else scene.at(found.last + 1)
            if other and other.kind is Kind.NUMBER:
                return True
        if re.fullmatch(r"[A-Z]{2,3}", side.text) and found.low < 1000 and scene.tokens[found.first].low[0].isdigit():
            return True
    return bool(before and before.text == "№")


def _is_bare_year(scene: Scene, found: Found) -> bool:
    """Four digits of our time with nothing counted after them."""
    token = scene.tokens[found.first]
    if found.unit_said or found.last - found.first != 1 or not token.is_plain_year or len(token.text) > 4:
        return found.nearness is Nearness.RANGE and _year_range(scene, found)
    if not 1990 <= found.low <= 2040 or found.case:
        return False
    after = scene.at(found.last)
    return after is None or after.kind is not Kind.WORD or scene.low(found.first - 1) in ("(", "с", "по")


def _year_range(scene: Scene, found: Found) -> bool:
    token = scene.tokens[found.first]
    return (
        token.is_plain_year and len(token.text) == 4 and 1990 <= found.low < found.high <= 2040 and not found.unit_said
    )


def _is_house(scene: Scene, found: Found) -> bool:
    """`улица Абая, 14`, `Абай көшесі, 14`."""
    before = scene.between(max(found.first - 5, 0), found.first)
    street = any(word.startswith(("улиц", "ул", "проспект", "көше", "даңғыл")) and word != "улучш" for word in before)
    return street and before[-1:] in ([","], []) and found.low < 1000 and not found.unit_said and found.scale == 1


def _chains(scene: Scene) -> None:
    """`статьями 120, 121 и 122`, `120, 121-баптар`: what stands in a row with an article is one."""
    for order in (scene.found, scene.found[::-1]):
        for one, other in itertools.pairwise(order):
            first, second = (one, other) if one.first < other.first else (other, one)
            gap = scene.between(first.last, second.first)
            row = bool(gap) and all(word in (",", "и", "және", "мен", "пен", "бен") for word in gap)
            row = row or (one.reason == "date" and gap == ["по"] and scene.low(first.first - 1) in ("с", "со"))
            plain = not other.case and not other.unit_said and other.scale == 1 and not other.in_words
            backwards = other.first < one.first
            free = backwards or _counted_free(scene, other) or scene.low(other.last) in ("и", "және")
            if one.reason in ("article", "date", "age", "period") and not other.reason and row and plain and free:
                similar = one.reason != "date" or scene.tokens[other.first].is_plain_year or gap == ["по"]
                if similar:
                    _pass(scene, other, one.reason, f"{one.reason}.row")


def _neighbours(scene: Scene) -> None:
    """АЕК by itself: say so where the words around do not tell which of its two meanings is meant."""
    for found in scene.live():
        if found.unit != Unit.MCI:
            continue
        words = scene.between(max(found.first - 4, 0), found.last + 5)
        if any(word.startswith(("тірке", "зарегистр", "кітап", "книг")) for word in words):
            tokens = scene.tokens
            scene.remarks.append(Remark(Note.MCI_OR_BOOK, tokens[found.first].start, tokens[found.last - 1].end))
