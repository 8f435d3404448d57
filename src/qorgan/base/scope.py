"""Who is acting, and what of the country lies in their sight.

The database backend reads the actor of the moment at every outermost BEGIN and tells PostgreSQL; row-level security
does the rest. Nothing else ever sets it: not a middleware, and never for a whole session, where the next user of
the connection would inherit it. Outside a transaction, or with nobody acting, PostgreSQL answers a question about rows
that belong to a place with an error.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from psycopg.pq import TransactionStatus

from qorgan.base import clock
from qorgan.base.errors import NotAllowed


@dataclass(frozen=True)
class Actor:
    """A person, or the system itself, acting in one mandate.

    `territory_id` is the mandate's territory, `territories` that one and all below it. `permissions` are the names of
    the acts that the role allows, as `orders.order.issue`. `staff_id` is None only for the system. `threads` are those
    that alone are in sight for someone admitted to one file; where it is empty, all of the territories are.
    """

    name: str
    staff_id: UUID | None = None
    mandate_id: UUID | None = None
    agency_id: UUID | None = None
    territory_id: int | None = None
    role: str = ""
    purpose: str = ""
    territories: tuple[int, ...] = ()
    threads: tuple[UUID, ...] = ()
    permissions: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def staff(self) -> UUID:
        """The id of the person who acts. Raises NotAllowed where the system acts: this act needs a person."""
        if self.staff_id is None:
            raise NotAllowed
        return self.staff_id

    @property
    def agency(self) -> UUID:
        """The id of the agency that acts. Raises NotAllowed where none does."""
        if self.agency_id is None:
            raise NotAllowed
        return self.agency_id

    def can(self, permission: str) -> bool:
        """Whether the role of the mandate allows the act."""
        return permission in self.permissions


def check_may(by: Actor, permission: str) -> None:
    """Raises NotAllowed unless the role of the mandate allows the act. Each stage's `access` names its permissions."""
    if not by.can(permission):
        raise NotAllowed


def beside(row: Any) -> dict[str, Any]:
    """Where a row lies, for one that is made beside it: the same place, the same thread."""
    return {"territory_id": row.territory_id, "thread_id": row.thread_id}


def placed() -> Iterator[type[models.Model]]:
    """Every model whose rows lie in a place and belong to a thread: records, and what shuts or opens threads."""
    for model in apps.get_models():
        names = {field.attname for field in model._meta.concrete_fields}
        if {"thread_id", "territory_id"} <= names:
            yield model


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


def current() -> Actor | None:
    """The actor of the moment; with None, asking for anything that belongs to a place is an error."""
    return _actor.get()


SETTINGS = ("q.staff", "q.agency", "q.territories", "q.threads", "q.now")
APPLY = "select " + ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)


def settings_of(actor: Actor | None) -> tuple[str, ...]:
    """The values of `SETTINGS` for PostgreSQL. Without territories, where nobody acts, every policy refuses.

    `q.now` is the moment by which admissions end: that of this process's clock when the transaction began.
    """
    moment = clock.now().isoformat()
    if actor is None:
        return "", "", "", "", moment
    territories, threads = (",".join(map(str, each)) for each in (actor.territories, actor.threads))
    return str(actor.staff_id or ""), str(actor.agency_id or ""), f"{{{territories}}}", threads, moment


@contextmanager
def acting(actor: Actor | None) -> Iterator[None]:
    """Act as `actor` inside the block, and as before after it.

    Inside an open transaction (a test, a nested piece of work) the new scope holds at once and is put back on exit,
    so that nothing leaks from one part of the transaction into the next.
    """
    token = _actor.set(actor)
    try:
        _apply()
        yield
    finally:
        _actor.reset(token)
        _apply()


def _apply() -> None:
    if connection.connection is None or not connection.in_atomic_block or connection.needs_rollback:
        return
    # A failed transaction takes no statement, and its rollback restores what held where it, or its savepoint, began.
    if connection.connection.info.transaction_status in (TransactionStatus.INERROR, TransactionStatus.UNKNOWN):
        return
    with connection.cursor() as cursor:
        cursor.execute(APPLY, settings_of(_actor.get()))
