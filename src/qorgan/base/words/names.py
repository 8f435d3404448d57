"""Names of people, and the order of an alphabet."""

import unicodedata

from qorgan.base.words import formats

_TURNING = ("Cc", "Cs", "Zl", "Zp")  # controls, halves of a sign, ends of a line or a paragraph
_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LETTERS = 0xE000  # the private area: above every digit and mark, below what belongs to no alphabet


def in_line(text: str) -> str:
    """A text that stands among others on a line: without signs that would turn or break what stands around it.

    What was written stays as it was written; this is how a page says it. `\u200d` stays: it joins signs of emoji.
    """
    if text.isprintable():  # no mark and no control is
        return text
    signs = (" " if sign in "\n\r\t" else sign for sign in text if sign not in _MARKS)
    return "".join(sign for sign in signs if unicodedata.category(sign) not in _TURNING)


def initials(surname: str, given: str, patronymic: str = "") -> str:
    """`Сәрсенбаев Н. Т.`, held together by no-break spaces. `Қасым-Жомарт` gives `Қ.-Ж.`"""
    parts = [" ".join(surname.split()).replace(" ", formats.NBSP)]
    parts += [_initial(name) for name in (given, patronymic) if name.strip(" -")]
    return formats.NBSP.join(part for part in parts if part)


def _initial(name: str) -> str:
    halves = [half.strip() for half in name.split("-")]
    return "-".join(f"{half[0].upper()}." for half in halves if half)


def sort_key(text: str, lang: str) -> str:
    """A string that sorts by plain comparison as the language's alphabet does: Алия, Әлия, Гали, Ғани.

    Digits and marks come first, the alphabet next, letters of other alphabets last. Small letters come before
    capitals only where nothing else differs.
    """
    alphabet = formats.of(lang)["alphabet"]
    plain = unicodedata.normalize("NFC", text)
    return "".join(_place(letter, alphabet) for letter in plain.lower()) + "\0" + plain.swapcase()


def _place(letter: str, alphabet: str) -> str:
    at = alphabet.find(letter)
    if at >= 0:
        return chr(_LETTERS + at)
    return "\uf8ff" + letter if letter.isalpha() else letter
