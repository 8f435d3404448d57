"""Reads a text sentence by sentence and says which figures it holds.

The order of the rules is the grammar: numbers first, then what they are in, then what is no figure, then what the words
around say of those that are left. Each rule adds its cue to the figure, so that a reader sees why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from qorgan.claims.engine.grammar import (
    around,
    changes,
    lexicon,
    measures,
    nearness,
    numerals,
    parts,
    ranges,
    script,
    tables,
    tokens,
    traps,
    voices,
)
from qorgan.claims.engine.grammar.figure import Figure, Found, Note, Passed, Remark, Sentence, Voice
from qorgan.claims.engine.grammar.scene import Scene, mark_clauses

LANGUAGE = "kk"
MOST_NUMBERS = 120  # in one sentence; beyond it stands a dump of data


@dataclass
class _Running:
    """What one sentence hands to the next."""

    earlier: parts.Earlier = field(default_factory=parts.Earlier)
    voice: Voice = field(default_factory=Voice)
    language: str = LANGUAGE


def sentences(blocks: Iterable[str], *, language: str = LANGUAGE) -> Iterator[Sentence]:
    """The sentences of a text that comes in blocks, each with its figures. Holds a sentence and a block at a time.

    `language` is taken where a sentence shows none. The numbers in `part_of` count the figures of the whole text.
    """
    words = lexicon.load()
    running = _Running(language=language)
    for stretch in tokens.stretches(blocks):
        yield _sentence(stretch, words, running)


def read(text: str, *, language: str = LANGUAGE) -> list[Sentence]:
    """All sentences of a text that is short enough to be held."""
    return list(sentences([text], language=language))


def figures(text: str, *, language: str = LANGUAGE) -> list[Figure]:
    """All figures of a text, in order; `part_of` is a place in this list."""
    return [figure for sentence in read(text, language=language) for figure in sentence.figures]


def _sentence(stretch: tokens.Stretch, words: lexicon.Lexicon, running: _Running) -> Sentence:
    scene = _scene(stretch, words, running)
    too_long = _too_long(scene)
    if len(scene.found) > MOST_NUMBERS:
        remark = Remark(Note.TOO_MANY, stretch.start, stretch.start + len(stretch.text))
        return Sentence(stretch.start, stretch.text, scene.language, (), (), (remark, *too_long))
    if script.is_latin(scene.tokens):
        remark = Remark(Note.LATIN, stretch.start, stretch.start + len(stretch.text))
        return Sentence(stretch.start, stretch.text, scene.language, (), (), (remark, *too_long))
    _read(scene, stretch, running)
    live = scene.live()
    for place, found in enumerate(live):
        found.index = running.earlier.counted + place
    spoken, running.voice = voices.voices(scene, running.voice)
    period, where = around.period(scene), around.place(scene)
    shown = tuple(
        _figure(scene, found, stretch, voice, period=period, place=where)
        for found, voice in zip(live, spoken, strict=True)
    )
    running.earlier.keep(live)
    passed = tuple(_passed(scene, found, stretch) for found in scene.found if found.reason)
    return Sentence(stretch.start, stretch.text, scene.language, shown, passed, (*scene.remarks, *too_long))


def _scene(stretch: tokens.Stretch, words: lexicon.Lexicon, running: _Running) -> Scene:
    all_tokens = tokens.tokens(stretch.text, at=stretch.start)
    if stretch.goes_on and all_tokens:
        all_tokens[0].kind = tokens.Kind.CODE  # the rest of a word that was too long to be held
    mark_clauses(all_tokens)
    language = script.mark_languages(all_tokens, words, given=running.language)
    scene = Scene(numerals.split_pairs(all_tokens, words), words, language)
    scene.found = numerals.numerals(scene.tokens, words)
    return scene


def _read(scene: Scene, stretch: tokens.Stretch, running: _Running) -> None:
    """The rules, in order."""
    measures.one_word_pairs(scene)
    measures.fractions(scene)
    measures.folds(scene)
    measures.every_nth(scene)
    measures.units(scene)
    measures.long_times(scene)
    ranges.ranges(scene)
    ranges.m_of_n(scene)
    measures.shared_units(scene)
    measures.ranks(scene)
    traps.traps(scene)
    ranges.rates(scene)
    is_table = tables.is_row(stretch.text)
    if is_table:
        tables.cells(scene, stretch.text, at=stretch.start)
    nearness.nearness(scene)
    measures.sums(scene)
    changes.changes(scene)
    around.counted(scene)
    if not is_table:
        parts.parts(scene, running.earlier)


def _too_long(scene: Scene) -> tuple[Remark, ...]:
    """Numbers with more digits than anybody says."""
    return tuple(
        Remark(Note.TOO_LONG, token.start, token.end)
        for token in scene.tokens
        if token.kind is tokens.Kind.CODE and token.text.isdigit() and len(token.text) > tokens.LONGEST_NUMBER
    )


def _span(scene: Scene, found: Found) -> tuple[int, int]:
    end = scene.tokens[found.last - 1].end
    return scene.tokens[found.first].start, end if found.shown is None else found.shown


def _figure(scene: Scene, found: Found, stretch: tokens.Stretch, voice: Voice, *, period: str, place: str) -> Figure:
    start, end = _span(scene, found)
    return Figure(
        start=start,
        end=end,
        text=stretch.text[start - stretch.start : end - stretch.start],
        low=found.low,
        high=found.high,
        unit=str(found.unit),
        approximation=str(found.nearness),
        change_sign=found.sign,
        part_of=found.parent.index if found.parent and found.parent.index >= 0 else None,
        of=found.of,
        points=found.points,
        difference=found.difference,
        counted=found.counted,
        counted_code=found.counted_code,
        period=period,
        place=place,
        voice=voice,
        cues=tuple(found.cues),
    )


def _passed(scene: Scene, found: Found, stretch: tokens.Stretch) -> Passed:
    start, end = scene.tokens[found.first].start, scene.tokens[found.last - 1].end
    rule = next((cue.code for cue in found.cues if cue.says == "not_a_figure"), found.reason)
    return Passed(start, end, stretch.text[start - stretch.start : end - stretch.start], found.reason, rule)
