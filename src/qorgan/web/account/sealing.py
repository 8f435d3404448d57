"""What the database keeps of a sign-in is sealed: secrets of second factors, and sessions, which hold one for a while.

The key is the staff process's own, beside its SECRET_KEY: it opens no record of a person, and no other process has it.
A database that was copied signs nobody in.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class NotSealed(ValueError):
    """What was to be opened was not sealed here as this: it was changed, moved, or never sealed."""


def seal(text: str, *, at: str) -> str:
    """Text sealed as `at`, fit for a column of text."""
    nonce = os.urandom(_NONCE)
    return urlsafe_b64encode(nonce + _cipher().encrypt(nonce, text.encode(), at.encode())).decode()


def unseal(sealed: str, *, at: str) -> str:
    """What was sealed as `at`. Raises NotSealed."""
    try:
        blob = urlsafe_b64decode(sealed.encode())
        return _cipher().decrypt(blob[:_NONCE], blob[_NONCE:], at.encode()).decode()
    except (InvalidTag, ValueError) as failure:
        raise NotSealed(at) from failure


def _cipher() -> AESGCM:
    if not settings.SIGN_IN_KEY:
        raise PermissionError(f"The process {settings.PROCESS} holds no key of sign-ins.")
    return AESGCM(settings.SIGN_IN_KEY)
