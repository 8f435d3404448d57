"""Refused rows, written so that a person mends them in a spreadsheet and sends the same file again."""

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from qorgan.reports.engine.rows import Row, Verdict
from qorgan.reports.engine.texts import tie, untie
from qorgan.reports.readers import words
from qorgan.reports.readers.desk import DeskFile


def write_refused(
    rows: Iterable[Row], target: Path, *, like: DeskFile, say: Callable[[Row], str] = words.reason
) -> int:
    """Write the refused ones of `rows` to `target` as CSV (UTF-8 with its mark, `;`); how many were written.

    Columns are those of the file they came from, then the reason in the language of the moment, then the line itself
    where it could not be taken apart; the reader passes over the last two. Nothing that a spreadsheet would run is
    written without an apostrophe before it, which the reader takes off. Only the owner of the process may read it.
    """
    written = 0
    with open(target, "w", encoding="utf-8-sig", newline="", opener=_private) as file:
        sink = csv.writer(file, delimiter=";", lineterminator="\r\n")
        sink.writerow(map(_fit, [*like.headings, str(words.REASON_HEADING), str(words.LINE_HEADING)]))
        for row in rows:
            if row.verdict is Verdict.REFUSE:
                sink.writerow(map(_fit, [*_cells(row, like=like), say(row), row.raw.get("", "")]))
                written += 1
    return written


def _cells(row: Row, *, like: DeskFile) -> Iterator[str]:
    """The cells as they were, under the headings of the file; by field of JSON, whose keys may differ."""
    for name, code in zip(like.headings, like.fields, strict=False):
        found = row.values.get(code) if code else None
        yield row.raw.get(name, "") if found is None else found


def _fit(text: str) -> str:
    """A cell that any spreadsheet opens and none runs."""
    return tie(untie(text.replace("\x00", "")))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
