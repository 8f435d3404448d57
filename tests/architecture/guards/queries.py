"""How many questions a list asks of the database: a fixed number, however long the list."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from qorgan.base.scope import Actor

_NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT", "select set_config", "set role")
_ONCE_A_MINUTE = 'UPDATE "agencies_session" SET "seen_at"'


@dataclass(frozen=True)
class Listed:
    """A list: its view, its address, the most questions it may ask, and what makes it one row longer (by an action).

    An address that names a record is asked for, once there is one.
    """

    view: str
    address: str | Callable[[Actor], str]
    most: int
    lengthen: Callable[..., Any]
    login: str = "inspector"

    def place(self, owner: Actor) -> str:
        """The address of this list among the rows of `owner`."""
        return self.address if isinstance(self.address, str) else self.address(owner)


def list_views(urlconf: str = "qorgan.config.urls.staff") -> set[str]:
    """The names of all views that show a list part by part (`web.paging.part`), themselves or in their own module."""
    return {name for name, view in _views(get_resolver(urlconf)) if _calls(view, "part")}


def _views(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, FunctionType]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _views(one, f"{before}{one.namespace}:" if one.namespace else before)
            continue
        view = inspect.unwrap(one.callback) if isinstance(one, URLPattern) else None
        if isinstance(view, FunctionType) and view.__module__.startswith("qorgan."):
            yield f"{before}{one.name}", view


def _calls(view: FunctionType, wanted: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function calls the one named `wanted`, or calls one of its module that does."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(view)))
    called = {call.func.id for call in ast.walk(tree) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
    if wanted in called:
        return True
    for name in called - seen:
        found = view.__globals__.get(name)
        plain = inspect.unwrap(found) if callable(found) else None
        near = isinstance(plain, FunctionType) and plain.__module__ == view.__module__
        if near and _calls(plain, wanted, seen | called):  # type: ignore[arg-type]  # a function by now
            return True
    return False


def count(ask: Callable[[], object]) -> int:
    """How many questions a piece of work asks, transactions, the scope and the minute's sign of life aside."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return sum(not query["sql"].startswith((*_NOT_COUNTED, _ONCE_A_MINUTE)) for query in captured.captured_queries)


def faults(name: str, counts: Sequence[int], *, most: int) -> list[str]:
    """`counts`: questions at growing lengths of the list."""
    found = []
    if max(counts) > most:
        found.append(f"{name} asks {max(counts)} questions, at most {most}")
    if counts[-1] > counts[0]:
        found.append(f"{name} asks more the longer it is: {', '.join(map(str, counts))}")
    return found
