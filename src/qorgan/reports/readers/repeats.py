"""Numbers that a file holds twice, noticed without keeping the file in memory."""

import hashlib
import os
import sqlite3
from dataclasses import replace

from qorgan.reports.engine.rows import Row, Verdict, refusal, remark

_SEPARATOR = "\x1f"


class Seen:
    """The rows met so far, as keyed hashes in a private temporary file that vanishes with the process.

    The key is made anew for each file, so nothing that is left on a disk can be compared with anything.
    """

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self._store = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._store.execute("PRAGMA journal_mode = OFF")
        self._store.execute("CREATE TABLE seen (number BLOB PRIMARY KEY, content BLOB, row INTEGER) WITHOUT ROWID")
        self._store.execute("BEGIN")

    def check(self, row: Row) -> Row:
        """The row itself; a repeat of an earlier row, which adds nothing; or refused, as two cannot share a number."""
        if not row.kui_no or row.verdict is Verdict.REFUSE:
            return row
        number, content = self._hash(row.kui_no), self._hash(content_of(row))
        found = self._store.execute("SELECT content, row FROM seen WHERE number = ?", (number,)).fetchone()
        if found is None:
            first = (number, content, row.number)
            self._store.execute("INSERT INTO seen VALUES (?, ?, ?)", first)  # lint: allow Q203 - a scratch file
            return row
        if found[0] == content:
            return replace(row, repeat=True, notes=(*row.notes, remark("repeat", field="kui_no", row=found[1])))
        wrong = refusal("number_of_another", field="kui_no", value=row.kui_no, row=found[1])
        return replace(row, notes=(wrong, *row.notes))

    def close(self) -> None:
        """Let the temporary file go."""
        self._store.close()

    def _hash(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16, key=self._key).digest()


def content_of(row: Row) -> str:
    """Everything that a row says, in one line: two rows with equal lines say the same."""
    parts = (
        row.registered_text,
        row.narrative,
        row.address,
        row.victim,
        row.iin,
        row.suspect,
        row.channel.raw.casefold(),
        row.phone_e164 or row.phone,
    )
    return _SEPARATOR.join(" ".join(part.split()) for part in parts)
