"""A desk's file, from the browser through the import and back."""

import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from qorgan.base import ids
from qorgan.base.errors import NotFound
from qorgan.base.keys import vault
from qorgan.base.scope import Actor
from qorgan.files import actions as files
from qorgan.files import queries as kept
from qorgan.reports import actions
from qorgan.reports.actions import FileResult

OWNER = "import"
ROLE = "refused_rows"


def take(file: "UploadedFile[bytes]", *, by: Actor, now: datetime) -> tuple[FileResult, UUID | None]:
    """Import the file; the result, and the id under which its refused rows are kept, sealed, to be fetched.

    Runs outside a transaction of the request: the import commits every hundred rows, so a torn connection loses none.
    """
    with tempfile.TemporaryDirectory(prefix="qorgan-") as folder:
        path = Path(folder) / "desk"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        refused = Path(folder) / "refused.csv"
        result = actions.import_file(path=path, by=by, now=now, name=file.name or "", refused_to=refused)
        return result, _keep(refused.read_bytes(), by=by, now=now) if refused.exists() else None


def _keep(content: bytes, *, by: Actor, now: datetime) -> UUID:
    owner_id = ids.new()
    with transaction.atomic():
        files.keep(
            content=content,
            media_type="text/csv",
            owner=OWNER,
            owner_id=owner_id,
            role=ROLE,
            key_id=vault.new_key(),
            territory_id=by.territory_id or by.territories[0],
            thread_id=owner_id,
            by=by,
            now=now,
        )
    return owner_id


def refused_rows(import_id: UUID, *, by: Actor) -> bytes:
    """The refused rows of an import, for the person who sent the file. Raises NotFound for everyone else."""
    blob = kept.newest(import_id, role=ROLE)
    if blob is None or blob.owner != OWNER or blob.made_by != by.staff_id:
        raise NotFound
    return kept.content(blob)
