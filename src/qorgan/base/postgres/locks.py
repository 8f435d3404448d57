"""File locks of the kernel: let go on any death of the holder, so nothing can go stale."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qorgan.base.postgres.errors import LauncherRefused


def open_lock(path: Path) -> int:
    """An open descriptor of the lock file; closed in children that are executed."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def take(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock at once, or say that someone else holds it."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_before(descriptor: int, *, deadline: float, shared: bool = False) -> bool:
    """Take the lock, waiting until `deadline` (seconds of the monotonic clock)."""
    while not take(descriptor, shared=shared):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def is_held(path: Path) -> bool:
    """Whether some process holds the lock exclusively now."""
    try:
        descriptor = open_lock(path)
    except FileNotFoundError:
        return False
    try:
        return not take(descriptor, shared=True)
    finally:
        os.close(descriptor)


def still_there(descriptor: int, path: Path) -> bool:
    """Whether the locked file is still the one at `path`: a removed and remade home has another."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def alone(path: Path, *, deadline: float) -> Iterator[None]:
    """Hold the lock exclusively inside the block; refused when it is not free before `deadline`."""
    descriptor = open_lock(path)
    try:
        if not take_before(descriptor, deadline=deadline):
            raise LauncherRefused(f"Another command has been busy for too long in {path.parent}: try again.")
        yield
    finally:
        os.close(descriptor)
