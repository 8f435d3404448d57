"""The parent of both servers of a home: `python -m qorgan.base.postgres.keeper HOME`.

It holds the keeper lock for life, starts a server again whenever it dies, and stops both once no client is left.
"""

import os
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

from qorgan.base.postgres import locks
from qorgan.base.postgres.cluster import Cluster
from qorgan.base.postgres.home import Papers, write_json
from qorgan.base.postgres.postmaster import Postmaster
from qorgan.base.postgres.site import CLUSTERS, Site, settled

_LOOK_EVERY = 0.2
_LOOK_EVERY_AT_START = 0.01


class Keeper:
    """Watches the two servers of one site."""

    def __init__(self, site: Site) -> None:
        self.papers = Papers(site.home)
        self.servers = [Postmaster(Cluster(site, name)) for name in CLUSTERS]
        self.lock = locks.open_lock(self.papers.keeper_lock)
        self.clients = locks.open_lock(self.papers.clients_lock)
        # A lock or an event taken in a signal's handler may be held by what it interrupted: a pipe is not.
        self._woken, self._waker = os.pipe()
        for end in (self._woken, self._waker):
            os.set_blocking(end, False)
        self._told_to_stop = False
        self._noted: object = None

    def run(self) -> int:
        """Keep until no client is left or a stop is asked for; 1 when a server cannot be started."""
        # A command that looks whether a keeper lives holds the lock for an instant.
        if not locks.take_before(self.lock, deadline=time.monotonic() + 5):
            return 0
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._on_stop)
        try:
            while not self._finished():
                for server in self.servers:
                    server.tend()
                self._note()
                self._rest(_LOOK_EVERY if all(server.ready for server in self.servers) else _LOOK_EVERY_AT_START)
        finally:
            # Of a home that was taken away nothing can be written, and a server that waits to write would outlive it.
            gone = not locks.still_there(self.lock, self.papers.keeper_lock)
            for server in self.servers:
                server.stop(at_once=gone)
        self._note()
        return 1 if any(server.gave_up for server in self.servers) else 0

    def _finished(self) -> bool:
        if self._told_to_stop or any(server.gave_up for server in self.servers):
            return True
        if not locks.still_there(self.lock, self.papers.keeper_lock):
            return True  # the home was removed
        # Once taken it stays taken until the end: a new client waits for the stop and then starts afresh.
        return locks.take(self.clients)

    def _note(self) -> None:
        """Write down who runs, for those who wait and for `status`."""
        note = {
            "keeper": os.getpid(),
            "servers": {server.cluster.name: server.pid for server in self.servers},
            "gave_up": {server.cluster.name: server.gave_up for server in self.servers if server.gave_up},
        }
        if note != self._noted:
            with suppress(OSError):  # a full disk must not end the keeper of running servers; tried again next time
                write_json(self.papers.keeper, note)
                self._noted = note

    def _rest(self, seconds: float) -> None:
        """Wait that long, or until a signal comes; one that came since the last rest ends it at once."""
        if select.select([self._woken], [], [], seconds)[0]:
            with suppress(BlockingIOError):
                os.read(self._woken, 4096)

    def _on_stop(self, number: int, frame: FrameType | None) -> None:
        self._told_to_stop = True


def main(words: list[str]) -> int:
    """Keep the home named on the command line."""
    site = settled(Path(words[0]))
    if site is None:
        print(f"{words[0]} has no clusters yet", file=sys.stderr)
        return 2
    return Keeper(site).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
