"""A figure of a text against what is on record: agrees, differs by so much, not comparable because, nothing on record.

Words only find a candidate. Unit, what is counted, place and period must all be the same before two numbers are held
against each other; what is not the same is named, and what the text does not say is named too and never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from qorgan.claims.engine.grammar.figure import Sentence
from qorgan.claims.engine.known import scenes as around
from qorgan.claims.engine.known.measuring import Measured, change, level
from qorgan.claims.engine.known.scenes import Scene
from qorgan.claims.engine.known.series import Known, Series, Span, Standing, Value
from qorgan.claims.engine.known.territories import COUNTRY
from qorgan.claims.engine.rounding import Interval
from qorgan.claims.engine.statement import CHANGES, Claim, Figure

_SHOWN = 6  # periods of a series that are named where it has not the one asked for
FIGURES = 400  # of a text; of a longer one the first are held against the record
MOST = 4  # series beside one figure; the nearest first


class Why(StrEnum):
    """What is not the same, or is not said. The first ones forbid a comparison, the others stand beside it."""

    UNIT = "unit"
    COUNTS = "counts"
    COUNTS_NOT_SAID = "counts_not_said"
    PART = "part"
    PLACE = "place"
    PLACES = "places"  # several, and not which
    PERIOD = "period"
    PERIOD_NOT_SAID = "period_not_said"
    PERIODS = "periods"  # several, and not which
    BASE = "base"  # nothing of the year before
    OPEN_END = "open_end"  # the source does not say up to when
    BORDERS = "borders"
    NOT_GIVEN = "not_given"  # a small count

    PLACE_NOT_SAID = "place_not_said"
    TOPIC_ELSEWHERE = "topic_elsewhere"
    SPEAKER = "speaker"
    ABOUT_PERIOD = "about_period"
    MADE_UP = "made_up"
    LATER = "later"  # the data are younger than what was said
    UNVERIFIED = "unverified"
    LEAVES = "leaves"  # what it leaves for the rest of the year


FORBIDS = frozenset(list(Why)[: list(Why).index(Why.PLACE_NOT_SAID)])


@dataclass(frozen=True)
class Remark:
    """One thing that is not the same, with what its sentence needs."""

    why: Why
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Comparison:
    """One figure beside one series. `said` and `known` in the figure's own measure; `by`: known less said."""

    figure: str
    series: Series
    standing: Standing
    remarks: tuple[Remark, ...] = ()
    values: tuple[Value, ...] = ()
    said: Interval | None = None
    known: Interval | None = None
    is_change: bool = False

    @property
    def by(self) -> tuple[Fraction, Fraction | None] | None:
        """How far the record lies from what was said: at least and at most, below nothing where it is less."""
        if self.said is None or self.known is None or self.said.high is None:
            return None
        low = self.known.low - self.said.high
        return low, None if self.known.high is None else self.known.high - self.said.low


def compare(
    claim: Claim, sentences: Sequence[Sentence], known: Known, *, on: date | None = None
) -> dict[str, tuple[Comparison, ...]]:
    """By figure, what the record says to it; a figure with nothing is on record nowhere. `on`: when it was said."""
    if not known.series:
        return {}
    scenes = around.scenes(claim, sentences)
    found = {}
    for figure in claim.figures[:FIGURES]:
        scene = scenes[figure.id]
        beside = [
            comparison
            for series in known.series
            if (comparison := _compared(figure, scene, series, known, on)) is not None
        ]
        if beside:
            found[figure.id] = tuple(sorted(beside, key=_nearness)[:MOST])
    return found


def standing(beside: Sequence[Comparison]) -> Standing:
    """One word for a figure. What is made up has no say where something is not."""
    comparable = [each for each in beside if each.standing is not Standing.NOT_COMPARABLE]
    real = [each for each in comparable if not each.series.is_made_up] or comparable
    told = {each.standing for each in real}
    if len(told) == 1:
        return told.pop()
    if told:
        return Standing.DISPUTED
    return Standing.NOT_COMPARABLE if beside else Standing.NOTHING


def _nearness(found: Comparison) -> tuple[bool, bool, int, int]:
    forbidding = [each for each in found.remarks if each.why in FORBIDS]
    is_apart = found.standing is Standing.NOT_COMPARABLE
    return is_apart, found.series.is_made_up, len(forbidding), len(found.remarks)


def _compared(figure: Figure, scene: Scene, series: Series, known: Known, on: date | None) -> Comparison | None:
    """None where the words of the text do not even lead to the series."""
    elsewhere = scene.leads_to(series)
    if elsewhere is None:
        return None
    remarks = [Remark(Why.TOPIC_ELSEWHERE)] if elsewhere else []
    remarks += _counting(figure, scene, series)
    territory = _territory(scene, remarks)
    measured = _measured(figure, scene, series, territory, remarks)
    remarks += _beside(scene, series, known, measured, on)
    found = Comparison(figure.id, series, Standing.NOT_COMPARABLE, tuple(remarks))
    if measured is None or any(each.why in FORBIDS for each in remarks):
        return found
    agrees = measured.said.meets(measured.known)
    if figure.unit not in CHANGES:
        remarks += _left_over(figure, scene, series, measured)
    return replace(
        found,
        standing=Standing.AGREES if agrees else Standing.DIFFERS,
        remarks=tuple(remarks),
        values=measured.values,
        said=measured.said,
        known=measured.known,
        is_change=figure.unit in CHANGES,
    )


