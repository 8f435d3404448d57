"""What is inside a whole copy: our own papers, then the cluster as PostgreSQL hands it out, as one tar each."""

import gzip
import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from qorgan.base.backups import sealed
from qorgan.base.backups.errors import Damaged

OURS = "qorgan"  # the folder in the tar of what is ours and not PostgreSQL's
_MANIFEST = "backup_manifest"
_STEP = 1 << 20


@dataclass(frozen=True)
class Member:
    """A file or folder of a whole copy; `content` is None for a folder."""

    path: str
    content: IO[bytes] | None


@dataclass(frozen=True)
class Proof:
    """What going through a whole copy has shown: its files and bytes, and the segments of WAL that it brings along."""

    files: int
    size: int
    segments: tuple[str, ...]


def write_papers(target: gzip.GzipFile, papers: dict[str, Path]) -> None:
    """Write our own small files, each under its name, as a tar of their own."""
    with tarfile.open(fileobj=target, mode="w|") as tar:
        for name, path in sorted(papers.items()):
            content = path.read_bytes()
            told = tarfile.TarInfo(f"{OURS}/{name}")
            told.size, told.mode = len(content), 0o600
            tar.addfile(told, io.BytesIO(content))


def members(path: Path, key: X25519PrivateKey, *, seen: sealed.Seen) -> Iterator[Member]:
    """Every file and folder of a whole copy, each to be read before the next.

    Raises Damaged where anything is not as it was written, at the latest at the end.
    """
    with sealed.reading(path, key, seen=seen) as stream:
        try:
            # Two tars, one behind the other: an end is not the end.
            with tarfile.open(fileobj=stream, mode="r|", ignore_zeros=True) as tar:
                for told in tar:
                    parts = Path(told.name).parts
                    if told.name.startswith("/") or ".." in parts or not (told.isfile() or told.isdir()):
                        raise Damaged(f"{path} holds {told.name}, which no backup of ours holds.")
                    yield Member("/".join(parts), tar.extractfile(told))
        except tarfile.TarError as failure:
            raise Damaged(f"{path} is damaged: {failure}.") from failure
        while stream.read(_STEP):
            pass


class Checking:
    """Compares what goes by with the manifest that PostgreSQL wrote: every file with its SHA-256."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: dict[str, str] = {}
        self._segments: list[str] = []
        self._manifest = bytearray()
        self.size = 0

    def pieces(self, member: Member) -> Iterator[bytes]:
        """The content of a file, looked at while it goes by."""
        assert member.content is not None
        digest = hashlib.sha256()
        while piece := member.content.read(_STEP):
            digest.update(piece)
            self.size += len(piece)
            if member.path == _MANIFEST:
                self._manifest += piece
            yield piece
        folder, _, name = member.path.rpartition("/")
        if folder == "pg_wal" and re.fullmatch(r"[0-9A-F]{24}", name):
            self._segments.append(name)
        elif member.path != _MANIFEST and not member.path.startswith((f"{OURS}/", "pg_wal/")):
            self._seen[member.path] = digest.hexdigest()

    def finish(self) -> Proof:
        """What was shown. Raises Damaged where a file is missing, is one too many, or differs."""
        try:
            told = json.loads(self._manifest)["Files"]
            wanted = {one["Path"]: one["Checksum"] for one in told if not one["Path"].startswith("pg_wal/")}
        except (ValueError, KeyError) as failure:
            raise Damaged(f"{self._path} is not whole: it has no manifest.") from failure
        for name in wanted.keys() | self._seen.keys():
            if wanted.get(name) != self._seen.get(name):
                raise Damaged(f"{self._path} is not whole: {name} is not as its manifest says.")
        if not self._segments:
            raise Damaged(f"{self._path} is not whole: it brings no WAL along.")
        return Proof(len(self._seen), self.size, tuple(sorted(self._segments)))
