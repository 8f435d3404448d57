"""Proving a backup whole, with nothing but its file: no database, and without the private key no secret either."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from qorgan.base.backups import sealed
from qorgan.base.backups.content import Checking, Proof, members

_STEP = 1 << 20


@dataclass(frozen=True)
class Verified:
    """A file that is whole. `proof` is there where it was opened; `name` where it is a file of WAL."""

    cluster: str
    name: str
    begun_at: datetime
    recipient: str
    proof: Proof | None


def verify(path: Path, key: X25519PrivateKey | None, *, seen: sealed.Seen) -> Verified:
    """Go through a file to its end. Without `key` only accidents are found, not who wrote it. Raises Damaged."""
    header, proof = sealed.header_of(path), None
    if key is None:
        sealed.check_digest(path, seen=seen)
    elif not header.name:
        proof = _whole_copy(path, key, seen)
    else:
        with sealed.reading(path, key, seen=seen) as content:
            while content.read(_STEP):
                pass
    return Verified(header.cluster, header.name, header.moment, header.recipient, proof)


def _whole_copy(path: Path, key: X25519PrivateKey, seen: sealed.Seen) -> Proof:
    checking = Checking(path)
    for member in members(path, key, seen=seen):
        if member.content is not None:
            for _piece in checking.pieces(member):
                pass
    return checking.finish()
