"""Writing a row of the journal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor


def write(
    *,
    kind: str,
    by: Actor,
    now: datetime,
    thing: str = "",
    thing_id: UUID | int | str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write what `by` did, as `stage.thing.done`, in the transaction of the act.

    Outside a transaction it refuses: a row that could survive an act that was rolled back would be a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a journal row belongs inside the transaction of its act")
    JournalEntry.objects.create(
        at=now,
        kind=kind,
        thing=thing,
        thing_id=str(thing_id),
        staff_id=by.staff_id,
        mandate_id=by.mandate_id,
        process=settings.PROCESS,
        detail=detail or {},
    )
