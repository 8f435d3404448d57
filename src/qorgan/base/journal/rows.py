"""Writing a row of the journal."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from qorgan.base.scope import Actor
from qorgan.base.signing import canonical

# Plain SQL, since the ORM asks for the row back, and most processes may write the journal but not read it.
_INSERT = """
    insert into base_journalentry (at, kind, thing, thing_id, staff_id, mandate_id, process, detail)
    values (%s, %s, %s, %s, %s, %s, %s, %s)
"""

_INSERT_EACH = """
    insert into base_journalentry (at, kind, thing, thing_id, staff_id, mandate_id, process, detail)
    select %s, %s, %s, one.id, %s::uuid, %s::uuid, %s, %s from unnest(%s::text[]) as one (id)
"""


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

    Outside a transaction it refuses: a row that could survive an act that was rolled back would be a lie. So it does
    with a `detail` that has no canonical form (a float, a moment): the sealer would stop at such a row for ever.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a journal row belongs inside the transaction of its act")
    canonical(detail or {})
    row: tuple[Any, ...] = (
        now,
        kind,
        thing,
        str(thing_id),
        by.staff_id,
        by.mandate_id,
        settings.PROCESS,
        Jsonb(detail or {}),
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)


def write_each(
    *, kind: str, by: Actor, now: datetime, thing: str, thing_ids: Collection[UUID], detail: dict[str, Any]
) -> None:
    """Write the same of each of many things, with one statement. As `write` refuses."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a journal row belongs inside the transaction of its act")
    canonical(detail)
    ids = sorted(str(one) for one in thing_ids)
    row: tuple[Any, ...] = (now, kind, thing, by.staff_id, by.mandate_id, settings.PROCESS, Jsonb(detail), ids)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_EACH, row)
