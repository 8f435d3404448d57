"""Fifty call-takers and two hundred visitors for ten minutes, PostgreSQL killed three times; counted from both ends.

Everything runs on this machine: the servers, both web processes, the worker behind them, and those who ask. What was
acknowledged to a person is counted by her browser; what is there at the end, by the superuser in the tables.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import psycopg

from bench.machine import percentile
from bench.place import PASSWORD, Place, made
from bench.soak_people import Browser, Seen, Taker, Visitor
from bench.soak_staff import login
from qorgan.base import postgres
from qorgan.cli.serve import answers, free_port

TAKERS, VISITORS, KILLS = 50, 200, 3
MINUTES = float(os.environ.get("SOAK_MINUTES", "10"))
TARGET = 0.5
_PARTS = ("staff", "door", "worker", "sealer", "collector")
_AFTER = 15.0  # seconds after a kill that are told apart from the rest


class Unequal(RuntimeError):
    """What was acknowledged is not what is there."""


def run() -> Iterator[str]:
    """Lines of figures. Raises Unequal."""
    with made() as place:
        _told(place, "-m", "bench.soak_staff", str(TAKERS))
        with _served(place) as ports:
            seen = Seen()
            kills = _lived(place, ports, seen)
            yield from _times(seen, kills)
            _drained(place)
            yield from _counted(place, seen)


@contextmanager
def _served(place: Place) -> Iterator[dict[str, int]]:
    """The parts of a place, each started as `qorgan serve` starts it; what they log lies in the place."""
    ports = {part: free_port(18_800 + 20 * number) for number, part in enumerate(_PARTS)}
    with Path(place.home, "soak.log").open("wb") as log:
        processes = [
            subprocess.Popen(
                [sys.executable, "-m", "qorgan.cli.main", "serve", part, "--port", str(port)],
                env=place.environment,
                stdout=log,
                stderr=log,
            )
            for part, port in ports.items()
        ]
        try:
            for part in ("staff", "door"):
                if not answers(f"http://127.0.0.1:{ports[part]}/", within=60):
                    raise RuntimeError(f"{part} did not answer")
            yield ports
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(30)


def _told(place: Place, *words: str) -> None:
    environment = place.environment | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, *words], check=True, env=environment)


def _lived(place: Place, ports: dict[str, int], seen: Seen) -> list[float]:
    """Everybody comes, and the servers are killed; the moments of it."""
    takers = [Browser(port=ports["staff"], address=f"127.1.0.{number + 1}", seen=Seen()) for number in range(TAKERS)]
    begin, end = time.monotonic() + TAKERS / 4, time.monotonic() + TAKERS / 4 + 60 * MINUTES
    staff = [Taker(browser, number=number, begin=begin, end=end) for number, browser in enumerate(takers)]
    for number, each in enumerate(staff):
        each.sign_in(login(number), PASSWORD)
        each.browser.seen = seen
    places = [f"127.2.{number // 200}.{number % 200 + 1}" for number in range(VISITORS)]
    visitors = [
        Visitor(Browser(port=ports["door"], address=place, seen=seen), number=number, begin=begin, end=end)
        for number, place in enumerate(places)
    ]
    everyone: list[threading.Thread] = [*staff, *visitors]
    for one in everyone:
        one.start()
    kills = []
    for number in range(1, KILLS + 1):
        time.sleep(max(0.0, begin + number * (end - begin) / (KILLS + 1) - time.monotonic()))
        kills.append(time.monotonic())
        for pid in place.postmasters():
            os.kill(pid, signal.SIGKILL)
    for one in everyone:
        one.join()
    return kills


def _times(seen: Seen, kills: list[float]) -> Iterator[str]:
    def shown(took: list[float]) -> str:
        parts = ", ".join(f"p{share} {1000 * percentile(took, share / 100):.0f}" for share in (50, 95, 99))
        return f"{len(took):6}  {parts}, most {1000 * max(took):.0f} ms"

    for what, times in sorted(seen.times.items()):
        gone = seen.refused[what]
        yield f"  {what:18} {shown([took for _begun, took in times])}" + (f", {gone} not answered" if gone else "")
    every = list(chain.from_iterable(seen.times.values()))
    near = [took for begun, took in every if any(0 <= begun - kill < _AFTER for kill in kills)]
    yield f"  {f'{_AFTER:.0f} s after kills':18} {shown(near)}"
    took = [one for _begun, one in every]
    yield f"{'all':20} {shown(took)}   target p95 < {1000 * TARGET:.0f} ms"
    yield f"{KILLS} kills of both servers; not answered: {sum(seen.refused.values())} of {len(took)}, each asked again"


def _drained(place: Place) -> None:
    """Wait until nothing lies in the spool."""
    until = time.monotonic() + 180
    while '"waiting": 0' not in place.run("spool", "status", "--json"):
        if time.monotonic() > until:
            raise Unequal("the spool was not taken in within three minutes")
        time.sleep(2)


_COUNTS = {
    "contacts": """select count(*), count(distinct report_id), count(distinct id) from reports_contact
                   where report_id is not null""",
    "tellings": """select count(*), count(distinct id), count(distinct submission) from reports_report
                   where channel = 'web'""",
}


def _counted(place: Place, seen: Seen) -> Iterator[str]:
    address = postgres.ensure(place.home).data
    line = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
    wrong = []
    with psycopg.connect(line, autocommit=True) as owner:
        for what, question in _COUNTS.items():
            row = owner.execute(question).fetchone()
            assert row is not None
            yield f"{what}: {seen.acknowledged[what]} acknowledged, {row[0]} there, {row[1]} and {row[2]} distinct"
            if {seen.acknowledged[what]} != set(row):
                wrong.append(what)
    others = {what: count for what, count in seen.acknowledged.items() if what not in _COUNTS}
    if others:
        yield f"refused: {others}"
    if wrong or others:
        raise Unequal(f"not the same from both ends: {', '.join([*wrong, *others])}")
    yield "none lost, none doubled"
