"""Knowing a person: recall of typed names among many, false certainty, time of a search, speed of writing persons down.

`BENCH_PERSONS` says among how many (20,000), `BENCH_NAMES` where the pairs lie (`../shared/names`), `BENCH_WRITERS` how
many processes fill the place (2), `BENCH_PLACE` a folder that keeps the filled place, to be asked again. A third of the
pairs, chosen by the digest of the whole row, is locked away: only a run with `BENCH_LOCKED=1`, the last one, asks
those, and nothing else. `BENCH_PLAIN` says how many of the same questions are put to trigrams and full text over the
same names in the clear (0).
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench import place as places
from bench.machine import percentile
from bench.place import Place
from qorgan.base import postgres

PERSONS = int(os.environ.get("BENCH_PERSONS", "20000"))
WRITERS = int(os.environ.get("BENCH_WRITERS", "2"))
PLAIN = int(os.environ.get("BENCH_PLAIN", "0"))
PORTION = 50_000
MEASURED = 10_000  # written by each process where the speed of a full place is asked


def run() -> Iterator[str]:
    """Lines of figures."""
    with _place() as place:
        crowds = _crowds(place)
        if not crowds:
            crowds = {f"{step}-{number}": size for step, number, size in _portions()}
            speed = _filled(place, crowds)
            yield f"{PERSONS} persons by {WRITERS} processes: {speed:.0f} a second while the place fills"
        for what in ("all", "core"):
            more = {f"{len(crowds)}-{what}-{number}": MEASURED for number in range(WRITERS)}
            speed = _filled(place, more, core=what == "core")
            crowds |= more
            yield f"then in batches by {WRITERS} processes, {what} marks: {speed:.0f} a second"
        single = _ended(_begun(place, "single"))
        yield f"one by one, a transaction each, all marks: {single['persons'] / single['seconds']:.0f} a second"
        yield f"{_ended(_begun(place, 'store'))['persons']} persons of the pairs beside them"
        _note(place).write_text(json.dumps(crowds), encoding="utf-8")
        yield _sizes(place)
        told = _ended(_begun(place, "ask"))
        yield from _asked(told)
        yield "warm: " + _times(told["milliseconds"])
        yield f"negatives: {told['negatives']} asked, {told['false']} surely taken for another"
        yield f"sure and right: {told['sure']} of {told['dated']} with a whole date"
        if PLAIN:
            yield from _plainly(place)


@contextmanager
def _place() -> Iterator[Place]:
    kept = os.environ.get("BENCH_PLACE")
    if not kept:
        with places.made() as place:
            yield place
        return
    place, is_new = Place(Path(kept).resolve()), not Path(kept).exists()
    place.home.mkdir(mode=0o700, exist_ok=True)
    postgres.ensure(place.home)
    if is_new:
        place.run("story", "begin", "--password", places.PASSWORD)
    yield place
    postgres.release(place.home)


def _note(place: Place) -> Path:
    return place.home / "bench-crowds.json"


def _crowds(place: Place) -> dict[str, int]:
    """What an earlier run has filled the place with: seeds and sizes."""
    held: dict[str, int] = json.loads(_note(place).read_bytes()) if _note(place).exists() else {}
    return held


def _portions() -> Iterator[tuple[int, int, int]]:
    each = PERSONS // WRITERS
    for number in range(WRITERS):
        yield from (
            (step, number, min(PORTION, each - step * PORTION)) for step in range((each + PORTION - 1) // PORTION)
        )


def _filled(place: Place, crowds: dict[str, int], *, core: bool = False) -> float:
    """Persons a second, written by all processes side by side."""
    shares = [
        {seed: size for at, (seed, size) in enumerate(crowds.items()) if at % WRITERS == n} for n in range(WRITERS)
    ]
    begun = [_begun(place, "fill", json.dumps(share), "core" if core else "all") for share in shares if share]
    seconds: float = max(_ended(one)["seconds"] for one in begun)
    return sum(crowds.values()) / seconds


def _begun(place: Place, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "bench.knowing_work", *words]
    environment = place.environment | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _ended(process: "subprocess.Popen[str]") -> dict[str, Any]:
    said, _errors = process.communicate()
    if process.returncode:
        raise RuntimeError(f"a process of the bench failed: {process.returncode}")
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    return told


def _owner(place: Place) -> psycopg.Connection:
    address = postgres.ensure(place.home).data
    line = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
    return psycopg.connect(line, autocommit=True)


def _sizes(place: Place) -> str:
    with _owner(place) as owner:
        owner.execute("vacuum analyze people_namemark, people_person")
        row = owner.execute(
            "select count(*), pg_table_size('people_namemark') >> 20, pg_indexes_size('people_namemark') >> 20,"
            " pg_total_relation_size('people_person') >> 20, (select count(*) from people_person) from people_namemark"
        ).fetchone()
    assert row is not None
    return f"{row[4]} persons, {row[0]} marks: {row[1]} MB of rows, {row[2]} MB of indexes; persons {row[3]} MB"


def _times(milliseconds: list[float]) -> str:
    return ", ".join(f"p{share} {percentile(milliseconds, share / 100):.1f} ms" for share in (50, 95, 99))


def _asked(told: dict[str, dict[str, list[int]]]) -> Iterator[str]:
    for kind, ranks in sorted(told["ranks"].items()):
        shares = ", ".join(f"R@{most} {sum(0 < rank <= most for rank in ranks) / len(ranks):.3f}" for most in (1, 10))
        yield f"  {kind:44} {len(ranks):5}  {shares}"


def _plainly(place: Place) -> Iterator[str]:
    """The first of the same questions, by their digests, to Qorgan and to plain searches over open names."""
    for way, told in _ended(_begun(place, "plain", str(PLAIN), json.dumps(_crowds(place)))).items():
        yield f"{way}: {_times(told['milliseconds'])}"
        yield from (line for line in _asked(told) if not line.startswith("  -"))
