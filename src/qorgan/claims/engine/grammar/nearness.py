"""About, more than, up to: the word of approximation beside a number."""

from qorgan.claims.engine.grammar.figure import Found, Nearness, Unit
from qorgan.claims.engine.grammar.lexicon import Phrase, Rule
from qorgan.claims.engine.grammar.scene import Scene
from qorgan.claims.engine.grammar.tokens import Kind

_MOVE_REACH = 3
_LONG_MOVE_REACH = 9


def nearness(scene: Scene) -> None:
    """Give each figure its approximation, by the first rule that holds."""
    for found in scene.live():
        if found.nearness is Nearness.RANGE:
            continue
        if found.case == "about":
            _say(scene, found, Nearness.ABOUT, "kk.near.suffix", None)
            continue
        for language in scene.lexicon.order(found.language):
            if any(_holds(scene, found, rule) for rule in language.nearness):
                break
        else:
            _inverted(scene, found)


def _holds(scene: Scene, found: Found, rule: Rule) -> bool:
    given = rule.given
    if found.unit in given.get("not_with", ()):
        return False
    if found.moved and given.get("unless_moved"):
        return False
    before = _before(scene, found, rule)
    after = _after(scene, found, rule)
    if before is None and after is None:
        return False
    if given.get("unless_moved") and _moved_to(scene, found, rule):
        found.moved = True
        return False
    place, phrase = before or after or (found.first, None)
    _say(scene, found, Nearness(rule.says), rule.code, (place, phrase))
    return True


def _before(scene: Scene, found: Found, rule: Rule) -> tuple[int, Phrase] | None:
    """A phrase that ends before the number, at most a preposition or a quotation mark between."""
    for skipped in range(2):
        place = found.first - skipped
        if skipped and scene.low(place) not in ("в", "на", "к", "с", "по", "о", "за", "чем", "«", "чуть", "ұзын"):
            return None
        phrase = rule.before.before(scene.tokens, place)
        if phrase and skipped and phrase.words[-1] != "чем" and scene.low(place) in rule.given.get("not_by", ()):
            return None
        if phrase and not _belongs_elsewhere(scene, place - len(phrase.words), phrase):
            return place - len(phrase.words), phrase
    return None


def _belongs_elsewhere(scene: Scene, place: int, phrase: Phrase) -> bool:
    """`на 5 % больше 300`: the word closes what stands before it, unless nothing does."""
    if phrase.words not in (("больше",), ("меньше",), ("выше",), ("ниже",), ("более",), ("менее",)):
        return False
    here = next((one for one in scene.found if one.first == place + 1), None)
    if scene.low(place + 1) in ("наполовину", "вполовину"):
        return True
    adverb = here is not None and here.in_words and here.last - here.first == 1 and here.unit == Unit.RATIO
    return adverb or any(one.last == place and one.unit_said for one in scene.live())


def _after(scene: Scene, found: Found, rule: Rule) -> tuple[int, Phrase] | None:
    for skipped in range(2):
        place = found.last + skipped
        if skipped and not _skips(scene, found, rule):
            return None
        phrase = rule.after.at(scene.tokens, place)
        cases = rule.given.get("case")
        if phrase and (cases is None or found.last_case in cases or (skipped and _noun_case(scene, found) in cases)):
            return place, phrase
    return None


def _skips(scene: Scene, found: Found, rule: Rule) -> bool:
    """`43 адамнан астам`: the counted word stands between, in the case that the word asks for."""
    token = scene.at(found.last)
    if token is None or token.kind is not Kind.WORD or rule.language != "kk" or found.case:
        return False
    return _noun_case(scene, found) in rule.given.get("case", ("ablative", "dative"))


def _noun_case(scene: Scene, found: Found) -> str:
    low = scene.low(found.last)
    for ending, case in (
        *((one, "ablative") for one in ("нан", "нен", "дан", "ден", "тан", "тен")),
        *((one, "dative") for one in ("ға", "ге", "қа", "ке")),
    ):
        if low.endswith(ending):
            return case
    return "?"


def _moved_to(scene: Scene, found: Found, rule: Rule) -> bool:
    """`сократился до 45`, `45-ке дейін азайды`: a level that something reached."""
    if rule.language == "ru":
        near = range(max(found.first - _MOVE_REACH, 0), found.first)
        if any(_is_move(scene, place) for place in near):
            return True
        dash = scene.low(found.first - 2) in ("—", "–", "-", ",")
        far = range(max(found.first - _LONG_MOVE_REACH, 0), found.first)
        return dash and any(_is_move(scene, place) for place in far)
    near = range(found.last, min(found.last + _MOVE_REACH, len(scene.tokens)))
    return any(_is_move(scene, place) for place in near)


def _is_move(scene: Scene, place: int) -> bool:
    low = scene.low(place)
    if low.startswith(("дош", "дове", "доход", "дости", "жетті", "жеткен")):
        return True
    if len(low) <= 4 or scene.any_at("change", "never", place):
        return False
    return bool(scene.any_at("change", "rise", place) or scene.any_at("change", "fall", place))


def _inverted(scene: Scene, found: Found) -> None:
    """`человек двадцать`: the counted word before the number."""
    if found.language != "ru" or not found.in_words or found.unit != Unit.COUNT or found.collective:
        return
    if scene.low(found.first - 1) in ("человек", "лет", "раз", "штук", "минут", "часов", "дней"):
        after = scene.at(found.last)
        if after is None or after.kind is not Kind.WORD:
            _say(scene, found, Nearness.ABOUT, "ru.near.inverted", None)


def _say(scene: Scene, found: Found, says: Nearness, code: str, where: tuple[int, Phrase | None] | None) -> None:
    found.nearness = says
    place, phrase = where or (found.first, None)
    length = len(phrase.words) if phrase else 1
    found.cues.append(scene.cue("approximation", code, place, length))
