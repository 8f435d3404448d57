"""A signed paper is known again; each way in which it is not right is told apart."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from qorgan.base import signing
from qorgan.base.paper import render, signed
from qorgan.base.paper.signed import Finding
from qorgan.cli import document

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PAPER = render('#set document(title: "Нұсқама", date: auto)\n= Нұсқама\nәғқңөұүһі', {})


def _own(*, first: datetime, last: datetime) -> signing.PaperKey:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Шымкент ПД")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(first).not_valid_after(last)
    der = made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    return signing.PaperKey(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), (der,))


DEMO = signing.paper_key(demo=True)
assert DEMO is not None
SIGNED = signed.sign(PAPER, DEMO, reason="ШЫМ-26-001873")


def _found(pdf: bytes, *, trusted: tuple[bytes, ...] = DEMO.certificates, now: datetime = NOW) -> Finding:
    return signed.verify(pdf, trusted=trusted, now=now).finding


def test_a_signed_paper_is_unchanged_and_says_by_whom() -> None:
    verdict = signed.verify(SIGNED, trusted=DEMO.certificates, now=NOW)
    assert (verdict.finding, verdict.signer) == (Finding.VALID, "Qorgan: demonstration, proves nothing")
    assert SIGNED.startswith(PAPER), "the signature is added; what was made stays as it was"


def test_each_thing_that_is_wrong_is_told_apart() -> None:
    old = _own(first=NOW - timedelta(days=900), last=NOW - timedelta(days=1))
    new = _own(first=NOW - timedelta(days=1), last=NOW + timedelta(days=900))
    assert _found(PAPER) is Finding.NOT_SIGNED
    assert _found(SIGNED, trusted=new.certificates) is Finding.OTHER_KEY
    assert _found(SIGNED, trusted=()) is Finding.OTHER_KEY
    assert _found(signed.sign(PAPER, old), trusted=old.certificates) is Finding.EXPIRED
    assert _found(signed.sign(PAPER, new), trusted=new.certificates) is Finding.VALID
    assert _found(b"PK\x03\x04") is Finding.NOT_A_PDF
    assert _found(SIGNED[: len(SIGNED) // 2]) in (Finding.CHANGED, Finding.NOT_A_PDF)


def test_what_is_added_after_the_signature_is_a_change() -> None:
    assert _found(SIGNED + b"\n% a line\n") is Finding.CHANGED
    writer = pypdf.PdfWriter(io.BytesIO(SIGNED), incremental=True)
    writer.add_metadata({"/Subject": "other"})
    out = io.BytesIO()
    writer.write(out)
    assert _found(out.getvalue()) is Finding.CHANGED


@settings(max_examples=60, deadline=None)
@given(at=st.integers(8, len(SIGNED) - 1), bit=st.integers(0, 7))
def test_no_single_bit_can_be_changed_unseen(at: int, bit: int) -> None:
    spoilt = bytearray(SIGNED)
    spoilt[at] ^= 1 << bit
    # In the signature's own hexadecimal digits a letter may be small or large and is the same digit.
    same = bytes(spoilt).lower() == SIGNED.lower() and chr(SIGNED[at]) in "abcdefABCDEF"
    assert same or _found(bytes(spoilt)) is not Finding.VALID


def test_no_digit_of_the_signature_itself_can_be_changed_unseen() -> None:
    """Also those that it does not sign: by which digest, of which issuer, how long its parts are."""
    found = re.search(rb"/Contents ?<([0-9A-Fa-f]+)>", SIGNED)
    assert found
    begins, written = found.start(1), bytes.fromhex(found[1].decode()).rstrip(b"\0")
    for at in range(begins, begins + 2 * len(written)):
        spoilt = bytearray(SIGNED)
        spoilt[at] = ord("0") if SIGNED[at] != ord("0") else ord("1")
        assert _found(bytes(spoilt)) is not Finding.VALID, at - begins


def test_a_paper_is_pdf_a_also_when_it_is_signed() -> None:
    """By own checks of structure: no validator of PDF/A installs here."""
    for pdf in (PAPER, SIGNED):
        read = pypdf.PdfReader(io.BytesIO(pdf))
        root = read.trailer["/Root"]
        said = root["/Metadata"].get_data().decode()
        assert re.search(r'pdfaid:part(>|=")2\b', said) and re.search(r'pdfaid:conformance(>|=")A\b', said)
        assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"]
        assert not read.is_encrypted and "/JavaScript" not in root.get("/Names", {})
        fonts = read.pages[0]["/Resources"]["/Font"].values()
        assert fonts
        for font in fonts:
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described)
        assert "әғқңөұүһі" in read.pages[0].extract_text()


def test_a_key_that_others_can_read_or_that_is_the_demonstrations_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "paper.key", tmp_path / "paper.pem"
    monkeypatch.setenv("QORGAN_PAPER_KEY", str(key))
    monkeypatch.setenv("QORGAN_PAPER_CERTIFICATE", str(certificate))
    assert signing.paper_key(demo=False) is None
    key.write_bytes(_pem("PRIVATE KEY", DEMO.key))
    certificate.write_bytes(_pem("CERTIFICATE", DEMO.certificates[0]))
    key.chmod(0o644)
    with pytest.raises(PermissionError):
        signing.paper_key(demo=False)
    key.chmod(0o600)
    with pytest.raises(signing.DemoKeyRefused):
        signing.paper_key(demo=False)
    own = _own(first=NOW, last=NOW + timedelta(days=1))
    key.write_bytes(_pem("PRIVATE KEY", own.key))
    with pytest.raises(ValueError, match="certificate"):
        signing.paper_key(demo=False)
    certificate.write_bytes(_pem("CERTIFICATE", own.certificates[0]))
    held = signing.paper_key(demo=False)
    assert held is not None and held.certificates == own.certificates


def _pem(kind: str, der: bytes) -> bytes:
    import base64

    body = base64.encodebytes(der).decode()
    return f"-----BEGIN {kind}-----\n{body}-----END {kind}-----\n".encode()


def test_the_command_says_one_sentence_and_one_number_for_each(tmp_path: Path) -> None:
    files = {"good": SIGNED, "plain": PAPER, "changed": SIGNED + b" ", "other": b"text"}
    for name, content in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    (tmp_path / "own.pem").write_bytes(
        _pem("CERTIFICATE", _own(first=NOW, last=NOW + timedelta(days=1)).certificates[0])
    )
    asked = [("good", "--demo", 0), ("plain", "--demo", 6), ("changed", "--demo", 3), ("other", "--demo", 7)]
    for name, trust, status in asked:
        done = CliRunner().invoke(document.app, ["verify", str(tmp_path / f"{name}.pdf"), trust])
        assert (done.exit_code, len(done.stdout.strip().splitlines())) == (status, 1), done.output
    own = str(tmp_path / "own.pem")
    done = CliRunner().invoke(document.app, ["verify", str(tmp_path / "good.pdf"), "--certificate", own, "--json"])
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["finding"], answer["valid"]) == (4, "other_key", False)
    missing = CliRunner().invoke(document.app, ["verify", str(tmp_path / "none.pdf"), "--demo"])
    assert missing.exit_code == 1
