"""Many threads, one after another: memory stays flat however many there are."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction

from qorgan.simulation.engine.threads import Thread
from qorgan.simulation.perform.hands import Hands
from qorgan.simulation.perform.thread import Performance

BATCH = 25  # threads to a transaction

Progress = Callable[[int], None]  # threads done so far


@dataclass(frozen=True)
class Performed:
    """How many threads were carried out, and by how many actions."""

    threads: int
    actions: int


def perform(
    threads: Iterable[Thread], hands: Hands, words: dict[str, Any], *, progress: Progress = lambda _done: None
) -> Performed:
    """Carry threads out to their end, a transaction to each few. `words` are what is told in made-up records."""
    left = iter(threads)
    done = actions = 0
    while batch := list(islice(left, BATCH)):
        with transaction.atomic(), _without_savepoints():
            for thread in batch:
                actions += Performance(thread, hands, words).go()
        done += len(batch)
        progress(done)
    return Performed(done, actions)


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """A refusal here is a fault of the plan and ends the batch; no act is taken back alone, so none needs a savepoint.

    They are nearly half of all that PostgreSQL is asked.
    """
    features = connection.features
    features.uses_savepoints = False
    try:
        yield
    finally:
        del features.uses_savepoints
