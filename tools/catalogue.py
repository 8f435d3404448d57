"""Reading and writing catalogues of translated texts so that they change no more than their texts do."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import PoFileError, normalize, read_po

WIDTH = 116
PLURALS = {
    "kk": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "eo": "nplurals=2; plural=(n != 1);",
}

_LINE = re.compile(r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"\s*)?')

Key = tuple[str, str]  # context, msgid


class Unreadable(ValueError):
    """A file that is no catalogue. Babel reads past a lost quotation mark and drops the text: this does not."""


@dataclass(frozen=True)
class Entry:
    """A text and its translation; `plural` and further `words` where it speaks of a number of things."""

    msgid: str
    plural: str = ""
    context: str = ""
    words: tuple[str, ...] = ()
    is_fuzzy: bool = False

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.context, self.msgid

    @property
    def is_translated(self) -> bool:
        """Whether every form has words."""
        return bool(self.words) and all(word.strip() for word in self.words)


@dataclass(frozen=True)
class Book:
    """A catalogue of one language: its header's plural rule as written, and its entries."""

    language: str
    plural_forms: str
    entries: Mapping[Key, Entry]


def forms(language: str) -> int:
    """How many forms a number has in a language."""
    found = re.search(r"nplurals=(\d+)", PLURALS.get(language, "nplurals=2"))
    return int(found[1]) if found else 2


def _entries(catalog: Catalog) -> Iterator[Entry]:
    for message in catalog:
        if not message.id:
            continue
        msgid, plural = (message.id[0], message.id[1]) if not isinstance(message.id, str) else (message.id, "")
        words = message.string if isinstance(message.string, tuple | list) else (message.string,)
        yield Entry(msgid, plural, message.context or "", tuple(word or "" for word in words), message.fuzzy)


def parse(data: bytes, language: str) -> Book:
    """A catalogue from the bytes of a .po file. Raises Unreadable where it is none."""
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError as failure:
        raise Unreadable("not UTF-8") from failure
    for number, line in enumerate(lines, 1):
        if not _LINE.fullmatch(line):
            raise Unreadable(f"line {number}: {line.strip()}")
    try:
        return _parsed(data, language)
    except PoFileError as failure:
        raise Unreadable(str(failure)) from failure


def _parsed(data: bytes, language: str) -> Book:
    if b"Plural-Forms" not in data and language in PLURALS:  # loose entries, without a header of their own
        words = f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {PLURALS[language]}\\n"'
        data = f'msgid ""\nmsgstr ""\n{words}\n\n'.encode() + data
    catalog = read_po(BytesIO(data), locale=None, abort_invalid=True, ignore_obsolete=True)
    header = re.search(r"Plural-Forms:\s*(.*?)\\n", re.sub(r'"\s*\n\s*"', "", data.decode("utf-8")))
    return Book(language, header[1] if header else "", {entry.key: entry for entry in _entries(catalog)})


def read(path: Path, language: str) -> Book:
    """The catalogue in a file; empty, with the right header, where there is none yet."""
    if not path.exists():
        return Book(language, PLURALS.get(language, PLURALS["eo"]), {})
    return parse(path.read_bytes(), language)


def _lines(entry: Entry) -> Iterator[str]:
    if entry.is_fuzzy:
        yield "#, fuzzy"
    if entry.context:
        yield f"msgctxt {normalize(entry.context, width=WIDTH)}"
    yield f"msgid {normalize(entry.msgid, width=WIDTH)}"
    if not entry.plural:
        yield f"msgstr {normalize(entry.words[0] if entry.words else '', width=WIDTH)}"
        return
    yield f"msgid_plural {normalize(entry.plural, width=WIDTH)}"
    for number, word in enumerate(entry.words):
        yield f"msgstr[{number}] {normalize(word, width=WIDTH)}"


def write(book: Book) -> str:
    """The .po text: ordered by text, no line numbers, no dates."""
    header = [
        'msgid ""',
        'msgstr ""',
        f'"Language: {book.language}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Plural-Forms: {PLURALS.get(book.language, book.plural_forms)}\\n"',
    ]
    blocks = ["\n".join(header)]
    blocks += ["\n".join(_lines(entry)) for _key, entry in sorted(book.entries.items(), key=lambda item: item[0][::-1])]
    return "\n\n".join(blocks) + "\n"


def fitted(entry: Entry, language: str) -> Entry:
    """The entry with as many forms as the language has for numbers, one where there is no number."""
    wanted = forms(language) if entry.plural else 1
    return replace(entry, words=(entry.words + ("",) * wanted)[:wanted])


def merged(book: Book, wanted: Iterable[Entry], *, loose: Iterable[Entry] = (), prune: bool = False) -> Book:
    """The catalogue with an entry for every wanted text.

    Words of `loose` entries win over those already there, where they say anything. Texts that nothing asks for any
    more stay until `prune`: another branch may still want them.
    """
    known = dict(book.entries)
    for entry in loose:
        if entry.is_translated:
            known[entry.key] = entry
    asked = {entry.key: entry for entry in wanted}
    kept = {} if prune else {key: entry for key, entry in known.items() if key not in asked}
    for key, entry in asked.items():
        held = known.get(key, entry)
        kept[key] = fitted(replace(held, plural=entry.plural), book.language)
    return Book(book.language, book.plural_forms, kept)
