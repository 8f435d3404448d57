"""Reading what was carried in from the spool: what waits to be taken in, and what was refused."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from qorgan.reports.models import Arrival, Spooled


@dataclass(frozen=True)
class Waiting:
    """How many wait, since when, and the words of the refusals with their numbers."""

    count: int
    since: datetime | None
    refused: dict[str, int]


def waiting(*, most: int = 500) -> list[UUID]:
    """What was carried in and is not taken in yet: first what was never refused, each the oldest first."""
    held = Spooled.objects.filter(taken_at__isnull=True).order_by("refused", "accepted_at")
    return list(held.values_list("pk", flat=True)[:most])


def standing() -> Waiting:
    """What machines sent that waits, and what was refused of it, and of what came in at the web door; in numbers."""
    held = Spooled.objects.filter(taken_at__isnull=True)
    of_door = Arrival.objects.filter(taken_at__isnull=True).exclude(refused="")
    sent = held.aggregate(count=Count("pk"), since=Min("accepted_at"))
    told = of_door.aggregate(count=Count("pk"), since=Min("arrived_at"))
    refused: Counter[str] = Counter()
    if told["count"] or sent["count"]:
        both: list[QuerySet[Any]] = [held.exclude(refused=""), of_door]
        for one in both:
            refused.update(dict(one.values_list("refused").annotate(count=Count("pk"))))
    moments = [moment for moment in (sent["since"], told["since"]) if moment]
    return Waiting(sent["count"] + told["count"], min(moments, default=None), dict(sorted(refused.items())))
