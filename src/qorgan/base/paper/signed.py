"""Signatures inside PDF, by pyHanko (extra `sign`): made with the deployment's key, checked against certificates.

The signature is an increment: the bytes of the paper stay as they were made, and whatever is changed or added later
breaks it. The moment of signing is the machine's own word; without a time stamp of a third party nothing proves it.
"""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.util import find_spec
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID

from qorgan.base.signing import PaperKey

_FIELD = "Qorgan"
logging.getLogger("pyhanko").addHandler(logging.NullHandler())  # what is found is answered, not logged
_HEAD = b"%PDF-"
_LONGEST = 5  # certificates between a signature and the one that is trusted


class Finding(StrEnum):
    """What is found of the signature of a file."""

    VALID = "valid"
    CHANGED = "changed"
    OTHER_KEY = "other_key"
    EXPIRED = "expired"
    NOT_SIGNED = "not_signed"
    NOT_A_PDF = "not_a_pdf"


@dataclass(frozen=True)
class Verdict:
    """What is found, by whom it is signed as the certificate says, when as the machine that signed said."""

    finding: Finding
    signer: str = ""
    signed_at: datetime | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    fingerprint: str = ""


def can_sign() -> bool:
    """Whether the extra `sign` is installed."""
    return find_spec("pyhanko") is not None


def sign(pdf: bytes, key: PaperKey, *, reason: str = "") -> bytes:
    """The PDF with a signature over all of it. Needs the extra `sign`."""
    from asn1crypto import keys, x509  # type: ignore[import-untyped]  # theirs, without stubs
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    chain = [x509.Certificate.load(one) for one in key.certificates]
    store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # a class of theirs without annotations
    store.register_multiple(chain[1:])
    signer = signers.SimpleSigner(
        signing_cert=chain[0], signing_key=keys.PrivateKeyInfo.load(key.key), cert_registry=store
    )
    told = signers.PdfSignatureMetadata(field_name=_FIELD, md_algorithm="sha512", reason=reason or None)
    out: Any = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), told, signer=signer)
    return bytes(out.getvalue())


def verify(pdf: bytes, *, trusted: Sequence[bytes], now: datetime) -> Verdict:
    """What the signature of a file is worth, by the certificates (DER) that the asker trusts. Needs `sign`."""
    if not pdf.lstrip().startswith(_HEAD):
        return Verdict(Finding.NOT_A_PDF)
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = list(PdfFileReader(io.BytesIO(pdf)).embedded_signatures)
    except (PdfError, ValueError, KeyError, IndexError, TypeError):
        # What was signed and cannot be read any more was changed; what never was is no paper of ours.
        return Verdict(Finding.CHANGED if b"/ByteRange" in pdf else Finding.NOT_A_PDF)
    if not found:
        return Verdict(Finding.CHANGED if b"/ByteRange" in pdf else Finding.NOT_SIGNED)
    try:
        if not _fills_its_gap(pdf, found[-1]) or not _is_as_written(found[-1]):
            return Verdict(Finding.CHANGED)
        return _judged(found[-1], trusted=trusted, now=now)
    except (PdfError, ValueError, KeyError, IndexError, TypeError):
        return Verdict(Finding.CHANGED)


def _fills_its_gap(pdf: bytes, embedded: Any) -> bool:
    """Whether the part of the file that no signature covers holds the signature and nothing else, down to its zeros."""
    from asn1crypto.parser import peek  # type: ignore[import-untyped]  # this module of theirs has no stubs

    start, length, after, rest = (int(one) for one in embedded.byte_range)
    gap, written = pdf[start + length : after], embedded.pkcs7_content
    return (
        start == 0
        and after + rest == len(pdf)
        and gap[:1] + gap[-1:] == b"<>"
        and bytes.fromhex(gap[1:-1].decode()) == written
        and not written[peek(written) :].strip(b"\0")
    )


def _is_as_written(embedded: Any) -> bool:
    """Whether what the signature does not sign itself (how its parts are named and laid) is as it is written here."""
    from asn1crypto import cms

    signer, own = embedded.signer_info, embedded.signer_cert
    sid = {"issuer": own.issuer, "serial_number": own.serial_number}
    taken = {name: signer[name] for name in ("digest_algorithm", "signature_algorithm", "signed_attrs", "signature")}
    anew = {
        "version": "v1",
        "digest_algorithms": [signer["digest_algorithm"]],
        "encap_content_info": {"content_type": "data"},
        "certificates": embedded.signed_data["certificates"],
        "signer_infos": [{"version": "v1", "sid": {"issuer_and_serial_number": sid}, **taken}],
    }
    made: bytes = cms.ContentInfo({"content_type": "signed_data", "content": anew}).dump()
    return bool(made == embedded.pkcs7_content[: len(made)])


def _judged(embedded: Any, *, trusted: Sequence[bytes], now: datetime) -> Verdict:
    from cryptography import x509
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    own = x509.load_der_x509_certificate(embedded.signer_cert.dump())
    others = [x509.load_der_x509_certificate(one.dump()) for one in embedded.other_embedded_certs]
    first, last = own.not_valid_before_utc, own.not_valid_after_utc
    # pyHanko says whether the bytes are those that were signed; whose key it is, is asked below, of whole certificates.
    alone = ValidationContext(trust_roots=[embedded.signer_cert], allow_fetching=False, moment=last)
    usage = KeyUsageConstraints(key_usage=set())
    try:
        status = validate_pdf_signature(embedded, signer_validation_context=alone, key_usage_settings=usage)
    except (SignatureValidationError, AttributeError):  # theirs, where what names the digest was changed
        return Verdict(Finding.CHANGED)
    whole = embedded.coverage is SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and whole) or any(map(_is_spoilt, [own, *others])):
        finding = Finding.CHANGED
    elif not _leads_to(own, others, [x509.load_der_x509_certificate(one) for one in trusted]):
        finding = Finding.OTHER_KEY
    else:
        finding = Finding.VALID if first <= now <= last else Finding.EXPIRED
    named = own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(named[0].value) if named else own.subject.rfc4514_string()
    at = embedded.self_reported_timestamp
    return Verdict(finding, name, at, first, last, own.fingerprint(SHA256()).hex())


def _is_spoilt(own: Certificate) -> bool:
    """A certificate that claims to have signed itself and has not: a byte of it was changed."""
    return own.issuer == own.subject and not _issued(own, own)


def _issued(one: Certificate, by: Certificate) -> bool:
    try:
        one.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _leads_to(own: Certificate, others: list[Certificate], trusted: list[Certificate]) -> bool:
    """Whether a certificate is trusted itself, or was issued, over those in the file, by one that is."""
    seen = own
    for _step in range(_LONGEST):
        if seen in trusted or any(_issued(seen, one) for one in trusted):
            return True
        above = next((one for one in others if one != seen and _issued(seen, one)), None)
        if above is None:
            return False
        seen = above
    return False
