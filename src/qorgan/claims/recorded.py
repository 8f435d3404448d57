"""A figure beside what is on record, in words: one sentence for each series, and what stands beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qorgan.base import country, words
from qorgan.claims.engine.known import Comparison, Known, Remark, Series, Span, Standing, reading
from qorgan.claims.engine.known.comparing import FORBIDS, Why
from qorgan.claims.engine.known.territories import COUNTRY
from qorgan.claims.engine.rounding import Interval
from qorgan.claims.engine.statement import Unit
from qorgan.claims.phrases import changed
from qorgan.claims.wording import finely, in_language, number

STANDINGS: dict[Standing, str | Promise] = {
    Standing.AGREES: _("agrees with the record"),
    Standing.DIFFERS: _("differs from the record"),
    Standing.DISPUTED: _("on record in more than one way"),
    Standing.NOT_COMPARABLE: _("not comparable"),
    Standing.NOTHING: _("nothing on record"),
}
WHY: dict[Why, str | Promise] = {
    Why.UNIT: _("the text gives it in another unit"),
    Why.COUNTS: _("the text counts %(said)s, the series counts %(known)s"),
    Why.COUNTS_NOT_SAID: _("the text does not say what is counted; the series counts %(known)s"),
    Why.PART: _("in the text it is a part of another figure"),
    Why.PLACE: _("the series has nothing for the place that the text names"),
    Why.PLACES: _("the sentence names several places"),
    Why.PERIOD: _("the text speaks of %(said)s, the series has %(known)s"),
    Why.PERIOD_NOT_SAID: _("the text does not say for what time"),
    Why.PERIODS: _("the sentence names several periods"),
    Why.BASE: _("the series has nothing for %(said)s, with which it would be compared"),
    Why.OPEN_END: _("its source does not say up to which day it counts"),
    Why.BORDERS: _("the borders of the region changed on %(day)s"),
    Why.NOT_GIVEN: _("the number is too small to be given"),
    Why.PLACE_NOT_SAID: _("The text names no place; the series is of the whole country."),
    Why.TOPIC_ELSEWHERE: _("What it is about is said elsewhere in the text."),
    Why.SPEAKER: _("The text names %(said)s; the series is kept by %(known)s."),
    Why.ABOUT_PERIOD: _("The source gives its period only roughly."),
    Why.MADE_UP: _("These data are made up."),
    Why.LATER: _("The data are of %(day)s, after the text."),
    Why.UNVERIFIED: _("The source is still to be verified."),
    Why.LEAVES: _(
        "With the growth that it names, %(base)s would have been counted a year before; that would leave %(left)s for"
        " the other %(months)s months of that year. The periods of the two statements may differ."
    ),
}


@dataclass(frozen=True)
class Told:
    """One comparison in words."""

    standing: Standing
    sentence: str
    beside: tuple[str, ...]
    source: str


def word(found: Standing) -> str:
    """A standing in words."""
    return str(STANDINGS[found])


def told(found: Comparison, known: Known) -> Told:
    """A comparison in words."""
    forbids = [each for each in found.remarks if each.why in FORBIDS]
    beside = tuple(_remark(each, known) for each in found.remarks if each.why not in FORBIDS)
    series = {"series": _name(found.series)}
    if found.standing is Standing.NOT_COMPARABLE:
        reasons = "; ".join(_remark(each, known) for each in forbids)
        sentence = gettext("Not comparable with “%(series)s”: %(reasons)s.") % (series | {"reasons": reasons})
    elif found.standing is Standing.AGREES:
        sentence = gettext("Agrees with “%(series)s”: %(value)s.") % (series | {"value": _known(found)})
    else:
        sentence = gettext("Differs from “%(series)s”. The record: %(value)s; %(by)s.") % (
            series | {"value": _known(found), "by": _by(found)}
        )
    return Told(found.standing, sentence, beside, _source(found, known))


def row(found: Comparison, known: Known, *, place: int) -> dict[str, Any]:
    """A comparison for a script; `figure` is its place in the text's list."""
    said = told(found, known)
    by = found.by
    return {
        "figure": place,
        "standing": found.standing.value,
        "series": found.series.code,
        "release": found.series.release,
        "publisher": found.series.publisher,
        "why": [{"code": each.why.value, **each.words} for each in found.remarks],
        "by": None if by is None else [float(by[0]), None if by[1] is None else float(by[1])],
        "periods": [period(value.span) for value in found.values],
        "sentence": said.sentence,
        "beside": list(said.beside),
        "source": said.source,
    }


