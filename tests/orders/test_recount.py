"""A value of the law is corrected: every clock under it moves, and what it showed, why, and by whom, is kept."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qorgan.agencies import queries as agencies
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import queries as cases
from qorgan.cases.terms import Role
from qorgan.duties import actions as duties
from qorgan.duties.models import ClockChange, ClockRun, Duty
from qorgan.duties.terms import Cause, Kind
from qorgan.law import actions as law
from qorgan.law.engine.marks import Unit
from qorgan.law.models import EnteredValue
from qorgan.orders import actions, jobs, queries
from qorgan.orders.models import Order
from qorgan.orders.terms import Body, Finding
from tests import factories
from tests.roles import as_process

DAY = timedelta(days=1)


@pytest.fixture
def keeper(owner: Actor) -> Actor:
    """The inspector with the right to enter values."""
    return Actor(**{**vars(owner), "permissions": owner.permissions | {"law.value.enter"}})


def _entered(key: str, value: int, *, by: Actor, now: datetime, unit: Unit = Unit.DAYS) -> EnteredValue:
    return law.enter_value(
        key=key,
        value=value,
        unit=unit,
        valid_from=date(2026, 3, 2),
        citation=law.Citation(document="ресми жарияланым № 1", act="245-VIII", article="60", note="мәтін салыстырылды"),
        by=by,
        now=now,
    )


def _follow(limit: int = 100) -> int:
    with as_process(Process.WORKER):
        return jobs.follow(by=agencies.system("orders.keep_clocks"), limit=limit)


def test_a_corrected_term_moves_the_end_and_drops_the_checks_after_it(keeper: Actor, now: datetime) -> None:
    order = factories.served(by=keeper, now=now)
    value = _entered("orders.term", 20, by=keeper, now=now)
    _follow()
    assert Order.objects.get(pk=order.pk).ends_at == now + 20 * DAY
    checks = queries.opened_orders([Order.objects.get(pk=order.pk)])[0].checks
    assert [check.due_at for check in checks] == [now + 7 * DAY, now + 14 * DAY]
    history = ClockChange.objects.filter(thing_id=order.id).order_by("clock", "step")
    assert [(one.clock, one.step, one.was, one.became) for one in history] == [
        ("check_order", 3, now + 21 * DAY, None),
        ("check_order", 4, now + 28 * DAY, None),
        ("ends_at", 0, now + 30 * DAY, now + 20 * DAY),
    ]
    assert {(one.cause, one.entered_id, one.author) for one in history} == {(Cause.RULE, value.id, keeper.staff_id)}


def test_a_value_taken_back_brings_the_clocks_back_with_the_reason(keeper: Actor, now: datetime) -> None:
    order = factories.served(by=keeper, now=now)
    value = _entered("orders.term", 20, by=keeper, now=now)
    _follow()
    law.withdraw_value(entered=value, reason="қате құжат", by=keeper, now=now)
    _follow()
    held = Order.objects.get(pk=order.pk)
    assert held.ends_at == now + 30 * DAY
    assert len(queries.opened_orders([held])[0].checks) == 4
    end = queries.clocks(held)[0]
    assert [(one.was, one.became) for one in end.history] == [
        (now + 30 * DAY, now + 20 * DAY),
        (now + 20 * DAY, now + 30 * DAY),
    ]
    assert (end.history[0].document, end.history[1].why) == ("ресми жарияланым № 1", "қате құжат")


def test_a_shorter_interval_plans_more_checks_and_leaves_those_made_alone(keeper: Actor, now: datetime) -> None:
    order = factories.served(by=keeper, now=now)
    actions.check(order=order, step=1, finding=Finding.NO_BREACH, note="", by=keeper, now=now + 6 * DAY)
    _entered("orders.check_interval", 5, by=keeper, now=now + 6 * DAY)
    _follow()
    checks = queries.opened_orders([Order.objects.get(pk=order.pk)])[0].checks
    assert [check.due_at for check in checks] == [now + 5 * n * DAY for n in range(1, 7)]
    assert checks[0].done_at == now + 6 * DAY


def test_a_verified_value_says_no_more_that_it_is_to_be_verified(keeper: Actor, now: datetime) -> None:
    order = factories.served(by=keeper, now=now)
    assert all(check.to_verify for check in queries.opened_orders([order])[0].checks)
    _entered("orders.check_interval", 7, by=keeper, now=now)
    _follow()
    assert not any(check.to_verify for check in queries.opened_orders([order])[0].checks)
    assert not ClockChange.objects.filter(thing_id=order.id).exists(), "no moment was changed"


def test_a_term_for_the_copy_gives_the_duty_its_moment_and_ends_the_search_for_it(keeper: Actor, now: datetime) -> None:
    order = factories.issued(by=keeper, now=now)
    _entered("orders.copy_to_prosecutor", 24, by=keeper, now=now, unit=Unit.HOURS)
    _follow()
    laid = {duty.kind: duty for duty in Duty.objects.filter(thing_id=order.id, dropped_at=None)}
    assert laid[Kind.COPY_TO_PROSECUTOR].due_at == now + DAY
    assert Kind.VERIFY_PROVISION not in laid


def test_terms_in_dates_are_counted_for_each_order(keeper: Actor, now: datetime) -> None:
    order = factories.served(by=keeper, now=now)
    _entered("orders.term", 1, by=keeper, now=now, unit=Unit.MONTHS)
    _follow()
    ends_at = Order.objects.get(pk=order.pk).ends_at
    assert ends_at is not None
    assert (ends_at - now).days in {28, 29, 30, 31}
    assert (ends_at.hour, ends_at.minute) == (now.hour, now.minute)


def test_a_killed_run_goes_on_from_where_it_stopped(keeper: Actor, now: datetime) -> None:
    orders = [factories.served(by=keeper, now=now) for _ in range(3)]
    value = _entered("orders.term", 20, by=keeper, now=now)
    system = agencies.system("orders.keep_clocks")
    with as_process(Process.WORKER), acting(system):
        run = duties.begin_runs(room="orders", keys=actions.KEYS, by=system, now=now)[0]
        actions.recount(run=run, by=system, now=now, limit=1)
    held = ClockRun.objects.get(entered_id=value.id, room="orders")
    assert (held.looked, held.finished_at) == (1, None)
    _follow(limit=1)
    held = ClockRun.objects.get(entered_id=value.id, room="orders")
    assert (held.looked, held.changed, held.finished_at is not None) == (3, 9, True)
    assert set(Order.objects.filter(pk__in=[one.pk for one in orders]).values_list("ends_at", flat=True)) == {
        now + 20 * DAY
    }
    assert _follow() == 0, "what was done is not done again"


def test_an_end_that_a_decision_set_is_left_to_a_person(keeper: Actor) -> None:
    then = datetime.fromisoformat("2013-05-01T02:00:00+00:00")
    order = factories.served(by=keeper, now=then)
    told = {"body": Body.PROSECUTOR, "why": "санкция № 3", "decided_at": then, "by": keeper, "now": then}
    actions.extend(order=order, until=then + 30 * DAY, **told)  # type: ignore[arg-type]  # told by name
    law.enter_value(
        key="orders.term",
        value=12,
        valid_from=date(2013, 1, 1),
        valid_until=date(2013, 12, 31),
        citation=law.Citation(document="мұрағат"),
        by=keeper,
        now=then,
    )
    _follow()
    assert Order.objects.get(pk=order.pk).ends_at == then + 30 * DAY
    assert ClockRun.objects.get(room="orders").left_alone == 1


def test_a_cancelled_order_and_one_of_other_days_keep_their_clocks(keeper: Actor, now: datetime) -> None:
    cancelled = factories.served(by=keeper, now=now)
    actions.cancel(order=cancelled, why="қаулы", by=keeper, now=now)
    old = factories.served(by=keeper, now=datetime.fromisoformat("2024-12-02T04:00:00+00:00"))
    _entered("orders.term", 20, by=keeper, now=now)
    _follow()
    assert not ClockChange.objects.filter(thing_id__in=[cancelled.id, old.id]).exists()


def test_an_order_that_would_stand_beside_another_is_left_and_the_rest_of_its_batch_moves(
    keeper: Actor, now: datetime
) -> None:
    short = _entered("orders.term", 10, by=keeper, now=now)
    _follow()
    first = factories.served(by=keeper, now=now)
    parts = {role: person.id for role, person in cases.persons(first.case)}
    after = actions.Draft(parts[Role.OFFENDER], (parts[Role.VICTIM],), "Тағы.")
    later = now + 12 * DAY
    draft = actions.draft(case=first.case, draft=after, by=keeper, now=later)
    second = actions.issue(order=draft, by=keeper, now=later)
    others = [factories.served(by=keeper, now=now) for _ in range(3)]
    law.withdraw_value(entered=short, reason="қате құжат", by=keeper, now=later)
    _follow()
    assert Order.objects.get(pk=first.pk).ends_at == now + 10 * DAY
    assert not ClockChange.objects.filter(thing_id=first.id).exists()
    moved = Order.objects.filter(pk__in=[one.pk for one in others])
    assert set(moved.values_list("ends_at", flat=True)) == {now + 30 * DAY}
    run = ClockRun.objects.get(room="orders", act="withdrawn")
    assert (run.looked, run.changed, run.left_alone) == (4, 12, 1)
    assert Order.objects.get(pk=second.pk).ends_at is None


def test_a_batch_asks_the_same_number_of_questions_however_long_it_is(keeper: Actor, now: datetime) -> None:
    asked = []
    for more in (1, 4):
        for _ in range(more):
            factories.served(by=keeper, now=now)
        _entered("orders.term", 20 + more, by=keeper, now=now)
        system = agencies.system("orders.keep_clocks")
        with as_process(Process.WORKER), acting(system):
            run = duties.begin_runs(room="orders", keys=actions.KEYS, by=system, now=now)[-1]
            with CaptureQueriesContext(connection) as context:
                actions.recount(run=run, by=system, now=now, limit=100)
            actions.recount(run=ClockRun.objects.get(pk=run.pk), by=system, now=now, limit=100)
        law.withdraw_value(entered=EnteredValue.objects.get(pk=run.entered_id), reason="сынақ", by=keeper, now=now)
        asked.append(len(context))
    assert asked[0] == asked[1]
