"""From a figure back to its records: a job of the collector, which alone can. It hands back ids and nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from qorgan.base.scope import acting
from qorgan.cases.models import Consent, Referral
from qorgan.cases.terms import Course, Standing, Word
from qorgan.courts.models import CourtCase, Decision
from qorgan.facts.collect.run import sight
from qorgan.facts.engine.pseudonyms import resolve
from qorgan.facts.queries import Selection, links_of
from qorgan.facts.terms import FactKind
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.terms import Part
from qorgan.orders.models import Order, Protected
from qorgan.orders.terms import Finding
from qorgan.reports.models import Report
from qorgan.reports.terms import State as ReportState
from qorgan.shredding.models import Destruction

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Source:
    """The records that a kind of fact comes from, found by the moment of what happened.

    `leads_to` is the column with the record that has a page: of a protected person her order, of a decision its court
    case.
    """

    rows: models.QuerySet[Any]
    moment: str
    leads_to: str = "pk"


def _offers(course: Course, **found: Any) -> models.QuerySet[Any]:
    return Referral.objects.filter(course=course, **found)


def _answers(offered: FactKind, accepted: FactKind, declined: FactKind, lapsed: FactKind) -> dict[FactKind, _Source]:
    """Where the facts of a course come from; each leads to its case."""
    course = Course.REFERRAL if offered is FactKind.REFERRAL_OFFERED else Course.TRANSFER
    answered = _offers(course).exclude(standing=Standing.DECLINED)
    return {
        offered: _Source(_offers(course), "made_at", "case_id"),
        accepted: _Source(answered, "answered_at", "case_id"),
        declined: _Source(_offers(course, standing=Standing.DECLINED), "answered_at", "case_id"),
        lapsed: _Source(_offers(course, standing=Standing.LAPSED), "over_at", "case_id"),
    }


_PERSONS = OffencePerson.objects.all()
_SOURCES: dict[FactKind, _Source] = {
    FactKind.REPORT_REGISTERED: _Source(Report.objects.all(), "registered_at"),
    FactKind.REPORT_WRITTEN_OFF: _Source(Report.objects.filter(state=ReportState.WRITTEN_OFF), "decided_at"),
    FactKind.ORDER_ISSUED: _Source(Order.objects.all(), "issued_at"),
    FactKind.ORDER_SERVED: _Source(Order.objects.all(), "served_at"),
    FactKind.ORDER_CANCELLED: _Source(Order.objects.all(), "cancelled_at"),
    FactKind.ORDER_BREACHED: _Source(Order.objects.filter(checks__finding=Finding.BREACH), "checks__checked_at"),
    FactKind.PROTECTED_ISSUED: _Source(Protected.objects.all(), "order__issued_at", "order_id"),
    FactKind.OFFENCE_REGISTERED: _Source(Offence.objects.all(), "registered_at"),
    FactKind.OFFENCE_VICTIM: _Source(_PERSONS.filter(part=Part.VICTIM), "offence__registered_at", "offence_id"),
    FactKind.OFFENCE_SUSPECT: _Source(_PERSONS.filter(part=Part.SUSPECT), "offence__registered_at", "offence_id"),
    FactKind.COURT_CASE_SENT: _Source(CourtCase.objects.all(), "sent_at"),
    FactKind.COURT_CASE_DECIDED: _Source(CourtCase.objects.all(), "first_decided_at"),
    FactKind.COURT_DECISION_MADE: _Source(Decision.objects.all(), "decided_at", "court_case_id"),
    FactKind.COURT_DECISION_IN_FORCE: _Source(Decision.objects.all(), "in_force_at", "court_case_id"),
    **_answers(
        FactKind.REFERRAL_OFFERED,
        FactKind.REFERRAL_ACCEPTED,
        FactKind.REFERRAL_DECLINED,
        FactKind.REFERRAL_LAPSED,
    ),
    **_answers(
        FactKind.TRANSFER_OFFERED,
        FactKind.TRANSFER_ACCEPTED,
        FactKind.TRANSFER_DECLINED,
        FactKind.TRANSFER_LAPSED,
    ),
    FactKind.CONSENT_WITHDRAWN: _Source(Consent.objects.filter(words__word=Word.WITHDRAWN), "words__at", "case_id"),
    FactKind.DESTRUCTION_DONE: _Source(Destruction.objects.all(), "destroyed_at"),
}
# Blocks and openings lead nowhere: whoever may see a figure may not see whom a file is shut to, or who opened one.


@transaction.atomic
def _candidates(source: _Source, selection: Selection) -> dict[Any, UUID]:
    """Records whose moment lies in the days of the selection, a day wider for the clocks of all places."""
    from_, to = (datetime.combine(day, time(0), UTC) for day in (selection.first, selection.last))
    rows = source.rows.filter(**{f"{source.moment}__gte": from_ - _DAY, f"{source.moment}__lt": to + 2 * _DAY})
    return dict(rows.order_by(source.moment, "pk").values_list("pk", source.leads_to))


def records_behind(selection: Selection, *, limit: int = 10_000) -> list[UUID]:
    """Ids of the records that the facts of a selection came from, at most `limit`, each once.

    Of a person or a decision the record that holds it. Records corrected since then to another day are not found: the
    figure stays as it was, its record has moved on. Figures of blocks and of openings lead to no record at all.
    """
    kind = selection.kind
    if kind not in _SOURCES:
        return []
    with acting(sight()):
        found = _candidates(_SOURCES[kind], selection)
        behind = resolve(settings.LINKS_KEY, kind.thing, links_of(selection, limit=limit), found)
    return list(dict.fromkeys(found[record] for record in behind))
