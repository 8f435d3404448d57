"""Files opened without an ordinary right, and looks that are to be judged."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from qorgan.agencies.models import Odd, Opening
from qorgan.agencies.terms import OpeningKind
from qorgan.base.keys import vault


def opening(opening_id: UUID) -> Opening | None:
    """The opening of an id."""
    return Opening.objects.filter(pk=opening_id).select_related("staff", "agency").first()


def openings_to_decide(ids: list[UUID], *, now: datetime) -> QuerySet[Opening]:
    """Those among `ids` that nobody has decided yet, the oldest first."""
    asked = Q(kind=OpeningKind.ALONE) | Q(until__gt=now)
    found = Opening.objects.filter(asked, pk__in=ids, decided_at=None)
    return found.select_related("staff", "agency").order_by("asked_at", "id")


def openings_of(staff_id: UUID) -> QuerySet[Opening]:
    """What a person opened or asked for, the newest first."""
    return Opening.objects.filter(staff_id=staff_id).order_by("-asked_at", "-id")


def openings_of_thread(thread_id: UUID) -> QuerySet[Opening]:
    """Who opened a thread without an ordinary right, or asked for it, the newest first."""
    return Opening.objects.filter(thread_id=thread_id).select_related("staff", "agency").order_by("-asked_at", "-id")


def why_opened(held: Opening) -> str:
    """The words in which it was asked for."""
    return vault.open(held.why, at="agencies.opening.why")


def why_decided(held: Opening) -> str:
    """The words of the review, or of whoever let in; empty before."""
    return vault.open(held.decided_why, at="agencies.opening.decided_why")


def odd_look(odd_id: UUID, *, territories: Collection[int], but: UUID) -> Odd | None:
    """One look to be judged, or judged, of someone who serves in the territories, `but` one."""
    found = Odd.objects.filter(pk=odd_id, territory__in=territories).exclude(staff_id=but)
    return found.select_related("staff").first()


def odd_looks(*, territories: Collection[int], but: UUID, judged: bool = False) -> QuerySet[Odd]:
    """Looks to be judged, or judged ones, of staff who serve in the territories `but` one; the newest first."""
    found = Odd.objects.filter(territory__in=territories, judged_at__isnull=not judged).exclude(staff_id=but)
    return found.select_related("staff").order_by("-found_at", "-id")
