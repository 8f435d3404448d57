"""Decisions: written down, appealed, in force."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language

from qorgan.base import ids, numbers, words
from qorgan.base.errors import BadInput
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.courts import access, rules
from qorgan.courts.actions import keep
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing
from qorgan.courts.rules import Measure
from qorgan.courts.terms import (
    AFTER_APPEAL,
    DECIDABLE,
    AppealResult,
    DecisionKind,
    DecisionState,
    Kind,
    Party,
    Prohibition,
    Result,
)
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.verdicts import above, below
from qorgan.offences.models import Offence
from qorgan.offences.terms import Register
from qorgan.places import queries as places

EVICTION, EVICTION_MAX = "courts.eviction_exceptional", "courts.eviction_max"


@dataclass(frozen=True)
class Ruling:
    """What a court decided, when, and the measure. `note`: the operative part in the clerk's words."""

    kind: DecisionKind
    at: datetime
    measure: Measure = field(default_factory=Measure)
    note: str = field(default="", repr=False)


@transaction.atomic
def decide(*, court_case: CourtCase, ruling: Ruling, by: Actor, now: datetime, seen: int | None = None) -> Decision:
    """Write down a decision; a court case may have several. A hearing whose moment has come was held by it.

    `appealable_until` is the law's term from the decision, or None where none is on record. Raises WrongState,
    DecisionDoesNotFit, ImpossibleMoment, and what `rules` says of measures.
    """
    access.check_may(by, access.DECIDE)
    held = keep.locked(court_case, seen=seen)
    rules.check_state(held.state, DECIDABLE, held.number)
    rules.check_fits(Kind(held.kind), ruling.kind)
    rules.check_order_of(ruling.at, after=held.sent_at, now=now)
    day = keep.day(ruling.at, territory_id=held.territory_id)
    measure = _measure(held, ruling.kind, ruling.measure, day=day)
    term = law.deadline(f"courts.appeal_{held.kind}", start=ruling.at, zone=places.zone(held.territory_id))
    made = Decision(
        id=ids.new(),
        number=numbers.take("decision", region=places.letters(held.territory_id), on=day),
        court_case=held,
        **beside(held),
        kind=ruling.kind,
        decided_at=ruling.at,
        written_at=now,
        written_by=by.staff,
        note=vault.seal(held.key_id, ruling.note, at="courts.decision.note"),
        appealable_until=term.due_at,
        to_verify=term.due_at is not None and term.to_verify,
        **_columns(measure),
    )
    made.save(force_insert=True)
    for hearing in Hearing.objects.filter(court_case=held, result=Result.PLANNED, at__lte=now):
        keep.written(hearing, result=Result.HELD, by=by, now=now)
    held.first_decided_at = held.first_decided_at or ruling.at
    duties.done(thing_id=held.id, kind=DutyKind.DECIDE_COURT_CASE, by=by, now=now)
    _settle(held, made, act="decision.announced", by=by, now=now, kind=str(ruling.kind))
    return made


def _columns(measure: Measure) -> dict[str, object]:
    return {**asdict(measure), "prohibitions": [str(one) for one in measure.prohibitions]}


def _measure(held: CourtCase, kind: DecisionKind, given: Measure, *, day: date) -> Measure:
    """What the decision says, weighed by the law of its day. Where the law on record is silent, the court's word is."""
    measure = rules.fitting(kind, given)
    rules.check_whole(kind, measure)
    book = law.book()
    match kind:
        case DecisionKind.SPECIAL_REQUIREMENTS:
            _check_requirements(book, measure, day)
            if held.offence:
                _check_article(book, held.offence, day)
        case DecisionKind.ARREST:
            _within(measure.days, None, book.value("courts.arrest_max", day), rules.DaysOutsideTheLaw)
        case DecisionKind.PSYCHOLOGICAL_HELP:
            most = book.value("courts.psychological_help_max", day)
            _within(measure.months, None, most, rules.MonthsOutsideTheLaw)
        case DecisionKind.PUBLIC_WORKS:
            _check_in_law(book.value("penalties.public_works", (held.offence and held.offence.acted_on) or day))
            _within(measure.hours, None, book.value("courts.public_works_max", day), rules.HoursOutsideTheLaw)
    return measure


def _check_requirements(book: LawBook, measure: Measure, day: date) -> None:
    shortest, longest = book.value("courts.requirements_min", day), book.value("courts.requirements_max", day)
    _within(measure.months, shortest, longest, rules.MonthsOutsideTheLaw)
    fewest, most = book.value("courts.visits_min", day), book.value("courts.visits_max", day)
    _within(measure.visits, fewest, most, rules.VisitsOutsideTheLaw)
    listed = book.value("courts.requirements_prohibitions", day)
    if isinstance(listed.value, tuple):
        rules.check_listed(measure.prohibitions, listed.value)
    if Prohibition.LIVING_TOGETHER in measure.prohibitions:
        _check_eviction(book, measure, day)


def _check_eviction(book: LawBook, measure: Measure, day: date) -> None:
    """Where the law on record is silent, the court's word stands, and the page says that nothing is on record."""
    if book.value(EVICTION, day).value is False:
        said = f"{Prohibition.LIVING_TOGETHER.label} ({law.cited(EVICTION, on=day)})"
        raise rules.UnknownProhibition(names=said)
    most = book.value(EVICTION_MAX, day)
    if measure.eviction_days is not None and above(measure.eviction_days, most):
        raise rules.EvictionOutsideTheLaw(most=most.number(), provision=law.cited(EVICTION_MAX, on=day))


