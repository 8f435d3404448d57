"""Reading risk: the instruments on offer, the assessments of a case, what stands, what waits for a second person."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from uuid import UUID

from django.utils.translation import get_language

from qorgan.base import country
from qorgan.base.keys import vault
from qorgan.cases.models import Case
from qorgan.cases.queries import Line, numbers_of
from qorgan.duties.queries import Label, of_things
from qorgan.law import queries as law
from qorgan.people.queries import PersonView, by_ids
from qorgan.risk.engine import instrument as data
from qorgan.risk.engine import result
from qorgan.risk.engine.answers import Answer, Faulty
from qorgan.risk.engine.instrument import Band, Instrument, Purpose
from qorgan.risk.engine.result import Scored
from qorgan.risk.models import Alleged, Assessment, Kept, Lowering, Measure
from qorgan.risk.terms import Decision, Gate, Origin, Said

FOLDER = "risk"


@dataclass(frozen=True)
class Offered:
    """An instrument on offer, with what its file or its import says: `kept` is None until it was used or imported."""

    instrument: Instrument
    content: dict[str, object] = field(repr=False)
    kept: Kept | None = None


@dataclass(frozen=True)
class LoweringView:
    """A lower result that was asked for, opened."""

    lowering: Lowering
    was: Band
    to: Band
    why: str = field(repr=False)
    words: str = field(repr=False)

    @property
    def decision(self) -> Decision:
        """Where it stands."""
        return Decision(self.lowering.decision)


@dataclass(frozen=True)
class AssessmentView:
    """An assessment opened for reading. `result` is as it was made; `stands` what two people have agreed on since."""

    assessment: Assessment
    number: str
    instrument: Instrument
    gate: Gate
    answers: dict[str, Answer] = field(repr=False)
    why: str = field(repr=False)
    scored: Scored
    computed: Band
    judged: Band | None
    result: Band
    stands: Band
    offenders: tuple[PersonView, ...] = field(repr=False)
    lowerings: tuple[LoweringView, ...] = field(repr=False)

    @property
    def tone(self) -> str:
        """How the result that stands is shown; a gateway is never shown as danger."""
        if self.instrument.purpose is Purpose.GATEWAY or self.stands.rank == 0:
            return "plan"
        return "late" if self.stands == self.instrument.bands[-1] else "due"

    @property
    def waits(self) -> LoweringView | None:
        """The lower result that waits for its second person."""
        return next((one for one in self.lowerings if one.decision is Decision.WAITS), None)

    def is_over(self, now: datetime) -> bool:
        """Whether its result is no longer to be relied on."""
        return self.assessment.expires_at <= now


@cache
def _shipped(folder: Path) -> tuple[tuple[Instrument, dict[str, object]], ...]:
    found = []
    for path in sorted((folder / FOLDER).glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append((data.bind(table), data.plain(table)))
    return tuple(found)


def shipped() -> list[Instrument]:
    """The instruments that the country's data bring."""
    return [made for made, _content in _shipped(country.folder())]


@lru_cache(maxsize=64)
def _bound(_content_hash: str, content: str) -> Instrument:
    return data.bind(json.loads(content))


def bound(kept: Kept) -> Instrument:
    """The instrument of a row. Raises Faulty where the row was tampered with."""
    made = _bound(kept.content_hash, json.dumps(kept.content, sort_keys=True))
    if made.content_hash != kept.content_hash:
        raise Faulty(f"{kept.code} {kept.version}: the text on record is not the one of its hash")
    return made


