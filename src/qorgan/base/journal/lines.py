"""The lines of an exported journal: each begins with what was hashed, as it was hashed (ADR 0019).

qorgan journal 2
000000000001 2026-11-22 {"at":...}DIGEST        a link: number, day, entry, then 64 hexadecimal digits
000000000002 ---------- {"at":...}DIGEST        a link of before there were days; only the entry is hashed
head {"head":{"day":...},"signature":{...}}     that day is over: the last link up to it, signed
end {"end":{"at":...},"signature":{...}}        the last line, signed when the export was made
"""

import json
from binascii import hexlify
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from qorgan.base.signing import Signature, canonical

FIRST = b"qorgan journal 2\n"
UNDATED = b"----------"
FRONT = len("000000000001 2026-11-22 ")
TAIL = len("\n") + 64  # of the digest
HEAD, END = "head", "end"

DAY_OVER = "journal.day"  # the purposes of the signatures
DAY_BEGUN = "journal.head"  # of before there were days: the end of the chain at some moment of the day
EXPORTED = "journal.end"


def link(number: int, day: date | None, covered: bytes, digest: bytes) -> bytes:
    """The line of a link."""
    front = b"%012d %b " % (number, UNDATED) if day is None else b""
    return b"%b%b%b\n" % (front, covered, hexlify(digest))


def head(day: date, number: int, digest: bytes) -> dict[str, Any]:
    """What a head claims: the chain ends so, with all that was sealed up to the end of that day."""
    return {"day": day.isoformat(), "number": number, "digest": digest.hex()}


def end(at: datetime, day: date | None, number: int, digest: bytes) -> dict[str, Any]:
    """What the last line claims: the export ends so; `day` is that of its last head."""
    return {"at": at.isoformat(), "day": day.isoformat() if day else "", "number": number, "digest": digest.hex()}


def signed(word: str, claim: Mapping[str, Any], signature: Mapping[str, str]) -> bytes:
    """The line of a head or of the end."""
    return b"%b %b\n" % (word.encode(), canonical({word: claim, "signature": signature}))


def read_signed(line: bytes) -> tuple[str, dict[str, Any], Signature]:
    """Word, claim and signature of such a line. Raises ValueError unless it stands exactly as we write it."""
    word = line.split(b" ", 1)[0].decode("ascii", "replace")
    try:
        parts = json.loads(line[len(word) :])
        claim, signature = dict(parts[word]), Signature.from_dict(parts["signature"])
        exact = signed(word, claim, signature.as_dict())
    except (KeyError, TypeError, RecursionError) as failure:
        raise ValueError("not a signed line") from failure
    if word not in (HEAD, END) or exact != line:
        raise ValueError("not a signed line")
    return word, claim, signature
