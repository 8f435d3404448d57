"""Signatures by Ed25519 (RFC 8032) over bytes that are the same on every machine. Needs no database and no settings.

The purpose is part of what is signed: a signature made for one purpose never holds for another.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from cryptography.x509.oid import NameOID

from qorgan.base import demo_key

ALGORITHM = "Ed25519"
_PURPOSE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_SEED_BYTES = 32


class DemoKeyRefused(Exception):
    """The key whose both halves are public was about to sign something real."""


def canonical(thing: Any) -> bytes:
    """JSON in one form only: keys sorted, UTF-8, no spaces; a Decimal is a string.

    Raises TypeError for a float (its digits differ between machines) and for anything else that JSON does not know,
    ValueError for text that is not Unicode.
    """
    return json.dumps(_plain(thing), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(thing: Any) -> Any:
    if thing is None or isinstance(thing, bool | int):
        return thing
    if isinstance(thing, str):
        return str(thing)
    if isinstance(thing, Decimal) and thing.is_finite():
        return f"{thing:f}"
    if isinstance(thing, list | tuple):
        return [_plain(item) for item in thing]
    if isinstance(thing, Mapping) and all(isinstance(key, str) for key in thing):
        return {str(key): _plain(value) for key, value in thing.items()}
    raise TypeError(f"{type(thing).__name__} has no canonical form")


def public_of(pem: str) -> bytes | None:
    """The 32 bytes of an Ed25519 public key given as PEM text; None for anything else, a private key too."""
    try:
        key = load_pem_public_key(pem.strip().encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key.public_bytes_raw() if isinstance(key, Ed25519PublicKey) else None


def key_id(public: bytes) -> str:
    """The name of a key: 16 hexadecimal digits of the SHA-256 of its public half."""
    return hashlib.sha256(public).hexdigest()[:16]


@dataclass(frozen=True)
class Signature:
    """A signature and the public half of the key that made it."""

    key_id: str
    algorithm: str
    value: bytes
    public: bytes

    def as_dict(self) -> dict[str, str]:
        """Ready for JSON: bytes as hexadecimal digits."""
        return {
            "key_id": self.key_id,
            "algorithm": self.algorithm,
            "value": self.value.hex(),
            "public": self.public.hex(),
        }

    @classmethod
    def from_dict(cls, parts: Mapping[str, Any]) -> Self:
        """The reverse. Raises KeyError or ValueError for what is not a signature."""
        texts = {name: parts[name] for name in ("key_id", "algorithm", "value", "public")}
        if not all(isinstance(text, str) for text in texts.values()):
            raise ValueError("a signature is written in text")
        value, public = bytes.fromhex(texts["value"]), bytes.fromhex(texts["public"])
        return cls(texts["key_id"], texts["algorithm"], value, public)


class Signer:
    """Holds one private key and never shows it."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    def __repr__(self) -> str:
        return f"Signer({self.key_id})"

    def sign(self, data: bytes, *, purpose: str) -> Signature:
        """Sign `data` for `purpose` (`journal.head`). Raises ValueError for a purpose that is not such a word."""
        return Signature(self.key_id, ALGORITHM, self._key.sign(_framed(data, purpose)), self.public)


def _framed(data: bytes, purpose: str) -> bytes:
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError(f"not a purpose: {purpose!r}")
    return b"Qorgan signature 1\n" + purpose.encode() + b"\n" + data


def verify(data: bytes, signature: Signature, *, purpose: str, trusted: Collection[str] | None = None) -> bool:
    """Whether this very data was signed for this very purpose by the key that the signature names.

    `trusted` are the public halves (hexadecimal) that the asker got from elsewhere. Without them the answer says only
    that nothing was changed since the named key signed: whose key it is must then be asked apart.
    """
    if signature.algorithm != ALGORITHM or signature.key_id != key_id(signature.public):
        return False
    if trusted is not None and signature.public.hex() not in trusted:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(signature.public).verify(signature.value, _framed(data, purpose))
    except (InvalidSignature, ValueError):
        return False
    return True


def is_demo(name: str) -> bool:
    """Whether `name` is the id of the demonstration's key, with which anyone can sign."""
    return name == key_id(demo_key.PUBLIC)


