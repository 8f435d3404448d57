"""For whom backups are sealed: an X25519 key, whose public half is all that the machine which takes them needs."""

import os
import re
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from qorgan.base.backups.errors import BackupRefused

_PUBLIC = re.compile(r"[0-9a-f]{64}")


def make(path: Path) -> str:
    """Write a new private key into `path`, readable by its owner only; its public half as hexadecimal digits.

    Raises BackupRefused where the file is there: with it every backup sealed to it would be lost.
    """
    private = X25519PrivateKey.generate()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupRefused(f"{path} is there already: choose another name, a key is never written over.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    return public_of(private)


def load(path: Path) -> X25519PrivateKey:
    """The private key in a file. Raises BackupRefused where others may read it, or where it holds no such key."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BackupRefused(f"{path} can be read by others: chmod 600 {path}")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as failure:
        raise BackupRefused(f"{path} holds no key of backups: it is made by `qorgan backup key FILE`.") from failure
    if not isinstance(key, X25519PrivateKey):
        raise BackupRefused(f"{path} holds a key for something else: that of backups is made by `qorgan backup key`.")
    return key


def public_of(private: X25519PrivateKey) -> str:
    """The public half as hexadecimal digits."""
    return private.public_key().public_bytes_raw().hex()


def check_public(text: str) -> str:
    """The public half as it is written. Raises BackupRefused for what is none."""
    if not _PUBLIC.fullmatch(text.strip().lower()):
        raise BackupRefused("The public key of backups is 64 hexadecimal digits, as `qorgan backup key` shows them.")
    return text.strip().lower()
