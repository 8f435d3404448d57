"""Accepting a report by the API against a bare insert by the same server, by CPU of server and PostgreSQL."""

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import uuid

import psycopg

from bench.machine import cpu_seconds, family, spread
from bench.place import Place, made
from qorgan.base import postgres
from qorgan.cli.serve import answers, free_port

REQUESTS = 600
ROUNDS = 5
CLIENTS = 8
ROADS = {"bare insert": "/bench/bare", "stored": "/bench/stored", "the whole API": "/api/reports"}
_TABLES = """
create table bench_row (id uuid primary key, said text);
create table bench_full (id uuid primary key, submission text unique, a bytea, b bytea, c bytea, d bytea, e bytea);
grant insert, select on bench_row, bench_full to qorgan_staff;
"""


def run() -> list[str]:
    """A line to each road: requests a second, CPU a request, and the ratio to the bare insert."""
    with made() as place:
        address = postgres.ensure(place.home).data
        dsn = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
        with psycopg.connect(dsn, autocommit=True) as owner:
            owner.execute(_TABLES)
        token = place.run("channel", "open", "desk", "--most", "60000", "--as", "admin").strip()
        port = free_port(8100)
        server = _served(place, port)
        try:
            return _measured(place, port, token, server.pid)
        finally:
            server.terminate()
            server.wait(10)


def _served(place: Place, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    command += ["--blocking-threads", "1", "--no-ws", "--log-level", "error", "bench.wsgi:application"]
    server = subprocess.Popen(command, env=place.environment | {"PYTHONPATH": os.getcwd()})
    if not answers(f"http://127.0.0.1:{port}/", within=60):
        raise RuntimeError("the server did not answer")
    return server


def _measured(place: Place, port: int, token: str, server: int) -> list[str]:
    rate: dict[str, list[float]] = {road: [] for road in ROADS}
    cost: dict[str, list[float]] = {road: [] for road in ROADS}
    for number in range(ROUNDS + 1):
        for road, where in ROADS.items():
            pids = family(server, *place.postmasters())
            before, begun = cpu_seconds(pids), time.perf_counter()
            _send(port, where, token)
            wall = time.perf_counter() - begun
            if number:  # the first round warms caches and is not counted
                spent = cpu_seconds(family(server, *place.postmasters())) - before
                rate[road].append(REQUESTS / wall)
                cost[road].append(1000 * spent / REQUESTS)
    base = cost["bare insert"]
    lines = []
    for road in ROADS:
        ratio = statistics.median(one / other for one, other in zip(base, cost[road], strict=True))
        lines.append(
            f"{road:14} CPU ms a request {spread(cost[road])}, {spread(rate[road], 0)} a second, ratio {ratio:.2f}"
        )
    return lines


def _send(port: int, where: str, token: str) -> None:
    threads = [threading.Thread(target=_client, args=(port, where, token)) for _one in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _client(port: int, where: str, token: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    said = {
        "channel": "102",
        "registered_at": "2026-11-20T10:00:00+05:00",
        "narrative": "Күйеуі ішіп келіп, балаларының көзінше итеріп, қолын бұраған.",
        "address": "Шымкент қ., Еңбекші ауданы, Тұран м/а, 5-үй",
        "victim": {"name": "Әбдірахманова Гүлсезім Нұрланқызы", "iin": "900101400404", "phone": "+77010000001"},
    }
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for _number in range(REQUESTS // CLIENTS):
        headers["Idempotency-Key"] = uuid.uuid4().hex
        line.request("POST", where, body=json.dumps(said), headers=headers)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 201:
            raise RuntimeError(f"{where}: {answer.status} {body[:300]!r}")
