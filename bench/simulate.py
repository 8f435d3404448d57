"""A synthetic year through the real actions and through the loader: seconds, actions a second, memory.

`BENCH_SCALE_ACTIONS` (0.1) and `BENCH_SCALE_LOADER` (1) choose how much of the country.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.machine import family

YEAR = "2024"
WAYS = (
    ("actions", os.environ.get("BENCH_SCALE_ACTIONS", "0.1")),
    ("loader", os.environ.get("BENCH_SCALE_LOADER", "1")),
)
TARGET_SECONDS = 600


def run() -> list[str]:
    """A line to each way, with the memory that its process held a third and nine tenths of the way through."""
    lines = []
    for way, scale in WAYS:
        with tempfile.TemporaryDirectory(prefix="qorgan-bench-") as folder:
            told, held = _made(Path(folder) / "report.json", way, scale)
        seconds, actions = told["seconds"]["records"], told["made"]["actions"]
        early, late = held[len(held) // 3], held[9 * len(held) // 10]
        lines.append(
            f"{way:8} scale {scale}: {actions} actions in {seconds:.0f} s, {actions / seconds:.0f} a second,"
            f" memory {early:.0f} to {late:.0f} MB   target < {TARGET_SECONDS} s, flat"
        )
    return lines


def _made(answer: Path, way: str, scale: str) -> tuple[dict, list[float]]:  # type: ignore[type-arg]  # plain JSON
    """What the command said, and the megabytes of its largest process, twice a second."""
    command = [sys.executable, "-m", "qorgan.cli.main", "simulate", "--year", YEAR, "--scale", scale, "--by", way]
    command += ["--processes", "2"]
    with answer.open("w") as target:
        made = subprocess.Popen([*command, "--json"], stdout=target)
        held: list[float] = []
        watch = threading.Thread(target=_watch, args=(made, held))
        watch.start()
        status = made.wait()
        watch.join()
    if status:
        raise RuntimeError(f"{way} at scale {scale} failed")
    return json.loads(answer.read_text()), held or [0.0]


def _watch(made: "subprocess.Popen[bytes]", held: list[float]) -> None:
    while made.poll() is None:
        sizes = [_megabytes(pid) for pid in family(made.pid)]
        held.append(max(sizes, default=0.0))
        time.sleep(0.5)


def _megabytes(pid: int) -> float:
    """What a process of the program holds; PostgreSQL counts its shared memory to each of its own."""
    try:
        if "python" not in Path(f"/proc/{pid}/comm").read_text():
            return 0.0
        words = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0.0
    return int(words[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
