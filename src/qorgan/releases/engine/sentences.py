"""What a release says in one language: the voice of the language, and the text it makes.

Words come from data (`words/release.toml` of the country, English from this stage).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from qorgan.base import words as writing
from qorgan.base.words import formats
from qorgan.base.words.formats import NBSP
from qorgan.indicators.engine.periods import Period

Words = Mapping[str, Any]
FRACTION = 3  # the last form: of a noun after 72,3; in English that of many
MANY = 5  # a number that asks for the form of many in every language


@dataclass(frozen=True)
class Voice:
    """A language and its sentences. How it writes numbers and dates is `base.words`."""

    language: str
    words: Words
    stamp: str = ""  # what stands on everything made of synthetic data

    def said(self, code: str) -> Words:
        """What an indicator counts, in words; nothing where the language has none for it."""
        found: Words = self.words.get("said", {}).get(code, {})
        return found

    def number(self, value: Decimal | int) -> str:
        """`72 000`, `37,9`."""
        return writing.number(value, self.language)

    def percent(self, value: Decimal | int) -> str:
        """`37,9 %`."""
        return writing.percent(value, self.language)

    def suffixed(self, figure: str, case: str) -> str:
        """`37,9 %-ға`; as it was where the language has no suffixes."""
        return writing.suffixed(figure, case, self.language)

    def inflected(self, text: str, case: str) -> str:
        """`72 мыңнан`; as it was where the language has no suffixes."""
        return writing.inflected(text, case, self.language)

    def counted(self, value: Decimal | int, noun: str | list[str]) -> str:
        """The number with its noun, a no-break space between: `21 сообщение`, `72,3 защитного предписания`."""
        return self.number(value) + NBSP + self.form(value, noun)

    def form(self, value: Decimal | int, noun: str | list[str]) -> str:
        """The form of a word that a number asks for. Kazakh has one, English two, Russian four."""
        forms: list[str] = self.words["nouns"][noun] if isinstance(noun, str) else noun
        if isinstance(value, Decimal) and value.as_tuple().exponent != 0:
            return forms[min(FRACTION, len(forms) - 1)]
        return writing.plural(value, self.language, forms)

    def day(self, at: datetime | date, zone: ZoneInfo | None = None) -> str:
        """The date in words; of a moment, by the clock of the country."""
        on = at.astimezone(zone).date() if isinstance(at, datetime) else at
        return writing.date_long(on, self.language)

    def period(self, period: Period) -> str:
        """The name of the period, as in a title."""
        return self.named("period", period)

    def in_period(self, period: Period) -> str:
        """`in October 2026`."""
        return self.named("in_period", period)

    def named(self, key: str, period: Period) -> str:
        """The period in the words of a table: `in_period`, `than_period` ... Empty where the language has no such."""
        if key not in self.words:
            return ""
        first, last = period.first.month - 1, period.last.month - 1
        names = self._months(first) | {f"last_{name}": written for name, written in self._months(last).items()}
        quarter = self.words["quarters"][period.quarter - 1]
        pattern = self.words[key][period.shape.value]
        return str(pattern.format(year=period.first.year, last_year=period.last.year, quarter=quarter, **names))

    def _months(self, at: int) -> dict[str, str]:
        """A month (from 0) in the forms that sentences ask for."""
        form = formats.of(self.language)
        plain, words = form["months"][at], self.words
        return {
            "month": plain,
            "month_of": form["months_in_date"][at],
            "month_in": words["months_in"][at] if "months_in" in words else plain,
            "month_with": words["months_with"][at] if "months_with" in words else self.inflected(plain, "instrumental"),
            "month_than": self.inflected(self.inflected(plain, "attributive"), "ablative"),
        }


def capital(text: str) -> str:
    """With the first letter large."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Section:
    """Figures that belong together, each with its code and its sentence."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Text:
    """What a release says in one language. `opening` is what can be read out to a hall: round numbers, no decimals."""

    language: str
    subject: str
    title: str
    headline: str
    opening: tuple[str, ...]
    lead: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The sentences of all figures, in the order of the release."""
        return tuple(words for section in self.sections for _code, words in section.lines)

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "language": self.language,
            "subject": self.subject,
            "title": self.title,
            "headline": self.headline,
            "opening": list(self.opening),
            "lead": self.lead,
            "sections": [
                {"title": one.title, "lines": [{"code": code, "text": words} for code, words in one.lines]}
                for one in self.sections
            ],
            "paragraphs": list(self.paragraphs),
            "notes": list(self.notes),
        }

    def plain(self) -> str:
        """The same as lines, for a reader without a program."""
        told = [line for one in self.sections for line in (one.title.upper(), *(words for _code, words in one.lines))]
        opening = " ".join(self.opening)
        lines = [self.title, self.headline, opening, self.lead, *told, *self.notes]
        return "\n\n".join(dict.fromkeys(line for line in lines if line)) + "\n"
