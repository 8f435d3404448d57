"""She is warned before her order ends, by the way she named and no other; whom nobody may write to, a person tells."""

from datetime import datetime, time, timedelta

import pytest

from qorgan.agencies import queries as agencies
from qorgan.base.keys import vault
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases.terms import Role
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.messages.models import Outgoing
from qorgan.messages.terms import Channel, SafeContact, Voice
from qorgan.orders import actions
from qorgan.orders.models import Order, Protected, Warned
from qorgan.orders.terms import Receipt
from qorgan.people.actions import Named
from tests import factories
from tests.roles import as_process

DAY = timedelta(days=1)
SAFE = {"channel": Channel.EMAIL, "address": "ayna@example.kz", "code_word": "тұмар"}


def _reached(order: Order, *, by: Actor, at: datetime, **contact: object) -> None:
    person = Protected.objects.get(order=order).person_id
    safe = SafeContact(**{**SAFE, "verified_at": at, **contact})  # type: ignore[arg-type]  # told by name
    cases.keep_reach(case=order.case, person_id=person, contact=safe, by=by, now=at)


def _warn(order: Order, now: datetime) -> int:
    system = agencies.system("orders.warn_of_end")
    with as_process(Process.WORKER), acting(system):
        return actions.warn(order=order, by=system, now=now)


def test_three_days_before_the_end_a_message_leaves_that_says_nothing_to_others(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    _reached(order, by=owner, at=now + 20 * DAY)
    assert _warn(order, now + 26 * DAY) == 0, "not yet"
    assert _warn(order, now + 28 * DAY) == 1
    message = Outgoing.objects.get(thing_id=order.id)
    words = vault.open(message.words, at="messages.outgoing.words")
    assert words.startswith("тұмар\n")
    assert not [word for word in ("нұсқама", "предписан", "полиц", order.number) if word in words.lower()]
    assert _warn(order, now + 28 * DAY) == 0, "once for an end"
    assert not Duty.objects.filter(thing_id=order.id, kind=Kind.WARN_OF_END).exists()


@pytest.mark.parametrize(
    "contact",
    [
        {"channel": Voice.CALL, "address": "+77010000001"},
        {"channel": Voice.SHE, "address": ""},
        {"verified_at": None},
    ],
)
def test_whom_nothing_may_be_written_to_is_warned_by_a_person(
    owner: Actor, now: datetime, contact: dict[str, object]
) -> None:
    order = factories.served(by=owner, now=now)
    _reached(order, by=owner, at=now, **contact)
    assert _warn(order, now + 28 * DAY) == 0
    assert not Outgoing.objects.filter(thing_id=order.id).exists()
    duty = Duty.objects.get(thing_id=order.id, kind=Kind.WARN_OF_END)
    assert (duty.due_at, duty.provision) == (now + 30 * DAY, "orders.warn_before_end")


def test_nobody_is_written_to_whose_hours_open_after_the_end(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    ends = now + 30 * DAY
    local = ends.astimezone(ends.tzinfo)
    opens = (local + timedelta(hours=6)).timetz().replace(tzinfo=None, second=0, microsecond=0)
    _reached(order, by=owner, at=now, hours_from=opens, hours_until=time(opens.hour, 59))
    _warn(order, ends - timedelta(minutes=30))
    assert Duty.objects.filter(thing_id=order.id, kind=Kind.WARN_OF_END).exists()
    assert not Outgoing.objects.filter(thing_id=order.id).exists()


def test_a_child_is_not_written_to_and_a_person_sees_to_it(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    child = cases.add_person(case=case, named=Named(written="Сәрсенбай Аяла"), role=Role.CHILD, by=owner, now=now)
    order = factories.draft(by=owner, now=now, held=case)
    Protected.objects.filter(order=order).update(person_id=child.id)
    service = actions.Service(at=now, receipt=Receipt.SIGNED)
    actions.serve(order=actions.issue(order=order, by=owner, now=now), service=service, by=owner, now=now)
    assert _warn(order, now + 28 * DAY) == 0
    assert Warned.objects.get(order=order).message_id is None
    assert Duty.objects.filter(thing_id=order.id, kind=Kind.WARN_OF_END).exists()


def test_of_an_order_that_was_cancelled_nobody_is_warned(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    _reached(order, by=owner, at=now)
    actions.annul(order=order, why="сот", by=owner, now=now + DAY)
    assert _warn(order, now + 28 * DAY) == 0
    assert not Warned.objects.filter(order=order).exists()
