"""Which letters the bytes are: decided for the file, checked for every line, because desks paste files together."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from qorgan.reports.engine.desk_words import Encodings

_BOMS = (
    (codecs.BOM_UTF8, None),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_TAIL = rb"[\x80-\xbf]"
_ONE = (
    rb"(?:[\xc2-\xdf]%b|\xe0[\xa0-\xbf]%b|[\xe1-\xec\xee\xef]%b{2}|\xed[\x80-\x9f]%b"
    rb"|\xf0[\x90-\xbf]%b{2}|[\xf1-\xf3]%b{3}|\xf4[\x80-\x8f]%b{2})"
) % ((_TAIL,) * 7)
_LETTERS = re.compile(rb"(?:%b)+|((?:(?!%b)[\x80-\xff])+)" % (_ONE, _ONE))  # runs of UTF-8, or of bytes that are not
_ORDINARY_SIGNS = frozenset("«»–—№…“”„‘’°§•·©®±\u00a0\u00ad€")
_FOREIGN_LETTER, _SIGN, _JUMP = 3, 1, 2  # what counts against a guess
_FEW = 2  # so few broken bytes are damage to a letter, not another encoding
_WINDOW = 4096


class Kind(StrEnum):
    """How a line was decoded, compared with the rest of its file."""

    USUAL = "usual"
    OTHER = "other"  # in another encoding than most of the file
    DAMAGED = "damaged"  # letters are lost
    TORN = "torn"  # the last letter of the file is cut


@dataclass(frozen=True)
class Plan:
    """What the beginning of a file says about its bytes.

    `wide`: the UTF-16 or UTF-32 to turn into UTF-8 first. `usual`: of most lines. `byte_wise`: of lines not UTF-8.
    """

    skip: int
    wide: str | None
    usual: str
    byte_wise: str


def plan(head: bytes, *, encodings: Encodings) -> Plan:
    """Look at the first bytes of a file."""
    for bom, wide in _BOMS:
        if head.startswith(bom):
            if wide:
                return Plan(len(bom), wide, "utf-8", encodings.names[0])
            return _narrow(head[len(bom) :], skip=len(bom), encodings=encodings)
    if wide := _unmarked_wide(head[:_WINDOW]):
        return Plan(0, wide, "utf-8", encodings.names[0])
    return _narrow(head, skip=0, encodings=encodings)


def _unmarked_wide(head: bytes) -> str | None:
    """UTF-16 without its mark: line ends or delimiters of two bytes, and zero bytes always on the same side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 16 and even == 0 and (b"\n\x00" in head or b";\x00" in head or b"\t\x00" in head):
        return "utf-16-le"
    if even > len(head) // 16 and odd == 0 and (b"\x00\n" in head or b"\x00;" in head or b"\x00\t" in head):
        return "utf-16-be"
    return None


def _narrow(head: bytes, *, skip: int, encodings: Encodings) -> Plan:
    lines = [line for line in head.splitlines() if _HIGH.search(line)]
    whole = [line for line in lines if _is_utf8(line)]
    broken = [line for line in lines if not _is_utf8(line)]
    byte_wise = best(b"\n".join(run for line in broken for run in _strays(line)), encodings=encodings)
    usual = byte_wise if len(broken) > len(whole) and len(broken) > (head[-1:] != b"\n") else "utf-8"
    if usual != "utf-8" and sum(map(_looks_utf8, broken)) * 2 > len(broken):
        usual = "utf-8"
    return Plan(skip, None, usual, byte_wise)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _looks_utf8(line: bytes) -> bool:
    """Mostly UTF-8, with a few broken letters."""
    text = line.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken * 4 < sum(not char.isascii() for char in text) - broken


def best(data: bytes, *, encodings: Encodings) -> str:
    """The byte encoding under which the text is most like this country's; the commonest where nothing tells."""
    sample = data[:65536]
    return max(encodings.names, key=lambda name: _score(sample.decode(name, "replace"), encodings=encodings))


def _score(text: str, *, encodings: Encodings) -> int:
    score, before_lower = 0, False
    for char in text:
        if char.isascii():
            before_lower = False
            continue
        if char in encodings.known:
            score += 1
            score -= _JUMP * (before_lower and char.isupper())
            before_lower = char.islower()
            continue
        before_lower = False
        if char.isalpha():
            score -= _FOREIGN_LETTER
        elif char not in _ORDINARY_SIGNS:
            score -= _SIGN
    return score


def decode(data: bytes, *, plan: Plan, encodings: Encodings, last: bool) -> tuple[str, Kind]:
    """The text of one line. `last`: the line ends with the file and without a line end, so a letter may be cut."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        if last and wrong.reason == "unexpected end of data" and plan.usual == "utf-8":
            return data[: wrong.start].decode("utf-8"), Kind.TORN
        return _not_utf8(data, plan=plan, encodings=encodings)
    usual = plan.usual == "utf-8" or text.isascii()
    return text, Kind.USUAL if usual else Kind.OTHER


def _not_utf8(data: bytes, *, plan: Plan, encodings: Encodings) -> tuple[str, Kind]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not char.isascii() for char in text) - broken
    if plan.usual == "utf-8" and broken <= _FEW and whole > 4 * broken:
        return text, Kind.DAMAGED
    if broken > whole:
        return _byte_wise(data, plan=plan, encodings=encodings), Kind.USUAL if plan.usual != "utf-8" else Kind.OTHER
    return _piecewise(data, plan=plan, encodings=encodings), Kind.OTHER


def _byte_wise(data: bytes, *, plan: Plan, encodings: Encodings) -> str:
    return data.decode(_codec(data, plan=plan, encodings=encodings), "replace")


def _codec(data: bytes, *, plan: Plan, encodings: Encodings) -> str:
    """Lines of one file may come from two programs: where the file's encoding gives foreign letters, ask again."""
    text = data.decode(plan.byte_wise, "replace")
    if all(char.isascii() or char in encodings.known or not char.isalpha() for char in text):
        return plan.byte_wise
    return best(data, encodings=encodings)


def _piecewise(data: bytes, *, plan: Plan, encodings: Encodings) -> str:
    """A line pasted together of two encodings: what is UTF-8 stays, the runs between are taken byte by byte."""
    codec = _codec(b"\n".join(_strays(data)), plan=plan, encodings=encodings)
    pieces, position = [], 0
    for start, end in _stray_spans(data):
        pieces.append(data[position:start].decode("utf-8"))
        pieces.append(data[start:end].decode(codec, "replace"))
        position = end
    return "".join(pieces) + data[position:].decode("utf-8")


def _strays(data: bytes) -> Iterator[bytes]:
    """The runs of bytes that are not UTF-8."""
    return (data[start:end] for start, end in _stray_spans(data))


def _stray_spans(data: bytes) -> Iterator[tuple[int, int]]:
    return (found.span(1) for found in _LETTERS.finditer(data) if found[1])