def load(path: Path) -> Signer:
    """The key in a file: PEM (PKCS 8) or 32 raw bytes.

    Raises PermissionError where others may read the file, ValueError where it holds no Ed25519 key.
    """
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise PermissionError(f"{path} can be read by others: chmod 600 {path}")
    content = path.read_bytes()
    if len(content) == _SEED_BYTES:
        return Signer(Ed25519PrivateKey.from_private_bytes(content))
    key = load_pem_private_key(content, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} holds no Ed25519 key")
    return Signer(key)


def signer(*, demo: bool, path: Path | None = None) -> Signer:
    """The deployment's signer: the demonstration's key in a demonstration, otherwise the key of `path`.

    Without `path` it is the file named by `QORGAN_SIGNING_KEY`, or one made for this deployment and kept among its
    secrets. Raises DemoKeyRefused where that file holds the demonstration's key.
    """
    if demo:
        return Signer(Ed25519PrivateKey.from_private_bytes(demo_key.SEED))
    named = os.environ.get("QORGAN_SIGNING_KEY")
    found = load(path or (Path(named) if named else _own_key()))
    if is_demo(found.key_id):
        raise DemoKeyRefused("This is the demonstration's key; anyone can sign with it. Give the deployment its own.")
    return found


def _own_key() -> Path:
    from qorgan.base import deployment  # here, so that verifying needs neither servers nor a home

    deployment.secret("signing")
    return deployment.home() / "secrets" / "signing.key"


@dataclass(frozen=True)
class PaperKey:
    """What papers are signed with: a private key (DER, PKCS 8) and certificates (DER), its own first."""

    key: bytes
    certificates: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"PaperKey({hashlib.sha256(self.certificates[0]).hexdigest()[:16]})"


def paper_key(*, demo: bool) -> PaperKey | None:
    """What this deployment signs papers with; None where nobody has given it a key.

    `QORGAN_PAPER_KEY` and `QORGAN_PAPER_CERTIFICATE` name PEM files, else `paper.key` and `paper.pem` lie among the
    secrets. A demonstration has its own, which proves nothing. Raises PermissionError, ValueError, DemoKeyRefused.
    """
    if demo:
        return _demo_paper_key()
    key, certificates = _paper_files()
    if not key.is_file() or not certificates.is_file():
        return None
    if os.name == "posix" and stat.S_IMODE(key.stat().st_mode) & 0o077:
        raise PermissionError(f"{key} can be read by others: chmod 600 {key}")
    held = load_pem_private_key(key.read_bytes(), password=None)
    chain = tuple(_der(one) for one in x509.load_pem_x509_certificates(certificates.read_bytes()))
    if x509.load_der_x509_certificate(chain[0]).public_key() != held.public_key():
        raise ValueError(f"{certificates} is not the certificate of {key}: its own comes first")
    if isinstance(held, Ed25519PrivateKey) and is_demo(key_id(held.public_key().public_bytes_raw())):
        raise DemoKeyRefused("This is the demonstration's key; anyone can sign with it. Give the deployment its own.")
    return PaperKey(held.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), chain)


def paper_certificates(*, demo: bool) -> tuple[bytes, ...]:
    """The certificates (DER) whose signatures on papers this place trusts; empty where it has none."""
    if demo:
        return _demo_paper_key().certificates
    file = _paper_files()[1]
    return tuple(_der(one) for one in x509.load_pem_x509_certificates(file.read_bytes())) if file.is_file() else ()


def certificates_in(file: Path) -> tuple[bytes, ...]:
    """The certificates (DER) of a PEM file. Raises ValueError where it holds none."""
    return tuple(_der(one) for one in x509.load_pem_x509_certificates(file.read_bytes()))


def _paper_files() -> tuple[Path, Path]:
    from qorgan.base import deployment  # here, so that verifying needs neither servers nor a home

    named = os.environ.get("QORGAN_PAPER_KEY"), os.environ.get("QORGAN_PAPER_CERTIFICATE")
    secrets = deployment.home() / "secrets"
    return Path(named[0] or secrets / "paper.key"), Path(named[1] or secrets / "paper.pem")


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _demo_paper_key() -> PaperKey:
    key = Ed25519PrivateKey.from_private_bytes(demo_key.SEED)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Qorgan: demonstration, proves nothing")])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 12, 31, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .sign(key, None)
    )
    return PaperKey(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), (_der(made),))
