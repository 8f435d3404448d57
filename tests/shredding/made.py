"""A case at its end, as the actions leave it, and a store from which keys may be destroyed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from qorgan.base import deployment, signing
from qorgan.base.keys.store import Store
from qorgan.base.keys.vault import vault
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.orders import actions as orders
from qorgan.orders.models import Order
from qorgan.orders.terms import Finding
from qorgan.shredding import actions, queries
from qorgan.shredding.models import Destruction
from qorgan.shredding.queries import Record
from qorgan.shredding.terms import Ground
from tests import factories
from tests.roles import as_process

PAPER = "Еңбекші аудандық сотының 2026 жылғы 12 қарашадағы 5-шешімі"
REASON = "Гүлсезім өзі сұрады"


def closed(*, by: Actor, now: datetime) -> Case:
    """A case whose order was cancelled, closed."""
    order = factories.served(by=by, now=now)
    orders.check(order=order, step=1, finding=Finding.NO_BREACH, note="Есігі бүтін", by=by, now=now)
    held = Order.objects.get(pk=order.pk)
    orders.cancel(order=held, why="сот күшін жойды", by=by, now=now + timedelta(minutes=1))
    case = Case.objects.get(pk=order.case_id)
    cases.close(case=case, by=by, now=now + timedelta(minutes=2))
    return Case.objects.get(pk=case.pk)


def victim(case: Case) -> Record:
    """The first person of a case."""
    return queries.records_of(case)[1]


def asked(record: Record, *, by: Actor, now: datetime, ground: Ground = Ground.COURT) -> Destruction:
    """Asked for by the head of the unit."""
    return actions.ask(record=record, ground=ground, paper=PAPER, reason=REASON, by=by, now=now)


@contextmanager
def store() -> Iterator[Store]:
    """The key store as the worker reaches it."""
    login = deployment.keys_login(Process.WORKER)
    assert login is not None
    held = Store(login.dsn())
    yield held
    held.close()


def destroyed(record: Record, *, asks: Actor, confirms: Actor, system: Actor, now: datetime) -> Destruction:
    """All three steps."""
    with acting(asks):
        held = asked(record, by=asks, now=now)
    with acting(confirms):
        actions.confirm(destruction=held, by=confirms, now=now + timedelta(hours=1))
    return carried_out(held, system=system, now=now + timedelta(hours=1, seconds=1))


def carried_out(held: Destruction, *, system: Actor, now: datetime) -> Destruction:
    """What the worker does."""
    signer = signing.signer(demo=True)
    with store() as keys, acting(system), as_process(Process.WORKER):
        actions.destroy(destruction_id=held.id, by=system, now=now, store=keys, signer=signer)
        vault.cache_clear()  # a minute later
        return Destruction.objects.get(pk=held.pk)
