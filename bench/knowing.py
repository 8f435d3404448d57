"""Knowing a person: recall of typed names among many, false certainty, time of a search, speed of writing persons down.

`BENCH_PERSONS` says among how many (20,000), `BENCH_NAMES` where the pairs lie (`../shared/names`), `BENCH_WRITERS` how
many processes fill the place (2). A third of the pairs, chosen by the digest of the whole row, is locked away: only a
run with `BENCH_LOCKED=1`, the last one, asks those, and it asks nothing else.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg

from bench.machine import percentile
from bench.place import Place, made
from qorgan.base import postgres

PERSONS = int(os.environ.get("BENCH_PERSONS", "20000"))
WRITERS = int(os.environ.get("BENCH_WRITERS", "2"))


def run() -> Iterator[str]:
    """Lines of figures."""
    with made() as place:
        filled = [_begun(place, "fill", str(number), str(PERSONS // WRITERS)) for number in range(WRITERS)]
        told = [_ended(one) for one in filled]
        seconds = max(one["seconds"] for one in told)
        yield f"{PERSONS} persons in batches by {WRITERS} processes: {PERSONS / seconds:.0f} a second, all marks"
        single = _ended(_begun(place, "single"))
        yield f"one by one, a transaction each: {single['persons'] / single['seconds']:.0f} a second"
        found_store = _ended(_begun(place, "store"))
        yield f"{found_store['persons']} persons of the pairs beside them"
        yield _sizes(place)
        yield from _asked(_ended(_begun(place, "ask")))


def _begun(place: Place, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "bench.knowing_work", *words]
    environment = place.environment | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _ended(process: "subprocess.Popen[str]") -> dict[str, float | int | dict[str, list[int]] | list[float]]:
    said, _errors = process.communicate()
    if process.returncode:
        raise RuntimeError(f"a process of the bench failed: {process.returncode}")
    told: dict[str, float | int | dict[str, list[int]] | list[float]] = json.loads(said.splitlines()[-1])
    return told


def _sizes(place: Place) -> str:
    address = postgres.ensure(place.home).data
    line = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
    with psycopg.connect(line, autocommit=True) as owner:
        owner.execute("vacuum analyze people_namemark, people_person")
        row = owner.execute(
            "select count(*), pg_table_size('people_namemark') >> 20, pg_indexes_size('people_namemark') >> 20,"
            " pg_total_relation_size('people_person') >> 20 from people_namemark"
        ).fetchone()
    assert row is not None
    return f"{row[0]} marks: {row[1]} MB of rows, {row[2]} MB of indexes; persons {row[3]} MB"


def _asked(told: dict[str, dict[str, list[int]]]) -> Iterator[str]:
    for kind, ranks in sorted(told["ranks"].items()):
        shares = ", ".join(f"R@{most} {sum(0 < rank <= most for rank in ranks) / len(ranks):.3f}" for most in (1, 10))
        yield f"  {kind:44} {len(ranks):5}  {shares}"
    times = told["milliseconds"]
    yield "warm: " + ", ".join(f"p{share} {percentile(times, share / 100):.1f} ms" for share in (50, 95, 99))
    yield f"negatives: {told['negatives']} asked, {told['false']} surely taken for another"
    yield f"sure and right: {told['sure']} of {told['dated']} with a whole date"
