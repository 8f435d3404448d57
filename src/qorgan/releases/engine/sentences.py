"""Sentences written from figures, with the grammar of each language.

Words come from data (`words/release.toml` of the country, English from this stage).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from qorgan.base import words as writing
from qorgan.base.words import formats
from qorgan.base.words.formats import NBSP
from qorgan.indicators.engine.figures import Figure
from qorgan.indicators.engine.periods import Period

Words = Mapping[str, Any]
FRACTION = 3  # the last form: of a noun after 72,3; in English that of many


@dataclass(frozen=True)
class Voice:
    """A language and its sentences. How it writes numbers and dates is `base.words`."""

    language: str
    words: Words
    stamp: str = ""  # what stands on everything made of synthetic data

    def counted(self, value: Decimal | int, noun: str) -> str:
        """The number with its noun, a no-break space between: `21 сообщение`, `72,3 защитного предписания`."""
        return writing.number(value, self.language) + NBSP + self.form(value, noun)

    def form(self, value: Decimal | int, noun: str) -> str:
        """The form of a word that a number asks for. Kazakh has one, English two, Russian four."""
        forms: list[str] = self.words["nouns"][noun]
        if isinstance(value, Decimal) and value.as_tuple().exponent != 0:
            return forms[min(FRACTION, len(forms) - 1)]
        return writing.plural(value, self.language, forms)

    def day(self, at: datetime, zone: ZoneInfo) -> str:
        """The date in words, by the clock of the country."""
        return writing.date_long(at.astimezone(zone).date(), self.language)

    def period(self, period: Period) -> str:
        """The name of the period, as in a title."""
        return self._period("period", period)

    def in_period(self, period: Period) -> str:
        """`in October 2026`."""
        return self._period("in_period", period)

    def _period(self, key: str, period: Period) -> str:
        form = formats.of(self.language)
        months, of = form["months"], form["months_in_date"]
        within = self.words.get("months_in", months)
        first, last = period.first.month - 1, period.last.month - 1
        return str(
            self.words[key][period.shape.value].format(
                year=period.first.year,
                last_year=period.last.year,
                quarter=self.words["quarters"][period.quarter - 1],
                month=months[first],
                month_of=of[first],
                month_in=within[first],
                last_month=months[last],
                last_month_in=within[last],
            )
        )


def capital(text: str) -> str:
    """With the first letter large."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Text:
    """What a release says in one language."""

    language: str
    subject: str
    title: str
    headline: str
    lead: str
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "language": self.language,
            "subject": self.subject,
            "title": self.title,
            "headline": self.headline,
            "lead": self.lead,
            "paragraphs": list(self.paragraphs),
            "notes": list(self.notes),
        }

    def plain(self) -> str:
        """The same as lines, for a reader without a program."""
        return "\n\n".join([self.title, self.headline, self.lead, *self.paragraphs, *self.notes]) + "\n"


def paragraph(voice: Voice, figure: Figure, *, name: str, why: str | None) -> str:
    """One sentence that says one figure, or why there is none (`why`: a word of the table `why`)."""
    words = voice.words
    if figure.value is None or why is not None:
        return str(words["none"].format(name=name, why=words["why"][why or str(figure.why_none)]))
    sentence = _SENTENCES[figure.code]
    return capital(sentence(voice, figure, figure.value))


def _reports(voice: Voice, figure: Figure, value: Decimal) -> str:
    start = capital(voice.in_period(figure.period))
    if value == 0:
        return str(voice.words["reports_zero"].format(In_period=start))
    return str(
        voice.words["reports"].format(
            In_period=start, count=voice.counted(value, "report"), were_reports=_were(voice, value)
        )
    )


def _orders(voice: Voice, _figure: Figure, value: Decimal) -> str:
    if value == 0:
        return str(voice.words["orders_zero"])
    count = voice.counted(value, "order")
    return str(voice.words["orders"].format(count=count, were_orders=_were(voice, value)))


def _cohort(voice: Voice, figure: Figure, value: Decimal) -> str:
    reports, orders = figure.denominator or 0, figure.numerator or 0
    return str(
        voice.words["cohort"].format(
            count=voice.counted(value, "order"),
            orders=voice.counted(orders, "order"),
            reports=voice.counted(reports, "report"),
            reports_dative=voice.counted(reports, "report_dative") if "report_dative" in voice.words["nouns"] else "",
        )
    )


def _median(voice: Voice, _figure: Figure, value: Decimal) -> str:
    return str(voice.words["median"].format(count=voice.counted(value, "hour")))


def _were(voice: Voice, value: Decimal) -> str:
    return voice.form(value, "were") if "were" in voice.words["nouns"] else ""


_SENTENCES = {
    "reports_registered": _reports,
    "orders_issued": _orders,
    "orders_per_100_reports_cohort": _cohort,
    "hours_report_to_order_median": _median,
}
