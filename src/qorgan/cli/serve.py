"""`qorgan serve`: the web processes and what works behind them, each an operating-system process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Annotated

import typer

from qorgan.base import deployment
from qorgan.base.processes import Process
from qorgan.cli.start import failures

FIRST_PORT = 8000


class Part(StrEnum):
    """What can be served; `all` is everything a small place needs."""

    ALL = "all"
    STAFF = "staff"
    PUBLIC = "public"
    DOOR = "door"
    PETITIONS = "petitions"
    WORKER = "worker"
    SEALER = "sealer"
    COLLECTOR = "collector"
    STATISTICS = "statistics"
    BACKUPS = "backups"


_WEB = {
    Part.STAFF: Process.STAFF,
    Part.PUBLIC: Process.PUBLIC,
    Part.PETITIONS: Process.PETITIONS,
    Part.DOOR: Process.DOOR,
}
_BEHIND = {
    Part.WORKER: ["worker", "--only", "jobs"],
    Part.SEALER: ["worker", "--only", "sealer"],
    Part.COLLECTOR: ["facts", "collect", "--every", "60"],
    Part.STATISTICS: ["release", "work", "--every", "2"],
    Part.BACKUPS: ["backup", "follow"],
}


# Backups are no process of the house: they hold no login of it, and see the servers as their superuser does.
RUNS_AS = _WEB | {
    Part.WORKER: Process.WORKER,
    Part.SEALER: Process.WORKER,
    Part.COLLECTOR: Process.COLLECTOR,
    Part.STATISTICS: Process.STATISTICS,
}


@dataclass
class Running:
    """One process that was started, and where its pages are."""

    part: Part
    process: subprocess.Popen[bytes]
    url: str = ""
    log: IO[bytes] | None = None  # where its words go; None: to the terminal of this command


_HELD: dict[int, socket.socket] = {}  # ports that this process has taken for its servers


def free_port(wanted: int, *, taken: Iterable[int] = (), host: str = "127.0.0.1", hold: bool = False) -> int:
    """The first port from `wanted` that nobody listens on. `hold` keeps it from every other Qorgan until this one ends.

    A server opens its port some seconds after it was chosen; until then two that start together would choose the same,
    and one would show the pages of the other.
    """
    busy = set(taken)
    for port in range(wanted, wanted + 200):
        if port in busy or (hold and not _held(port)):
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise ValueError(f"No free port from {wanted} to {wanted + 200}.")


def _held(port: int) -> bool:
    """Take the port among all Qorgans of this machine, whoever runs them, until this process ends.

    The name is one of Linux's own, which leaves no file behind; elsewhere only the port itself is tried.
    """
    if port in _HELD or sys.platform != "linux":
        return True
    mark = socket.socket(socket.AF_UNIX)
    try:
        mark.bind(f"\0qorgan-port-{port}")
    except OSError:
        mark.close()
        return False
    _HELD[port] = mark
    return True


def start_part(part: Part, *, port: int, host: str = "127.0.0.1", log: IO[bytes] | None = None) -> Running:
    """Start one part. Its environment names its process, so that it loads that process's settings and keys only."""
    if part in _BEHIND:
        command = [sys.executable, "-m", "qorgan.cli.main", *_BEHIND[part]]
        return Running(part, subprocess.Popen(command, env=dict(os.environ), stderr=log), log=log)
    process = _WEB[part]
    environment = os.environ | {"QORGAN_PROCESS": process.value}
    environment["DJANGO_SETTINGS_MODULE"] = f"qorgan.config.settings.{process}"
    environment.pop("QORGAN_WITHOUT_PAGES", None)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", os.environ.get("QORGAN_WORKERS", "1"), "--blocking-threads", "2", "--no-ws"]
    command += ["--log-level", "warning", "--respawn-failed-workers", "qorgan.config.wsgi:application"]
    return Running(part, subprocess.Popen(command, env=environment, stderr=log), f"http://{host}:{port}/", log)


