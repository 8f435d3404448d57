"""Calls that a machine has signed (RFC 9421, Ed25519): who sent it, and that nothing of it was changed on the way."""

from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.http import HttpRequest
from django.http.request import HttpHeaders
from django.utils.translation import gettext_lazy as _
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature
from http_message_signatures.algorithms import ED25519

from qorgan.base import signing
from qorgan.base.errors import Refused

# The host is not among them: what stands before the server may call it by another name.
COVERED = ("@method", "@path", "content-digest", "idempotency-key", "authorization")
AGE = timedelta(minutes=5)  # an older one is refused; within it a repeat of the same key changes nothing


class SignatureIsWrong(Refused):
    """A channel that signs is not answered where its signature is missing, old, or made of other words."""

    text = _("This channel signs what it sends, and the signature is missing, too old, or does not fit.")
    status = 401


@dataclass(frozen=True)
class _Message:
    method: str
    url: str
    headers: HttpHeaders


class _Own(HTTPSignatureKeyResolver):
    """The channel's own key, and no other."""

    def __init__(self, public: bytes) -> None:
        self.public = public

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """The key, where it is called by its name."""
        return Ed25519PublicKey.from_public_bytes(self.public) if key_id == signing.key_id(self.public) else None


def check(request: HttpRequest, public: bytes) -> None:
    """Raises SignatureIsWrong where a channel signs with `public` and this call does not bear its signature."""
    if not public:
        return
    verifier = HTTPMessageVerifier(signature_algorithm=ED25519, key_resolver=_Own(public))
    message = _Message(request.method or "", request.build_absolute_uri(), request.headers)
    try:
        verifier.verify(message, max_age=AGE, require_components=COVERED, body=request.body)
    except InvalidSignature as failure:
        raise SignatureIsWrong from failure
