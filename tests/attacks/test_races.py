"""Attacks in the moment between: a right that ends while it is being used, on two real connections."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Admission, Mandate
from qorgan.agencies.terms import AdmissionGround, BlockGround, Purpose
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.orders.models import Order
from tests import factories
from tests.conftest import actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(now: datetime) -> Order:
    """A committed order of Enbekshi."""
    inspector = actor("inspector")
    with acting(inspector), transaction.atomic():
        return factories.served(by=inspector, now=now)


def elsewhere(work: Callable[[], object]) -> None:
    """Do something on a connection of its own, committed when this returns."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)


def admitted(order: Order, now: datetime) -> tuple[Admission, Actor]:
    """The inspector from Rudny, let into the case, and the actor he is in it."""
    head, guest = actor("head"), actor("rudny")
    with acting(head):
        given = actions.admit(
            **beside(order),
            ground=AdmissionGround.REFERRAL,
            purpose=Purpose.CHILDREN,
            until=None,
            staff_id=guest.staff,
            by=head,
            now=now - timedelta(days=1),
        )
        return given, queries.entered(Mandate.objects.get(pk=guest.mandate_id), given)


def sees(case_id: UUID) -> bool:
    """Whether the case is there for the actor of the moment."""
    return Case.objects.filter(pk=case_id).exists()


def test_a_read_is_begun_before_the_right_ends_and_goes_on_after(order: Order, now: datetime) -> None:
    """Race of revocation and read: from the next question on nothing is there, in the very same transaction."""
    given, inside = admitted(order, now)
    head = actor("head")
    with acting(inside), transaction.atomic():
        assert sees(order.case_id)

        def end() -> None:
            with acting(head):
                actions.end(admission_id=given.id, by=head, now=now)

        elsewhere(end)
        assert not sees(order.case_id)


def test_a_write_is_begun_before_the_block_and_committed_after(order: Order, now: datetime) -> None:
    inspector, head = actor("inspector"), actor("head")
    with acting(inspector), transaction.atomic():
        case = Case.objects.get(pk=order.case_id)

        def block() -> None:
            with acting(head):
                actions.block(staff_id=inspector.staff, **beside(order), ground=BlockGround.KIN, by=head, now=now)

        elsewhere(block)
        with pytest.raises(NotFound), transaction.atomic():
            cases.close(case=case, by=inspector, now=now)
    with acting(head), transaction.atomic():
        assert Case.objects.get(pk=order.case_id).state == "open"


def test_a_stream_is_opened_before_the_block_and_read_to_its_end(order: Order, now: datetime) -> None:
    """Rows that were asked for before are those of before; the next question finds none."""
    inspector, head = actor("inspector"), actor("head")
    with acting(inspector):
        with transaction.atomic():
            for _more in range(3):
                factories.case(by=inspector, now=now)
        with transaction.atomic():
            rows = Case.objects.order_by("id").iterator(chunk_size=1)
            next(rows)

            def block() -> None:
                with acting(head):
                    for case in list(_threads(head)):
                        actions.block(
                            staff_id=inspector.staff,
                            thread_id=case,
                            territory_id=order.territory_id,
                            ground=BlockGround.KIN,
                            by=head,
                            now=now,
                        )

            elsewhere(block)
            list(rows)
            assert not Case.objects.exists()


def _threads(head: Actor) -> list[UUID]:
    with acting(head), transaction.atomic():
        return list(Case.objects.values_list("thread_id", flat=True))


def test_two_admissions_are_ended_at_once_and_one_is_left_open(order: Order, now: datetime) -> None:
    from tests.threads import at_once

    given, inside = admitted(order, now)
    head = actor("head")

    def end() -> object:
        with acting(head):
            return actions.end(admission_id=given.id, by=head, now=now).ended_at

    assert at_once(end, end) == [now, now]
    with acting(inside), transaction.atomic():
        assert not sees(order.case_id)


def test_two_people_block_one_at_the_same_moment_and_neither_holds(order: Order, now: datetime) -> None:
    from tests.threads import at_once

    inspector, head, city = actor("inspector"), actor("head"), actor("cityhead")

    def block(by: Actor) -> Callable[[], object]:
        def work() -> object:
            with acting(by):
                place = beside(order)
                return actions.block(staff_id=inspector.staff, **place, ground=BlockGround.KIN, by=by, now=now)[0].id

        return work

    told = at_once(block(head), block(city))
    assert any(isinstance(one, UUID) for one in told)
    with acting(inspector), transaction.atomic():
        assert not sees(order.case_id)
