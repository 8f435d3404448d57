"""Codes for people and keys for machines: how they are made, and what is kept of them."""

import hashlib
import secrets

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another; 32 of them, five bits each
_GROUPS, _GROUP = 5, 4
_BYTES = 32


def code() -> str:
    """`K7QM-9XW4-...`: 100 bits, to be read aloud and typed."""
    groups = ("".join(secrets.choice(_LETTERS) for _sign in range(_GROUP)) for _group in range(_GROUPS))
    return "-".join(groups)


def digest_of_code(code: str) -> bytes:
    """What is kept of a code, however it was typed: in small letters, with spaces, without hyphens."""
    return hashlib.sha256("".join(sign for sign in code.upper() if sign.isalnum()).encode()).digest()


def token() -> str:
    """The key of a machine: 256 bits."""
    return secrets.token_urlsafe(_BYTES)


def digest_of_token(token: str) -> bytes:
    """What is kept of a key. Of random bits a fast digest is enough, and a look-up by it says nothing by its time."""
    return hashlib.sha256(token.encode()).digest()
