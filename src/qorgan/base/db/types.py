"""Column types that Django does not have."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    _Number = models.Field[int, int]
else:
    _Number = models.Field


class TransactionIdField(_Number):
    """The 64-bit id of the transaction that wrote the row (`xid8`).

    A sequence says who came first, a transaction id says who may still be under way: rows below
    `pg_snapshot_xmin(pg_current_snapshot())` are final, so nothing that commits late can be skipped.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_default"] = RawSQL("pg_current_xact_id()", ())
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_default", None)
        return name, path, args, kwargs

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> int | None:
        return None if value is None else int(value)
