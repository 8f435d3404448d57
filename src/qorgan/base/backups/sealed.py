"""A sealed file: an open header, chunks that authenticate themselves, their order and their end, and a digest.

The digest says without any key whether a byte was changed by accident; the chunks say with the private key whether
one was changed by anybody.
"""

import gzip
import hashlib
import io
import json
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qorgan.base.backups.errors import BackupRefused, Damaged
from qorgan.base.signing import key_id

MAGIC = b"qorgan backup 1\n"
CHUNK = 1 << 20
_TAG, _DIGEST = 16, 32
_SQUEEZE = 4  # 16 MB of mostly empty WAL become 16 kB; one less would leave 73, one more costs a third of the speed
_LONGEST_HEADER = 4096


Seen = Callable[[int, int], None]  # how much is done, of how much: bytes of a file, or files


def unwatched(_done: int, _total: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True)
class Header:
    """What a file says of itself in the open: `cluster` is data or keys, `name` of a file of WAL or empty.

    `at` is when the writing began (ISO 8601), `line` the unbroken line of WAL that it belongs to, `recipient` the
    public key that it is sealed to.
    """

    cluster: str
    name: str
    at: str
    line: str
    recipient: str

    @property
    def moment(self) -> datetime:
        """When the writing began."""
        return datetime.fromisoformat(self.at)


def _cipher(secret: bytes, start: bytes) -> AESGCM:
    """The header is part of the key: a chunk opens under its own header only."""
    salt = hashlib.sha256(start).digest()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=MAGIC).derive(secret))


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">3xQB", number, last)


class _Writer(io.RawIOBase):
    """Seals what is written to it. `finish` alone makes the file whole: without it no reader believes it."""

    def __init__(self, file: IO[bytes], header: Header) -> None:
        ephemeral = X25519PrivateKey.generate()
        told = asdict(header) | {"ephemeral": ephemeral.public_key().public_bytes_raw().hex()}
        words = json.dumps(told, sort_keys=True).encode()
        start = MAGIC + struct.pack(">I", len(words)) + words
        secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(header.recipient)))
        self._cipher, self._file, self._digest = _cipher(secret, start), file, hashlib.sha256()
        self._waiting, self._number = bytearray(), 0
        self._put(start)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:  # one is held back: the last is marked
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk and the digest."""
        self._seal(bytes(self._waiting), last=True)
        self._file.write(self._digest.digest())

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._number, last=last), plain, None))
        self._number += 1

    def _put(self, data: bytes) -> None:
        self._digest.update(data)
        self._file.write(data)


@contextmanager
def writing(path: Path, header: Header) -> Iterator[gzip.GzipFile]:
    """A stream whose compressed and sealed content is at `path` once the block ends well, and nowhere otherwise.

    Raises BackupRefused where the folder is away, closed or full.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            os.chmod(part, 0o600)
            sealed = _Writer(file, header)
            with gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=_SQUEEZE, mtime=0) as squeezed:
                yield squeezed
            sealed.finish()
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException as failure:
        with suppress(OSError):
            part.unlink()
        if isinstance(failure, OSError):
            raise BackupRefused(f"{failure.filename or path.parent}: {failure.strerror or failure}.") from failure
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Keep the names in a folder through a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Reader(io.RawIOBase):
    """Opens chunk by chunk. Raises Damaged at the first byte that is not as it was written."""

    def __init__(self, file: IO[bytes], path: Path, key: X25519PrivateKey, seen: Seen) -> None:
        self._file, self._path, self._seen = file, path, seen
        header, start = _start(file, path)
        told = json.loads(start[len(MAGIC) + 4 :])
        held = key.public_key().public_bytes_raw()
        if header.recipient != held.hex():
            raise BackupRefused(
                f"{path} is sealed to the key {key_id(bytes.fromhex(header.recipient))},"
                f" and the key given is {key_id(held)}."
            )
        try:
            secret = key.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(told["ephemeral"])))
        except (KeyError, ValueError) as failure:
            raise _damaged(path) from failure
        self._cipher, self._digest = _cipher(secret, start), hashlib.sha256(start)
        self._left = self._whole = os.fstat(file.fileno()).st_size - len(start) - _DIGEST
        self._number, self._ready = 0, b""
        if self._left < _TAG:
            raise _damaged(path)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and self._left:
            self._open_next()
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _open_next(self) -> None:
        sealed = self._file.read(min(CHUNK + _TAG, self._left))
        self._left -= len(sealed)
        self._digest.update(sealed)
        try:
            self._ready = self._cipher.decrypt(_nonce(self._number, last=not self._left), sealed, None)
        except (InvalidTag, ValueError) as failure:
            raise _damaged(self._path) from failure
        self._number += 1
        self._seen(self._whole - self._left, self._whole)
        if not self._left and self._file.read() != self._digest.digest():
            raise _damaged(self._path)


@contextmanager
def reading(path: Path, key: X25519PrivateKey, *, seen: Seen = unwatched) -> Iterator[gzip.GzipFile]:
    """The content of a sealed file, which is whole only if it was read to its end.

    Raises Damaged, or BackupRefused where it is sealed to another key.
    """
    with path.open("rb") as file:
        opened = _Reader(file, path, key, seen)
        try:
            with gzip.GzipFile(fileobj=io.BufferedReader(opened, CHUNK)) as content:
                yield content
        except (gzip.BadGzipFile, EOFError) as failure:
            raise _damaged(path) from failure


def header_of(path: Path) -> Header:
    """What the file says of itself, unproven. Raises Damaged for what is no sealed file."""
    with path.open("rb") as file:
        return _start(file, path)[0]


def check_digest(path: Path, *, seen: Seen = unwatched) -> None:
    """Whether the file is as it was written, as far as that can be told without the key. Raises Damaged."""
    header_of(path)
    whole = left = path.stat().st_size - _DIGEST
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            digest.update(piece)
            left -= len(piece)
            seen(whole - left, whole)
        if file.read() != digest.digest():
            raise _damaged(path)


def _start(file: IO[bytes], path: Path) -> tuple[Header, bytes]:
    start = file.read(len(MAGIC) + 4)
    if not start.startswith(MAGIC) or len(start) < len(MAGIC) + 4:
        raise Damaged(f"{path} is no backup of Qorgan, or its beginning is damaged.")
    size = struct.unpack(">I", start[len(MAGIC) :])[0]
    words = file.read(size) if size <= _LONGEST_HEADER else b""
    try:
        told = json.loads(words)
        header = Header(**{name: told[name] for name in Header.__dataclass_fields__})
        if header.moment.tzinfo is None or len(bytes.fromhex(header.recipient)) != 32:
            raise _damaged(path)
    except (ValueError, KeyError, TypeError) as failure:
        raise _damaged(path) from failure
    return header, start + words


def _damaged(path: Path) -> Damaged:
    return Damaged(f"{path} is damaged: it is not as it was written, and nothing in it can be relied on.")
