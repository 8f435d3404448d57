"""Part of what: only where the text says so, by `оның ішінде`, `из них`, a genitive, a list after a colon."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from qorgan.claims.engine.grammar.figure import Found, Unit
from qorgan.claims.engine.grammar.lexicon import Phrase
from qorgan.claims.engine.grammar.scene import Scene
from qorgan.claims.engine.grammar.tokens import Kind

_SHARES = (Unit.PERCENT, Unit.ONE_IN_N, Unit.M_IN_N)
_MONEY = (Unit.KZT, Unit.RUB, Unit.USD, Unit.EUR)
_NEAR_WHOLE = 8
_STEM = 4
_KEPT = 40
_LEAST_LIST = 2
_Hit = tuple[Found, str] | None  # the whole, and the rule that names it


@dataclass
class Earlier:
    """The figures of the sentences before this one, as far back as a word may point."""

    figures: list[Found] = field(default_factory=list)
    counted: int = 0

    def keep(self, found: Sequence[Found]) -> None:
        """Take up the figures of a sentence."""
        self.figures = [*self.figures, *found][-_KEPT:]
        self.counted += len(found)

    def top(self, part: Found) -> Found | None:
        """The whole that was named last and is no part itself."""
        fitting = [one for one in self.figures if _may_hold(one, part)]
        return next((one for one in reversed(fitting) if one.parent is None), None)


def parts(scene: Scene, earlier: Earlier) -> None:
    """Tie each figure to its whole, if the sentence says of what it is a part."""
    live = scene.live()
    for place, found in enumerate(live):
        if found.unit in (Unit.DURATION, Unit.RANK, Unit.MCI, Unit.RATIO) or found.points or found.base:
            continue
        before = live[:place]
        rules = (_remaining, _of_which, _russian_whole, _genitive, _named, _possessive, _sibling)
        for rule in rules:
            hit = rule(scene, found, before, earlier)
            if hit:
                found.parent, code = hit
                found.cues.append(scene.cue("part_of", code))
                _inherit(found)
                break
    _lists(scene, live)


def _inherit(found: Found) -> None:
    """A part of a sum is a sum."""
    if found.parent and found.unit == Unit.COUNT and found.parent.unit in _MONEY:
        found.unit = found.parent.unit


def _may_hold(whole: Found, part: Found) -> bool:
    """Whether the units allow it: a fall is part of a fall, a number or a share part of a number."""
    if part.unit == Unit.PERCENT_CHANGE:
        return whole.unit == Unit.PERCENT_CHANGE and not whole.points
    if part.unit in _SHARES:
        return whole.unit in (Unit.COUNT, *_MONEY)
    return whole.unit == part.unit or (part.unit == Unit.COUNT and whole.unit in _MONEY)


def _last(before: Sequence[Found], part: Found) -> Found | None:
    return next((one for one in reversed(before) if _may_hold(one, part)), None)


def _remaining(scene: Scene, found: Found, before: Sequence[Found], earlier: Earlier) -> _Hit:
    """`Қалған 7 іс`, `прочие 125`: of the whole that was divided."""
    near = scene.any_within("parts", "remaining", found.first - 2, found.first)
    if not near:
        return None
    divided = [one.parent for one in [*earlier.figures, *before] if one.parent and one.unit == found.unit]
    return (divided[-1], f"{near[0][1].language}.part.remaining") if divided else None


def _of_which(scene: Scene, found: Found, before: Sequence[Found], earlier: Earlier) -> _Hit:
    """`оның ішінде 9-ы`, `из них 3 700`, `127 из них`."""
    start = before[-1].last if before else 0
    cues = scene.any_within("parts", "of_which", start, found.first)
    cues = [(place, phrase) for place, phrase in cues if not before or place > before[-1].last or _opens(phrase)]
    cues = [(place, phrase) for place, phrase in cues if _speaks_of(scene, place, phrase.words, found)]
    after = scene.any_at("parts", "after_of_which", found.last)
    if not cues and not after:
        return None
    code = f"{(cues[-1][1] if cues else after).language}.part.of_which"  # type: ignore[union-attr]  # one of them is there
    whole = _last(before, found)
    whole = whole or earlier.top(found)
    return (whole, code) if whole else None


def _opens(phrase: Phrase) -> bool:
    """Not `145 из них найдены, трое ...`: what stands right behind a part belongs to that part."""
    return phrase.words[0] not in ("из", "среди")


def _speaks_of(scene: Scene, place: int, words: tuple[str, ...], found: Found) -> bool:
    """`оның` alone means the whole only where the part carries its suffix: `оның 3,7 мыңы`, not `оның айтуынша`."""
    if len(words) > 1 or words[0] in ("включая",):
        return True
    follows = [one for one in scene.found if one.first > place and not one.reason]
    if not follows or follows[0] is not found:
        return False
    possessed = _has_suffix(scene, found) or found.unit in _SHARES or found.collective
    if not (possessed or found.case == "ablative"):
        return False
    gap = scene.between(place + 1, found.first)
    said = any(word.endswith(("ынша", "інше", "уынша", "сөзінше")) for word in gap)
    return not said and "," not in gap


def _russian_whole(scene: Scene, found: Found, before: Sequence[Found], earlier: Earlier) -> _Hit:
    """`Из 86 постановлений 11`, `35 из 37`."""
    del earlier
    after = scene.following(found)
    between = scene.between(found.last, after.first) if after else []
    out_of = between[-1:] == ["из"] and len(between) <= 2 and "," not in between
    if after and not after.reason and out_of and _may_hold(after, found) and found.low <= after.high:
        return after, "ru.part.out_of"
    if not before:
        return None
    whole = before[-1]
    opens = scene.low(whole.first - 1)
    skipped = scene.low(whole.first - 2) if whole.nearness != "exact" else ""
    if opens not in ("из", "среди") and skipped not in ("из", "среди"):
        return None
    gap = scene.tokens[whole.last : found.first]
    joined = all(token.kind is not Kind.SIGN or token.text in "«»()—–," for token in gap) and len(gap) <= _NEAR_WHOLE
    everywhere = scene.any_before("parts", "all", found.first)
    if (
        joined
        and not everywhere
        and _may_hold(whole, found)
        and not (found.unit == Unit.COUNT and found.low > whole.high)
    ):
        return whole, "ru.part.from"
    return None


def _genitive(scene: Scene, found: Found, before: Sequence[Found], earlier: Earlier) -> _Hit:
    """`86 қаулының 11-і`: the whole's noun in the genitive, the part right after it with its suffix."""
    del earlier
    nearly = scene.any_at("parts", "nearly_all", found.last)
    if not before or not (found.is_possessive or found.collective or found.unit in _SHARES or nearly):
        return None
    whole = before[-1]
    gap = scene.tokens[whole.last : found.first]
    words = scene.lexicon.languages["kk"]
    endings = tuple(words.data["parts"]["genitive"])
    held = [token for token in gap if not token.text.strip('«»"')] == []
    plain = all(token.kind is Kind.WORD for token in gap) and len(gap) <= _NEAR_WHOLE
    spoken = whole.case == "genitive" if not gap else gap[-1].low.endswith(endings)
    broken = words.list("parts", "breaks").within(scene.tokens, whole.last, found.first)
    if held and plain and spoken and not broken and _may_hold(whole, found):
        return whole, "kk.part.genitive"
    return None


