"""An order varied, appealed, annulled, corrected; what comes out of turn; what the database itself holds."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qorgan.base import ids
from qorgan.base.errors import NotFound, Refused
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.models import Case
from qorgan.cases.rules import HappenedLater
from qorgan.cases.terms import Role
from qorgan.duties.models import ClockChange, Duty
from qorgan.duties.terms import Cause, Kind
from qorgan.orders import actions, queries, rules
from qorgan.orders.models import Appeal, Order, Protected, Variation
from qorgan.orders.terms import TRANSITIONS, AppealResult, Appellant, Body, Finding, Mark, Prohibition, Receipt, State
from qorgan.people import actions as people
from qorgan.people.actions import Named
from tests import factories
from tests.web.pages import signed_in

DAY = timedelta(days=1)
BREACHED = (Prohibition.CONTACT,)
WHY = "прокурордың 2026 жылғы 20 қарашадағы № 14 қаулысы"


def _served(order: Order, *, by: Actor, at: datetime) -> Order:
    return actions.serve(order=order, service=actions.Service(at=at, receipt=Receipt.SIGNED), by=by, now=at)


def _again(case: Case, *, by: Actor, now: datetime, **more: object) -> Order:
    parts = {role: person.id for role, person in case_queries.persons(case)}
    told = {"addressee_id": parts[Role.OFFENDER], "protected_ids": (parts[Role.VICTIM],), "circumstances": "Тағы."}
    return actions.draft(case=case, draft=actions.Draft(**{**told, **more}), by=by, now=now)  # type: ignore[arg-type]  # told by name


def test_an_annulled_order_is_not_one_in_force_and_leaves_no_duty(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    held = actions.annul(order=order, why=WHY, by=owner, now=now + DAY)
    assert queries.force_of(held, now + DAY) is queries.Force.ANNULLED
    assert not queries.newest(force=queries.Force.IN_FORCE, now=now + DAY).filter(pk=order.pk).exists()
    assert queries.newest(force=queries.Force.ANNULLED, now=now + DAY).filter(pk=order.pk).exists()
    assert not Duty.objects.filter(thing_id=order.id, done_at=None, dropped_at=None).exists()
    assert queries.opened_orders([held])[0].annulled_why == WHY


def test_a_cancelled_order_may_still_be_annulled_and_nothing_follows_that(owner: Actor, now: datetime) -> None:
    order = actions.cancel(order=factories.served(by=owner, now=now), why=WHY, by=owner, now=now)
    actions.annul(order=order, why=WHY, by=owner, now=now)
    with pytest.raises(rules.WrongState):
        actions.cancel(order=order, why=WHY, by=owner, now=now)


@pytest.mark.parametrize("act", [actions.cancel, actions.annul])
def test_a_decision_is_not_of_tomorrow_nor_older_than_the_order(owner: Actor, now: datetime, act: object) -> None:
    order = factories.issued(by=owner, now=now)
    for moment in (now + DAY, now - DAY):
        with pytest.raises(rules.DecidedLater):
            act(order=order, why=WHY, by=owner, now=now, decided_at=moment)  # type: ignore[operator]  # one of two acts
    with pytest.raises(rules.NoReason):
        act(order=order, why="  ", by=owner, now=now)  # type: ignore[operator]  # as above


def test_a_variation_keeps_what_was_forbidden_before(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    told = {"body": Body.COURT, "why": WHY, "decided_at": now, "by": owner, "now": now}
    actions.vary(order=order, prohibitions=(Prohibition.VIOLENCE,), **told)  # type: ignore[arg-type]  # told by name
    view = queries.opened_orders([Order.objects.get(pk=order.pk)])[0]
    assert (view.order.prohibitions, view.marks) == (["violence"], {Mark.VARIED})
    assert Variation.objects.get(order=order).before == {"prohibitions": ["violence", "contact"]}
    with pytest.raises(rules.NothingVaried):
        actions.vary(order=order, prohibitions=(Prohibition.VIOLENCE,), **told)  # type: ignore[arg-type]  # as above
    with pytest.raises(rules.NothingForbidden):
        actions.vary(order=order, prohibitions=(), **told)  # type: ignore[arg-type]  # as above


def test_an_order_that_is_over_is_not_varied_and_the_refusal_names_the_article(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    later = now + 30 * DAY
    with pytest.raises(rules.OverAlready, match="60"):
        actions.vary(
            order=order, prohibitions=(Prohibition.VIOLENCE,), body=Body.COURT, why=WHY, decided_at=later, by=owner,
            now=later,
        )  # fmt: skip


def test_an_appeal_suspends_nothing_and_its_decision_is_carried_out(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    filed = {"filed_by": Appellant.ADDRESSEE, "body": Body.PROSECUTOR, "filed_at": now, "by": owner, "now": now}
    actions.appeal(order=order, **filed)  # type: ignore[arg-type]  # told by name
    view = queries.opened_orders([Order.objects.get(pk=order.pk)])[0]
    assert (view.force(now), view.marks) == (queries.Force.IN_FORCE, {Mark.APPEALED})
    with pytest.raises(rules.AppealWaits):
        actions.appeal(order=order, **filed)  # type: ignore[arg-type]  # told by name
    outcome = actions.Outcome(AppealResult.ANNULLED, now, WHY)
    assert actions.decide_appeal(order=order, outcome=outcome, by=owner, now=now).state == State.ANNULLED
    assert [one.why for one in queries.appeals(order)] == [WHY]
    with pytest.raises(rules.NotAppealed):
        actions.decide_appeal(order=order, outcome=outcome, by=owner, now=now)


def test_a_complaint_that_is_turned_down_leaves_the_order_as_it_was(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    actions.appeal(
        order=order, filed_by=Appellant.ADDRESSEE, body=Body.COURT, filed_at=now, by=owner, now=now
    )  # fmt: skip
    left = actions.Outcome(AppealResult.LEFT, now, WHY)
    held = actions.decide_appeal(order=order, outcome=left, by=owner, now=now)
    assert (held.state, queries.opened_orders([held])[0].marks) == (State.SERVED, frozenset())


def test_a_term_of_2013_is_made_longer_to_30_days_and_one_of_today_is_not(owner: Actor, now: datetime) -> None:
    then = datetime(2013, 5, 1, 2, 0, tzinfo=UTC)
    told = {"body": Body.PROSECUTOR, "why": WHY, "by": owner}
    old = factories.served(by=owner, now=then)
    assert old.ends_at == then + 10 * DAY
    with pytest.raises(rules.TooLong):
        actions.extend(order=old, until=then + 31 * DAY, decided_at=then, now=then, **told)  # type: ignore[arg-type]  # told by name
    held = actions.extend(order=old, until=then + 30 * DAY, decided_at=then, now=then, **told)  # type: ignore[arg-type]  # told by name
    change = ClockChange.objects.get(thing_id=old.id)
    assert (held.ends_at, change.was, change.cause) == (then + 30 * DAY, then + 10 * DAY, Cause.EXTENDED)
    new = factories.served(by=owner, now=now)
    with pytest.raises(rules.CannotBeLonger):
        actions.extend(order=new, until=now + 31 * DAY, decided_at=now, now=now, **told)  # type: ignore[arg-type]  # told by name


def test_a_corrected_service_moves_every_clock_and_keeps_what_they_showed(owner: Actor, now: datetime) -> None:
    order = factories.issued(by=owner, now=now)
    later = now + 2 * DAY
    actions.serve(
        order=order, service=actions.Service(at=later, receipt=Receipt.SIGNED), by=owner, now=later
    )  # fmt: skip
    held = actions.correct_service(order=order, at=now + DAY, why="хаттамада басқа күн", by=owner, now=later)
    assert held.ends_at == now + 31 * DAY
    checks = Duty.objects.filter(thing_id=order.id, kind=Kind.CHECK_ORDER).order_by("step")
    assert [check.due_at for check in checks] == [now + DAY + 7 * step * DAY for step in (1, 2, 3, 4)]
    history = ClockChange.objects.filter(thing_id=order.id).order_by("id")
    assert [(one.clock, one.step, one.was, one.became) for one in history] == [
        ("ends_at", 0, later + 30 * DAY, now + 31 * DAY),
        *(("check_order", n, later + 7 * n * DAY, now + DAY + 7 * n * DAY) for n in (1, 2, 3, 4)),
    ]
    assert {(one.author, one.cause) for one in history} == {(owner.staff_id, Cause.EVENT)}


def test_a_service_corrected_across_the_border_of_2026_loses_its_checks_and_finds_them_again(owner: Actor) -> None:
    first = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    order = factories.issued(by=owner, now=first)
    second = first + DAY
    _served(order, by=owner, at=second)
    actions.correct_service(order=order, at=first, why="күні қате", by=owner, now=second)
    assert queries.opened_orders([Order.objects.get(pk=order.pk)])[0].checks == ()
    actions.correct_service(order=order, at=second, why="дұрыс екен", by=owner, now=second)
    assert len(queries.opened_orders([Order.objects.get(pk=order.pk)])[0].checks) == 4
    assert ClockChange.objects.filter(thing_id=order.id, clock="check_order", was=None).count() == 4


def test_a_service_is_not_corrected_to_before_the_issue_or_to_tomorrow(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    for moment in (now - DAY, now + DAY):
        with pytest.raises(rules.ImpossibleMoment):
            actions.correct_service(order=order, at=moment, why="x", by=owner, now=now)
    with pytest.raises(rules.NothingCorrected):
        actions.correct_service(order=order, at=now, why="x", by=owner, now=now)


def test_what_happened_after_the_end_is_no_breach_and_what_happened_before_it_is(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    later = now + 31 * DAY
    found = {"finding": Finding.BREACH, "breached": (Prohibition.CONTACT,), "note": ""}
    told = {"order": order, "step": 4, **found, "by": owner, "now": later}
    with pytest.raises(rules.AfterItsEnd, match="60"):
        actions.check(**told)  # type: ignore[arg-type]  # told by name
    made = actions.check(**told, breached_at=now + 29 * DAY)  # type: ignore[arg-type]  # told by name
    assert made.breached_at == now + 29 * DAY


def test_whoever_is_a_victim_too_is_ordered_to_keep_away_for_a_reason_that_stays(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    her = next(person.id for role, person in case_queries.persons(case) if role is Role.VICTIM)
    other = cases.add_person(case=case, named=Named(written="Ахметов Ержан"), role=Role.VICTIM, by=owner, now=now)
    who = {"addressee_id": other.id, "protected_ids": (her,)}
    with pytest.raises(rules.BothSides):
        _again(case, by=owner, now=now, **who)
    made = _again(case, by=owner, now=now, **who, why_both="Екеуі де бір-біріне қол жұмсаған.")
    assert queries.opened_orders([made])[0].why_both.startswith("Екеуі")


def test_from_one_incident_one_order_stands_and_a_new_fact_gives_a_second_beside_it(
    owner: Actor, now: datetime
) -> None:
    first = factories.served(by=owner, now=now)
    again = _again(first.case, by=owner, now=now)
    with pytest.raises(rules.LiveOrderStands, match=first.number):
        actions.issue(order=again, by=owner, now=now + DAY)
    actions.cancel(order=again, why="бір оқиға", by=owner, now=now)
    second = _again(first.case, by=owner, now=now + DAY, happened_at=now + timedelta(hours=20))
    _served(actions.issue(order=second, by=owner, now=now + DAY), by=owner, at=now + DAY)
    assert [one.pk for one in queries.beside(second)] == [first.pk]
    assert {one.ends_at for one in Order.objects.filter(case=first.case, state=State.SERVED)} == {
        now + 30 * DAY,
        now + 31 * DAY,
    }


def test_a_new_fact_has_happened(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    with pytest.raises(HappenedLater):
        _again(case, by=owner, now=now, happened_at=now + DAY)
    with pytest.raises(NotFound):
        _again(case, by=owner, now=now, report_id=factories.report(by=owner, now=now).id)


def test_when_the_first_has_ended_or_was_annulled_the_same_incident_may_have_another(
    owner: Actor, now: datetime
) -> None:
    first = factories.served(by=owner, now=now)
    again = _again(first.case, by=owner, now=now)
    actions.annul(order=first, why=WHY, by=owner, now=now)
    assert actions.issue(order=again, by=owner, now=now + DAY).state == State.ISSUED
    ended = _again(factories.served(by=owner, now=now).case, by=owner, now=now)
    assert actions.issue(order=ended, by=owner, now=now + 31 * DAY).state == State.ISSUED


def test_the_database_itself_refuses_two_live_orders_for_one_incident_and_pair(owner: Actor, now: datetime) -> None:
    first = factories.served(by=owner, now=now)
    again = _again(first.case, by=owner, now=now)
    with pytest.raises(IntegrityError, match="order_one_live"), transaction.atomic():
        Order.objects.filter(pk=again.pk).update(state=State.ISSUED, issued_at=now, issued_by=owner.staff_id)
    row = Protected.objects.get(order=again)
    Protected.objects.filter(pk=row.pk).update(addressee_id=ids.new(), live=None)
    assert Protected.objects.get(pk=row.pk).addressee_id == again.addressee_id, "the database keeps it as it is"


def test_a_draft_that_was_cancelled_is_neither_annulled_nor_complained_of(owner: Actor, now: datetime) -> None:
    held = actions.cancel(order=factories.draft(by=owner, now=now), why=WHY, by=owner, now=now)
    for act in ("annul", "appeal"):
        with pytest.raises(rules.WrongState, match=held.number), transaction.atomic():
            _try(act, held, now, owner, now)
    page = signed_in("inspector").get(f"/orders/{held.id}/").content.decode()
    assert "/annul/" not in page and "/appeal/" not in page


def test_an_order_cancelled_in_the_moment_of_its_issue_was_live_at_none(owner: Actor, now: datetime) -> None:
    held = actions.cancel(order=factories.issued(by=owner, now=now), why=WHY, decided_at=now, by=owner, now=now)
    assert Protected.objects.get(order=held).live.isempty


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.SERVED},
        {"state": State.ANNULLED},
        {"annulled_at": datetime(2026, 11, 1, tzinfo=UTC)},
        {"cancelled_at": datetime(2020, 1, 1, tzinfo=UTC), "cancelled_by": UUID(int=1), "state": State.CANCELLED},
    ],
)
def test_the_database_refuses_a_state_without_its_moments(
    owner: Actor, now: datetime, wrong: dict[str, object]
) -> None:
    order = factories.issued(by=owner, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**wrong)


def test_a_clash_that_only_one_person_said_of_two_records_reveals_is_a_duty(owner: Actor, now: datetime) -> None:
    first, second = factories.served(by=owner, now=now), factories.draft(by=owner, now=now)
    for one, other in zip(_pair(first), _pair(second), strict=True):
        people.hold_same(person_id=one, other_id=other, why="ЖСН бірдей", by=owner, now=now)
    issued = actions.issue(order=second, by=owner, now=now + DAY)
    duty = Duty.objects.get(thing_id=issued.id, kind=Kind.COMPARE_ORDERS)
    assert (duty.agency_id, issued.state) == (second.agency_id, State.ISSUED)
    assert not Duty.objects.filter(thing_id=first.id, kind=Kind.COMPARE_ORDERS).exists()


def _pair(order: Order) -> list[UUID]:
    return [order.addressee_id, Protected.objects.get(order=order).person_id]


def test_whoever_may_not_see_the_case_learns_of_no_order(owner: Actor, stranger: Actor, now: datetime) -> None:
    first = factories.served(by=owner, now=now)
    with acting(stranger), pytest.raises(NotFound):
        _again_of(first.case, first, by=stranger, now=now)


def _again_of(case: Case, order: Order, *, by: Actor, now: datetime) -> Order:
    draft = actions.Draft(order.addressee_id, (order.addressee_id,), "Тағы.")
    return actions.draft(case=case, draft=draft, by=by, now=now)


# Random lives: whatever is tried at whatever moment, what stands fits the law and the moments are in turn.

ACTS = ("issue", "serve", "check", "cancel", "annul", "vary", "appeal", "decide", "correct", "extend")


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    begins=st.datetimes(datetime(2012, 1, 1), datetime(2026, 10, 1), timezones=st.just(UTC)),
    life=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(-3, 20), st.integers(-3, 20)), min_size=1, max_size=10),
)
def test_no_sequence_of_acts_and_moments_makes_an_order_that_cannot_be(
    owner: Actor, begins: datetime, life: list[tuple[str, int, int]]
) -> None:
    now, order = begins, factories.draft(by=owner, now=begins)
    latest = begins
    for act, moved, told in life:
        now = max(begins, now + moved * DAY)  # a clock may be set back, too
        latest = max(latest, now)
        before = State(Order.objects.get(pk=order.pk).state)
        try:
            with transaction.atomic():
                _try(act, Order.objects.get(pk=order.pk), now + told * DAY, owner, now)
        except Refused as refused:
            said = str(refused)
        else:
            said = "."
        assert said.endswith(".")
        held = Order.objects.get(pk=order.pk)
        assert held.state == before or State(held.state) in TRANSITIONS[before]
        _fits(held, latest)


def _try(act: str, order: Order, at: datetime, by: Actor, now: datetime) -> None:
    told = {"by": by, "now": now, "why": WHY}
    decided = {**told, "body": Body.COURT, "decided_at": at}
    outcome = actions.Outcome(AppealResult.VARIED, at, WHY, (Prohibition.CONTACT,))
    tries = {
        "issue": lambda: actions.issue(order=order, by=by, now=now),
        "serve": lambda: actions.serve(order=order, service=actions.Service(at, Receipt.SIGNED), by=by, now=now),
        "check": lambda: actions.check(
            order=order, step=1, finding=Finding.BREACH, note="", breached=BREACHED, breached_at=at, by=by, now=now
        ),
        "cancel": lambda: actions.cancel(order=order, decided_at=at, **told),  # type: ignore[arg-type]  # told by name
        "annul": lambda: actions.annul(order=order, decided_at=at, **told),  # type: ignore[arg-type]  # as above
        "vary": lambda: actions.vary(order=order, prohibitions=(Prohibition.VIOLENCE,), **decided),  # type: ignore[arg-type]  # as above
        "appeal": lambda: actions.appeal(
            order=order, filed_by=Appellant.OTHER, body=Body.COURT, filed_at=at, by=by, now=now
        ),
        "decide": lambda: actions.decide_appeal(order=order, outcome=outcome, by=by, now=now),
        "correct": lambda: actions.correct_service(order=order, at=at, **told),  # type: ignore[arg-type]  # as above
        "extend": lambda: actions.extend(order=order, until=at + 20 * DAY, **decided),  # type: ignore[arg-type]  # as above
    }
    tries[act]()


def _fits(held: Order, now: datetime) -> None:
    moments = [held.issued_at, held.served_at]
    known = [moment for moment in moments if moment]
    assert known == sorted(known) and all(moment <= now for moment in known)
    assert (held.served_at is None) == (held.ends_at is None)
    if held.served_at and held.ends_at:
        assert held.ends_at - held.served_at in {10 * DAY, 30 * DAY} or held.served_at.year < 2015
        assert timedelta() < held.ends_at - held.served_at <= 30 * DAY
    live = Protected.objects.get(order=held).live
    if held.state in (State.DRAFT, State.ANNULLED) or held.issued_at is None:
        assert live is None
    else:
        ends = [moment for moment in (held.ends_at, held.cancelled_at) if moment]
        end = min(ends, default=None)
        assert live.isempty if end == held.issued_at else (live.lower, live.upper) == (held.issued_at, end)
    open_duties = Duty.objects.filter(thing_id=held.id, done_at=None, dropped_at=None)
    assert not (held.state in (State.CANCELLED, State.ANNULLED) and open_duties.exists())
    assert Appeal.objects.filter(order=held, result=AppealResult.PENDING).count() <= 1
