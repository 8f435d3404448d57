"""The life of a protective order, as an inspector relies on it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error, transaction

from qorgan.base.errors import NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.cases import queries as cases
from qorgan.cases.terms import Role
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.orders import actions, queries, rules
from qorgan.orders.models import Order
from qorgan.orders.terms import Finding, Prohibition, Receipt, State
from tests import factories


def test_an_order_lasts_thirty_times_24_hours_from_service(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    assert order.ends_at == now + timedelta(days=30)
    assert queries.force_of(order, now + timedelta(days=29, hours=23)) is queries.Force.IN_FORCE
    assert queries.force_of(order, now + timedelta(days=30)) is queries.Force.ENDED


def test_service_lays_four_checks_a_week_apart_under_the_law_of_2026(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    checks = Duty.objects.filter(thing_id=order.id, kind=Kind.CHECK_ORDER).order_by("step")
    assert [check.due_at for check in checks] == [now + timedelta(days=7 * step) for step in (1, 2, 3, 4)]


def test_no_check_is_planned_for_an_order_of_2024_because_none_is_on_record(owner: Actor) -> None:
    then = datetime(2024, 5, 10, 6, 0, tzinfo=UTC)
    order = factories.served(by=owner, now=then)
    assert not Duty.objects.filter(thing_id=order.id, kind=Kind.CHECK_ORDER).exists()
    assert order.regime == "R4"


def test_issue_lays_service_and_both_copies_with_the_provision_to_verify(owner: Actor, now: datetime) -> None:
    order = factories.issued(by=owner, now=now)
    laid = {duty.kind: duty for duty in Duty.objects.filter(thing_id=order.id)}
    copies = {Kind.COPY_TO_PROSECUTOR, Kind.COPY_TO_VICTIM}
    assert set(laid) == {Kind.SERVE_ORDER, Kind.VERIFY_PROVISION, *copies}
    assert [laid[copy].due_at for copy in copies] == [None, None]
    assert laid[Kind.VERIFY_PROVISION].due_at is None
    assert laid[Kind.VERIFY_PROVISION].provision == "orders.copy_to_prosecutor"


def test_a_refusal_to_sign_needs_a_witness_and_stops_nothing(owner: Actor, now: datetime) -> None:
    order = factories.issued(by=owner, now=now)
    with pytest.raises(rules.RefusalUnwitnessed):
        actions.serve(order=order, service=actions.Service(at=now, receipt=Receipt.REFUSED), by=owner, now=now)
    service = actions.Service(at=now, receipt=Receipt.REFUSED, witness="Оспанова Мәдина Ерболқызы", reason="бас тартты")
    served = actions.serve(order=order, service=service, by=owner, now=now)
    assert served.ends_at == now + timedelta(days=30)
    assert queries.opened_orders([served])[0].refusal_witness == "Оспанова Мәдина Ерболқызы"


def test_an_order_cannot_be_served_before_it_was_issued_or_tomorrow(owner: Actor, now: datetime) -> None:
    order = factories.issued(by=owner, now=now)
    for moment in (now - timedelta(minutes=1), now + timedelta(minutes=1)):
        with pytest.raises(rules.ImpossibleMoment):
            actions.serve(order=order, service=actions.Service(at=moment, receipt=Receipt.SIGNED), by=owner, now=now)


def test_an_order_is_served_once(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    with pytest.raises(rules.WrongState):
        actions.serve(order=order, service=actions.Service(at=now, receipt=Receipt.SIGNED), by=owner, now=now)


def test_a_check_is_recorded_once_and_closes_its_duty(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    later = now + timedelta(days=6)
    actions.check(order=order, step=1, finding=Finding.NO_BREACH, note="", by=owner, now=later)
    assert Duty.objects.get(thing_id=order.id, kind=Kind.CHECK_ORDER, step=1).done_at == later
    with pytest.raises(rules.NoSuchCheck):
        breached = (Prohibition.CONTACT,)
        actions.check(order=order, step=1, finding=Finding.BREACH, note="", breached=breached, by=owner, now=later)


def test_a_cancelled_order_leaves_no_open_duty(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    actions.cancel(order=order, why="прокурор", by=owner, now=now)
    assert not Duty.objects.filter(thing_id=order.id, done_at__isnull=True, dropped_at__isnull=True).exists()


def test_nobody_is_protected_from_himself(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    man = next(person.id for role, person in cases.persons(case) if role is Role.OFFENDER)
    with pytest.raises(rules.ProtectsItsAddressee):
        actions.draft(case=case, draft=actions.Draft(man, (man,), "x"), by=owner, now=now)


def test_a_person_outside_the_case_can_be_neither_addressee_nor_protected(owner: Actor, now: datetime) -> None:
    case, other = factories.case(by=owner, now=now), factories.case(by=owner, now=now)
    stranger_id = cases.persons(other)[0][1].id
    known = cases.persons(case)[0][1].id
    with pytest.raises(rules.NoAddressee):
        actions.draft(case=case, draft=actions.Draft(stranger_id, (known,), "x"), by=owner, now=now)
    with pytest.raises(rules.NobodyProtected):
        actions.draft(case=case, draft=actions.Draft(known, (stranger_id,), "x"), by=owner, now=now)


def test_a_boy_of_fifteen_is_given_no_order(owner: Actor, now: datetime) -> None:
    man = factories.Named(written="Сәрсенбаев Асқар", birth_date=(now - timedelta(days=15 * 365)).date())
    report = factories.report(by=owner, now=now, suspect=man)
    case = factories.cases.open_from_report(report=report, by=owner, now=now)
    with pytest.raises(rules.AddresseeTooYoung):
        actions.issue(order=factories.draft(by=owner, now=now, held=case), by=owner, now=now)


def test_who_may_not_issue_changes_nothing(owner: Actor, excluded: Actor, now: datetime) -> None:
    order = factories.draft(by=owner, now=now)
    before = JournalEntry.objects.count()
    with acting(excluded), pytest.raises(NotAllowed):
        actions.issue(order=order, by=excluded, now=now)
    assert Order.objects.get(pk=order.pk).state == State.DRAFT
    assert JournalEntry.objects.count() == before


def test_for_a_stranger_the_order_does_not_exist(owner: Actor, stranger: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    with acting(stranger):
        assert queries.find(order.id) is None
        assert queries.by_number(order.number) is None
        assert not queries.newest(now=now).exists()


def test_every_act_on_an_order_is_in_the_journal_without_a_name(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    entries = JournalEntry.objects.filter(thing="order", thing_id=str(order.id)).exclude(kind__startswith="duties")
    assert [entry.kind for entry in entries.order_by("id")] == [
        "orders.order.drafted",
        "orders.order.issued",
        "orders.order.served",
    ]
    assert "Сәрсенбаев" not in str([entry.detail for entry in JournalEntry.objects.all()])


def test_a_journal_that_cannot_be_written_undoes_the_act(
    owner: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = factories.issued(by=owner, now=now)

    monkeypatch.setattr("qorgan.base.journal.rows._INSERT", "insert into base_no_journal values (%s)")
    with pytest.raises(Error), transaction.atomic():
        actions.serve(order=order, service=actions.Service(at=now, receipt=Receipt.SIGNED), by=owner, now=now)
    assert Order.objects.get(pk=order.pk).served_at is None
