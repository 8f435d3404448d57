"""Physical lines out of bytes, in memory that does not grow with the file."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from qorgan.reports.engine.desk_words import Encodings
from qorgan.reports.readers import encodings as letters
from qorgan.reports.readers.encodings import Kind, Plan

CHUNK = 1 << 18  # bytes
LONGEST_LINE = 2_000_000  # bytes; ten times the longest cell that is kept
_KEPT_OF_OVERLONG = 2_000  # bytes: enough to find the row again


@dataclass(frozen=True)
class Line:
    """One physical line. `ended`: a line end follows. `overlong`: only its beginning was kept."""

    number: int
    text: str
    ended: bool
    overlong: bool
    kind: Kind


@dataclass
class Meter:
    """How far reading has come, for a progress bar."""

    done: int = 0
    total: int = 0


def chunks(stream: BinaryIO, *, head: bytes, plan: Plan, meter: Meter) -> Iterator[bytes]:
    """The bytes after the mark, as UTF-8 where the file was UTF-16 or UTF-32. `head` was read from `stream` before."""
    decoder = codecs.getincrementaldecoder(plan.wide)("replace") if plan.wide else None
    piece = head[plan.skip :]
    meter.done = len(head)
    while True:
        if piece:
            yield decoder.decode(piece).encode("utf-8", "replace") if decoder else piece
        piece = stream.read(CHUNK)
        if not piece:
            break
        meter.done += len(piece)
    if decoder and (rest := decoder.decode(b"", True)):
        yield rest.encode("utf-8", "replace")


def read(pieces: Iterator[bytes], *, plan: Plan, encodings: Encodings, newline: bytes = b"\n") -> Iterator[Line]:
    """The lines of the file, numbered from 1."""
    number = 0
    for count, data, ended, overlong in _split(pieces, newline=newline):
        number += count
        if overlong:
            text, kind = letters.decode(data, plan=plan, encodings=encodings, last=True)[0], Kind.USUAL
        else:
            bare = data.removesuffix(b"\r") if newline == b"\n" else data
            text, kind = letters.decode(bare, plan=plan, encodings=encodings, last=not ended)
        yield Line(number, text, ended, overlong, kind)


def newline_of(head: bytes) -> bytes:
    """The byte that ends lines: a carriage return only where the old Macintosh kind is certain."""
    return b"\r" if b"\n" not in head and b"\r" in head else b"\n"


def _split(pieces: Iterator[bytes], *, newline: bytes) -> Iterator[tuple[int, bytes, bool, bool]]:
    """(lines since the last, bytes of the line, has it an end, was it cut short). Much emptiness is one line."""
    kept: list[bytes] = []
    length = 0
    for piece in pieces:
        if not length and not piece.strip(newline):
            yield len(piece), b"", True, False
            continue
        first, *rest = piece.split(newline)
        kept.append(first) if length <= LONGEST_LINE else None
        length += len(first)
        for part in rest:
            yield 1, _whole(kept, length=length), True, length > LONGEST_LINE
            kept, length = [part], len(part)
    if length:
        yield 1, _whole(kept, length=length), False, length > LONGEST_LINE


def _whole(kept: list[bytes], *, length: int) -> bytes:
    whole = b"".join(kept)
    return whole[:_KEPT_OF_OVERLONG] if length > LONGEST_LINE else whole
