"""Names of people, and the order of an alphabet."""

import unicodedata

from qorgan.base.words import formats

_LETTERS = 0xE000  # the private area: above every digit and mark, below what belongs to no alphabet


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