def _check_article(book: LawBook, offence: Offence, day: date) -> None:
    """An administrative offence must be among those listed on the day of the act, where a list is on record."""
    listed = book.value("courts.requirements_articles", offence.acted_on or day).value
    article = f"{offence.code} {offence.article}"
    if offence.register != Register.ADMINISTRATIVE or not isinstance(listed, tuple):
        return
    if article not in listed and f"{article}({offence.part})" not in listed:
        raise rules.ArticleNotListed(article=article)


def _within(amount: int | None, least: Answer | None, most: Answer, refusal: type[BadInput]) -> None:
    if amount is None:
        return
    if above(amount, most) or (least is not None and below(amount, least)):
        shown = least.number() if least is not None and least.decides else 1
        raise refusal(least=shown, most=most.number() if most.decides else "–")


def _check_in_law(answer: Answer) -> None:
    if answer.value is False:
        raise rules.NotYetInTheLaw(day=words.date_short(answer.on, get_language() or ""))


@transaction.atomic
def appeal(
    *, decision: Decision, filed_by: Party, at: datetime, by: Actor, now: datetime, seen: int | None = None
) -> Appeal:
    """Write down an appeal about a decision. Raises WrongDecisionState, ImpossibleMoment, AppealTooLate."""
    access.check_may(by, access.APPEAL)
    held, found = keep.locked_decision(decision, seen=seen)
    rules.check_can_become(found.state, DecisionState.APPEALED, found.number)
    rules.check_order_of(at, after=found.decided_at, now=now)
    if found.appealable_until and at > found.appealable_until:
        raise rules.AppealTooLate(until=keep.moment(found.appealable_until, held=held))
    made = Appeal(id=ids.new(), decision=found, **beside(found), filed_at=at, filed_by=filed_by)
    made.save(force_insert=True)
    _become(found, DecisionState.APPEALED)
    _settle(held, found, act="appeal.filed", by=by, now=now, party=str(filed_by))
    return made


@transaction.atomic
def decide_appeal(
    *,
    appeal: Appeal,
    result: AppealResult,
    at: datetime,
    measure: Measure | None = None,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Appeal:
    """Write down what the higher court said of an appeal; `measure` is what a varied decision says from now on.

    Raises WrongDecisionState, ImpossibleMoment, NewMeasureMissing, and what `rules` says of measures.
    """
    access.check_may(by, access.APPEAL)
    held, found = keep.locked_decision(appeal.decision, seen=seen)
    now_stands = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if now_stands.result != AppealResult.PENDING or result is AppealResult.PENDING:
        raise rules.WrongDecisionState(number=found.number, state=DecisionState(found.state).label)
    rules.check_order_of(at, after=now_stands.filed_at, now=now)
    changed: list[str] = []
    if result is AppealResult.VARIED:
        changed = _vary(held, found, now_stands, measure, day=keep.day(at, territory_id=held.territory_id))
    now_stands.result, now_stands.decided_at = result, at
    now_stands.save(update_fields=["result", "decided_at", "before"])
    _become(found, AFTER_APPEAL[result], *changed)
    _settle(held, found, act="appeal.decided", by=by, now=now, result=str(result))
    return now_stands


def _vary(held: CourtCase, found: Decision, appealed: Appeal, measure: Measure | None, *, day: date) -> list[str]:
    if measure is None:
        raise rules.NewMeasureMissing
    columns = _columns(_measure(held, DecisionKind(found.kind), measure, day=day))
    appealed.before = {name: getattr(found, name) for name in columns}
    for name, value in columns.items():
        setattr(found, name, value)
    return list(columns)


@transaction.atomic
def enter_into_force(
    *, decision: Decision, at: datetime, by: Actor, now: datetime, seen: int | None = None
) -> Decision:
    """Write down when a decision entered into force. Raises WrongDecisionState, ImpossibleMoment, StillAppealable.

    Where no term of appeal is on record nothing stands against it but the person who writes it.
    """
    access.check_may(by, access.DECIDE)
    held, found = keep.locked_decision(decision, seen=seen)
    rules.check_can_become(found.state, DecisionState.IN_FORCE, found.number)
    decided = found.appeals.filter(decided_at__isnull=False).order_by("-decided_at").first()
    begins = decided.decided_at if decided and decided.decided_at else found.decided_at
    rules.check_order_of(at, after=begins, now=now)
    if found.state == DecisionState.ANNOUNCED and found.appealable_until and at < found.appealable_until:
        raise rules.StillAppealable(until=keep.moment(found.appealable_until, held=held))
    found.in_force_at = at
    _become(found, DecisionState.IN_FORCE, "in_force_at")
    _settle(held, found, act="decision.entered_into_force", by=by, now=now)
    return found


def _become(decision: Decision, state: DecisionState, *fields: str) -> None:
    decision.state = state
    decision.version += 1
    decision.save(update_fields=["state", "version", *fields])


def _settle(held: CourtCase, decision: Decision, *, act: str, by: Actor, now: datetime, **detail: object) -> None:
    """Bring the court case to where its decisions stand, and write down what was done with one of them."""
    held.state = keep.state_by_decisions(held)
    fields = ("state", "first_decided_at")
    keep.kept(held, act=act, by=by, now=now, fields=fields, decision=str(decision.id), **detail)
