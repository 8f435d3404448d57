"""What stands around a figure: what it counts, for when, where, who says it. Only as said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qorgan.claims.engine import rounding
from qorgan.claims.engine.from_text import BEFORE
from qorgan.claims.engine.grammar import lexicon
from qorgan.claims.engine.grammar.figure import Sentence
from qorgan.claims.engine.grammar.lexicon import Phrases
from qorgan.claims.engine.grammar.tokens import Kind, Token, tokens
from qorgan.claims.engine.known import reading
from qorgan.claims.engine.known.periods import periods
from qorgan.claims.engine.known.series import Known, Publisher, Series, Span
from qorgan.claims.engine.known.territories import Places
from qorgan.claims.engine.statement import CHANGES, Claim, Figure, Level, Unit
from qorgan.claims.engine.system import ratio

_BREAKS = frozenset(",;:—–()")
_EARLIER = 300  # words before a sentence among which its topic may stand
_BESIDE = 25  # code points between a level and its growth: `70 thousand orders (+5 %)`


@dataclass(frozen=True)
class Scene:
    """A figure's surroundings. `window`: the words between its neighbours; `text`: its sentence; `earlier`: before."""

    figure: Figure
    window: tuple[Token, ...]
    text: tuple[Token, ...]
    earlier: tuple[Token, ...]
    counts: str
    all_counts: tuple[str, ...]
    spans: tuple[Span, ...]
    places: tuple[int, ...]
    borders: Places
    is_part: bool = False
    growth: Fraction | None = None

    @property
    def place(self) -> str:
        """The words of a place that the country's list does not know."""
        return self.figure.place

    def leads_to(self, series: Series) -> bool | None:
        """Whether the words lead to a series: False in the sentence itself, True only with what was said before."""
        if not _stands(series.objects, self.window) or (series.unless and _stands(series.unless, self.text)):
            return None
        missing = [topic for topic in series.topics if not _stands(topic, self.text)]
        if any(not _stands(topic, self.earlier) for topic in missing):
            return None
        return bool(missing)

    def redrawn(self, territory: int, span: Span) -> date | None:
        """The day on which borders changed between a span and the one of the year before."""
        return self.borders.redrawn(territory, span.years_later(-1), span)

    def speaker(self, known: Known) -> Publisher | None:
        """The publisher that the text names as the speaker."""
        said = tuple(tokens(self.figure.speaker))
        return next((each for each in known.publishers if said and _stands(each.words, said)), None)


def _stands(words: Phrases, text: Sequence[Token]) -> bool:
    return any(words.at(text, place) for place in range(len(text)))


def scenes(claim: Claim, sentences: Sequence[Sentence]) -> dict[str, Scene]:
    """The surroundings of every figure."""
    return {figure.id: scene for figure, scene in _all(claim, sentences)}


def _all(claim: Claim, sentences: Sequence[Sentence]) -> Iterator[tuple[Figure, Scene]]:
    parts = {thing.id for thing in claim.things if thing.of or thing.of_by}
    levels = {each.figure: each for each in claim.statements if isinstance(each, Level)}
    inside = {each.figure for each in claim.statements if getattr(each, "thing", "") in parts}
    earlier: list[Token] = []
    for sentence in [*sentences, None]:
        own = [each for each in claim.figures if _is_in(each, sentence)]
        text = tuple(tokens(sentence.text, at=sentence.start)) if sentence else ()
        for figure in own:
            before = (shifted := levels.get(figure.id)) is not None and shifted.period == BEFORE
            around = _around(figure, own, text)
            yield figure, _scene(figure, around, tuple(earlier), is_part=figure.id in inside, is_before=before)
        earlier = [*earlier, *text][-_EARLIER:]


def _is_in(figure: Figure, sentence: Sentence | None) -> bool:
    if sentence is None:
        return figure.start is None
    return figure.start is not None and sentence.start <= figure.start < sentence.start + len(sentence.text)


@dataclass(frozen=True)
class _Around:
    window: tuple[Token, ...]
    clause: tuple[Token, ...]
    text: tuple[Token, ...]
    neighbour: Figure | None  # the figure right behind it


