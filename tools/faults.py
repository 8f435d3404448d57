"""What is wrong with a catalogue: one sentence for each fault."""

import re
from collections.abc import Iterable, Iterator

from tools.catalogue import PLURALS, Book, Entry, forms

_PLACES = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%[sdif]|\{(\w*)\}")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_MARKUP = re.compile(r"<[^>]*>|&\w+;|https?://\S+")
CYRILLIC_LANGUAGES = {"kk", "ru"}
# words that are the same in every language of this house
SAME = {"qorgan", "email", "csv", "pdf", "json", "api", "url", "sha", "id", "iso", "kato", "totp", "webauthn", "sms"}


def places(text: str) -> set[str]:
    """The places in a text that values are put into."""
    return {
        match[0] if match[0].startswith("%") else "{" + match[2] + "}"
        for match in _PLACES.finditer(text.replace("%%", ""))
    }


def _named(places_: set[str]) -> set[str]:
    return {re.sub(r"\).*", ")", place) for place in places_}


def _place_faults(entry: Entry) -> Iterator[str]:
    singular, plural = _named(places(entry.msgid)), _named(places(entry.plural))
    for number, words in enumerate(entry.words):
        found = _named(places(words))
        if not entry.plural and found != singular:
            yield f"{entry.msgid!r}: places differ: {sorted(found ^ singular)}"
        elif entry.plural and not found <= singular | plural:
            strange = sorted(found - singular - plural)
            yield f"{entry.msgid!r}: form {number} has places that the text has not: {strange}"
        elif entry.plural and number == len(entry.words) - 1 and found != plural:
            yield f"{entry.msgid!r}: places of the last form differ: {sorted(found ^ plural)}"


def mixed_words(text: str) -> list[str]:
    """Words of Cyrillic letters with a Latin letter among them: they look right and are not found, sorted or read."""
    plain = _MARKUP.sub(" ", _PLACES.sub(" ", text))
    return [word for word in _WORD.findall(plain) if _CYRILLIC.search(word) and _LATIN.search(word)]


def _left_in_english(entry: Entry, words: str) -> bool:
    plain = _MARKUP.sub(" ", _PLACES.sub(" ", entry.msgid))
    telling = [
        word for word in _WORD.findall(plain) if word.lower() not in SAME and not word.isupper() and len(word) > 2
    ]
    return words == entry.msgid and bool(telling)


def _entry_faults(entry: Entry, language: str) -> Iterator[str]:
    if entry.is_fuzzy:
        yield f"{entry.msgid!r} is fuzzy"
    if not entry.is_translated:
        yield f"{entry.msgid!r} has no translation"
        return
    wanted = forms(language) if entry.plural else 1
    if len(entry.words) != wanted:
        yield f"{entry.msgid!r} has {len(entry.words)} forms, {wanted} are right"
    yield from _place_faults(entry)
    if language not in CYRILLIC_LANGUAGES:
        return
    for words in entry.words:
        if _left_in_english(entry, words) and not _CYRILLIC.search(entry.msgid):
            yield f"{entry.msgid!r} was left as it is"
        for word in mixed_words(words):
            yield f"{entry.msgid!r}: Latin letters inside {word!r}"


def of(book: Book, wanted: Iterable[Entry]) -> list[str]:
    """Everything that is wrong with a catalogue that must be complete."""
    found = []
    if "".join(book.plural_forms.split()) != "".join(PLURALS[book.language].split()):
        found.append(f"Plural-Forms must be: {PLURALS[book.language]}")
    asked = {entry.key: entry for entry in wanted}
    found += [f"{entry.msgid!r} is missing" for key, entry in sorted(asked.items()) if key not in book.entries]
    found += [f"{key[1]!r} is asked for by nothing" for key in sorted(book.entries.keys() - asked.keys())]
    for key, entry in sorted(book.entries.items()):
        if key in asked:
            if entry.plural != asked[key].plural:
                found.append(f"{entry.msgid!r}: its plural is {asked[key].plural!r}")
            found += _entry_faults(entry, book.language)
    return found
