"""Files far too large, and bytes of no meaning: memory stays flat and nothing raises."""

import io
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qorgan.reports.readers import DeskFile, FileRefused, read
from tests.reports.desks import ALMATY, NOW, RU, WORDS, cells, open_bytes, table, verdicts

SIZE = 200 * 2**20
ROWS = 12_000
ROOT = Path(__file__).parents[2]
HEAD = table([cells(1)]).encode()


class Endless(io.RawIOBase):
    """A file of `size` bytes that nobody stored: a beginning, a filling, an end."""

    def __init__(self, start: bytes, filling: bytes, end: bytes, *, size: int = SIZE) -> None:
        self._start, self._end, self._size = start, end, size
        self._filling = filling * (2**20 // len(filling) + 1)
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def read(self, size: int = -1) -> bytes:
        size = min(size if size >= 0 else self._size, self._size - self._at)
        tail = self._size - len(self._end)
        if self._at < len(self._start):
            piece = self._start[self._at : self._at + size]
        elif self._at < tail:
            piece = self._filling[: min(size, tail - self._at)]
        else:
            piece = self._end[self._at - tail : self._at - tail + size]
        self._at += len(piece)
        return piece


class Written(io.RawIOBase):
    """A file whose lines are written while it is read."""

    def __init__(self, start: str, lines: Iterator[str]) -> None:
        self._kept, self._lines = bytearray(start.encode()), lines

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return 0

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        while len(self._kept) < size and (line := next(self._lines, None)) is not None:
            self._kept += line.encode()
        piece = bytes(self._kept[:size])
        del self._kept[:size]
        return piece


@pytest.mark.parametrize(
    ("start", "filling", "end", "rows"),
    [
        (b"", b"x", b"", None),
        (b"", b"\x00", b"", None),
        (b'"', b"a;b", b"", None),
        (HEAD, b"y", b"\r\n" + table([cells(2)]).encode().split(b"\r\n")[1] + b"\r\n", ["accept", "refuse", "accept"]),
        (HEAD + b'"', b"a\xff;", b"", ["accept", "refuse"]),
        (b'{"kui_no": "1", "narrative": "', b"z", b'"}', None),
        (b'[{"kui_no": "1", "registered_at": "', b"z", b'"}]', None),
        (b"\xff\xfe", "ы".encode("utf-16-le"), b"", None),
    ],
)
def test_line_of_200_megabytes_is_not_held_in_memory(
    start: bytes, filling: bytes, end: bytes, rows: list[str] | None
) -> None:
    begun = time.monotonic()
    tracemalloc.start()
    try:
        stream = Endless(start, filling, end)
        file = read(stream, words=WORDS, zone=ALMATY, now=NOW)  # type: ignore[arg-type]  # told by name
        found = None if isinstance(file, FileRefused) else verdicts(file)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 100 * 2**20
    assert time.monotonic() - begun < 10
    assert found == rows


def test_long_file_of_many_rows_is_read_in_flat_memory() -> None:
    """In a process of its own: what the store of numbers and the interpreter hold counts too."""
    done = subprocess.run([sys.executable, "-m", __name__], capture_output=True, text=True, check=True, cwd=ROOT)
    count, grown = map(int, done.stdout.split())
    assert count == ROWS
    assert grown < 40 * 2**20  # the file has twice as much


def measure() -> None:
    """Read a long file; print how many rows were accepted and by how many bytes the process has grown."""
    narrative = "Муж ударил жену. " * 250
    lines = (";".join(cells(index, narrative=narrative)) + "\r\n" for index in range(ROWS))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    file = read(Written(table([]), lines), words=WORDS, zone=ALMATY, now=NOW)  # type: ignore[arg-type]  # told by name
    assert isinstance(file, DeskFile)
    count = sum(row.verdict == "accept" for row in file)
    print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3000))
def test_random_bytes_never_raise(data: bytes) -> None:
    _read_all(data)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(max_size=30), max_size=11), max_size=12), st.sampled_from([";", ",", "\t"]))
def test_random_cells_under_headings_never_raise(rows: list[list[str]], delimiter: str) -> None:
    _read_all(table(rows, delimiter=delimiter).encode("utf-8", "replace"))


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([HEAD, HEAD.decode().encode("cp1251"), b'{"kui_no": "1", "date": 2}\n', b"[{"]),
)
def test_random_bytes_after_a_good_beginning_never_raise(data: bytes, start: bytes) -> None:
    _read_all(start + data)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_as_date_number_or_name_is_judged(text: str) -> None:
    _read_all(
        table([cells(registered_at=text, kui_no=text, iin=text, phone=text, victim=text)]).encode("utf-8", "replace")
    )


def _read_all(data: bytes) -> None:
    file = open_bytes(data)
    if isinstance(file, DeskFile):
        for row in file:
            assert row.number > 0
            for text in (row.narrative, row.victim, row.address, row.suspect, row.phone):
                assert "\x00" not in text
                text.encode()


def test_thousands_of_rows_a_second_are_read() -> None:
    data = table([cells(index) for index in range(3000)], headings=RU).encode()
    begun = time.process_time()
    assert len(list(open_bytes(data))) == 3000  # type: ignore[arg-type]  # told by name
    assert time.process_time() - begun < 3


if __name__ == "__main__":
    measure()