def _around(figure: Figure, own: Sequence[Figure], text: tuple[Token, ...]) -> _Around:
    if figure.start is None or figure.end is None or not text:
        made = tuple(tokens(" ".join((figure.counted, figure.place, figure.period))))
        return _Around(made, made, made, None)
    placed = [each for each in own if each.start is not None and each.end is not None]
    begin = _begin(figure, placed, text)
    end = min((each.start or 0 for each in placed if (each.start or 0) >= figure.end), default=text[-1].end)
    behind = next((each for each in placed if each.start == end), None)
    window = tuple(each for each in text if begin <= each.start < end)
    return _Around(window, _clause(figure, text), text, behind)


def _begin(figure: Figure, placed: Sequence[Figure], text: tuple[Token, ...]) -> int:
    """Where the words before a figure begin: behind its neighbour, and behind the sign that follows that one."""
    start = figure.start or 0
    ends = [each.end or 0 for each in placed if (each.end or 0) <= start]
    if not ends or figure.unit in CHANGES:  # `43 147 appeals, 18.6 % fewer`: what fell is named with its level
        return max(ends, default=text[0].start)
    signs = [each.end for each in text if each.text in _BREAKS and max(ends) <= each.start < start]
    return max(signs, default=max(ends))


def _clause(figure: Figure, text: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words around a figure up to the next sign."""
    breaks = [each for each in text if each.kind in (Kind.SIGN, Kind.LINE) and each.text in _BREAKS | {"\n"}]
    start, end = figure.start or 0, figure.end or 0
    low = max((each.end for each in breaks if each.end <= start), default=text[0].start)
    high = min((each.start for each in breaks if each.start >= end), default=text[-1].end)
    return tuple(each for each in text if low <= each.start < high)


def _scene(figure: Figure, around: _Around, earlier: tuple[Token, ...], *, is_part: bool, is_before: bool) -> Scene:
    words, places = reading.words()
    book = lexicon.load()
    text = tuple(tokens(figure.period)) if _is_mended(figure.period, around.text) else around.text
    spans = tuple(dict.fromkeys(each.span for each in periods(text, words, book)))
    if len(spans) > 1:
        spans = tuple(dict.fromkeys(each.span for each in periods(around.clause, words, book))) or spans
    where = tuple(tokens(figure.place)) if _is_mended(figure.place, around.text) else around.text
    named = places.named(where)
    if len(named) > 1:
        named = places.named(around.clause) or named
    counted = tuple(tokens(figure.counted))
    codes = tuple(_codes(counted, book.nouns))
    beside = tuple(dict.fromkeys(_codes(around.window, book.nouns)))
    return Scene(
        figure=figure,
        window=(*counted, *around.window),
        text=(*counted, *around.text),
        earlier=earlier,
        counts=codes[-1] if codes else beside[0] if len(beside) == 1 and not figure.counted else "",
        all_counts=tuple(dict.fromkeys((*codes, *beside))),
        spans=tuple(span.years_later(-1) for span in spans) if is_before else spans,
        places=named,
        borders=places,
        is_part=is_part,
        growth=_growth(figure, around.neighbour),
    )


def _is_mended(words: str, text: tuple[Token, ...]) -> bool:
    """Whether a person wrote what the sentence does not say."""
    return bool(words) and not {each.low for each in tokens(words)} <= {each.low for each in text}


def _codes(text: Sequence[Token], nouns: Phrases) -> Iterator[str]:
    place = 0
    while place < len(text):
        phrase = nouns.at(text, place)
        if phrase is not None:
            yield phrase.code
        place += len(phrase.words) if phrase else 1


def _growth(figure: Figure, behind: Figure | None) -> Fraction | None:
    """Later by earlier, where the change stands right behind the level."""
    if behind is None or behind.unit is not Unit.PERCENT_CHANGE or behind.sign is None:
        return None
    if (behind.start or 0) - (figure.end or 0) > _BESIDE + len(figure.counted):
        return None
    return ratio(behind, rounding.interval(behind)).low
