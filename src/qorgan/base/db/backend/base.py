"""Django's PostgreSQL backend with the scope applied at every outermost BEGIN."""

from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import InterfaceError, OperationalError

from qorgan.base import scope
from qorgan.base.db import revival


class DatabaseWrapper(base.DatabaseWrapper):
    """Sets `q.staff` and `q.territories` for the transaction that begins, from the actor of the moment."""

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
        with self.cursor() as cursor:
            cursor.execute(scope.APPLY, scope.settings_of(scope.current()))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; where the embedded server has died, it is started again first and tried once more."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            if not revival.revive():
                raise
            return super().get_new_connection(conn_params)
