"""Reading the journal: who looked."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count

from qorgan.base.models import JournalEntry


def looks(*, kind: str, thing: str, thing_id: UUID, since: datetime) -> dict[UUID, int]:
    """By member of staff: how often a thing was opened since a moment, as `kind` (`web.case.seen`)."""
    found = JournalEntry.objects.filter(
        thing=thing, thing_id=str(thing_id), kind=kind, at__gte=since, staff_id__isnull=False
    )
    counted = found.order_by().values_list("staff_id").annotate(times=Count("id"))
    return {staff_id: times for staff_id, times in counted if staff_id is not None}
