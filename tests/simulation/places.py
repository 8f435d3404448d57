"""A place with the simulation's offices, inside the test's own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from qorgan.base.numbers import SERIES
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.facts.collect import run
from qorgan.indicators.engine.periods import parse
from qorgan.simulation import actions, check, perform
from qorgan.simulation.check import Checked
from qorgan.simulation.engine.ledger import Ledger
from qorgan.simulation.readers.country import ground
from tests.roles import as_process

SINCE = datetime(2013, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
WORDS: dict[str, Any] = ground().assumptions.words["told"]
_SEQUENCES = (*(f"qorgan_number_{series}" for series in SERIES), "offences_offenceperson_id_seq")


def settled() -> perform.Hands:
    """The place gets its offices; who acts in them."""
    with as_process(Process.MIGRATOR):
        actions.settle(ground=ground(), by=Actor(name="tests"), now=NOW, since=SINCE)
    return perform.hands(ground(), now=NOW)


@contextmanager
def as_if_never() -> Iterator[None]:
    """What the block writes is checked as a commit would check it, and taken back; numbers too start again."""
    with connection.cursor() as cursor, transaction.atomic():
        held = [(name, *_state(cursor, name)) for name in _SEQUENCES]
        yield
        cursor.execute("set constraints all immediate")
        transaction.set_rollback(True)
    with as_process(Process.MIGRATOR), connection.cursor() as cursor:
        for name, last, called in held:
            cursor.execute("select setval(%s::regclass, %s, %s)", [name, last, called])


def _state(cursor: Any, sequence: str) -> tuple[int, bool]:
    cursor.execute(f"select last_value, is_called from {sequence}")
    last, called = cursor.fetchone()
    return last, called


def compared(ledger: Ledger, periods: list[str], *, now: datetime) -> Checked:
    """All indicators beside the ledger, after every record was collected at a moment of the collector's."""
    with as_process(Process.COLLECTOR):
        run.collect_all(now=now)
    with as_process(Process.STATISTICS):
        return check.check(ledger, [parse(word) for word in periods])