def _counting(figure: Figure, scene: Scene, series: Series) -> list[Remark]:
    is_change = figure.unit in CHANGES
    remarks = []
    if not is_change and figure.unit is not series.unit:
        remarks.append(Remark(Why.UNIT, {"said": figure.unit.value, "known": series.unit.value}))
    if scene.is_part and not series.is_part:
        remarks.append(Remark(Why.PART))
    if series.counts and not is_change and scene.counts != series.counts:
        why = Why.COUNTS if scene.counts else Why.COUNTS_NOT_SAID
        remarks.append(Remark(why, {"said": scene.counts, "known": series.counts}))
    if series.counts and is_change and scene.all_counts and series.counts not in scene.all_counts:
        remarks.append(Remark(Why.COUNTS, {"said": scene.all_counts[0], "known": series.counts}))
    return remarks


def _territory(scene: Scene, remarks: list[Remark]) -> int:
    """The territory of the text; the whole country where it says none, and that is named."""
    if len(scene.places) > 1:
        remarks.append(Remark(Why.PLACES))
    elif not scene.places and scene.place:
        remarks.append(Remark(Why.PLACE, {"said": scene.place}))
    elif not scene.places:
        remarks.append(Remark(Why.PLACE_NOT_SAID))
    return scene.places[0] if scene.places else COUNTRY


def _measured(figure: Figure, scene: Scene, series: Series, territory: int, remarks: list[Remark]) -> Measured | None:
    here = [value for value in series.values if value.territory == territory]
    if not here:
        if scene.places == (territory,) or not remarks or remarks[-1].why is Why.PLACE_NOT_SAID:
            remarks.append(Remark(Why.PLACE))
        return None
    span = _span(scene, remarks)
    if span is None:
        return None
    if figure.unit in CHANGES:
        day = scene.redrawn(territory, span)
        if day is not None:
            remarks.append(Remark(Why.BORDERS, {"day": day.isoformat()}))
            return None
        found = change(figure, here, series, span)
    else:
        found = level(figure, here, series, span)
    if found is None:
        remarks.append(_not_then(here, span))
        return None
    if any(value.low is None for value in found.values):
        remarks.append(Remark(Why.NOT_GIVEN))
        return None
    if any(value.open_end for value in found.values):
        remarks.append(Remark(Why.OPEN_END))
    return found


def _not_then(here: Sequence[Value], span: Span) -> Remark:
    """The series has other periods; or, for a change, not the year before."""
    spans = sorted({value.span for value in here})
    if span in spans:
        return Remark(Why.BASE, {"said": told(span.years_later(-1))})
    return Remark(Why.PERIOD, {"said": told(span), "known": ",".join(told(each) for each in spans[-_SHOWN:])})


def told(span: Span) -> str:
    """A span as it is written in data: `2024-01-01..2024-12-31`."""
    return f"{span.first}..{span.last}"


def _span(scene: Scene, remarks: list[Remark]) -> Span | None:
    if len(scene.spans) == 1:
        return scene.spans[0]
    remarks.append(Remark(Why.PERIODS if scene.spans else Why.PERIOD_NOT_SAID))
    return None


def _beside(scene: Scene, series: Series, known: Known, measured: Measured | None, on: date | None) -> list[Remark]:
    """What stands beside a comparison and does not forbid it."""
    remarks = []
    speaker = scene.speaker(known)
    if speaker is not None and series.publisher and speaker.code != series.publisher:
        remarks.append(Remark(Why.SPEAKER, {"said": speaker.code, "known": series.publisher}))
    if series.is_made_up:
        remarks.append(Remark(Why.MADE_UP))
    values = measured.values if measured else ()
    if any(value.about_span for value in values):
        remarks.append(Remark(Why.ABOUT_PERIOD))
    if any(value.confidence not in ("F", "") for value in values):
        remarks.append(Remark(Why.UNVERIFIED))
    later = [value.as_of for value in values if on is not None and value.as_of is not None and value.as_of > on]
    if later:
        remarks.append(Remark(Why.LATER, {"day": max(later).isoformat()}))
    return remarks


def _left_over(figure: Figure, scene: Scene, series: Series, measured: Measured) -> list[Remark]:
    """A level with its growth implies the year before; beside the whole of that year it may leave too little."""
    if scene.growth is None or len(scene.spans) != 1:
        return []
    span = scene.spans[0].years_later(-1)
    whole = Span(span.first.replace(month=1, day=1), span.first.replace(month=12, day=31))
    here = [each for each in series.values if each.territory == measured.values[0].territory]
    year = level(figure, here, series, whole)
    rest_months = whole.months - span.months
    if year is None or not rest_months or year.known.high is None or not whole.holds(span):
        return []
    base = measured.said.low / scene.growth
    left = year.known.high - base
    usual = base / span.months * rest_months
    if usual / 2 <= left <= usual * 2:
        return []
    return [Remark(Why.LEAVES, {"left": str(round(left)), "base": str(round(base)), "months": str(rest_months)})]
