"""Two reports that may tell of one event."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from qorgan.agencies import queries as offices
from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.reports import queries
from qorgan.reports.models import Report


@transaction.atomic
def mark_possible_repeats(*, report_id: UUID, by: Actor, now: datetime) -> int:
    """Note on a report the numbers of others within 12 hours in its territory with the same address or phone.

    Only a note for the person who reads it: nothing is joined, nothing is refused. How many were found. A sealed report
    is named on no other: the job sees it, those who read the note do not.
    No permission of its own: the job that follows an accepted report runs it, and `accept` has asked for it.
    """
    report = Report.objects.select_for_update().filter(pk=report_id).first()
    if report is None:
        return 0
    span = timedelta(hours=12)
    near = Report.objects.filter(
        territory_id=report.territory_id,
        registered_at__range=(report.registered_at - span, report.registered_at + span),
    ).exclude(Q(pk=report.pk) | Q(thread_id__in=offices.sealed()))
    seen = queries.traces([report, *near[:500]])
    own = seen.pop(report.id)
    found = sorted(number for number, trace in seen.values() if own[1] & trace)
    marked = {note.get("number") for note in report.notes if note.get("code") == "possible_repeat"}
    fresh = [number for number in found if number not in marked]
    if fresh:
        report.notes = [*report.notes, *({"code": "possible_repeat", "number": number} for number in fresh)]
        report.save(update_fields=["notes"])
        detail = {"count": len(fresh)}
        journal.write(kind="reports.repeat.marked", thing="report", thing_id=report.id, by=by, now=now, detail=detail)
    return len(found)
