"""The chain over the journal: pure, so that an outsider can check an export without this system's database."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from qorgan.base.signing import canonical

START = b"\0" * 32
FIELDS = ("id", "at", "written_at", "kind", "thing", "thing_id", "staff_id", "mandate_id", "process", "detail")


def covered(number: int, day: date | None, entry: Mapping[str, Any]) -> bytes:
    """The bytes that a link covers, the same on every machine: number and day in a fixed width, then the entry.

    `day` (UTC) is the one on which it was sealed. Links without one are from before there were days (ADR 0019): they
    cover the entry alone.
    """
    content = canonical({name: entry[name] for name in FIELDS})
    return content if day is None else b"%012d %b %b" % (number, day.isoformat().encode(), content)


def link(before: bytes, covered: bytes) -> bytes:
    """The digest of the link after `before`."""
    return hashlib.sha256(before + covered).digest()
