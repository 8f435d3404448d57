"""A release of every indicator in every region from the facts of a place: how long, how large, the same bytes twice.

`BENCH_HOME` names a place that has facts already, of a whole simulated year say; without it a place is made
with a small part of one. Nothing is kept: the box is drawn up twice, each time by a process of its own.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.place import Place, made

PERIOD = os.environ.get("BENCH_PERIOD", "2024")
SCALE = "0.01"

WORK = """
import hashlib, json, resource, sys, time
from qorgan.base.processes import Process
from qorgan.cli.start import begin
begin(Process.STATISTICS)
from django.db import transaction
from qorgan.base import signing
from qorgan.facts.models import Fact
from qorgan.indicators.engine.periods import parse
from qorgan.releases import queries
begun = time.perf_counter()
with transaction.atomic():
    facts = Fact.objects.count()
    counted = time.perf_counter()
    draft = queries.draft(period=parse(sys.argv[1]), number=sys.argv[1] + "-1")
    figures = time.perf_counter()
    pattern = draft.protection.pattern
    hidden = time.perf_counter()
    draft.check()
    audited = time.perf_counter()
    box = queries.assembled(draft, signer=signing.signer(demo=True))
ended = time.perf_counter()
print(json.dumps({
    "facts": facts, "indicators": len(draft.national), "regions": len(draft.regions), "bytes": len(box),
    "sha256": hashlib.sha256(box).hexdigest(), "figures": figures - counted, "hiding": hidden - figures,
    "audit": audited - hidden, "box": ended - audited, "all": ended - counted,
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "method": draft.method,
    "small": len(draft.protection.tables.small), "hidden": len(pattern.hidden), "withheld": len(pattern.withheld),
}))
"""


@contextmanager
def _place() -> Iterator[Place]:
    named = os.environ.get("BENCH_HOME")
    if named:
        yield Place(Path(named))
        return
    with made() as place:
        place.run("simulation", "settle")
        place.run("simulation", "make", f"--year={PERIOD}", f"--scale={SCALE}")
        place.run("facts", "collect", "--json")
        yield place


def _once(place: Place, seed: str) -> dict[str, Any]:
    command = [sys.executable, "-c", WORK, PERIOD]
    environment = place.environment | {"PYTHONHASHSEED": seed}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def run() -> Iterator[str]:
    """Lines of the measurement."""
    with _place() as place:
        both = [_once(place, seed) for seed in ("1", "2")]
    first, second = both
    yield f"release {PERIOD}: {first['indicators']} indicators x {first['regions']} regions from {first['facts']} facts"
    for one in both:
        yield (
            f"  {one['all']:.1f} s: figures {one['figures']:.1f}, hiding ({one['method']}) {one['hiding']:.1f}, "
            f"audit {one['audit']:.1f}, box {one['box']:.1f}; {one['memory']:.0f} MB"
        )
    yield (
        f"  {first['bytes']} bytes; {first['small']} small counts, {first['hidden']} hidden, "
        f"{first['withheld']} tables withheld"
    )
    yield f"  same bytes twice: {first['sha256'] == second['sha256']}"
