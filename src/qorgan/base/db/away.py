"""Whether an error says that the database is away, rather than that something was wrong with what was asked."""

from django.db import InterfaceError, OperationalError
from psycopg.errors import ReadOnlySqlTransaction

from qorgan.base.keys.store import KeyStoreAway
from qorgan.base.postgres import LauncherRefused

_AWAY = (OperationalError, InterfaceError, ReadOnlySqlTransaction, KeyStoreAway, LauncherRefused)


def is_away(error: BaseException | None) -> bool:
    """Whether the database, or the key store, does not answer, does not write, or gave no word of its commit."""
    while error is not None:
        if isinstance(error, _AWAY):
            return True
        error = error.__cause__
    return False
