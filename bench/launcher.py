"""The launcher: first start, next start, and asking when it runs. Targets: under 3 s and under 0.5 s."""

import shutil
import tempfile
from pathlib import Path

from bench.machine import spread
from bench.place import timed
from qorgan.base import postgres


def run(rounds: int = 5) -> list[str]:
    """Three lines of figures; both clusters, each round in a home of its own."""
    first, following, running = [], [], []
    for _round in range(rounds):
        home = Path(tempfile.mkdtemp(prefix="qorgan-bench-"))
        first.append(timed(lambda home=home: postgres.ensure(home)))
        running.append(timed(lambda home=home: postgres.ensure(home)))
        postgres.release(home)
        postgres.stop(home)
        following.append(timed(lambda home=home: postgres.ensure(home)))
        postgres.release(home)
        postgres.erase(home)
        shutil.rmtree(home, ignore_errors=True)
    return [
        f"launcher first start, s     {spread(first)}   target < 3",
        f"launcher next start, s      {spread(following)}   target < 0.5",
        f"launcher when running, s    {spread(running, 3)}",
    ]
