"""Parts of a long list, found by the row at their edge: the hundredth part costs what the first one costs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

T = TypeVar("T", bound=Model)
SIZE = 50


@dataclass(frozen=True)
class Part(Generic[T]):
    """One part of a list, with the addresses of its neighbours; empty at the ends."""

    rows: list[T]
    newer: str
    older: str


@dataclass(frozen=True)
class _Edge:
    """The row at the edge of a part: the moment it is ordered by, and its id."""

    at: datetime
    id: UUID

    @classmethod
    def read(cls, text: str) -> "_Edge | None":
        """None for whatever a person or a robot made of the address."""
        moment, _tilde, id = text.partition("~")
        try:
            at = datetime.fromisoformat(moment)
            return cls(at, UUID(id)) if at.tzinfo else None
        except ValueError:
            return None


def part(request: HttpRequest, found: QuerySet[T], *, size: int = SIZE) -> Part[T]:
    """The part of `found` that the address asks for: `?after=` an edge, `?before=` one, or the first.

    `found` is ordered by a moment that is never empty, then by its id.
    """
    order = [str(name) for name in found.query.order_by]
    before = _Edge.read(request.GET.get("before", ""))
    after = None if before else _Edge.read(request.GET.get("after", ""))
    if before:
        rows = list(found.filter(_beyond(order, before, forward=False)).reverse()[: size + 1])
        more_newer, more_older = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        asked = found.filter(_beyond(order, after, forward=True)) if after else found
        rows = list(asked[: size + 1])
        more_newer, more_older = after is not None, len(rows) > size
        rows = rows[:size]
    newer = _address(request, order, before=rows[0]) if rows and more_newer else ""
    older = _address(request, order, after=rows[-1]) if rows and more_older else ""
    return Part(rows, newer, older)


def _beyond(order: list[str], edge: _Edge, *, forward: bool) -> Q:
    """Rows past an edge. The outer comparison alone lets the index of the moment begin at the edge."""
    first, tie = (_way(name, forward=forward) for name in order)
    past = Q(**{f"{first[0]}__{first[1]}": edge.at}) | Q(**{f"{tie[0]}__{tie[1]}": edge.id})
    return Q(**{f"{first[0]}__{first[1]}e": edge.at}) & past


def _way(name: str, *, forward: bool) -> tuple[str, str]:
    return name.lstrip("-"), "lt" if name.startswith("-") == forward else "gt"


def _address(request: HttpRequest, order: list[str], **edge: Any) -> str:
    (side, row), *_none = edge.items()
    kept = {key: value for key, value in request.GET.items() if key not in ("before", "after", "number")}
    at = getattr(row, order[0].lstrip("-"))
    return "?" + urlencode(kept | {side: f"{at.isoformat()}~{row.pk}"})
