"""Texts from outside: the invisible is taken out, damage is noticed, what a spreadsheet might run is tied."""

import re
import unicodedata
from dataclasses import dataclass

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb]")
# Marks and overrides of writing direction, zero-width signs, tags: they make two texts that look alike differ.
_HIDDEN = re.compile("[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\U000e0000-\U000e007f]")
_HALVES = re.compile("[\ud800-\udfff]")  # halves of a pair, from torn UTF-16 and JSON escapes: no text can hold them
_SILENT = re.compile("[\ufeff\u00ad]")
_LINE_ENDS = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_PUNCTUATION = re.compile(r"[\W_]+")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|(?<!\S)\?{3,}(?!\S)|\ufffd")
_FORMULA = re.compile(r"\s*[=+\-@]\s*(?:[A-Za-z][A-Za-z0-9_.]*\s*[(|!]|\"|[A-Z]{1,3}\d+\b|\d+\s*[*/+&]\s*[\dA-Z(\"])")
_TIED = re.compile(r"'+\s*[=+\-@\t\r]")
_RUNS = re.compile(r"[=+\-@\t\r]|'+\s*[=+\-@\t\r]")
_MARKUP = re.compile(r"<\s*(?:script|iframe|img|svg|a|object|style|html)\b", re.IGNORECASE)
_TWICE_ENCODED = re.compile("[РСТУ][\u0400-\u040f\u0450-\u045f\u0490\u0491\u00a0-\u00bf\u2010-\u2122]")
_LATIN_TWICE = re.compile("[ÐÑÒÓ][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2122]")

# Latin letters that look like Cyrillic ones, and Cyrillic letters beyond the Russian keyboard as they are typed on it.
_LOOKALIKE = str.maketrans("aceopxykmthbiәғқңөұүһі", "асеорхукмтнвиагкноуухи")


@dataclass(frozen=True)
class Clean:
    """A text fit to be kept: NFC, `\\n` for line ends. The flags say what was found in it."""

    text: str
    had_control: bool = False
    had_hidden: bool = False


def clean(text: str) -> Clean:
    """Take out control, direction and zero-width signs; make line ends and spaces ordinary; keep everything else."""
    if text.isprintable():  # nothing but letters, signs and plain spaces: almost every cell
        text = _SPACES.sub(" ", text) if "  " in text else text
        return Clean(unicodedata.normalize("NFC", text).strip())
    text = _HALVES.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    had_control = bool(_CONTROL.search(text))
    had_hidden = bool(_HIDDEN.search(text))
    if had_control:
        text = _CONTROL.sub("", text)
    if had_hidden:
        text = _HIDDEN.sub("", text)
    text = _SPACES.sub(" ", _SILENT.sub("", text))
    return Clean(unicodedata.normalize("NFC", text).strip(), had_control, had_hidden)


def fold(text: str) -> str:
    """A text as headings and word lists are compared: no case, no punctuation, ё as е, № as n, one script."""
    text = unicodedata.normalize("NFKC", clean(text).text.replace("№", " n ")).casefold().replace("ё", "е")
    words = _PUNCTUATION.sub(" ", text.replace("#", " n ")).split()
    # `No` before a number stands for №; alphabets are mixed by people who switch keyboards.
    return " ".join("n" if word in ("no", "nо", "nr", "н") else word for word in words).translate(_LOOKALIKE)


def looks_like_formula(text: str) -> bool:
    """Would a spreadsheet run this text? A telephone number and a dash before direct speech are not formulas."""
    return bool(_FORMULA.match(text))


def has_markup(text: str) -> bool:
    """Does the text hold tags that a browser would run or load? It is kept; pages always escape."""
    return "<" in text and bool(_MARKUP.search(text))


def tie(text: str) -> str:
    """The text with an apostrophe before anything that a spreadsheet would run. `untie` takes it off again."""
    return f"'{text}" if _RUNS.match(text) else text


def untie(text: str) -> str:
    """The text without the apostrophe that `tie`, or a careful person, put before it."""
    return text[1:] if _TIED.match(text) else text


def letters_lost(text: str) -> bool:
    """Question marks inside words, or signs of replacement: letters that an older program could not keep."""
    return ("?" in text or "\ufffd" in text) and bool(_LOST.search(text))


def repair_twice_encoded(text: str) -> str:
    """A text that was UTF-8, read as Windows-1251 (or Latin) and saved again: as it was before. Else unchanged.

    `РњСѓР¶` becomes `Муж`. Only a text that comes out whole, and shorter, is changed.
    """
    for pattern, encoding in ((_TWICE_ENCODED, "cp1251"), (_LATIN_TWICE, "cp1252")):
        pairs = len(pattern.findall(text))
        if pairs < 3 or pairs * 4 < sum(not char.isascii() for char in text):
            continue
        try:
            return _to_bytes(text, encoding=encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _to_bytes(text: str, *, encoding: str) -> bytes:
    """The bytes that such text was read from. Programs let the few undefined bytes through as C1 controls."""
    out = bytearray()
    for char in text:
        try:
            out += char.encode(encoding)
        except UnicodeEncodeError:
            out += char.encode("latin-1")
    return bytes(out)
