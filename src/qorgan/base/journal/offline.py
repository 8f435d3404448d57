"""Verifying an exported journal: no database, no settings, no parsing of entries; only the bytes of its lines."""

import hashlib
import json
from binascii import hexlify
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from qorgan.base import signing
from qorgan.base.journal import chain
from qorgan.base.journal import lines as form

_BLOCK = 256  # lines: what is taken at once stays in the cache of the processor
_DIGEST = 64


class Broken(Exception):
    """The first place where an export does not hold: the number of the entry, the day where one is meant, and why."""

    def __init__(self, number: int, reason: str, day: str = "") -> None:
        super().__init__(number, reason, day)
        self.number, self.reason, self.day = number, reason, day


@dataclass(frozen=True)
class Kept:
    """The end of the chain as someone wrote it down before; the number is None where only the digest was kept."""

    digest: bytes
    number: int | None = None


def kept(text: str, *, trusted: Collection[str] | None = None) -> Kept:
    """What was kept: 64 hexadecimal digits, or a signed line (a head, the end of an export).

    Raises ValueError for anything else, and for a signature that does not hold.
    """
    text = text.strip()
    try:
        if len(text) == _DIGEST:
            return Kept(bytes.fromhex(text))
        parts = json.loads(text[text.index("{") :])
        word = next(word for word in (form.HEAD, form.END) if word in parts)
        claim, signature = parts[word], signing.Signature.from_dict(parts["signature"])
        purposes = {form.HEAD: (form.DAY_OVER, form.DAY_BEGUN), form.END: (form.EXPORTED,)}[word]
        found = Kept(bytes.fromhex(claim["digest"]), int(claim["number"]))
        data = signing.canonical(claim)
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as failure:
        raise ValueError("A kept head is 64 hexadecimal digits, or a signed line of an export.") from failure
    if not any(signing.verify(data, signature, purpose=purpose, trusted=trusted) for purpose in purposes):
        raise ValueError("The signature of the kept head does not hold, or its key is not the one to trust.")
    return found


def verify(
    lines: Iterable[bytes],
    *,
    trusted: Collection[str] | None = None,
    keep: Collection[Kept] = (),
    has_end: bool = True,
) -> dict[str, object]:
    """Whether chain and heads hold: {holds, entries, heads, digest, broken_at, broken_day, reason, signed_by}.

    `trusted` are the public halves (hexadecimal) of the keys that may have signed heads, got from elsewhere. Without
    them a head proves only that whoever holds the keys `signed_by` vouches for it. `keep` must be found in the chain.
    `has_end`: whether the lines end with a signed end, as a file does. Raises ValueError for a file of the older form.
    """
    walk = _Walk(trusted=trusted, wanted={one.digest for one in keep})
    broken = None
    source = iter(lines)
    try:
        _check_first(next(source, b""))
        while block := list(islice(source, _BLOCK)):
            walk.take(block)
        if has_end and not walk.ended:
            raise Broken(walk.number + 1, "end")
        _check_kept(walk, keep)
    except Broken as found:
        broken = found
    return {
        "holds": broken is None,
        "entries": walk.number,
        "heads": walk.heads,
        "digest": walk.digest.hex(),
        "broken_at": broken and broken.number,
        "broken_day": broken and broken.day,
        "reason": broken and broken.reason,
        "signed_by": sorted(walk.signers),
    }


def _check_first(line: bytes) -> None:
    if _is_older(line):
        raise ValueError("This file is of the older form, one JSON object a line: export the journal again.")
    if line != form.FIRST:
        raise Broken(1, "unreadable")


def _is_older(line: bytes) -> bool:
    """Whether a line is one of the older form whole: one that merely begins like it is a changed one."""
    if not line.startswith(b"{"):
        return False
    try:
        return bool({"digest", "entry", "number"} <= json.loads(line).keys())
    except (ValueError, RecursionError):
        return False


def _check_kept(walk: "_Walk", keep: Collection[Kept]) -> None:
    for one in keep:
        number = walk.found.get(one.digest)
        if number is None or one.number not in (None, number):
            raise Broken(one.number or walk.number + 1, "kept")


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if day.isoformat() == written else None  # a day may be written in other ways too


