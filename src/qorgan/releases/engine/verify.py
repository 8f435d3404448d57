"""Checking a release with nothing but the release: no database, no network, no settings."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qorgan.base import signing
from qorgan.releases.engine.box import LARGEST, MANIFEST, SIGNATURE, NotABox, sha256, unpack

FORMAT = "qorgan.release/1"
PURPOSE = "releases.release"
PAPERS = "paper/"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a release: a word for machines, the file where there is one, a sentence."""

    code: str
    file: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}: {self.text}" if self.file else self.text


@dataclass(frozen=True)
class Opened:
    """A box with its parts. Says nothing about whether they are true: `verify` does."""

    files: dict[str, bytes]
    manifest: dict[str, Any]
    signature: signing.Signature

    @property
    def digest(self) -> str:
        """What names the release: SHA-256 of its manifest, which names every other file by its own."""
        return sha256(self.files[MANIFEST])


def content(digests: Mapping[str, str]) -> str:
    """One digest of all that a release says, without its papers: the papers bear it in print."""
    return sha256(signing.canonical({name: digest for name, digest in digests.items() if not name.startswith(PAPERS)}))


def opened(data: bytes) -> Opened:
    """The parts of a box. Raises NotABox."""
    files = unpack(data)
    try:
        manifest = json.loads(files[MANIFEST])
        held = json.loads(files[SIGNATURE])
        signature = signing.Signature.from_dict(held)
        plain = signing.canonical(manifest) == files[MANIFEST]
        plain = plain and signing.canonical(signature.as_dict()) == files[SIGNATURE]
    except (KeyError, ValueError, TypeError, AttributeError) as problem:
        raise NotABox("manifest or signature is missing or cannot be read") from problem
    if not plain:
        raise NotABox("manifest or signature is not in its one canonical form")
    return Opened(files, manifest, signature)


def verify(source: Path | str | bytes, *, trusted: Collection[str] | None = None) -> list[Fault]:
    """All that is wrong with a release; an empty list where nothing is.

    `trusted` are public keys (hexadecimal) that the reader got from elsewhere. Without them a whole release made anew
    under another key is not caught here: `opened` gives the id of its key, to be compared with the one published.
    """
    try:
        box = opened(_bytes(source))
    except NotABox as problem:
        return [Fault("not_a_box", "", f"This is no release as it was signed: {problem}.")]
    except OSError as problem:
        return [Fault("not_read", str(source), problem.strerror or "cannot be read")]
    try:
        return [*_signature(box, trusted), *_files(box)]
    except (KeyError, TypeError, AttributeError):
        return [Fault("manifest", MANIFEST, "The manifest lacks what a release must say.")]


def _bytes(source: Path | str | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    with Path(source).open("rb") as file:
        return file.read(LARGEST + 1)


def _signature(box: Opened, trusted: Collection[str] | None) -> list[Fault]:
    faults = []
    if box.manifest["format"] != FORMAT:
        faults.append(Fault("format", MANIFEST, f"Not of the form {FORMAT}."))
    if not signing.verify(box.files[MANIFEST], box.signature, purpose=PURPOSE):
        faults.append(Fault("signature", SIGNATURE, "The signature is not of this manifest."))
    if signing.is_demo(box.signature.key_id) and box.manifest["synthetic"] is not True:
        faults.append(Fault("demo_key", SIGNATURE, "The demo key, known to everyone, vouches for no real data."))
    if trusted is not None and box.signature.public.hex() not in trusted:
        faults.append(Fault("unknown_key", SIGNATURE, f"Key {box.signature.key_id} is not one that is trusted here."))
    return faults


def _files(box: Opened) -> list[Fault]:
    faults = []
    named: dict[str, dict[str, Any]] = box.manifest["files"]
    held = {name: data for name, data in box.files.items() if name not in (MANIFEST, SIGNATURE)}
    for name in sorted(named.keys() | held.keys()):
        if name not in held:
            faults.append(Fault("missing", name, "named in the manifest, not in the release"))
        elif name not in named:
            faults.append(Fault("unnamed", name, "in the release, not named in the manifest"))
        elif named[name] != {"bytes": len(held[name]), "sha256": sha256(held[name])}:
            faults.append(Fault("changed", name, "not the bytes that were signed"))
    if not faults and content({name: sha256(data) for name, data in held.items()}) != box.manifest["content"]:
        faults.append(Fault("content", MANIFEST, "The digest in print is not that of the files."))
    return faults
