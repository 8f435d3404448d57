"""How many questions a list asks of the database: a fixed number, however long the list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from qorgan.base.scope import Actor

_NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT", "select set_config", "set role")


@dataclass(frozen=True)
class Listed:
    """A list: its address, the most questions it may ask, and what makes it one row longer (by an action)."""

    address: str
    most: int
    lengthen: Callable[[Actor], object]
    login: str = "inspector"


def count(ask: Callable[[], object]) -> int:
    """How many questions a piece of work asks, transactions and the scope aside."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return sum(not query["sql"].startswith(_NOT_COUNTED) for query in captured.captured_queries)


def faults(name: str, counts: Sequence[int], *, most: int) -> list[str]:
    """`counts`: questions at growing lengths of the list."""
    found = []
    if max(counts) > most:
        found.append(f"{name} asks {max(counts)} questions, at most {most}")
    if counts[-1] > counts[0]:
        found.append(f"{name} asks more the longer it is: {', '.join(map(str, counts))}")
    return found