def _named(scene: Scene, found: Found, before: Sequence[Found], earlier: Earlier) -> _Hit:
    """`Жекеменшік орталықтардың 4-еуі`, `350 из этих детей`: the whole is named by the words beside its figure."""
    pool = [one for one in [*earlier.figures, *before] if _may_hold(one, found) and one.label]
    kazakh = tuple(scene.lexicon.languages["kk"].data["parts"]["genitive"])
    if scene.low(found.last) == "из":
        this = scene.low(found.last + 1) in ("этих", "тех", "указанных")
        start = found.last + 1 + int(this)
        words = [token.low for token in scene.tokens[start : start + 2] if token.kind is Kind.WORD]
        whole = _by_label(scene, words, pool)
        whole = whole or (_last(before, found) or earlier.top(found) if this else None)
        return (whole, "ru.part.named") if whole else None
    if (found.is_possessive or found.unit in _SHARES) and scene.low(found.first - 1).endswith(kazakh):
        first = max(found.first - 3, before[-1].last if before else 0)
        words = [token.low for token in scene.tokens[first : found.first] if token.kind is Kind.WORD]
        pool = [one for one in pool if one not in before or found.first - one.last > _NEAR_WHOLE]
        whole = _by_label(scene, words, pool)
        return (whole, "kk.part.named") if whole else None
    return None


def _by_label(scene: Scene, words: Sequence[str], pool: Sequence[Found]) -> Found | None:
    best, most = None, 0
    for one in pool:
        hits = sum(any(_same_stem(scene, word, other) for other in one.label) for word in words)
        if hits and hits >= most:
            best, most = one, hits
    return best


