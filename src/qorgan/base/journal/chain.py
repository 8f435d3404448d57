"""The chain over the journal: pure, so that an outsider can check an export without this system's database."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qorgan.base.signing import canonical

START = b"\0" * 32
FIELDS = ("id", "at", "written_at", "kind", "thing", "thing_id", "staff_id", "mandate_id", "process", "detail")


@dataclass(frozen=True)
class Broken:
    """The first place where the chain does not hold: the number of the link and what is wrong with it."""

    number: int
    reason: str


def content(entry: Mapping[str, Any]) -> bytes:
    """The bytes that a link covers, the same on every machine."""
    return canonical({name: entry[name] for name in FIELDS})


def link(before: bytes, entry: Mapping[str, Any]) -> bytes:
    """The digest of the link after `before`."""
    return hashlib.sha256(before + content(entry)).digest()


def check(links: Iterable[tuple[int, bytes, Mapping[str, Any]]], *, start: bytes = START) -> Broken | None:
    """Go along (number, digest, entry) from the first; the first broken place, or None where all holds."""
    before = start
    expected = 1
    for number, digest, entry in links:
        if number != expected:
            return Broken(expected, "missing")
        if link(before, entry) != bytes(digest):
            return Broken(number, "changed")
        before, expected = bytes(digest), number + 1
    return None
