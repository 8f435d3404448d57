"""Django's PostgreSQL backend with the scope applied at every outermost BEGIN."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import ProgrammingError
from django.db.backends.postgresql import base
from django.db.utils import InterfaceError, OperationalError

from qorgan.base import scope
from qorgan.base.db import revival
from qorgan.base.db.answering import Silence, Watched

NO_SCOPE = "no scope: rows that belong to a place are read and written in a transaction that acts for someone"
_ROWS = re.compile(r"\s*\(*\s*(select|insert|update|delete|with|merge|copy)\b", re.IGNORECASE)


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets `q.staff` and `q.territories` for the transaction that begins, from the actor of the moment.

    PostgreSQL refuses a question without them as soon as it meets a row; over a table without rows it never asks.
    So a statement about such a table is refused here too, before it is sent, where nobody acts or nothing has begun.
    `begun` counts the transactions of this connection.
    """

    begun = 0
    silence = Silence()  # of the one server that a process asks

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(_refuse_without_scope)

    def set_autocommit(self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False) -> None:
        """Begin or end a transaction. A connection found dead at BEGIN is replaced: nothing was done on it yet."""
        if autocommit:
            super().set_autocommit(True, force_begin_transaction_with_broken_autocommit)
            return
        try:
            self._begin(force_begin_transaction_with_broken_autocommit)
        except (OperationalError, InterfaceError):
            self.close()
            self._begin(force_begin_transaction_with_broken_autocommit)

    def _begin(self, force: bool) -> None:
        super().set_autocommit(False, force)
        self.begun += 1
        with self.cursor() as cursor:
            cursor.execute(scope.APPLY, scope.settings_of(scope.current()))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; where the embedded server has died, it is started again first and tried once more."""
        try:
            return self.silence.connect(lambda: self._connected(conn_params))
        except self.Database.errors.ConnectionTimeout:  # it is there, and silent: nothing is to be started
            raise
        except self.Database.OperationalError:
            if not revival.revive():
                raise
            return self.silence.connect(lambda: self._connected(conn_params))

    def _connected(self, conn_params: dict[str, Any]) -> Any:
        made = super().get_new_connection(conn_params)
        made.__class__ = Watched  # Django names the class itself
        made.silence = self.silence
        return made


def _refuse_without_scope(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if scope.current() is None or not context["connection"].in_atomic_block:
        text = str(sql)
        if _ROWS.match(text) and _scoped_tables().search(text):
            raise ProgrammingError(NO_SCOPE)
    return execute(sql, params, many, context)


@cache
def _scoped_tables() -> re.Pattern[str]:
    """Any table whose rows belong to a place, as a word."""
    tables = [model._meta.db_table for model in apps.get_models() if getattr(model, "SCOPED", None) is not None]
    return re.compile(rf"\b({'|'.join(tables)})\b") if tables else re.compile(r"(?!)")
