"""Many threads into the tables, a batch to a transaction: memory stays flat however many there are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction

from qorgan.agencies import queries as agencies
from qorgan.base.scope import acting
from qorgan.offences.engine import catalogue
from qorgan.simulation.engine.threads import Thread
from qorgan.simulation.loader.thread import Tray
from qorgan.simulation.loader.write import write
from qorgan.simulation.perform.hands import Hands

BATCH = 1000  # threads to a transaction

Progress = Callable[[int], None]  # threads done so far


@dataclass(frozen=True)
class Loaded:
    """How many threads were loaded, the actions they stand for, and the rows they left."""

    threads: int
    actions: int
    rows: int


def load(
    threads: Iterable[Thread], hands: Hands, words: dict[str, Any], *, progress: Progress = lambda _done: None
) -> Loaded:
    """Load threads as if every step had been taken by its action. `words` are what is told in made-up records."""
    registers = {code: held.register for code, held in catalogue.read().codes.items()}
    left = iter(threads)
    done = actions = rows = 0
    with acting(agencies.system("simulation")):
        tray = Tray(hands, words, registers)
        while batch := list(islice(left, BATCH)):
            with transaction.atomic():
                actions += sum(map(tray.lay_out, batch))
                rows += write(tray.take())
            done += len(batch)
            progress(done)
    return Loaded(done, actions, rows)
