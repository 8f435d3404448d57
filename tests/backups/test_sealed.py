"""A sealed file says by itself whether it is as it was written; no database is needed."""

import os
import random
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from qorgan.base.backups import recipient, sealed
from qorgan.base.backups.errors import BackupRefused, Damaged
from qorgan.base.backups.sealed import CHUNK, Header

KEY = X25519PrivateKey.generate()
HEADER = Header("data", "", "2026-11-20T09:30:00+00:00", "0a0b0c0d", recipient.public_of(KEY))
TAG = 16


def write(path: Path, content: bytes) -> Path:
    with sealed.writing(path, HEADER) as target:
        target.write(content)
    return path


def read(path: Path) -> bytes:
    with sealed.reading(path, KEY) as source:
        return source.read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_sealed_is_what_is_opened(tmp_path: Path, size: int) -> None:
    content = random.Random(size).randbytes(size)
    path = write(tmp_path / "some", content)
    assert read(path) == content
    assert sealed.header_of(path) == HEADER
    sealed.check_digest(path)


def test_every_single_flipped_byte_is_found_with_the_key_and_without(tmp_path: Path) -> None:
    path = write(tmp_path / "some", b"Some words.")
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Damaged):
            sealed.check_digest(path)
        with pytest.raises(BackupRefused):  # the header may name another key then
            read(path)


def test_a_file_that_is_cut_anywhere_is_found(tmp_path: Path) -> None:
    path = write(tmp_path / "some", b"Some words.")
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(Damaged):
            sealed.check_digest(path)
        with pytest.raises(Damaged):
            read(path)


def test_someone_who_mends_the_digest_is_found_with_the_key(tmp_path: Path) -> None:
    import hashlib

    path = write(tmp_path / "some", random.Random(1).randbytes(3 * CHUNK))
    body = path.read_bytes()[:-32]
    start = len(body) % (CHUNK + TAG)  # not the header's length, and no matter: chunks are moved as a whole from here
    for forged in (
        body[: -(CHUNK + TAG)],  # cut where a chunk ends
        body + body[-(CHUNK + TAG) :],  # a chunk twice
        body[:start] + body[start + CHUNK + TAG :] + body[start : start + CHUNK + TAG],  # chunks in another order
        body.replace(b'"cluster": "data"', b'"cluster": "keys"'),
        body.replace(b"2026-11-20", b"2026-11-21"),
    ):
        path.write_bytes(forged + hashlib.sha256(forged).digest())
        sealed.check_digest(path)
        with pytest.raises(Damaged):
            read(path)


def test_what_fails_midway_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), sealed.writing(tmp_path / "some", HEADER) as target:
        target.write(os.urandom(3 * CHUNK))
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_away_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="No such file"), sealed.writing(tmp_path / "gone" / "some", HEADER):
        pass


def test_the_private_key_is_never_written_over_and_never_open_to_others(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    public = recipient.make(path)
    assert recipient.public_of(recipient.load(path)) == recipient.check_public(public) == public
    with pytest.raises(BackupRefused, match="there already"):
        recipient.make(path)
    path.chmod(0o644)
    with pytest.raises(BackupRefused, match="chmod 600"):
        recipient.load(path)


@pytest.mark.parametrize("text", ["", "abc", "z" * 64, "a" * 63])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(BackupRefused, match="64 hexadecimal digits"):
        recipient.check_public(text)
