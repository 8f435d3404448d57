"""A way to a server that may fall silent: lines are taken, and nothing is passed on."""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Way:
    """Takes lines on loopback and passes them on to a server's own socket, unless it is silent."""

    def __init__(self, there: str = "") -> None:
        self._there = there
        self._pairs: dict[socket.socket, socket.socket] = {}
        self.speaks = threading.Event()
        self.speaks.set()
        self._taking = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._taking.getsockname()[1])
        self._ends = False
        self._thread = threading.Thread(target=self._go, daemon=True)
        self._thread.start()

    def hush(self) -> None:
        """From now on nothing is passed on."""
        self.speaks.clear()

    def speak(self) -> None:
        """From now on it is again."""
        self.speaks.set()

    def _go(self) -> None:
        while not self._ends:
            if self.speaks.wait(0.05):
                self._pass_on()

    def _pass_on(self) -> None:
        with selectors.DefaultSelector() as ready:
            for one in (self._taking, *self._pairs):
                ready.register(one, selectors.EVENT_READ)
            for key, _events in ready.select(0.05):
                one = key.fileobj
                assert isinstance(one, socket.socket)
                if one is self._taking:
                    self._take()
                elif one in self._pairs:
                    self._move(one)

    def _take(self) -> None:
        here, _address = self._taking.accept()
        there = socket.socket(socket.AF_UNIX)
        try:
            there.connect(self._there)
        except OSError:
            here.close()
            return
        self._pairs |= {here: there, there: here}

    def _move(self, one: socket.socket) -> None:
        other = self._pairs[one]
        with suppress(OSError):
            if said := one.recv(65_536):
                other.sendall(said)
                return
        for end in (one, other):
            self._pairs.pop(end, None)
            end.close()

    def end(self) -> None:
        """Close everything."""
        self._ends = True
        self._thread.join(5)
        for one in (self._taking, *self._pairs):
            one.close()


@contextmanager
def way(there: str = "") -> Iterator[Way]:
    """A way, as long as the block lasts."""
    made = Way(there)
    try:
        yield made
    finally:
        made.end()
