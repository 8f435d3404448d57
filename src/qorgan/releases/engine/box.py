"""The box: the whole of a release as one ZIP, the same bytes whenever and wherever it is packed."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

MANIFEST, SIGNATURE = "manifest.json", "signature.json"
LARGEST = 64 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"(?:[a-z0-9_]+/)?[a-z0-9_.-]+")


class NotABox(ValueError):
    """The bytes are no box, or not one that this system packed."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP: sorted, stored, without times, owners or comments. Raises ValueError for a strange name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no name for a file of a release")
            about = zipfile.ZipInfo(name, _EPOCH)
            about.create_system = 3
            about.external_attr = 0o644 << 16
            archive.writestr(about, files[name])
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of a box. Raises NotABox unless packing them again gives the very same bytes.

    So a changed byte anywhere is caught, in what a ZIP says about its files as well as in the files.
    """
    if len(data) > LARGEST:
        raise NotABox("larger than any release")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            about = archive.infolist()
            if any(each.compress_type != zipfile.ZIP_STORED or each.file_size > LARGEST for each in about):
                raise NotABox("not packed by this system")
            files = {each.filename: archive.read(each) for each in about}
        same = pack(files) == data
    except NotABox:
        raise
    except Exception as problem:  # a damaged ZIP breaks its reader in many ways; each means the same
        raise NotABox("damaged") from problem
    if not same:
        raise NotABox("packed differently: a byte between the files was changed")
    return files


def sha256(data: bytes) -> str:
    """The digest as hexadecimal text."""
    return hashlib.sha256(data).hexdigest()
