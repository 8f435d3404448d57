"""The key store: every key wrapped anew under a new master, killed once on the way; and what it costs to find a number.

`BENCH_KEYS` says of how many keys (1,000,000). They are made beside the program, all wrapped under the first master.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import psycopg
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from bench.place import Place, made
from qorgan.base import postgres
from qorgan.base.deployment import KEYS_DATABASE

KEYS = int(os.environ.get("BENCH_KEYS", "1000000"))
_FILL = "insert into wrapped_key (id, wrapped) select gen_random_uuid(), %s from generate_series(1, %s)"


def run() -> Iterator[str]:
    """Lines of figures."""
    with made() as place:
        place.run("keys", "status")
        address = postgres.ensure(place.home).keys
        line = f"host={address.host} port={address.port} dbname={KEYS_DATABASE} user={address.superuser}"
        with psycopg.connect(line, autocommit=True) as owner:
            wrapped = aes_key_wrap((place.home / "secrets" / "persons.key").read_bytes(), os.urandom(32))
            owner.execute(_FILL.encode(), [wrapped, KEYS])
            owner.execute("vacuum analyze wrapped_key")
            place.run("keys", "rotate")
            done, begun = _killed(place, owner), time.perf_counter()
            yield f"killed after {done} keys"
            told = json.loads(place.run("keys", "rewrap", "--json"))
            passed = time.perf_counter() - begun
            yield (
                f"the other {told['rewrapped']} wrapped anew in {passed:.1f} s,"
                f" {told['rewrapped'] / passed:.0f} keys/s; {told['left']} left"
            )
            begun = time.perf_counter()
            place.run("keys", "retire")
            yield f"the old master retired in {time.perf_counter() - begun:.1f} s"


def _killed(place: Place, owner: psycopg.Connection) -> int:
    """Begin, and kill it when a tenth is done; how many were done."""
    command = [sys.executable, "-m", "qorgan.cli.main", "keys", "rewrap"]
    process = subprocess.Popen(command, env=place.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while _done(owner) < KEYS // 10:
        time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return _done(owner)


def _done(owner: psycopg.Connection) -> int:
    row = owner.execute("select count(*) from wrapped_key where master = 2").fetchone()
    return int(row[0]) if row else 0
