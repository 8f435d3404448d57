"""What goes on while a place is served: WAL is carried away every few seconds, a whole copy is taken once a day."""

import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from qorgan.base import clock
from qorgan.base.backups import archive, plan, servers
from qorgan.base.backups.plan import Plan
from qorgan.base.backups.take import take

EVERY = 5.0  # seconds
COPIED = timedelta(days=1)
PRUNED = timedelta(hours=1)


def watch(home: Path, *, over: threading.Event) -> None:
    """Go on until `over` is set; a place whose backups were never begun is left alone until they are."""
    pruned_at: datetime | None = None
    while not over.wait(EVERY):
        settled, now = plan.read(home), clock.now()
        if settled is None:
            continue
        carry(home, settled, now=now)
        copy(home, settled, now=now)
        if pruned_at is None or now - pruned_at > PRUNED:
            for name in servers.CLUSTERS:
                settled.prune(name, now=now)
            pruned_at = now


def carry(home: Path, settled: Plan, *, now: datetime) -> int:
    """Carry away what the servers have laid down: how many files."""
    return sum(archive.carry(cluster, settled, home=home, now=now) for cluster in servers.running(home).values())


def copy(home: Path, settled: Plan, *, now: datetime) -> None:
    """Take a whole copy of each cluster whose last is a day old, and go on carrying meanwhile."""
    carried = time.monotonic()

    def meanwhile(_what: str, _done: int, _expected: int) -> None:
        nonlocal carried
        if time.monotonic() - carried > EVERY:
            carry(home, settled, now=clock.now())
            carried = time.monotonic()

    for name in servers.CLUSTERS:
        newest = settled.shelf(name).newest()
        if newest is None or now - newest.finished_at > COPIED:
            take(home, settled, clusters=(name,), progress=meanwhile)
