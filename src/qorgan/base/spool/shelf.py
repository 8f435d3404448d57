"""The segments of one kind of process: reserved ahead, written by each such process, emptied when all is carried in.

The order of locks is: that of appending first, then one segment. Who carries holds its segment alone.
"""

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from qorgan.base.spool import segments
from qorgan.base.spool.records import Found, Record
from qorgan.base.spool.segments import Segment

_NAMES = "segment-*.spool"


class Exhausted(Exception):
    """No reserved room is left, or the disk does not take it: this was not accepted."""


class Other(Exception):
    """The same sending has said something else before."""


class Damaged(Exception):
    """The content of a record that was acknowledged is not what was written."""


@dataclass(frozen=True)
class Standing:
    """How a shelf stands; `oldest` is the moment of the oldest record that waits, `kinds` how many of each way do."""

    name: str
    segments: int
    free: int
    waiting: int
    damaged: int
    oldest: datetime | None
    kinds: dict[str, int]


class Shelf:
    """The segments in one folder."""

    def __init__(self, folder: Path, *, count: int) -> None:
        self._folder = folder
        self._count = count

    @property
    def name(self) -> str:
        """Whose it is."""
        return self._folder.name

    def paths(self) -> list[Path]:
        """The segments that are there."""
        return sorted(self._folder.glob(_NAMES))

    def reserve(self) -> None:
        """Take the room of every segment, for its owner alone. What lies in those that are there stays.

        Raises OSError where the disk has not so much.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        for number in range(1, self._count + 1):
            segments.reserve(self._folder / f"segment-{number:03d}.spool")
        with self._appending():  # its file is made now, not on a disk that has filled
            handle = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def append(self, record: Record) -> bool:
        """Keep a record: when this returns it is on the disk. False where the same was kept before, True else.

        Raises Other where the same sending said something else, Exhausted where it could not be kept.
        """
        try:
            with self._appending():
                if (known := self.find(record.way, record.key)) is not None:
                    if known.said != record.said:
                        raise Other
                    return False
                for path in self.paths():
                    with segments.opened(path, write=True) as segment:
                        if segment is not None and segment.append(record, behind=segment.heads()):
                            return True
        except OSError as failure:
            raise Exhausted from failure
        raise Exhausted

    def find(self, way: str, key: UUID) -> Found | None:
        """What waits here under the name of a sending."""
        for path in self.paths():
            with segments.opened(path) as segment:
                assert segment is not None  # whoever only reads waits for nobody
                for found in segment.heads():
                    if (found.way, found.key) == (way, key):
                        return found
        return None

    @contextmanager
    def _appending(self) -> Iterator[None]:
        handle = os.open(self._folder / "append.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def carry(self, take: Callable[[Record], object], *, failed: Callable[[Exception], None]) -> int:
        """Hand each record to `take`, and empty each segment whose every record it took; how many were taken.

        A record that `take` refuses with an exception, and one that is damaged, is told to `failed` and stays; the
        others go on. `failed` may raise to end this round. Taken twice after a kill, a record is known by its key.
        """
        taken = 0
        for path in self.paths():
            with segments.opened(path, write=True) as segment:
                if segment is not None and (found := segment.heads()):
                    done = sum(_taken(segment, one, take, failed) for one in found)
                    taken += done
                    if done == len(found):
                        segment.empty()
        return taken

    def waits(self) -> bool:
        """Whether anything waits to be carried in."""
        for path in self.paths():
            with segments.opened(path) as segment:
                if segment is not None and segment.heads():
                    return True
        return False

    def standing(self) -> Standing:
        """How it stands. Reads the disk alone."""
        free, damaged, moments, kinds = 0, 0, [], Counter[str]()
        for path in self.paths():
            with segments.opened(path) as segment:
                assert segment is not None  # as above
                found = segment.heads()
                free += not found
                damaged += sum(segment.opened(one) is None for one in found)
                moments += [one.at for one in found]
                kinds.update(one.way for one in found)
        count = len(self.paths())
        oldest = min(moments, default=None)
        return Standing(self.name, count, free, len(moments), damaged, oldest, dict(sorted(kinds.items())))


def _taken(
    segment: Segment, found: Found, take: Callable[[Record], object], failed: Callable[[Exception], None]
) -> bool:
    record = segment.opened(found)
    try:
        if record is None:
            raise Damaged
        take(record)
    except Exception as failure:  # whatever one record meets, the others go on
        failed(failure)
        return False
    return True


def here() -> Shelf:
    """The shelf of this process."""
    return Shelf(Path(settings.SPOOL) / settings.PROCESS, count=settings.SPOOL_SEGMENTS)


def all_shelves(home: Path) -> list[Shelf]:
    """The shelves of a place, by the names of their processes."""
    return [Shelf(folder, count=0) for folder in sorted((home / "spool").glob("*")) if folder.is_dir()]
