"""Reading sealed blobs."""

import base64
from uuid import UUID

from qorgan.base.keys import vault
from qorgan.files.models import Blob


def newest(owner_id: UUID, *, role: str) -> Blob | None:
    """The newest blob of a role, if it lies in sight."""
    return Blob.objects.filter(owner_id=owner_id, role=role).order_by("-made_at").first()


def content(blob: Blob) -> bytes:
    """The bytes as they were kept."""
    return base64.b64decode(vault.open(blob.content, at="files.blob.content"))
