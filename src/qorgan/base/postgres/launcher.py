"""Starts, finds, revives and stops the two servers of a home, for any number of processes at once."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from qorgan.base.postgres import locks
from qorgan.base.postgres.cluster import Cluster
from qorgan.base.postgres.errors import LauncherRefused, explain, refusal_for
from qorgan.base.postgres.home import Papers, home, make_home, read_json
from qorgan.base.postgres.probe import Answer, ask
from qorgan.base.postgres.site import CLUSTERS, PORT, Site, forget, settle, settled

_STEP = 0.01
_LEAST_ROOM = 1_000_000  # bytes; a server writes more than this before it is ready


@dataclass(frozen=True)
class Address:
    """Where a server listens: `host` is the folder of its socket, as drivers expect it."""

    host: str
    port: int = PORT
    superuser: str = "postgres"


@dataclass(frozen=True)
class Server:
    """The two servers of a home: the main database, and the key store kept apart from it."""

    home: Path
    data: Address
    keys: Address


# Descriptors of the client locks, open for the life of the process and of its forks.
_held: dict[Path, int] = {}
# Keepers we started: their objects are kept so that an ended one is collected, not left a zombie.
_keepers: dict[Path, "subprocess.Popen[bytes]"] = {}
_guard = threading.RLock()


def ensure(place: Path | None = None, *, timeout: float = 60) -> Server:
    """Have both servers running while this process lives, started by it or found running.

    Raises LauncherRefused, with one sentence, when that cannot be had within `timeout` seconds.
    """
    folder = (place or home()).resolve()
    if sys.platform == "win32":
        raise LauncherRefused("The built-in PostgreSQL runs on Linux and macOS: on Windows set DATABASE_URL.")
    deadline = time.monotonic() + timeout
    with _guard:
        was_client = folder in _held
        try:
            make_home(folder)
            _become_client(folder, deadline)
            site = settled(folder)
            if site is None or not _runs(site):
                site = _start(folder, deadline)
        except (OSError, LauncherRefused) as problem:
            if not was_client:
                release(folder)
            raise (problem if isinstance(problem, LauncherRefused) else refusal_for(problem, folder)) from problem
    return _server(site)


def _server(site: Site) -> Server:
    data, keys = (Address(str(site.sockets(cluster))) for cluster in CLUSTERS)
    return Server(site.home, data, keys)


def _become_client(folder: Path, deadline: float) -> None:
    """Hold the shared lock for life; it waits while a keeper that saw nobody is stopping."""
    path = Papers(folder).clients_lock
    held = _held.get(folder)
    if held is not None and locks.still_there(held, path):
        return
    if held is not None:
        os.close(_held.pop(folder))
    descriptor = locks.open_lock(path)
    if not locks.take_before(descriptor, deadline=deadline, shared=True):
        os.close(descriptor)
        raise LauncherRefused(f"The server in {folder} has been stopping for too long: see {Papers(folder).logs}.")
    _held[folder] = descriptor


def _runs(site: Site) -> bool:
    """Both servers take connections, and someone keeps them."""
    if not locks.is_held(Papers(site.home).keeper_lock):
        return False
    return all(ask(site.socket(cluster)) is Answer.READY for cluster in CLUSTERS)


def _start(folder: Path, deadline: float) -> Site:
    papers = Papers(folder)
    with locks.alone(papers.start_lock, deadline=deadline):
        site = settled(folder)
        starts = 0
        while site is None or not _runs(site):
            if not locks.is_held(papers.keeper_lock):
                _tell_why_it_ended(folder, site)
                if starts == 0 or site is None:
                    site = _prepare(folder)
                starts += 1
                _spawn_keeper(folder)
                _await_keeper(folder, deadline)
            if time.monotonic() > deadline:
                raise _too_late(folder, site)
            time.sleep(_STEP)
    return site


def _prepare(folder: Path) -> Site:
    """Everything on disk that the servers need; no server runs, and the caller holds the start lock."""
    site = settle(folder)
    clusters = [Cluster(site, name) for name in CLUSTERS]
    for cluster in clusters:
        cluster.check_version()
        cluster.write_configuration()
        cluster.turn_log()
    # The two are made side by side: each waits for the disk most of the time.
    made = [cluster.begin_initdb() for cluster in clusters]
    problems = []
    for initdb in made:
        try:
            if initdb is not None:
                initdb.finish()
        except LauncherRefused as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    return site


def _spawn_keeper(folder: Path) -> None:
    papers = Papers(folder)
    papers.keeper.unlink(missing_ok=True)
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
    for name in (
        "PYTHONPATH",
        "PYTHONHOME",
        "LD_LIBRARY_PATH",
        "QORGAN_NO_PARENT_DEATH",
    ):
        if name in os.environ:
            environment[name] = os.environ[name]
    with (papers.logs / "keeper.log").open("ab") as log:
        _keepers[folder] = subprocess.Popen(
            [sys.executable, "-P", "-m", "qorgan.base.postgres.keeper", str(folder)],
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _await_keeper(folder: Path, deadline: float) -> None:
    """Wait until the keeper has its lock or has ended."""
    lock = Papers(folder).keeper_lock
    while not locks.is_held(lock) and _keepers[folder].poll() is None and time.monotonic() < deadline:
        time.sleep(_STEP)


def _tell_why_it_ended(folder: Path, site: Site | None) -> None:
    """Raise when the keeper we started has ended for a reason that another start would meet again."""
    keeper = _keepers.get(folder)
    if keeper is None or keeper.poll() is None:
        return
    del _keepers[folder]
    if keeper.returncode == 0 or keeper.returncode < 0 or site is None:
        return
    # A full disk has no room for last words either.
    if shutil.disk_usage(site.ground).free < _LEAST_ROOM:
        raise refusal_for(OSError(errno.ENOSPC, "full"), site.ground)
    logs = Papers(folder).logs
    for cluster, words in read_json(Papers(folder).keeper).get("gave_up", {}).items():
        raise LauncherRefused(explain(words, data=site.data(cluster), log=logs / f"{cluster}.log"))
    raise LauncherRefused(f"The keeper of PostgreSQL ended with {keeper.returncode}: see {logs / 'keeper.log'}.")


def _too_late(folder: Path, site: Site | None) -> LauncherRefused:
    if site is None:
        return LauncherRefused(f"Another server keeps {folder} busy: see {Papers(folder).logs}.")
    late = [name for name in CLUSTERS if ask(site.socket(name)) is not Answer.READY] or list(CLUSTERS)
    log = Cluster(site, late[0]).log
    return LauncherRefused(
        f"PostgreSQL ({late[0]}) is not ready yet; after a loss of power it may be recovering: try again, or see {log}."
    )


class _Revival:
    """When each process last tried to bring the servers back."""

    lock = threading.Lock()
    last = float("-inf")
    worked = False


def revive(*, every: float = 1.0, timeout: float = 20) -> bool:
    """Bring back the servers of every home this process uses, after a refused connection.

    True when they take connections. Threads that ask together share one try, and none is made sooner than `every`
    seconds after the last; the answer then is that of the last.
    """
    with _Revival.lock:
        if time.monotonic() - _Revival.last < every:
            return _Revival.worked
        try:
            for folder in list(_held):
                ensure(folder, timeout=timeout)
            _Revival.worked = bool(_held)
        except LauncherRefused:
            _Revival.worked = False
        _Revival.last = time.monotonic()
        return _Revival.worked


def release(place: Path | None = None) -> None:
    """Stop being a client of the home; with no client left its keeper stops the servers."""
    folder = (place or home()).resolve()
    with _guard:
        if folder in _held:
            os.close(_held.pop(folder))


def stop(place: Path | None = None, *, timeout: float = 90) -> bool:
    """Stop both servers, whoever uses them; False when none was running."""
    folder = (place or home()).resolve()
    papers = Papers(folder)
    deadline = time.monotonic() + timeout
    asked = False
    try:
        while papers.home.is_dir() and locks.is_held(papers.keeper_lock):
            keeper = read_json(papers.keeper).get("keeper")
            if keeper and not asked:
                os.kill(keeper, signal.SIGTERM)
                asked = True
            if time.monotonic() > deadline:
                raise LauncherRefused(f"The server in {folder} does not stop: see {papers.logs}.")
            time.sleep(_STEP)
    except OSError as error:
        raise refusal_for(error, folder) from error
    return asked


def erase(place: Path) -> None:
    """Stop the servers of the home and remove it with all its data, also what lies outside it."""
    folder = place.resolve()
    stop(folder)
    release(folder)
    site = settled(folder)
    if site is not None:
        forget(site)