class _Walk:
    """Going along the lines. Whatever does not hold is raised as Broken."""

    def __init__(self, *, trusted: Collection[str] | None, wanted: set[bytes]) -> None:
        self.number, self.digest = 0, chain.START
        self.heads, self.ended = 0, False
        self.signers: set[str] = set()
        self.found: dict[bytes, int] = {}
        self._trusted, self._wanted = trusted, wanted
        self._due: date | None = None  # the day that links now bear, and that the next head closes
        self._last: date | None = None  # that of the last head
        self._day = form.UNDATED  # the same as `_due`, as it stands in a line

    def take(self, lines: list[bytes]) -> None:
        """The next lines. Most are links of one day: these are looked at together, others line by line."""
        if not self._take_swiftly(lines):
            for line in lines:
                self._take(line)

    def _take_swiftly(self, lines: list[bytes]) -> bool:
        """Take them if they are the next links of the same day and hold; otherwise nothing is done."""
        front, first = b"%%012d %b " % self._day, self.number + 1
        if self.ended or [line[: form.FRONT] for line in lines] != [
            *map(front.__mod__, range(first, first + len(lines)))
        ]:
            return False
        sha256, skipped, before = hashlib.sha256, self._skipped(), self.digest
        digests = []
        for line in lines:
            before = sha256(before + line[skipped : -form.TAIL]).digest()
            digests.append(before)
        tails = b"".join([line[-form.TAIL :] for line in lines])
        if tails != hexlify(b"".join(digests), b"\n", len(before)) + b"\n":
            return False
        for digest in self._wanted.intersection(digests):
            self.found[digest] = first + digests.index(digest)
        self.number, self.digest = self.number + len(lines), before
        return True

    def _skipped(self) -> int:
        return form.FRONT if self._due is None else 0

    def _take(self, line: bytes) -> None:
        if self.ended:
            raise Broken(self.number + 1, "after the end")
        if line[:1].isdigit():
            self._take_link(line)
        else:
            self._take_signed(line)

    def _take_link(self, line: bytes) -> None:
        number = self.number + 1
        if line[:12] != b"%012d" % number:
            raise Broken(number, "missing" if line[:12].isdigit() else "unreadable")
        if line[13 : form.FRONT - 1] != self._day:
            self._take_day(line[13 : form.FRONT - 1])
        digest = chain.link(self.digest, line[self._skipped() : -form.TAIL])
        front, tail = b"%012d %b " % (number, self._day), hexlify(digest) + b"\n"
        if (line[: form.FRONT], line[-form.TAIL :]) != (front, tail):
            raise Broken(number, "changed")
        self.number, self.digest = number, digest
        if digest in self._wanted:
            self.found[digest] = number

    def _take_day(self, written: bytes) -> None:
        """A link that is not of the day that is due: only the first that bears a day at all may be."""
        number = self.number + 1
        day = _day(written.decode("ascii", "replace"))
        if day is None:
            raise Broken(number, "changed")
        if self._due is not None and day > self._due:
            raise Broken(number, "no head", self._due.isoformat())
        if self._due is not None or (self._last is not None and day <= self._last):
            raise Broken(number, "day", day.isoformat())
        self._set_due(day)

    def _set_due(self, day: date) -> None:
        self._due, self._day = day, day.isoformat().encode()

    def _take_signed(self, line: bytes) -> None:
        try:
            word, claim, signature = form.read_signed(line)
        except ValueError:
            raise Broken(self.number + 1, "unreadable") from None
        self.signers.add(signature.key_id)
        data = signing.canonical(claim)

        def is_for(purpose: str) -> bool:
            return signing.verify(data, signature, purpose=purpose, trusted=self._trusted)

        if word == form.END:
            self._take_end(claim, is_signed=is_for(form.EXPORTED))
        elif is_for(form.DAY_OVER):
            self._take_head(claim)
        elif self._due is None and is_for(form.DAY_BEGUN):
            self._take_older_head(claim)
        else:
            raise self._wrong(claim)

    def _wrong(self, claim: dict[str, Any]) -> Broken:
        number = claim.get("number")
        return Broken(number if isinstance(number, int) else self.number, "head", str(claim.get("day", "")))

    def _take_head(self, claim: dict[str, Any]) -> None:
        if self._due is None:
            raise self._wrong(claim)
        if str(claim.get("day")) > self._due.isoformat():
            raise Broken(self.number, "no head", self._due.isoformat())
        if claim != form.head(self._due, self.number, self.digest):
            raise self._wrong(claim)
        self.heads, self._last = self.heads + 1, self._due
        self._set_due(self._due + timedelta(days=1))

    def _take_older_head(self, claim: dict[str, Any]) -> None:
        """Of before there were days: the end of the chain at some moment of a day, and days may be without."""
        day = _day(str(claim.get("day")))
        if day is None or claim != form.head(day, self.number, self.digest) or (self._last and day <= self._last):
            raise self._wrong(claim)
        self.heads, self._last = self.heads + 1, day

    def _take_end(self, claim: dict[str, Any], *, is_signed: bool) -> None:
        last = self._last.isoformat() if self._last else ""
        ends = (claim.get("number"), claim.get("digest"), claim.get("day"))
        if not is_signed or ends != (self.number, self.digest.hex(), last):
            raise Broken(self.number + 1, "end", str(claim.get("day", "")))
        self.ended = True