def offered(*, on: date) -> list[Offered]:
    """The instruments of the country and those imported: of each code the newest of that day, a full one first."""
    rows = {(one.code, one.version): one for one in Kept.objects.order_by("kept_at", "id")}
    # Each has a copy of its own: what a caller does to it must not reach the next one.
    held = [
        Offered(made, data.plain(content), rows.get((made.code, made.version)))
        for made, content in _shipped(country.folder())
    ]
    held += [Offered(bound(one), one.content, one) for one in rows.values() if one.origin == Origin.IMPORTED]
    best: dict[str, Offered] = {}
    for one in held:
        other = best.get(one.instrument.code)
        if other is None or _merit(one, on) >= _merit(other, on):
            best[one.instrument.code] = one
    return sorted(best.values(), key=lambda one: (one.instrument.purpose is not Purpose.DANGER, one.instrument.code))


def _merit(one: Offered, on: date) -> tuple[bool, bool, date]:
    made = one.instrument
    return made.covers(on), made.has_text, made.valid_from


def find_offered(code: str, *, on: date) -> Offered | None:
    """The instrument on offer under a code."""
    return next((one for one in offered(on=on) if one.instrument.code == code), None)


def unknown_terms(made: Instrument) -> list[str]:
    """The provisions that its actions name and the law on record does not have."""
    known = law.book().rules
    return sorted({one.provision for one in made.actions} - set(known))


def of_cases(case_ids: Iterable[UUID]) -> list[Assessment]:
    """The assessments in sight of cases, the newest first."""
    found = Assessment.objects.filter(case__in=set(case_ids)).select_related("case", "instrument")
    return list(found.order_by("-assessed_at", "-id"))


def find(assessment_id: UUID) -> Assessment | None:
    """The assessment if it lies in sight."""
    return Assessment.objects.filter(pk=assessment_id).select_related("case", "instrument").first()


def opened(held: Iterable[Assessment], *, known: Iterable[PersonView] = ()) -> list[AssessmentView]:
    """Open assessments: the same number of questions however many they are. `known`: people who are open already."""
    found = list(held)
    ids = [one.id for one in found]
    lowerings: dict[UUID, list[Lowering]] = {}
    for one in Lowering.objects.filter(assessment__in=ids).order_by("-asked_at", "-id"):
        lowerings.setdefault(one.assessment_id, []).append(one)
    alleged: dict[UUID, list[UUID]] = {}
    for assessment_id, person in (
        Alleged.objects.filter(assessment__in=ids).order_by("id").values_list("assessment_id", "person_id")
    ):
        alleged.setdefault(assessment_id, []).append(person)
    people = by_ids({person for persons in alleged.values() for person in persons}, known=known)
    vault.unlock(*(one.answers for one in found))
    return [_view(one, lowerings.get(one.id, []), [people[each] for each in alleged.get(one.id, [])]) for one in found]


def _view(one: Assessment, lowerings: list[Lowering], offenders: list[PersonView]) -> AssessmentView:
    made = bound(one.instrument)
    said = json.loads(vault.read(one.answers, at="risk.assessment.answers", gone="{}"))
    answers = {code: Answer(answer) for code, answer in said.items()}
    views = tuple(lowering_view(each, made) for each in lowerings)
    agreed = [view.to for view in views if view.decision is Decision.AGREED]
    return AssessmentView(
        assessment=one,
        number=one.case.number,
        instrument=made,
        gate=_gate(one),
        answers=answers,
        why=vault.read(one.why, at="risk.assessment.why"),
        scored=result.score(made, answers),
        computed=made.bands[one.computed],
        judged=None if one.judged is None else made.bands[one.judged],
        result=made.bands[one.result],
        stands=min([made.bands[one.result], *agreed], key=lambda band: band.rank),
        offenders=tuple(offenders),
        lowerings=views,
    )


def _gate(one: Assessment) -> Gate:
    said = json.loads(vault.read(one.gate, at="risk.assessment.gate", gone="{}"))
    if not said:
        return Gate(is_safe=one.has_asked)
    return Gate(**{**said, "alone": Said(said["alone"])})


def lowering_view(one: Lowering, made: Instrument) -> LoweringView:
    """A lower result, opened."""
    return LoweringView(
        lowering=one,
        was=made.bands[one.was],
        to=made.bands[one.to],
        why=vault.read(one.why, at="risk.lowering.why"),
        words=vault.read(one.words, at="risk.lowering.words"),
    )


