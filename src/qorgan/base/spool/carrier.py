"""Carrying in what was accepted while the database was away: beside the pages, in the process that accepted it."""

import threading
import time
from collections.abc import Callable

from django.db import connection

from qorgan.base import logs
from qorgan.base.db.away import is_away
from qorgan.base.spool.records import Record
from qorgan.base.spool.shelf import Shelf

EVERY_SECONDS = 2.0


def begin(shelf: Shelf, take: Callable[[Record], object]) -> None:
    """Reserve the room, and carry in whatever waits, from now on, in a thread of its own."""
    try:
        shelf.reserve()
    except OSError as failure:  # the pages work without it as long as the database answers
        logs.say("spool_not_reserved", kind=type(failure).__name__)
    threading.Thread(target=_go, args=(shelf, take), name="spool", daemon=True).start()


def _go(shelf: Shelf, take: Callable[[Record], object]) -> None:
    while True:
        try:
            if shelf.waits():
                once(shelf, take)
        except Exception as failure:  # the thread outlives whatever one round meets; the next one tries again
            logs.say("spool_waits", kind=type(failure).__name__)
        finally:
            connection.close()
        time.sleep(EVERY_SECONDS)


def once(shelf: Shelf, take: Callable[[Record], object]) -> int:
    """Carry in what waits now; how many records. Raises what says that the database is away."""

    def failed(failure: Exception) -> None:
        if is_away(failure):
            raise failure
        logs.say("spool_record_stays", kind=type(failure).__name__)

    return shelf.carry(take, failed=failed)
