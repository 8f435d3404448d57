"""Numbers and ids taken ahead, a block at a time, from the same sequences as everyone's."""

from collections.abc import Iterator
from datetime import date

from django.db import connection

_BLOCK = 2000
_TAKE = "select nextval(%s::regclass) from generate_series(1, %s)"


class Stock:
    """Takes from sequences in order. What is left in the end is never used: gaps say nothing."""

    def __init__(self) -> None:
        self._held: dict[str, Iterator[int]] = {}

    def number(self, series: str, *, letters: str, on: date) -> str:
        """The next number of a series, as `base.numbers.take` would write it."""
        return f"{letters}-{on:%y}-{self.next(f'qorgan_number_{series}'):06d}"

    def next(self, sequence: str) -> int:
        """The next value of a sequence."""
        if sequence not in self._held:
            self._held[sequence] = self._values(sequence)
        return next(self._held[sequence])

    @staticmethod
    def _values(sequence: str) -> Iterator[int]:
        while True:
            with connection.cursor() as cursor:
                cursor.execute(_TAKE, [sequence, _BLOCK])
                block = [row[0] for row in cursor.fetchall()]
            yield from block