def for_cases(case_ids: Iterable[UUID], *, known: Iterable[PersonView] = ()) -> list[AssessmentView]:
    """The assessments of cases, opened, the newest first."""
    return opened(of_cases(case_ids), known=known)


def standing(views: Iterable[AssessmentView], purpose: Purpose = Purpose.DANGER) -> AssessmentView | None:
    """The newest of them that is about danger (or another purpose)."""
    return next((one for one in views if one.instrument.purpose is purpose), None)


def find_lowering(lowering_id: UUID) -> Lowering | None:
    """A lower result that was asked for, in sight."""
    found = Lowering.objects.filter(pk=lowering_id)
    return found.select_related("assessment__case", "assessment__instrument").first()


def find_measure(measure_id: UUID) -> Measure | None:
    """What a result asks for, in sight."""
    return Measure.objects.filter(pk=measure_id).select_related("assessment").first()


def measures(case: Case) -> list[Measure]:
    """All that the results of a case ask for."""
    found = Measure.objects.filter(assessment__case=case).select_related("assessment__instrument")
    return list(found.order_by("id"))


def open_measures(case: Case) -> list[Measure]:
    """Those whose duty is still open."""
    held = measures(case)
    waiting = of_things([one.id for one in held]).filter(done_at__isnull=True, dropped_at__isnull=True)
    still = set(waiting.values_list("thing_id", flat=True))
    return [one for one in held if one.id in still]


def counted(case: Case) -> int:
    """How many assessments a case has: what a form shows and a write compares."""
    return Assessment.objects.filter(case=case).count()


def for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about assessments: the case, the instrument."""
    held = Assessment.objects.filter(pk__in=set(ids)).select_related("case", "instrument")
    return {
        one.id: Label(one.case.number, _said(bound(one.instrument).title), one.case.number, one.case_id) for one in held
    }


def measures_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties that a result lays: what it asks for, in the instrument's words."""
    held = list(Measure.objects.filter(pk__in=set(ids)).select_related("assessment__instrument"))
    numbers = numbers_of({one.assessment.case_id for one in held})
    return {one.id: _label(one, numbers.get(one.assessment.case_id, "")) for one in held}


def _label(one: Measure, number: str) -> Label:
    asked = bound(one.assessment.instrument).action(one.action)
    return Label(number, _said(asked.name), number, one.assessment.case_id)


def lowerings_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties of a second person: the case, the lower result."""
    held = Lowering.objects.filter(pk__in=set(ids)).select_related("assessment__instrument")
    views = [(one, lowering_view(one, bound(one.assessment.instrument))) for one in held]
    numbers = numbers_of({one.assessment.case_id for one, _view in views})
    return {
        one.id: Label(
            numbers.get(one.assessment.case_id, ""),
            f"{_said(view.was.name)} → {_said(view.to.name)}",
            numbers.get(one.assessment.case_id, ""),
            one.assessment.case_id,
        )
        for one, view in views
    }


def _said(words: data.Words) -> str:
    return law.words(dict(words), language=get_language() or "")


def timeline(views: Iterable[AssessmentView]) -> list[Line]:
    """The lines of assessments in a case's timeline. No question is asked."""
    lines: list[Line] = []
    for view in views:
        one = view.assessment
        said = {"assessment_id": one.id, "number": view.number, "result": _said(view.result.name)}
        kind = "risk_assessed" if one.has_asked else "risk_not_asked"
        lines.append(Line(one.assessed_at, kind, "done", said, one.assessed_by))
        for lower in view.lowerings:
            if lower.decision is Decision.AGREED and lower.lowering.decided_at:
                lowered = {**said, "result": _said(lower.to.name)}
                lines.append(
                    Line(lower.lowering.decided_at, "risk_lowered", "done", lowered, lower.lowering.decided_by)
                )
    return lines
