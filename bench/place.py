"""A deployment of its own for a measurement, made by the real commands."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qorgan.base import postgres

PASSWORD = "bench-password-2026"


@dataclass(frozen=True)
class Place:
    """A home with its servers running."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
        return kept | {"QORGAN_HOME": str(self.home), "QORGAN_DEMO": "1"}

    def run(self, *arguments: str) -> str:
        """One command of the program; what it printed."""
        command = [sys.executable, "-m", "qorgan.cli.main", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=self.environment).stdout

    def postmasters(self) -> list[int]:
        """The process ids of the two servers."""
        return [cluster.pid for cluster in postgres.status(self.home).clusters if cluster.pid]


@contextmanager
def made() -> Iterator[Place]:
    """A fresh place with the invented staff, erased at the end."""
    place = Place(Path(tempfile.mkdtemp(prefix="qorgan-bench-")))
    try:
        postgres.ensure(place.home)
        place.run("story", "begin", "--password", PASSWORD)
        yield place
    finally:
        postgres.release(place.home)
        postgres.erase(place.home)
        shutil.rmtree(place.home, ignore_errors=True)


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall time."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
