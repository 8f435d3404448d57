"""One running server as its keeper sees it: started, adopted from a dead keeper, watched, stopped."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from qorgan.base.postgres.cluster import Cluster
from qorgan.base.postgres.parent import die_with_parent
from qorgan.base.postgres.probe import Answer, ask

# Processes of a killed server need a while to notice; until then its memory and its lock files are in use.
_PASSING = ("shared memory block", "already exists")
_PATIENCE = 30.0
_TRIES = 3
_PAUSE = 0.1


class Postmaster:
    """Keeps one cluster's server running until told to stop."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.pid: int | None = None
        self.ready = False
        self.gave_up: str | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self._failing_since: float | None = None
        self._next_try = 0.0

    def tend(self) -> None:
        """One look: adopt, start, start again, or note that it is ready. Never waits long.

        Adopted is the server of a keeper that was killed where the kernel could not stop it; one that the kernel is
        stopping is watched until it has gone, and then started again.
        """
        if self.pid is not None and not self._alive():
            self._lost()
        if self.pid is None and self.gave_up is None and time.monotonic() >= self._next_try:
            self.pid = recorded_server(self.cluster.data)
            if self.pid is None:
                self._start()
        if self.pid is not None and not self.ready:
            self.ready = ask(self.cluster.socket) is Answer.READY
            if self.ready:
                self._failures, self._failing_since = 0, None

    def stop(self, *, at_once: bool = False) -> None:
        """Fast stop; harder when it does not come to an end in 30 seconds. `at_once`: without writing anything more."""
        gentle = [] if at_once else [(signal.SIGINT, 30.0)]
        for sign, patience in (*gentle, (signal.SIGQUIT, 5.0), (signal.SIGKILL, 10.0)):
            if self.pid is None or not self._alive():
                break
            with suppress(ProcessLookupError):
                os.kill(self.pid, sign)
            deadline = time.monotonic() + patience
            while self._alive() and time.monotonic() < deadline:
                time.sleep(0.01)
        self.pid = None

    def _start(self) -> None:
        self._clear_stale_files()
        with self.cluster.log.open("ab") as log:
            os.chmod(self.cluster.log, 0o600)
            self._child = subprocess.Popen(
                self.cluster.command,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,  # the keeper has one thread  # noqa: PLW1509
                **self.cluster.site.account.child(),
            )
        self.pid = self._child.pid

    def _alive(self) -> bool:
        if self.pid is None:
            return False
        if self._child is not None:
            return self._child.poll() is None
        return is_server_of(self.pid, self.cluster.data)

    def _lost(self) -> None:
        """The server has ended: decide when to try again, or that it is of no use."""
        ended = self._child.returncode if self._child is not None else -1
        was_ready, self.ready, self.pid, self._child = self.ready, False, None, None
        if was_ready or ended < 0:
            self._next_try = 0.0
            return
        self._next_try = time.monotonic() + _PAUSE
        self._failures += 1
        self._failing_since = self._failing_since or time.monotonic()
        words = self.cluster.last_words(600)
        passing = any(mark in words for mark in _PASSING)
        patience_left = time.monotonic() - self._failing_since < _PATIENCE
        if not (passing and patience_left) and self._failures >= _TRIES:
            self.gave_up = self.cluster.last_words()

    def _clear_stale_files(self) -> None:
        """Free the names a dead server left behind, though its number may be another program's by now.

        The keeper alone starts servers here, and none of the recorded ones lives. The file in the data folder also
        names the shared memory, which the new server must still check, so only its number is made harmless:
        a server takes the number of its own parent for stale.
        """
        with suppress(FileNotFoundError):
            _renumber(self.cluster.data / "postmaster.pid", os.getpid())
        for leftover in (
            self.cluster.socket,
            self.cluster.socket.with_name(self.cluster.socket.name + ".lock"),
        ):
            leftover.unlink(missing_ok=True)


def _renumber(record: Path, number: int) -> None:
    """Replace the number on the first line; a link is not followed, as the folder is the server's own."""
    with os.fdopen(os.open(record, os.O_RDWR | os.O_NOFOLLOW), "r+b") as file:
        rest = file.read().partition(b"\n")[2]
        file.seek(0)
        file.write(b"%d\n" % number + rest)
        file.truncate()


def recorded_server(data: Path) -> int | None:
    """The number of the living server that the data folder names, or None."""
    try:
        number = int((data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return number if number > 0 and is_server_of(number, data) else None


def is_server_of(pid: int, data: Path) -> bool:
    """Whether the process is a server of this data folder, and not another that was given the same number."""
    if Path("/proc/self/stat").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0]
        except OSError:
            return False
        return state != b"Z" and b"-D" in words and os.fsencode(data) in words
    shown = subprocess.run(
        ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)],
        capture_output=True,
        check=False,
    )
    return b"-D " + os.fsencode(data) in shown.stdout
