"""A certificate of destruction: canonical JSON and a signature over it. What and how many, never what it said."""

import json
from collections.abc import Collection
from typing import Any

from qorgan.base import signing
from qorgan.base.signing import Signature, Signer

FORM = "qorgan.certificate.1"
PURPOSE = "shredding.certificate"

Told = dict[str, Any]


def signed(told: Told, signer: Signer) -> dict[str, Any]:
    """The certificate of what is told, with its signature."""
    return {"certificate": told, "signature": signer.sign(signing.canonical(told), purpose=PURPOSE).as_dict()}


def as_file(certificate: dict[str, Any]) -> bytes:
    """The bytes that are handed out: the same for the same certificate."""
    return signing.canonical(certificate) + b"\n"


def verify(content: bytes, *, trusted: Collection[str] | None = None) -> dict[str, Any]:
    """Whether a file is a certificate that holds, and what it says first.

    Without `trusted` (public keys, hexadecimal) it says only that nothing was changed since the named key signed.
    Raises ValueError for what is no certificate.
    """
    try:
        read = json.loads(content)
        told, signature = read["certificate"], Signature.from_dict(read["signature"])
        known = told["form"] == FORM and set(read) == {"certificate", "signature"}
        said = {name: told[name] for name in ("thing", "number", "ground", "destroyed_at", "keys")}
        data = signing.canonical(told)
    except (ValueError, KeyError, TypeError) as failure:
        raise ValueError("This is no certificate of destruction.") from failure
    holds = known and signing.verify(data, signature, purpose=PURPOSE, trusted=trusted)
    return {"holds": holds, "key": signature.key_id, "demo": signing.is_demo(signature.key_id), **said}
