import json
from dataclasses import replace
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as other_kind
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from qorgan.base import demo_key, signing

HEAD = signing.canonical({"day": "2026-11-05", "number": 41})
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
)


@pytest.fixture
def signer():
    return signing.Signer(Ed25519PrivateKey.generate())


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def kept(path, content, mode=0o600):
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_what_was_signed_is_verified_and_anything_else_is_not(signer):
    signature = signer.sign(HEAD, purpose="journal.head")
    assert signing.verify(HEAD, signature, purpose="journal.head")
    for at in range(len(HEAD)):
        touched = HEAD[:at] + bytes([HEAD[at] ^ 1]) + HEAD[at + 1 :]
        assert not signing.verify(touched, signature, purpose="journal.head")
    assert not signing.verify(HEAD, replace(signature, value=signature.value[:-1]), purpose="journal.head")
    assert not signing.verify(HEAD, replace(signature, value=bytes(64)), purpose="journal.head")


def test_a_signature_for_one_purpose_never_holds_for_another(signer):
    signature = signer.sign(HEAD, purpose="journal.head")
    assert not signing.verify(HEAD, signature, purpose="release.manifest")
    slipped = signer.sign(b"x\n" + HEAD, purpose="journal")
    assert not signing.verify(HEAD, slipped, purpose="journal.x")
    for word in ("", "Journal", "a\nb", "a b", "a..b"):
        with pytest.raises(ValueError, match="purpose"):
            signer.sign(HEAD, purpose=word)


def test_a_key_cannot_pass_for_another(signer):
    other = signing.Signer(Ed25519PrivateKey.generate())
    mine, theirs = signer.sign(HEAD, purpose="journal.head"), other.sign(HEAD, purpose="journal.head")
    assert signing.verify(HEAD, theirs, purpose="journal.head")
    assert not signing.verify(HEAD, theirs, purpose="journal.head", trusted={signer.public.hex()})
    assert signing.verify(HEAD, mine, purpose="journal.head", trusted={signer.public.hex()})
    assert not signing.verify(HEAD, replace(theirs, key_id=mine.key_id), purpose="journal.head")
    assert not signing.verify(HEAD, replace(theirs, public=mine.public), purpose="journal.head")
    assert not signing.verify(HEAD, replace(mine, algorithm="none"), purpose="journal.head")


def test_a_signature_goes_through_json_unchanged(signer):
    signature = signer.sign(HEAD, purpose="journal.head")
    assert signing.Signature.from_dict(json.loads(json.dumps(signature.as_dict()))) == signature
    for broken in ({}, signature.as_dict() | {"value": "zz"}, signature.as_dict() | {"value": 5}):
        with pytest.raises((KeyError, ValueError)):
            signing.Signature.from_dict(broken)


def test_the_signer_does_not_show_its_key(signer):
    assert repr(signer) == f"Signer({signer.key_id})"
    assert len(signer.key_id) == 16


def test_a_key_is_read_from_pem_or_raw_and_only_where_no_one_else_can(tmp_path):
    key = Ed25519PrivateKey.generate()
    from_pem = signing.load(kept(tmp_path / "a.pem", pem(key)))
    from_raw = signing.load(kept(tmp_path / "a.key", key.private_bytes_raw()))
    assert from_pem.key_id == from_raw.key_id
    for mode in (0o640, 0o604, 0o644):
        with pytest.raises(PermissionError, match="chmod 600"):
            signing.load(kept(tmp_path / "open.pem", pem(key), mode))
    with pytest.raises(ValueError, match="no Ed25519 key"):
        signing.load(kept(tmp_path / "ec.pem", pem(other_kind(SECP256R1()))))
    with pytest.raises(ValueError):
        signing.load(kept(tmp_path / "torn.pem", pem(key)[:40]))


def test_the_demonstration_key_signs_only_in_a_demonstration(tmp_path, monkeypatch):
    demo = signing.signer(demo=True)
    assert demo.public == demo_key.PUBLIC
    assert signing.is_demo(demo.key_id)
    path = kept(tmp_path / "demo.key", demo_key.SEED)
    with pytest.raises(signing.DemoKeyRefused):
        signing.signer(demo=False, path=path)
    monkeypatch.setenv("QORGAN_SIGNING_KEY", str(path))
    with pytest.raises(signing.DemoKeyRefused):
        signing.signer(demo=False)


def test_a_deployment_has_a_key_of_its_own_that_stays(tmp_path, monkeypatch):
    monkeypatch.delenv("QORGAN_SIGNING_KEY", raising=False)
    monkeypatch.setenv("QORGAN_HOME", str(tmp_path))
    first, second = signing.signer(demo=False), signing.signer(demo=False)
    assert first.key_id == second.key_id
    assert not signing.is_demo(first.key_id)


def test_canonical_bytes_do_not_depend_on_the_order_of_keys():
    one = signing.canonical({"b": 1, "a": [None, True, "Ұ"], "ә": Decimal("1.50")})
    assert one == '{"a":[null,true,"Ұ"],"b":1,"ә":"1.50"}'.encode()
    assert one == signing.canonical({"ә": Decimal("1.50"), "a": (None, True, "Ұ"), "b": 1})


@given(PLAIN)
def test_canonical_bytes_are_json_that_reads_back_and_stays_the_same(thing):
    made = signing.canonical(thing)
    assert json.loads(made) == thing
    assert signing.canonical(json.loads(made)) == made


@pytest.mark.parametrize("thing", [1.5, float("nan"), {1: "a"}, {"a"}, b"bytes", Decimal("Infinity"), object()])
def test_what_has_no_single_form_is_refused(thing):
    with pytest.raises(TypeError, match="no canonical form"):
        signing.canonical({"inside": [thing]})


def test_text_that_is_not_unicode_is_refused():
    with pytest.raises(ValueError):
        signing.canonical("\ud800")
