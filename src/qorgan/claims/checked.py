"""A text, read and reckoned with in the time that one request may take."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from qorgan.base import country
from qorgan.base.errors import BadInput, Refused
from qorgan.claims.engine import faults, from_text, grammar, groups, structured
from qorgan.claims.engine.grammar import Sentence
from qorgan.claims.engine.known import Comparison, Known, compare
from qorgan.claims.engine.statement import Claim

LARGEST = 1_000_000  # bytes of a text
READING, ALL = 4.0, 8.0  # seconds for the grammar, and for everything
AT_ONCE, WAITING = 2, 1.0  # checks at the same time in one process; seconds that one waits for its turn
_turns = threading.BoundedSemaphore(AT_ONCE)


class TextTooLong(BadInput):
    """More than one page can take."""

    text = _("The text is longer than a page can check: at most 1 MB. Send it in parts.")


class TooBusy(Refused):
    """Others are being answered."""

    status = 503
    text = _("Several texts are being checked just now. Yours is still in the box: send it again in a moment.")


@dataclass(frozen=True)
class Checked:
    """A text with its figures, and the claim that was reckoned with: the automatic reading, or one that was mended."""

    text: str
    sentences: tuple[Sentence, ...]
    judged: groups.Judged
    read_to: int | None = None  # where reading was given up; None: all of it was read

    @property
    def claim(self) -> Claim:
        return self.judged.claim

    @cached_property
    def automatic(self) -> Claim:
        """The reading that the program itself made."""
        return from_text.claim(self.sentences)

    def beside(self, known: Known, *, on: date | None = None) -> dict[str, tuple[Comparison, ...]]:
        """By figure, what is on record of it. `on`: the day on which it was said, where that is known."""
        return compare(self.claim, self.sentences, known, on=on)

    @property
    def is_mended(self) -> bool:
        """Whether a person changed more than a choice."""
        return replace(self.claim, chosen={}) != self.automatic

    @cached_property
    def reading(self) -> str:
        """The reading as a person may mend it; empty where there is more in it than a person would."""
        return structured.write(self.claim) if len(self.claim.statements) <= faults.STATEMENTS else ""


def is_here() -> bool:
    """Whether the country has a grammar of figures."""
    return (country.folder() / "claims/grammar").is_dir()


def check(text: str, *, language: str, reading: str = "", chosen: dict[str, str] | None = None) -> Checked:
    """Read a text and say what can be true. `reading`: a structured claim instead of the automatic one.

    `chosen`: choices that a person made, over those of the reading; empty to leave one open again.
    Raises TextTooLong, TooBusy; Unreadable for a reading that is none.
    """
    text = text.replace("\r\n", "\n")
    if len(text.encode(errors="replace")) > LARGEST:
        raise TextTooLong
    mended = structured.read(reading) if reading.strip() else None
    with _turn():
        begun = time.monotonic()
        sentences, read_to = _read(text, language=language, until=begun + READING)
        claim = mended or from_text.claim(sentences)
        if mended or chosen:
            claim = structured.checked(replace(claim, chosen=_chosen(claim, chosen or {})))
        judged = groups.judge(claim, stop=lambda: time.monotonic() > begun + ALL)
    return Checked(text, sentences, judged, read_to)


def _chosen(claim: Claim, chosen: dict[str, str]) -> dict[str, str]:
    return {name: option for name, option in {**claim.chosen, **chosen}.items() if option}


def _read(text: str, *, language: str, until: float) -> tuple[tuple[Sentence, ...], int | None]:
    spoken = language if language in grammar.LANGUAGES else grammar.LANGUAGES[0]
    found: list[Sentence] = []
    for sentence in grammar.sentences([text], language=spoken):
        if time.monotonic() > until:
            return tuple(found), sentence.start
        found.append(sentence)
    return tuple(found), None


@contextmanager
def _turn() -> Iterator[None]:
    """A place among the few that reckon at once, so that long texts leave the other pages alone."""
    if not _turns.acquire(timeout=WAITING):
        raise TooBusy
    try:
        yield
    finally:
        _turns.release()