def _same_stem(scene: Scene, one: str, other: str) -> bool:
    if len(one) >= _STEM and one[: max(_STEM, len(one) - 4)] == other[: max(_STEM, len(one) - 4)]:
        return True
    return any(
        any(one.startswith(stem) for stem in family) and any(other.startswith(stem) for stem in family)
        for family in scene.lexicon.families
    )


def _possessive(scene: Scene, found: Found, before: Sequence[Found], earlier: Earlier) -> _Hit:
    """`213 бала жеткізілді, 5-еуіне көмек көрсетілді`: its suffix points back to the last whole of the sentence."""
    del earlier
    if not _has_suffix(scene, found) or found.unit != Unit.COUNT or not before:
        return None
    kazakh = tuple(scene.lexicon.languages["kk"].data["parts"]["genitive"])
    if scene.low(found.first - 1).endswith(kazakh):
        return None  # it belongs to another noun, which no figure counts
    whole = _last(before, found)
    if whole is None or _among(scene, before[0]):
        return None
    if whole.parent is not None and _has_suffix(scene, whole):
        return whole.parent, "kk.part.possessive"
    return (whole, "kk.part.possessive") if not _has_suffix(scene, whole) else None


def _has_suffix(scene: Scene, found: Found) -> bool:
    """`35-і`, and `200-ден астамы`, where the word of approximation bears the suffix of the part."""
    return found.is_possessive or scene.any_at("parts", "nearly_all", found.last) is not None


def _among(scene: Scene, first: Found) -> bool:
    """`Көмек алғандардың арасында 3 055 ...`: the whole has no figure of its own."""
    return bool(scene.lexicon.languages["kk"].list("parts", "among").within(scene.tokens, 0, first.first))


def _sibling(scene: Scene, found: Found, before: Sequence[Found], earlier: Earlier) -> _Hit:
    """What goes on where a part was named: `из которых 2 412 заняты, 368 вакантны`."""
    del earlier
    previous = before[-1] if before else None
    if previous is None or previous.parent is None or previous.unit != found.unit:
        return None
    if any(scene.any_within("parts", "in_all", found.first - 4, found.first)):
        return None
    gap = scene.between(previous.last, found.first)
    if not any(word in (",", ";", "и", "және", "а", "ал") for word in gap):
        return None
    if scene.any_within("parts", "paraphrase", previous.last, found.first):
        return None
    last_code = next((cue.code for cue in reversed(previous.cues) if cue.says == "part_of"), "")
    fits = found.unit == Unit.PERCENT_CHANGE or found.low <= previous.parent.high
    listed = last_code.endswith(("of_which", "from", "sibling", "named")) and not last_code.startswith("kk.part.named")
    kazakh_bare = found.language == "kk" and not found.is_possessive and found.unit == Unit.COUNT
    if kazakh_bare and not any(word in ("–", "—", "-") for word in gap[-1:]) and not _ends_sentence(scene, found):
        return None
    if fits and listed:
        found.sibling = True
        return previous.parent, f"{found.language}.part.sibling"
    return None


def _ends_sentence(scene: Scene, found: Found) -> bool:
    """`..., 368 орын бос`: the last of a row."""
    return len(scene.tokens) - found.last <= 4


def _lists(scene: Scene, live: Sequence[Found]) -> None:
    """`1 180 қоңырау: 730-ы – кеңес, 310-ы – шағым`: a list after a colon, whose head is the whole."""
    colons = [place for place, token in enumerate(scene.tokens) if token.text == ":" and not token.quoted]
    for colon in colons:
        heads = [one for one in live if one.last <= colon and one.unit == Unit.COUNT]
        items = [one for one in live if one.first > colon and one.unit == Unit.COUNT]
        before = [one for one in live if one.last <= colon]
        if not heads or heads[-1] is not before[-1] or len(items) < _LEAST_LIST:
            continue
        head = heads[-1]
        loose = [one for one in items if one.parent is None]
        if any(one.low > head.high for one in loose) or head.of is not None or not _is_row(scene, items):
            continue
        for one in loose:
            one.parent = head
            one.cues.append(scene.cue("part_of", "part.list", colon))


def _is_row(scene: Scene, items: Sequence[Found]) -> bool:
    """The items stand in a row: commas, semicolons, `и`, and nothing that begins another sentence."""
    for one, other in itertools.pairwise(items):
        gap = scene.between(one.last, other.first)
        if not any(word in (",", ";", "и", "және", "мен", "пен", "бен", "а", "ал") for word in gap):
            return False
    return True
