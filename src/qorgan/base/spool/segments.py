"""One segment: a file of a fixed size whose room on the disk is taken beforehand.

Its first sector counts its turns. To empty it is to write the next turn there, which happens whole or not at all.
"""

import fcntl
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qorgan.base.spool.records import Found, Record, heads

SIZE = 8 * 1024 * 1024  # bytes: the longest thing that may be told fits into one
START = 512  # bytes of the first sector
_BLOCK = 512  # bytes of what the system counts room in
_TURN = struct.Struct("<8sQ")
_MAGIC = b"QTURN1\0\0"
_ZEROS = bytes(1024 * 1024)
_read_before: dict[tuple[int, int], tuple[int, list[Found]]] = {}  # of each file: its turn, and what lay in it


class Segment:
    """A segment that is open in this process."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def _read(self, place: int, count: int) -> bytes:
        return os.pread(self._handle, count, place)

    def turn(self) -> int:
        """How often it was emptied; 0 where it was never used, or its first sector does not hold."""
        raw = self._read(0, _TURN.size + 4)
        if len(raw) < _TURN.size + 4 or int.from_bytes(raw[-4:], "little") != zlib.crc32(raw[: _TURN.size]):
            return 0
        magic, count = _TURN.unpack(raw[: _TURN.size])
        return int(count) if magic == _MAGIC else 0

    def heads(self) -> list[Found]:
        """What lies in it. A last record that a cut tore, which nobody was told of, is none.

        What this process has read before it goes on from: a segment may hold tens of thousands of drafts.
        """
        turn, file = self.turn(), os.fstat(self._handle)
        name = (file.st_dev, file.st_ino)
        known_turn, known = _read_before.get(name, (turn, []))
        found = self._heads(turn, known if known_turn == turn else [])
        if found and self.opened(found[-1]) is None:
            found.pop()
        _read_before[name] = (turn, found)
        return list(found)

    def _heads(self, turn: int, known: list[Found]) -> list[Found]:
        if not known:
            return list(heads(self._read, turn=turn, start=START, size=SIZE))
        further = list(heads(self._read, turn=turn, start=known[-1].place, size=SIZE))
        if further[:1] != known[-1:]:  # another file under its name, or written over
            return self._heads(turn, [])
        return known[:-1] + further

    def opened(self, found: Found) -> Record | None:
        """A record; None where its content is damaged."""
        return found.opened(self._read)

    def append(self, record: Record, *, behind: list[Found]) -> bool:
        """Write a record behind the others and flush it; False where it has no room. Raises OSError."""
        place = behind[-1].end if behind else START
        content = record.written(turn=self.turn(), place=place)
        if place + len(content) > SIZE:
            return False
        self._write(content, place)
        os.fsync(self._handle)
        return True

    def empty(self) -> None:
        """Begin its next turn; what it held is then written over with zeros, which keep its room."""
        used = max((found.end for found in self.heads()), default=START)
        head = _TURN.pack(_MAGIC, self.turn() + 1)
        self._write(head + zlib.crc32(head).to_bytes(4, "little"), 0)
        os.fsync(self._handle)
        for place in range(START, used, len(_ZEROS)):
            self._write(_ZEROS[: min(len(_ZEROS), used - place)], place)
        os.fsync(self._handle)

    def _write(self, content: bytes, place: int) -> None:
        written = 0
        while written < len(content):
            written += os.pwrite(self._handle, content[written:], place + written)


def reserve(path: Path) -> None:
    """Take the room of a segment on the disk, where it is not taken yet; for its owner alone. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        held = os.fstat(handle)
        if held.st_size < SIZE or held.st_blocks * _BLOCK < SIZE:
            os.posix_fallocate(handle, 0, SIZE)  # what was written there stays
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def opened(path: Path, *, write: bool = False, wait: bool = False) -> Iterator[Segment | None]:
    """A segment, open; with `write` held by this one alone, or None where another holds it and `wait` is not said."""
    handle = os.open(path, (os.O_RDWR if write else os.O_RDONLY) | os.O_CLOEXEC)
    try:
        if write:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield None
                return
        yield Segment(handle)
    finally:
        os.close(handle)
