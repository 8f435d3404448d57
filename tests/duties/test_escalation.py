"""A duty that stays late is told to the office above: once, by a dated rule, and not where it was not late."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.terms import BlockGround
from qorgan.base import clock, ids
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.duties import actions, jobs, queries, rules
from qorgan.duties.engine import escalation
from qorgan.duties.models import Duty, Escalation
from qorgan.duties.readers import escalation as country
from qorgan.duties.terms import Answer, Kind
from qorgan.law import actions as law
from qorgan.law.engine.marks import Unit
from qorgan.orders import actions as orders
from tests import factories
from tests.conftest import actor
from tests.roles import as_process

HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def _told(at: datetime, limit: int = 1000) -> tuple[int, int]:
    with clock.frozen(at), as_process(Process.WORKER):
        return jobs.escalate_all(by=offices.system("duties.escalate"), limit=limit)


def _roles(duty: Duty) -> list[str]:
    return [one.role for one in queries.escalations_of(duty) if one.undone_at is None]


def _late_report(by: Actor, now: datetime) -> Duty:
    """A report that was to be decided by `now`."""
    report = factories.report(by=by, now=now - 23 * HOUR)  # received an hour before
    return Duty.objects.get(thing_id=report.id, kind=Kind.DECIDE_REPORT)


def test_a_late_duty_goes_to_the_head_and_then_to_the_prosecutor_after_the_terms_of_the_rules(
    owner: Actor, now: datetime
) -> None:
    duty = _late_report(owner, now)
    assert duty.due_at == now
    assert _told(now + 4 * HOUR - timedelta(seconds=1)) == (0, 0)
    assert _told(now + 4 * HOUR) == (1, 0)
    assert _roles(duty) == ["unit_head"]
    assert _told(now + 48 * HOUR) == (1, 0)
    assert _roles(duty) == ["unit_head", "prosecutor"]
    first = queries.escalations_of(duty)[0]
    assert (first.due_at, first.fell_at, first.raised_at) == (now, now + 4 * HOUR, now + 4 * HOUR)
    assert (first.provision, first.agency_id) == ("duties.report_to_head", duty.agency_id)


def test_it_is_told_once_however_often_the_job_runs(owner: Actor, now: datetime) -> None:
    duty = _late_report(owner, now)
    assert [_told(now + 5 * HOUR)[0] for _run in range(3)] == [1, 0, 0]
    again = queries.escalations_of(duty)[0]
    again.pk = ids.new()
    with as_process(Process.WORKER), pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    assert JournalEntry.objects.filter(kind="duties.escalation.raised").count() == 1


def test_a_killed_job_goes_on_and_small_parts_come_to_the_same(owner: Actor, now: datetime) -> None:
    for _number in range(3):
        _late_report(owner, now)
    with clock.frozen(now + 5 * HOUR), as_process(Process.WORKER):
        system = offices.system("duties.escalate")
        with acting(system):
            assert actions.escalate(role="unit_head", by=system, now=clock.now(), limit=2).made == 2
    assert _told(now + 5 * HOUR, limit=1) == (1, 0)
    assert Escalation.objects.count() == 3


def test_what_is_done_or_not_in_the_table_is_told_to_nobody(owner: Actor, now: datetime) -> None:
    done = _late_report(owner, now)
    actions.done(thing_id=done.thing_id, kind=Kind.DECIDE_REPORT, by=owner, now=now + HOUR)
    order = factories.issued(by=owner, now=now)
    other = actions.Laid(Kind.VERIFY_PROVISION, "orders.term", since=now, due_at=now, step=7)
    actions.lay(
        laid=[other],
        thing="order",
        thing_id=order.id,
        case_id=None,
        **beside(order),
        agency_id=owner.agency,
        by=owner,
        now=now,
    )
    assert _told(now + 30 * DAY)[0] == 0 or not Escalation.objects.filter(duty__in=[done.pk]).exists()
    assert not Escalation.objects.filter(duty__kind=Kind.VERIFY_PROVISION).exists()


def test_a_corrected_clock_takes_back_what_was_not_late_and_the_row_stays(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    duty = Duty.objects.get(thing_id=order.id, kind=Kind.CHECK_ORDER, step=1)
    at = now + 7 * DAY + 13 * HOUR
    assert _told(at) == (1, 0)
    with clock.frozen(at):
        law.enter_value(
            key="orders.check_interval",
            value=8,
            unit=Unit.DAYS,
            valid_from=date(2026, 3, 2),
            citation=law.Citation(document="№ 1"),
            by=Actor(**{**vars(owner), "permissions": owner.permissions | {"law.value.enter"}}),
            now=at,
        )
        from qorgan.orders import jobs as order_jobs

        with as_process(Process.WORKER):
            order_jobs.follow(by=offices.system("orders.keep_clocks"))
    assert _told(at) == (0, 1)
    held = queries.escalations_of(Duty.objects.get(pk=duty.pk))[0]
    assert (held.undone_at, held.due_at) == (at, now + 7 * DAY)
    assert _told(at + DAY) == (1, 0), "late by the corrected clock too: told anew"
    assert [one.undone_at for one in queries.escalations_of(duty)] == [at, None]


def test_a_clock_that_moves_a_little_keeps_the_escalation_and_its_answer(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    at = now + 9 * DAY
    _told(at)
    held = Escalation.objects.get(duty__thing_id=order.id, duty__step=1)
    head = actor("head")
    with acting(head):
        actions.answer(escalation_id=held.id, answer=Answer.NOTED, reason="", by=head, now=at)
    orders.correct_service(order=order, at=now + HOUR / 2, why="хаттама", by=owner, now=at)
    assert _told(at)[1] == 0
    kept = Escalation.objects.get(pk=held.pk)
    assert (kept.due_at, kept.undone_at, kept.answer) == (now + 7 * DAY + HOUR / 2, None, "noted")


def test_the_head_answers_once_with_words_where_words_are_needed(owner: Actor, now: datetime) -> None:
    duty = _late_report(owner, now)
    _told(now + 5 * HOUR)
    held, head = queries.escalations_of(duty)[0], actor("head")
    with acting(head):
        said = {"escalation_id": held.id, "by": head, "now": now + 6 * HOUR}
        with pytest.raises(rules.SayWhy):
            actions.answer(answer=Answer.REASSIGNED, reason=" ", **said)
        with pytest.raises(rules.ReasonTooLong):
            actions.answer(answer=Answer.EXPLAINED, reason="ә" * 401, **said)
        actions.answer(answer=Answer.EXPLAINED, reason="Жол жабық", **said)
        kept = queries.escalations_of(duty)[0]
        assert (kept.answer, kept.answered_by, queries.answer_of(kept)) == ("explained", head.staff_id, "Жол жабық")
        assert "Жол" not in bytes(kept.reason).decode(errors="ignore")
        with pytest.raises(rules.AlreadyAnswered):
            actions.answer(answer=Answer.NOTED, reason="", **said)
        with pytest.raises(ChangedMeanwhile):
            actions.answer(answer=Answer.NOTED, reason="", seen=0, **said)
        assert not queries.escalated(role="unit_head", now=now + 6 * HOUR).exists()


def test_another_role_another_region_and_who_is_shut_out_learn_nothing_of_it(owner: Actor, now: datetime) -> None:
    duty = _late_report(owner, now)
    _told(now + 5 * HOUR)
    held, head, prosecutor = queries.escalations_of(duty)[0], actor("head"), actor("prosecutor")
    said = {"escalation_id": held.id, "answer": Answer.NOTED, "reason": "", "now": now + 6 * HOUR}
    with pytest.raises(NotAllowed):
        actions.answer(by=owner, **said)
    with acting(prosecutor), pytest.raises(NotFound):
        actions.answer(by=prosecutor, **said)
    agencies.block(staff_id=head.staff, **beside(duty), ground=BlockGround.KIN, by=owner, now=now)
    with acting(head):
        assert not queries.escalated(role="unit_head", now=now + 6 * HOUR).exists()
        with pytest.raises(NotFound):
            actions.answer(by=head, **said)


def test_the_value_of_a_day_decides_how_long_it_waits(owner: Actor, now: datetime) -> None:
    law.enter_value(
        key="duties.report_to_head",
        value=1,
        unit=Unit.HOURS,
        valid_from=date(2026, 11, 20),
        citation=law.Citation(document="бұйрық № 2"),
        by=Actor(**{**vars(owner), "permissions": owner.permissions | {"law.value.enter"}}),
        now=now,
    )
    duty = _late_report(owner, now)
    _told(now + HOUR)
    assert _roles(duty) == ["unit_head"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"kinds": ["lunch"], "steps": []}, "no kind"),
        ({"kinds": ["serve_order"], "steps": [{"role": "king", "rule": "a"}]}, "no role"),
        ({"kinds": ["serve_order"], "steps": [{"role": "head", "rule": "b"}]}, "no rule"),
        ({"kinds": ["serve_order"], "steps": [{"role": "head", "rule": "a"}] * 2}, "told twice"),
    ],
)
def test_a_table_that_names_what_there_is_not_is_refused(raw: dict[str, object], said: str) -> None:
    with pytest.raises(escalation.Faulty, match=said):
        escalation.table({"group": [raw]}, kinds=["serve_order"], roles=["head"], rules=["a"])
    group = {"kinds": ["serve_order"], "steps": [{"role": "head", "rule": "a"}]}
    with pytest.raises(escalation.Faulty, match="two groups"):
        escalation.table({"group": [group, group]}, kinds=["serve_order"], roles=["head"], rules=["a"])


def test_the_country_names_for_each_kind_the_head_before_the_prosecutor() -> None:
    found = country.table()
    assert {tuple(step.role for step in steps) for steps in found.values()} == {("unit_head", "prosecutor")}
    assert Kind.DECIDE_COURT_CASE.value not in found
