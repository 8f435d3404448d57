"""A court case through whatever acts at whatever moments: what stands fits, and the database holds it too."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qorgan.base.errors import Refused
from qorgan.base.scope import Actor, acting
from qorgan.courts import actions
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing
from qorgan.courts.rules import Measure
from qorgan.courts.terms import AWAITING, AppealResult, DecisionKind, DecisionState, Party, Result, State
from qorgan.duties.models import Duty
from tests.courts import made

DAY = timedelta(days=1)
ACTS = ("schedule", "hold", "postpone", "decide", "works", "appeal", "uphold", "vary", "set_aside", "force", "return")
_RESULTS = {"uphold": AppealResult.UPHELD, "vary": AppealResult.VARIED, "set_aside": AppealResult.SET_ASIDE}


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    begins=st.datetimes(datetime(2015, 1, 1), datetime(2026, 10, 1), timezones=st.just(UTC)),
    life=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(-1, 20), st.integers(-3, 10)), min_size=1, max_size=12),
)
def test_no_sequence_of_acts_and_moments_makes_a_court_case_that_cannot_be(
    owner: Actor, begins: datetime, life: list[tuple[str, int, int]]
) -> None:
    held, now = made.sent(by=owner, now=begins), begins
    for act, moved, back in life:
        now = max(begins, now + moved * DAY / 2)
        before = State(CourtCase.objects.get(pk=held.pk).state)
        try:
            with acting(made.clerk()), transaction.atomic():
                _try(act, CourtCase.objects.get(pk=held.pk), now - back * DAY, made.clerk(), now)
        except Refused as refused:
            said = str(refused)
        else:
            said = "."
        assert said.endswith(".")
        _fits(CourtCase.objects.get(pk=held.pk), before)


def _try(act: str, held: CourtCase, at: datetime, by: Actor, now: datetime) -> None:
    hearing = Hearing.objects.filter(court_case=held).order_by("-at").first()
    decision = Decision.objects.filter(court_case=held).order_by("-decided_at", "-number").first()
    waiting = Appeal.objects.filter(decision__court_case=held, result=AppealResult.PENDING).first()
    if act == "schedule":
        actions.schedule(court_case=held, at=at, by=by, now=now)
    elif act == "hold" and hearing:
        actions.hold(hearing=hearing, by=by, now=now)
    elif act == "postpone" and hearing:
        actions.postpone(hearing=hearing, result=Result.ABSENT, to=at, by=by, now=now)
    elif act == "decide":
        actions.decide(court_case=held, ruling=made.ruling(at=at), by=by, now=now)
    elif act == "works":
        wrong = made.ruling(DecisionKind.PUBLIC_WORKS, at=at, measure=Measure(hours=20))
        actions.decide(court_case=held, ruling=wrong, by=by, now=now)
    elif act == "appeal" and decision:
        actions.appeal(decision=decision, filed_by=Party.OFFENDER, at=at, by=by, now=now)
    elif act in _RESULTS and waiting:
        milder = Measure(months=3, visits=1, prohibitions=made.SIX_MONTHS.prohibitions[:1])
        actions.decide_appeal(appeal=waiting, result=_RESULTS[act], at=at, measure=milder, by=by, now=now)
    elif act == "force" and decision:
        actions.enter_into_force(decision=decision, at=at, by=by, now=now)
    elif act == "return":
        actions.return_material(court_case=held, why="Қолы жоқ", by=by, now=now)


def _fits(held: CourtCase, before: State) -> None:
    decisions = list(Decision.objects.filter(court_case=held))
    states = {DecisionState(one.state) for one in decisions}
    assert (held.first_decided_at is None) == (not decisions)
    assert not (decisions and held.state in (State.SENT, State.SCHEDULED, State.RETURNED))
    assert not (before is State.RETURNED and held.state != State.RETURNED)
    assert (held.state == State.APPEALED) == (DecisionState.APPEALED in states)
    assert (held.state == State.IN_FORCE) == (
        DecisionState.IN_FORCE in states and not states & {*AWAITING, DecisionState.APPEALED}
    )
    assert Hearing.objects.filter(court_case=held, result=Result.PLANNED).count() <= (held.state != State.RETURNED)
    for one in decisions:
        assert held.sent_at <= one.decided_at <= one.written_at
        assert one.in_force_at is None or one.in_force_at >= one.decided_at
        pending = Appeal.objects.filter(decision=one, result=AppealResult.PENDING).count()
        assert pending == (one.state == DecisionState.APPEALED)
        assert one.kind == DecisionKind.SPECIAL_REQUIREMENTS and 3 <= (one.months or 0) <= 12
    if decisions or held.state == State.RETURNED:
        assert not Duty.objects.filter(thing_id=held.id, done_at=None, dropped_at=None).exists()


def test_the_database_holds_that_what_a_court_does_comes_in_turn(owner: Actor, now: datetime) -> None:
    decision = made.decided(by=owner, now=now)
    with acting(made.clerk()):
        appeal = actions.appeal(decision=decision, filed_by=Party.VICTIM, at=now, by=made.clerk(), now=now)
    tries: list[tuple[type[CourtCase | Decision | Appeal], object, dict[str, object]]] = [
        (Decision, decision.pk, {"decided_at": now + DAY}),
        (Decision, decision.pk, {"in_force_at": now - DAY, "state": "in_force"}),
        (CourtCase, decision.court_case_id, {"first_decided_at": now - DAY}),
        (Appeal, appeal.pk, {"decided_at": now - DAY, "result": "upheld"}),
    ]
    for model, pk, wrong in tries:
        with acting(made.clerk()), pytest.raises(IntegrityError, match="in_turn"), transaction.atomic():
            model._default_manager.filter(pk=pk).update(**wrong)