def answers(url: str, *, within: float = 30.0, process: "subprocess.Popen[bytes] | None" = None) -> bool:
    """Whether the web process at `url` answers within so many seconds; one that has ended is not waited for."""
    import http.client
    from urllib.parse import urlparse

    place = urlparse(url)
    until = time.monotonic() + within
    while time.monotonic() < until and (process is None or process.poll() is None):
        try:
            line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=2)
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return True
        except OSError:
            pass  # it has not opened its door yet
        time.sleep(0.1)
    return False


def start(parts: Iterable[Part], *, port: int, log: IO[bytes] | None = None) -> list[Running]:
    """Start parts side by side, each web part on a port of its own from `port` on."""
    running: list[Running] = []
    taken: set[int] = set()
    for number, part in enumerate(parts):
        chosen = free_port(port + number, taken=taken, hold=True) if part in _WEB else 0
        taken.add(chosen)
        running.append(start_part(part, port=chosen, log=log))
    return running


def keep(running: list[Running], *, unless: Callable[[], bool] = bool) -> None:
    """Start again, in its place of the list and on its port, each part that ended by itself."""
    for place, one in enumerate(running):
        if one.process.poll() is not None and not unless():
            time.sleep(1)
            port = int(one.url.rstrip("/").rpartition(":")[2] or 0)
            running[place] = start_part(one.part, port=port, log=one.log)


def wait(running: list[Running]) -> None:
    """Stay until told to stop; a part that ends by itself is started again."""
    stopping = False

    def stop(*_ignored: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        keep(running, unless=lambda: stopping)
        time.sleep(0.3)
    end(running)


def end(running: list[Running]) -> None:
    """Ask every part to stop, and insist after ten seconds."""
    for one in running:
        one.process.terminate()
    until = time.monotonic() + 10
    for one in running:
        try:
            one.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            one.process.kill()


def serve(
    part: Annotated[Part, typer.Argument(help="What to serve.")] = Part.ALL,
    port: Annotated[int, typer.Option("--port", min=1, max=65000, help="The first port to try.")] = FIRST_PORT,
) -> None:
    """Serve the pages, with the worker, the sealer and the collector behind them."""
    with failures():
        deployment.check_made()
        deployment.owner()
        parts = [*_WEB, *_BEHIND] if part is Part.ALL else [part]
        if part is Part.ALL and not deployment.embedded():
            parts.remove(Part.BACKUPS)  # the servers are someone else's, and so are their backups
        for process in {RUNS_AS[one] for one in parts if one in RUNS_AS}:
            check_ready(process)
        running = start(parts, port=port)
        try:
            tell(running, wanted=port)
        except BaseException:  # whoever listened to this command went away: nothing is left behind
            end(running)
            raise
    wait(running)


def check_ready(process: Process) -> None:
    """Raises NoPlace where the tables of the house are not made, or the login of the process is not."""
    import psycopg

    told = f"The place in {deployment.home()} is not made ready yet. Run `qorgan init`."
    try:
        with psycopg.connect(deployment.login(process).dsn(), connect_timeout=10) as connection:
            row = connection.execute("select to_regclass('base_journalentry') is not null").fetchone()
    except psycopg.OperationalError as failure:
        if "does not exist" in str(failure) or "authentication failed" in str(failure):
            raise deployment.NoPlace(told) from failure
        raise
    if not row or not row[0]:
        raise deployment.NoPlace(told)


def tell(running: list[Running], *, wanted: int) -> None:
    """Say where the pages are, and that a port was taken where it was."""
    web = [one for one in running if one.url]
    if web and not web[0].url.endswith(f":{wanted}/"):
        typer.echo(f"Port {wanted} is taken; using {web[0].url.rstrip('/').rpartition(':')[2]}.")
    for one in web:
        ready = answers(one.url, process=one.process)
        ended = one.process.poll() is not None
        note = "" if ready else "  (ended at once: its words stand above)" if ended else "  (does not answer yet)"
        typer.echo(f"{one.part.value:10} {one.url}{note}")
