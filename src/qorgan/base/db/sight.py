"""A queryset of rows that belong to a place is read where it was made: in that transaction, for that person.

Rows are fetched when they are first looked at. Looked at later, in another transaction or for someone else, the same
queryset would answer with other rows, or with none: an empty export that looks like success. It is refused instead.
One made outside any transaction has no such place; the backend then asks for one when it is read.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import ProgrammingError, connection, models
from django.db.models import sql

from qorgan.base import scope
from qorgan.base.scope import Actor

Made = tuple[int, Actor | None]  # the transaction, counted on its connection, and for whom

if TYPE_CHECKING:
    _QuerySet = models.QuerySet[models.Model]
    _Manager = models.Manager[models.Model]
else:
    _QuerySet, _Manager = models.QuerySet, models.Manager


class OutsideItsScope(ProgrammingError):
    """Rows were asked for by a queryset that was made in another transaction, or for someone else."""

    def __init__(self) -> None:
        super().__init__(
            "out of its scope: this queryset was made in another transaction or for someone else;"
            " read its rows before the block that made it ends"
        )


def _here() -> Made | None:
    begun: int = connection.begun  # type: ignore[attr-defined]  # counted by our own backend
    return (begun, scope.current()) if connection.in_atomic_block else None


def _check(made: Made | None) -> None:
    """Raises OutsideItsScope."""
    if made is None:
        return
    here = _here()
    if here is None or here[0] != made[0] or (here[1] is not made[1] and _sight(here[1]) != _sight(made[1])):
        raise OutsideItsScope


def _sight(actor: Actor | None) -> object:
    return actor and (actor.staff_id, actor.agency_id, actor.territories, actor.threads)


class ScopedQuery(sql.Query):
    """A query that knows where it was made; every way to run it, or to put it into another one, compiles it first."""

    def __init__(self, model: type[models.Model], alias_cols: bool = True) -> None:
        super().__init__(model, alias_cols)
        self.made = _here()

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        """What turns the query into SQL. Raises OutsideItsScope."""
        _check(self.made)
        return super().get_compiler(*args, **kwargs)


class ScopedQuerySet(_QuerySet):
    """A queryset over such a query."""

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or ScopedQuery(model), using, hints)

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        """Rows piece by piece, each in the block that made the queryset. Raises OutsideItsScope."""
        made = getattr(self.query, "made", None)
        for row in super().iterator(chunk_size):
            _check(made)
            yield row

    def update(self, **changes: Any) -> int:
        """Change the rows. Raises OutsideItsScope."""
        _check(getattr(self.query, "made", None))
        return super().update(**changes)  # lint: allow Q203 - the queryset itself, which actions use


class ScopedManager(_Manager):
    """The manager of models that say SCOPED.

    It bears the name of Django's own, which it stands in for: readers of types look managers up by name.
    """

    __module__, __qualname__ = models.Manager.__module__, models.Manager.__qualname__

    def get_queryset(self) -> models.QuerySet[Any]:
        """A queryset that knows where it was made."""
        return ScopedQuerySet(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]  # Django's


def install() -> None:
    """Give every model that says SCOPED, and what leads to it from another model, this manager."""
    for model in apps.get_models():
        if getattr(model, "SCOPED", None) is None:
            continue
        for manager in model._meta.local_managers:
            if type(manager) is models.Manager:
                manager.__class__ = ScopedManager
        model._meta._expire_cache()  # type: ignore[attr-defined]  # copies of the manager were made before
