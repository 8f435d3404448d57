"""A record as it lies in a segment: a checked head, then what stands beside the seal, then what is sealed.

The head says whose repeat a record is (`key`, `said`) and how long it is. It holds the turn of its segment and its
place there: what an earlier turn, or a longer record that was torn, has left behind is never taken for one.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

_MAGIC = b"QSPOOL1\0"
_HEAD = struct.Struct("<8sQQ8s16s32sqII32s")  # magic, turn, place, way, key, said, at, beside, sealed, digest
_CHECK = struct.Struct("<I")
HEAD = _HEAD.size + _CHECK.size  # bytes
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)

Read = Callable[[int, int], bytes]  # (from where, how many bytes) -> the bytes


@dataclass(frozen=True)
class Record:
    """One thing that was accepted.

    `key` names the sending, and `said` is a keyed digest of what it said: together they tell a repeat from another
    content under the same name. `beside` is what may be read without the key that opens `sealed`.
    """

    way: str  # at most 8 letters
    key: UUID
    said: bytes = field(repr=False)  # 32 bytes
    at: datetime
    beside: bytes = field(default=b"", repr=False)
    sealed: bytes = field(default=b"", repr=False)

    def written(self, *, turn: int, place: int) -> bytes:
        """Its bytes at a place of a segment, in that segment's turn."""
        content = self.beside + self.sealed
        moment = (self.at - _EPOCH) // _STEP
        digest = hashlib.sha256(content).digest()
        named = self.way.encode(), self.key.bytes, self.said
        head = _HEAD.pack(_MAGIC, turn, place, *named, moment, len(self.beside), len(self.sealed), digest)
        return head + _CHECK.pack(zlib.crc32(head)) + content


@dataclass(frozen=True)
class Found:
    """The head of a record that was found in a segment, from `place` to `end`."""

    place: int
    end: int
    way: str
    key: UUID
    said: bytes = field(repr=False)
    at: datetime
    beside: int  # bytes
    digest: bytes = field(repr=False)

    def opened(self, read: Read) -> Record | None:
        """The record; None where its content is not whole."""
        content = read(self.place + HEAD, self.end - self.place - HEAD)
        if hashlib.sha256(content).digest() != self.digest:
            return None
        return Record(self.way, self.key, self.said, self.at, content[: self.beside], content[self.beside :])


def heads(read: Read, *, turn: int, start: int, size: int) -> Iterator[Found]:
    """The heads of a segment in their order, up to where none was written in this turn."""
    place = start
    while place + HEAD <= size:
        raw = read(place, HEAD)
        if len(raw) < HEAD:
            return
        head, (check,) = raw[: _HEAD.size], _CHECK.unpack(raw[_HEAD.size :])
        magic, its_turn, there, way, key, said, moment, beside, sealed, digest = _HEAD.unpack(head)
        end = place + HEAD + beside + sealed
        if (magic, its_turn, there, check) != (_MAGIC, turn, place, zlib.crc32(head)) or end > size:
            return
        name = way.rstrip(b"\0").decode()
        yield Found(place, end, name, UUID(bytes=key), said, _EPOCH + moment * _STEP, beside, digest)
        place = end
