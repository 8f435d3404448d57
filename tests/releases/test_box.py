"""A release checks itself, and one changed byte anywhere is caught."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qorgan.base import signing
from qorgan.releases.engine import compose
from qorgan.releases.engine.box import MANIFEST, SIGNATURE, NotABox, pack, unpack
from qorgan.releases.engine.draft import Draft
from qorgan.releases.engine.verify import PURPOSE, opened, verify
from tests.releases.drafts import FULL, draft

DEMO = signing.signer(demo=True)
OWN = signing.Signer(Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))


def signed(manifest: bytes, signer: signing.Signer) -> bytes:
    return signing.canonical(signer.sign(manifest, purpose=PURPOSE).as_dict())


def made(what: Draft = FULL, signer: signing.Signer = DEMO) -> bytes:
    """A box without drawings."""
    files = compose.files(what)
    files[MANIFEST] = signing.canonical(compose.manifest(what, files))
    files[SIGNATURE] = signed(files[MANIFEST], signer)
    return pack(files)


BOX = made()


def _damaged(box: bytes) -> Iterator[tuple[int, bytes]]:
    """Every byte of the ZIP's own structures near the end, and many everywhere, each with one bit or all changed."""
    places = {*range(200), *range(len(box) - 1500, len(box)), *random.Random(7).sample(range(len(box)), 1500)}
    for place in places:
        for change in (0x01, 0xFF):
            yield place, box[:place] + bytes([box[place] ^ change]) + box[place + 1 :]


def test_release_as_signed_has_no_fault() -> None:
    assert verify(BOX) == []


def test_one_changed_byte_anywhere_is_caught() -> None:
    for place, box in _damaged(BOX):
        assert verify(box), place


@pytest.mark.parametrize("change", [lambda box: box + b"\0", lambda box: box[:-1], lambda box: b"", lambda box: b"PK"])
def test_longer_shorter_and_empty_boxes_are_caught(change: object) -> None:
    assert verify(change(BOX))  # type: ignore[operator]  # a callable of the case


def test_same_draft_gives_the_same_bytes() -> None:
    assert made() == BOX


def test_file_taken_out_or_put_in_is_caught() -> None:
    files = unpack(BOX)
    without = {name: data for name, data in files.items() if name != "tables/national.csv"}
    assert [fault.code for fault in verify(pack(without))] == ["missing"]
    assert [fault.code for fault in verify(pack(files | {"tables/more.csv": b"a"}))] == ["unnamed"]
    assert [fault.code for fault in verify(pack(files | {"tables/national.csv": b"a"}))] == ["changed"]


def test_signature_for_another_purpose_is_caught() -> None:
    files = unpack(BOX)
    other = DEMO.sign(files[MANIFEST], purpose="journal.head")
    assert [fault.code for fault in verify(pack(files | {SIGNATURE: signing.canonical(other.as_dict())}))] == [
        "signature"
    ]


def test_release_signed_anew_by_a_stranger_is_caught_by_whoever_knows_the_key() -> None:
    forged = made(signer=OWN)
    assert verify(forged, trusted={OWN.public.hex()}) == []
    assert [fault.code for fault in verify(forged, trusted={DEMO.public.hex()})] == ["unknown_key"]


def test_demo_key_vouches_for_no_real_data() -> None:
    real = draft({10: 30}, {10: 20}, synthetic=False)
    assert [fault.code for fault in verify(made(real))] == ["demo_key"]
    assert verify(made(real, OWN)) == []


def test_manifest_without_figures_is_a_fault_and_no_crash() -> None:
    files = {MANIFEST: signing.canonical({"format": "qorgan.release/1"})}
    files[SIGNATURE] = signed(files[MANIFEST], DEMO)
    assert [fault.code for fault in verify(pack(files))] == ["manifest"]
    files[MANIFEST] = b"[]"
    assert verify(pack(files))


def test_verifying_reads_a_path_and_says_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "box.zip").write_bytes(BOX)
    assert verify(tmp_path / "box.zip") == []
    assert [fault.code for fault in verify(tmp_path / "none.zip")] == ["not_read"]


def test_box_takes_no_strange_names() -> None:
    with pytest.raises(ValueError, match="no name"):
        pack({"../etc/passwd": b""})
    with pytest.raises(NotABox):
        unpack(b"not a zip")


def test_manifest_says_what_the_release_is() -> None:
    manifest = opened(BOX).manifest
    assert manifest["number"] == "2026-10-1"
    assert manifest["stamp"] == "SYNTHETIC"
    assert {figure["code"]: figure["value"] for figure in manifest["figures"]}["reports_registered"] == "8012"
    assert json.loads(unpack(BOX)["text/kk.json"])["title"] == "Тұрмыстық зорлық-зомбылық: 2026 жылғы қазан"


def test_verifying_loads_neither_the_framework_nor_an_engine() -> None:
    look = (
        "import sys, qorgan.releases.engine.verify as v; assert v.verify(b'');"
        "heavy = {'django', 'ibis', 'psycopg', 'typst', 'matplotlib'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", look], check=True)
