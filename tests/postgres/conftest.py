"""Homes for real servers, outside the folders of pytest: those are closed to the account of root's server."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from qorgan.base.postgres import Address, erase

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shelf() -> Iterator[Path]:
    """An empty folder through which everyone may walk."""
    folder = Path(tempfile.mkdtemp(prefix="qorgan-test-")).resolve()
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def place(shelf: Path) -> Iterator[Path]:
    """A home that does not exist yet; it is stopped and removed at the end."""
    home = shelf / "home"
    yield home
    erase(home)


class Client:
    """A process that uses a home, with a life of its own."""

    def __init__(self, place: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.postgres.client", str(place)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self) -> dict[str, Any]:
        """The next line it says."""
        assert self.process.stdout is not None
        line: dict[str, Any] = json.loads(self.process.stdout.readline())
        return line

    def ask(self, words: str) -> dict[str, Any]:
        """Send a line and hear the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        return self.answer()

    def leave(self) -> None:
        """End in good order."""
        self.process.communicate(timeout=20)

    def kill(self) -> None:
        """End without a last word."""
        self.process.kill()
        self.process.communicate(timeout=20)


@pytest.fixture
def client(place: Path) -> Iterator[Callable[..., Client]]:
    """Makes client processes of the home; those left at the end are killed."""
    made: list[Client] = []

    def make(**environment: str) -> Client:
        made.append(Client(place, **environment))
        return made[-1]

    yield make
    for one in made:
        if one.process.poll() is None:
            one.kill()


def query(
    address: Address | dict[str, Any],
    words: str,
    *,
    login: str = "postgres",
    password: str = "",
) -> Any:
    """The first value of a query over the socket."""
    host, port = (address["host"], address["port"]) if isinstance(address, dict) else (address.host, address.port)
    with psycopg.connect(
        host=host,
        port=port,
        user=login,
        password=password or None,
        dbname="postgres",
        autocommit=True,
    ) as line:
        cursor = line.execute(words)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def kill(pid: int | None) -> None:
    """Kill a process and wait until the kernel has taken it away, its locks with it."""
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not alive(pid))


def eventually(happened: Callable[[], bool], *, within: float = 10) -> bool:
    """Whether it happens within so many seconds."""
    deadline = time.monotonic() + within
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
