"""The journal: an export verified, 300,000 rows a second on one core; sealed within two seconds of an open write's end.

The file is made as the sealer makes it, beside any place; what is counted is CPU time, so that a busy machine is seen
as one. Each round is a process of its own. The whole command, with the start of the program, is measured beside it.
For the sealing a place is made, with a sealer as `qorgan serve` starts it.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg

from bench.machine import spread
from bench.place import made
from qorgan.base import postgres, signing
from qorgan.base.journal import chain
from qorgan.base.journal import lines as form

ROWS = int(os.environ.get("BENCH_ROWS", "600000"))
DAYS = 30
ROUNDS = 7
TARGET = 300_000
SEALED = 12  # open writes whose end is waited for

_ROW = (
    "insert into base_journalentry (at, kind, thing, thing_id, process, detail)"
    " values (now(), 'bench.thing.done', '', '', 'staff', '{}')"
)
_WAITING = (
    "select exists (select 1 from base_journalentry e where not exists"
    " (select 1 from base_journalseal s where s.entry_id = e.id))"
)

WORK = """
import json, sys, time
from qorgan.base.journal import offline
begun, spent = time.perf_counter(), time.process_time()
with open(sys.argv[1], "rb") as lines:
    told = offline.verify(lines)
print(json.dumps({"wall": time.perf_counter() - begun, "cpu": time.process_time() - spent} | told))
"""


class Fails(RuntimeError):
    """The export that was made does not hold."""


def run() -> Iterator[str]:
    """Lines of figures; `BENCH_ROWS` says of how many entries."""
    with tempfile.TemporaryDirectory(prefix="qorgan-journal-") as folder:
        file = Path(folder) / "journal"
        with file.open("wb") as target:
            target.writelines(_lines())
        size = file.stat().st_size
        rounds = [_round(file) for _each in range(ROUNDS)]
        command = _command(file)
    rates = [ROWS / cpu for cpu, _wall in rounds]
    yield f"journal: {ROWS} rows of {size / ROWS:.0f} bytes on {DAYS} days verified, {ROUNDS} times"
    yield f"  rows a CPU second {spread(rates, 0)}; target {TARGET}"
    yield f"  rows a second of the clock {spread([ROWS / wall for _cpu, wall in rounds], 0)}"
    yield f"  the whole command {command:.1f} s of CPU, {ROWS / command:.0f} rows a CPU second"
    yield f"  seconds from the end of the oldest open write to the seal {spread(_sealed())}; target 2"


def _round(file: Path) -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", WORK, str(file)], check=True, stdout=subprocess.PIPE, text=True)
    told = json.loads(done.stdout)
    if told["holds"] is not True or told["entries"] != ROWS:
        raise Fails(done.stdout)
    return float(told["cpu"]), float(told["wall"])


def _command(file: Path) -> float:
    """CPU seconds of `qorgan journal verify --export FILE`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = ["-m", "qorgan.cli.main", "journal", "verify", "--export", str(file)]
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _sealed() -> list[float]:
    """Seconds from the commit of a write that was open until it, and one that was written after it, are sealed."""
    with made() as place:
        address = postgres.ensure(place.home).data
        dsn = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
        words = ["-m", "qorgan.cli.main", "worker", "--only", "sealer"]
        sealer = subprocess.Popen([sys.executable, *words], env=place.environment)
        try:
            with psycopg.connect(dsn) as slow, psycopg.connect(dsn, autocommit=True) as other:
                _until_sealed(other)
                return [_once(slow, other, seconds=1 + each * 0.17) for each in range(SEALED)]
        finally:
            sealer.terminate()
            sealer.wait()


def _once(slow: psycopg.Connection, other: psycopg.Connection, *, seconds: float) -> float:
    slow.execute(_ROW)
    other.execute(_ROW)
    time.sleep(seconds)
    begun = time.perf_counter()
    slow.commit()
    _until_sealed(other)
    return time.perf_counter() - begun


def _until_sealed(line: psycopg.Connection) -> None:
    while line.execute(_WAITING).fetchone() != (False,):
        time.sleep(0.01)


def _lines() -> Iterator[bytes]:
    signer, digest, day = signing.signer(demo=True), chain.START, date(2026, 1, 1)
    yield form.FIRST
    for number in range(1, ROWS + 1):
        covered = chain.covered(number, day, _entry(number))
        digest = chain.link(digest, covered)
        yield form.link(number, day, covered, digest)
        if number % (ROWS // DAYS) == 0:
            head = form.head(day, number, digest)
            signature = signer.sign(signing.canonical(head), purpose=form.DAY_OVER)
            yield form.signed(form.HEAD, head, signature.as_dict())
            day += timedelta(days=1)
    end = form.end(datetime.now(UTC), day - timedelta(days=1), ROWS, digest)
    yield form.signed(form.END, end, signer.sign(signing.canonical(end), purpose=form.EXPORTED).as_dict())


def _entry(number: int) -> dict[str, object]:
    """A look at a case: the most frequent row, and a long one."""
    return {
        "id": number,
        "at": "2026-01-01T04:05:06.789012+00:00",
        "written_at": "2026-01-01T04:05:06.790123+00:00",
        "kind": "web.case.seen",
        "thing": "case",
        "thing_id": str(UUID(int=number)),
        "staff_id": str(UUID(int=number % 5000)),
        "mandate_id": str(UUID(int=number % 6000)),
        "process": "staff",
        "detail": {"purpose": "duty"},
    }
