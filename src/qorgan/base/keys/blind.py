"""Blind indexes: telling that two exact numbers are the same without opening either.

An index is a keyed digest of a number in one form, under a key of its own that is not the master, so that a new master
changes none. Staff and persons are indexed by the same two functions: whether a colleague is a party is one comparison.
Tokens of names are kept under the same key; what their frequencies still tell is in SECURITY.md.
A digest of twelve digits under a known key is guessed in seconds, so the key is kept as carefully as the master.
"""

import re

from qorgan.base import country
from qorgan.base.keys import vault

IIN = "person.iin"
PHONE = "person.phone"
NAME = "person.name"

_IIN_DIGITS = 12
_MARK_BYTES = 8
_BREAKS = re.compile(r"[\s.\-\u2010-\u2015]+")
_FOREIGN = range(8, 16)  # digits of a number abroad, with its country (E.164)


def iin(text: str) -> bytes | None:
    """The index of an identification number: its twelve digits, faulty or not. None for what is no such number."""
    digits = _BREAKS.sub("", text)
    whole = len(digits) == _IIN_DIGITS and digits.isascii() and digits.isdigit()
    return vault.blind(digits, at=IIN) if whole else None


def phone(text: str) -> bytes | None:
    """The index of a telephone, however it is written. None for what is no whole number."""
    number = telephone(text)
    return vault.blind(number, at=PHONE) if number else None


def name(token: str) -> int:
    """The mark of a token of a name (`people/engine/tokens`): the first 64 bits of its digest, as PostgreSQL counts."""
    return int.from_bytes(vault.blind(token, at=NAME)[:_MARK_BYTES], "big", signed=True)


def telephone(text: str) -> str:
    """A telephone as E.164 says it, by the country's forms (`words/desk.toml`); empty for what is no whole number."""
    forms = country.toml("words/desk.toml").get("numbers", {})
    own, trunk = forms.get("phone_country", ""), forms.get("phone_trunk", "")
    national = re.compile(forms.get("phone_national", r"(?!)"))
    digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    if text.strip().startswith("+"):
        return f"+{digits}" if len(digits) in _FOREIGN else ""
    if digits.startswith("00"):
        return f"+{digits[2:]}" if len(digits) - 2 in _FOREIGN else ""
    for start in (trunk, own, ""):
        if digits.startswith(start) and national.fullmatch(digits[len(start) :]):
            return f"+{own}{digits[len(start) :]}"
    return ""
