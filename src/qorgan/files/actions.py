"""Keeping and fetching sealed blobs."""

import base64
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.keys import vault
from qorgan.base.scope import Actor
from qorgan.files.models import Blob


@transaction.atomic
def keep(
    *,
    content: bytes,
    media_type: str,
    owner: str,
    owner_id: UUID,
    role: str,
    key_id: UUID,
    territory_id: int,
    thread_id: UUID,
    by: Actor,
    now: datetime,
) -> Blob:
    """Seal `content` under the key of its case and keep it for good; a newer one of the same role goes beside it.

    No permission of its own: the act on the thing that the file belongs to has asked for it.
    """
    blob = Blob(
        id=ids.new(),
        territory_id=territory_id,
        thread_id=thread_id,
        owner=owner,
        owner_id=owner_id,
        role=role,
        media_type=media_type,
        size=len(content),
        content=vault.seal(key_id, base64.b64encode(content).decode(), at="files.blob.content"),
        made_at=now,
        made_by=by.staff_id,
    )
    blob.save(force_insert=True)
    journal.write(kind="files.blob.kept", thing=owner, thing_id=owner_id, by=by, now=now, detail={"role": role})
    return blob
