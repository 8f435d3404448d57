"""Envelopes and codes of the web door: what one side seals, only the other opens."""

import hmac
import re
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY = 32  # bytes of a key of X25519, and of AES-256
_NONCE = bytes(12)  # each envelope has a key of its own, so its one nonce is never used twice under it
WORDS = 5  # of a list of 256: forty bits, kept behind a keyed digest and a limit of tries
LIST = 256
_DIGITS, _GROUP = 16, 4  # where a language has no list of words
_BREAKS = re.compile(r"[\s,.;:\-\u2010-\u2015]+")


class Unopened(ValueError):
    """The envelope was changed, or was sealed for someone else or as something else."""


@dataclass(frozen=True)
class Key:
    """What a code, with its second word, leads to: where the receipt lies, and the key of what is told to her."""

    digest: bytes
    word_digest: bytes  # empty where there is no second word
    private: bytes

    @property
    def public(self) -> bytes:
        """The half by which something is sealed for her."""
        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()


def seal(public: bytes, text: bytes, *, at: str) -> bytes:
    """Seal `text` for whoever holds the other half of `public`, as the field `at`; the sealer cannot open it again."""
    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    cipher = _cipher(once.exchange(X25519PublicKey.from_public_bytes(public)), mine + public)
    return mine + cipher.encrypt(_NONCE, text, at.encode())


def opened(private: bytes, envelope: bytes, *, at: str) -> bytes:
    """The text of an envelope. Raises Unopened."""
    held = X25519PrivateKey.from_private_bytes(private)
    theirs, sealed = envelope[:_KEY], envelope[_KEY:]
    if len(theirs) < _KEY:
        raise Unopened
    shared = held.exchange(X25519PublicKey.from_public_bytes(theirs))
    try:
        cipher = _cipher(shared, theirs + held.public_key().public_bytes_raw())
        return cipher.decrypt(_NONCE, sealed, at.encode())
    except InvalidTag as failure:
        raise Unopened from failure


def _cipher(shared: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=_KEY, salt=salt, info=b"qorgan door 1").derive(shared))


def code_of(secret: bytes, sending: bytes, words: tuple[str, ...]) -> str:
    """The code of one sending: chosen by a keyed digest of its random name, so that pressing twice gives one code."""
    drawn = hmac.digest(secret, b"code\0" + sending, "sha256")
    if len(words) == LIST:
        return " ".join(words[number] for number in drawn[:WORDS])
    digits = str(int.from_bytes(drawn) % 10**_DIGITS).zfill(_DIGITS)
    return " ".join(digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))


def key_of(secret: bytes, code: str, word: str = "") -> Key:
    """Where a code leads. Capitals, spaces and hyphens do not matter; nothing of it can be guessed without `secret`."""
    one, other = plain(code), plain(word)
    held = hmac.digest(secret, b"private\0" + one.encode() + b"\0" + other.encode(), "sha256")
    second = hmac.digest(secret, b"word\0" + one.encode() + b"\0" + other.encode(), "sha256") if other else b""
    return Key(hmac.digest(secret, b"receipt\0" + one.encode(), "sha256"), second, held)


def plain(text: str) -> str:
    """A code as it is compared: words in small letters with one space between."""
    return _BREAKS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()
