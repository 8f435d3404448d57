"""Lines to a server that may fall silent: one that takes a connection and answers nothing, a network that is cut.

A server that is slow is waited for; one that does not even greet a second line is away. Nobody waits for it longer
than a few seconds, and of those who come meanwhile only one at a time asks again.
"""

import time
from collections.abc import Callable, Generator
from typing import Any, TypeVar

import psycopg

Made = TypeVar("Made")
PATIENCE = 3.0  # seconds without a word, until a second line is tried
GREETED_WITHIN = 2  # seconds in which a server that is there greets a second line
ASKED_AGAIN = 3.0  # seconds in which a server that was silent is not asked again
# That a network is cut is known within some seconds. On a socket of the same machine they say nothing.
MANNERS: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
}


class Silence:
    """Whether one server was silent a moment ago."""

    def __init__(self) -> None:
        self._until = 0.0

    def note(self) -> None:
        """It was silent just now."""
        self._until = time.monotonic() + ASKED_AGAIN

    def connect(self, make: Callable[[], Made]) -> Made:
        """What `make` makes. Raises OperationalError at once where the server was silent a moment ago."""
        if self._until:
            if time.monotonic() < self._until:
                raise psycopg.OperationalError("the server did not answer a moment ago")
            self.note()  # this one asks; the others do not wait with it
        try:
            made = make()
        except psycopg.errors.ConnectionTimeout:
            self.note()
            raise
        self._until = 0.0
        return made


class Watched(psycopg.Connection[Any]):
    """A connection that does not wait for a server that is away."""

    silence: Silence | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """What the server answers. Raises OperationalError where it is away; the connection is closed then."""
        return super().wait(self._listened(gen), interval, timeout)

    def _listened(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        until = time.monotonic() + PATIENCE
        try:
            wants = next(gen)
            while True:
                ready = yield wants
                if not ready and time.monotonic() > until:
                    self._ask_again()
                    until = time.monotonic() + PATIENCE
                wants = gen.send(ready)
        except StopIteration as end:
            return end.value

    def _ask_again(self) -> None:
        try:
            again = psycopg.connect(self.info.dsn, password=self.info.password, connect_timeout=GREETED_WITHIN)
        except psycopg.OperationalError as failure:
            self.close()
            if self.silence is not None:
                self.silence.note()
            raise psycopg.OperationalError("the server does not answer any more") from failure
        again.close()