def period(span: Span) -> str:
    """A span in figures: `2024`, `01–08.2025`, `2013–2017`, `06.11.2025`."""
    first, last = span.first, span.last
    if first == last:
        return f"{first:%d.%m.%Y}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    whole = first.day == 1 and last.day >= 28
    if whole and first.year == last.year:
        return f"{first:%m.%Y}" if first.month == last.month else f"{first:%m}–{last:%m.%Y}"
    return f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"


def _name(series: Series) -> str:
    name = in_language(series.name)
    if not series.release:
        return name
    return gettext("%(name)s (release %(number)s)") % {"name": name, "number": series.release}


def _known(found: Comparison) -> str:
    where = found.values[0].territory if found.values else COUNTRY
    when = ", ".join(dict.fromkeys(period(value.span) for value in found.values[-2:]))
    place = in_language(reading.words()[1].names.get(where, {}))
    return f"{_amount(found)} ({when}; {place})"


def _amount(found: Comparison) -> str:
    if found.known is None:
        return ""
    if found.is_change:
        return changed(found.known, finely)
    unit = " %" if found.series.unit is Unit.PERCENT else ""
    return _ends(found.known) + unit


def _ends(interval: Interval) -> str:
    if interval.high is None:
        return gettext("at least %(value)s") % {"value": number(interval.low, ROUND_FLOOR)}
    if interval.low == interval.high:
        return number(interval.low, ROUND_HALF_UP)
    return f"{number(interval.low, ROUND_FLOOR)}–{number(interval.high, ROUND_CEILING)}"


def _by(found: Comparison) -> str:
    """How far the record lies from the text, with what rounding leaves open."""
    if found.by is None:
        return gettext("another amount")
    low, high = found.by
    is_less = high is not None and high < 0
    ends = sorted(abs(each) for each in (low, high) if each is not None)
    write = _points if found.is_change else lambda value: number(value, ROUND_HALF_UP)
    amount = "–".join(dict.fromkeys(write(each) for each in ends))
    if found.is_change:
        return gettext("%(amount)s percentage points away") % {"amount": amount}
    return (gettext("%(amount)s fewer") if is_less else gettext("%(amount)s more")) % {"amount": amount}


def _points(value: Fraction) -> str:
    return number(value * 100, ROUND_HALF_UP)


def _remark(found: Remark, known: Known) -> str:
    given = dict(found.words)
    if found.why in {Why.COUNTS, Why.COUNTS_NOT_SAID}:
        given = {key: _counted(code) for key, code in given.items()}
    elif found.why in {Why.PERIOD, Why.BASE}:
        given = {key: ", ".join(period(_span(each)) for each in text.split(",")) for key, text in given.items()}
    elif found.why is Why.SPEAKER:
        given = {key: publisher(code, known) for key, code in given.items()}
    elif found.why is Why.LEAVES:
        given = {key: number(Fraction(text), ROUND_HALF_UP) for key, text in given.items()}
    elif "day" in given:
        given["day"] = words.date_short(date.fromisoformat(given["day"]), get_language() or "en")
    return str(WHY[found.why]) % given if given else str(WHY[found.why])


def _span(text: str) -> Span:
    first, _dots, last = text.partition("..")
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def _counted(code: str) -> str:
    names: Mapping[str, Mapping[str, str]] = country.toml(f"{reading.FOLDER}/words.toml")["counts"]
    return in_language(names.get(code, {})) or code


def publisher(code: str, known: Known) -> str:
    """Who publishes, in words; "not stated" where the source does not say."""
    found = known.publisher(code)
    return in_language(found.name) if found else gettext("not stated")


def _source(found: Comparison, known: Known) -> str:
    series = found.series
    seen: Iterable[str] = dict.fromkeys(value.source for value in (found.values or series.values[-1:]) if value.source)
    if series.release:
        return gettext("our own release %(number)s") % {"number": series.release}
    said = gettext("published by: %(publisher)s; seen in: %(source)s") % {
        "publisher": publisher(series.publisher, known),
        "source": ", ".join(seen),
    }
    note = in_language(series.note)
    return f"{said}. {note}" if note else said
