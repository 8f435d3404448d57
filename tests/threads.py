"""Doing the same thing at the same moment on connections of one's own, as two people do."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

R = TypeVar("R")


def at_once(*works: Callable[[], R]) -> list[R | Exception]:
    """Start all works together, each in a thread with its own connection; what each returned or raised, in order."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], R]) -> R | Exception:
        try:
            start.wait(10)
            return work()
        except Exception as failure:  # the answer of that thread, for the test to judge
            return failure
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))
