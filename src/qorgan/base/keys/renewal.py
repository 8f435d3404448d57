"""A fresh key for one record, where its key may have leaked: everything under the old one is sealed anew.

Rows that are never changed are sealed anew too, by the owner of the tables, who holds no key: the worker opens and
seals, and hands over envelopes. A run that was killed goes on with the same fresh key; at its end the old is destroyed.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from qorgan.base import journal
from qorgan.base.errors import Refused
from qorgan.base.keys import holdings
from qorgan.base.keys.holdings import Column
from qorgan.base.keys.store import Store
from qorgan.base.keys.vault import Vault
from qorgan.base.scope import Actor, acting

_LONGEST = 600.0  # seconds that a write which had read the old key may still take

Change = dict[str, str]
Write = Callable[[list[Change]], None]
Progress = Callable[[int, int], None]  # texts sealed anew, of how many


class WritesGoOn(Refused):
    """A write that may still use the old key does not end."""

    text = _("A write that began before does not end; run the same again later.")


@dataclass(frozen=True)
class Renewed:
    """How many keys have a successor, and how many texts were sealed anew."""

    keys: int
    texts: int


def renew(
    keys: Iterable[UUID], *, store: Store, vault: Vault, by: Actor, now: datetime, write: Write, progress: Progress
) -> Renewed:
    """Seal everything under each of the keys anew under a fresh one, and destroy the old. `by` sees every place.

    `write` carries changes out and commits them (`carry_out`, as the owner of the tables). Raises WritesGoOn.
    """
    named = set(keys)
    begun = store.predecessors(named)  # a run that was cut off has put the fresh keys in place already
    olds = sorted({begun.get(key, key) for key in named})
    with acting(by), transaction.atomic():
        total = sum(holdings.counted(olds).values())
    texts = 0
    progress(0, total)
    for old in olds:
        new = store.successor(old, vault.new_key())
        write(
            [{"column": one.word, "old": str(old), "new": str(new)} for one in holdings.columns() if not one.is_sealed]
        )
        _wait_for_writes()
        while changes := _resealed(old, new, vault, by=by):
            write(changes)
            texts += len(changes)
            progress(texts, max(texts, total))
        with transaction.atomic():
            detail = {"texts": texts}
            journal.write(kind="base.keys.renewed", thing="key", thing_id=old, by=by, now=now, detail=detail)
        store.renewed(old)
    return Renewed(len(olds), texts)


def _resealed(old: UUID, new: UUID, vault: Vault, *, by: Actor) -> list[Change]:
    """The envelopes that are under the old key, and the same texts sealed under the new one."""
    with acting(by), transaction.atomic():
        found = [(one, one.envelopes(old)) for one in holdings.columns() if one.is_sealed]
    changes = []
    for one, envelopes in found:
        for row_id, envelope in envelopes:
            sealed = vault.seal(new, vault.open(envelope, at=one.word), at=one.word)
            changes.append({"column": one.word, "row": str(row_id), "old": envelope.hex(), "new": sealed.hex()})
    return changes


def _wait_for_writes() -> None:
    """Until every write has ended that began before now: it may have read which key to use. Raises WritesGoOn."""
    until = time.monotonic() + _LONGEST
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint")
        here = cursor.fetchone()[0]
        while time.monotonic() < until:
            cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [here])
            if cursor.fetchone()[0]:
                return
            time.sleep(0.1)
    raise WritesGoOn


@transaction.atomic
def carry_out(changes: Iterable[Change], *, by: Actor) -> int:
    """Put envelopes in the place of others, and keys in the place of keys; how many rows. For the owner of the tables.

    A row that was changed meanwhile stays as it is: what it holds is under a key that is asked for again.
    """
    with acting(by):
        return sum(_carried(change) for change in changes)


def _carried(change: Change) -> int:
    one = holdings.column(change["column"])
    if "row" not in change:
        return _written(one, f"{one.name} = %s", [UUID(change["new"]), UUID(change["old"])])
    row_id = connection.ops.quote_name(str(one.model._meta.pk.column))
    row: Any = one.model._meta.pk.to_python(change["row"])
    before, after = bytes.fromhex(change["old"]), bytes.fromhex(change["new"])
    return _written(one, f"{one.name} = %s and {row_id} = %s", [after, before, row])


def _written(one: Column, where: str, values: list[Any]) -> int:
    with connection.cursor() as cursor, _unlocked(one.model, cursor):
        cursor.execute(f"update {one.table} set {one.name} = %s where {where}", values)
        return int(cursor.rowcount)


class _unlocked:
    """Rows that are never changed may be, inside the block: only the owner of the table can do it."""

    def __init__(self, model: type[models.Model], cursor: Any) -> None:
        self.cursor = cursor
        self.table = connection.ops.quote_name(model._meta.db_table) if getattr(model, "APPEND_ONLY", False) else ""

    def __enter__(self) -> None:
        if self.table:
            self.cursor.execute(f"alter table {self.table} disable trigger never_changed")

    def __exit__(self, *_failure: object) -> None:
        if self.table and not connection.needs_rollback:
            self.cursor.execute(f"alter table {self.table} enable trigger never_changed")
