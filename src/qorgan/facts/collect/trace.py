"""From a figure back to its records: a job of the collector, which alone can. It hands back ids and nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from qorgan.base.scope import acting
from qorgan.cases.models import Account, Case, Consent, Contradiction, Recommendation, Referral, Review, Telling
from qorgan.cases.models import Finding as ExpertFinding
from qorgan.cases.terms import Course, Ground, Speaker, Standing, Word
from qorgan.courts.models import CourtCase, Decision, RequirementsBreach
from qorgan.duties.models import Duty, Escalation
from qorgan.duties.terms import Kind as DutyKind
from qorgan.facts.collect.run import sight
from qorgan.facts.engine.pseudonyms import resolve
from qorgan.facts.queries import Selection, links_of
from qorgan.facts.terms import FactKind
from qorgan.law.models import AwaitedReport
from qorgan.missing.models import Alarm
from qorgan.missing.terms import State as Sought
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.terms import Part
from qorgan.orders.models import Breach, Check, Order, Protected
from qorgan.reports.models import Contact, Report, TakenBack
from qorgan.reports.terms import OPEN
from qorgan.reports.terms import State as ReportState
from qorgan.reports.terms.outcomes import How
from qorgan.risk.models import Assessment, Lowering
from qorgan.risk.terms import Decision as Lowered
from qorgan.shredding.models import Destruction

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Source:
    """The records that a kind of fact comes from, found by the moment of what happened.

    `leads_to` is the column with the record that has a page: of a protected person her order, of a decision its court
    case. `named` is the column with the record that the fact's link stands for.
    """

    rows: models.QuerySet[Any]
    moment: str
    leads_to: str = "pk"
    named: str = "pk"


def _offers(course: Course, **found: Any) -> models.QuerySet[Any]:
    return Referral.objects.filter(course=course, **found).exclude(ground=Ground.REVIEW_ASKED)


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
_CHECKS = Duty.objects.filter(kind=DutyKind.CHECK_WELFARE, dropped_at__isnull=True)
_MEASURES = Duty.objects.filter(kind=DutyKind.TAKE_MEASURE, dropped_at__isnull=True)
_ANSWERED = Duty.objects.filter(kind=DutyKind.ANSWER_BREACH, dropped_at__isnull=True)
_OF_BREACHES = CourtCase.objects.filter(breach__isnull=False)
_REQUIRED = RequirementsBreach.objects.all()
_FIRST_SENT = models.Subquery(
    CourtCase.objects.filter(offence=models.OuterRef("offence_id")).order_by("sent_at").values("sent_at")[:1]
)
_LOWERED = Lowering.objects.filter(decision=Lowered.AGREED)
_HEARD = Account.objects.exclude(speaker=Speaker.DESK)
_MARKED = Contradiction.objects.filter(withdrawn_at__isnull=True)
_SOURCES: dict[FactKind, _Source] = {
    FactKind.REPORT_REGISTERED: _Source(Report.objects.all(), "registered_at"),
    FactKind.REPORT_WRITTEN_OFF: _Source(Report.objects.filter(state=ReportState.WRITTEN_OFF), "decided_at"),
    FactKind.REPORT_DECIDED: _Source(Report.objects.exclude(state__in=sorted(OPEN)), "decided_at"),
    FactKind.REPORT_FORWARDED: _Source(TakenBack.objects.filter(how=How.ACCEPTED), "back_at", "report_id", "report_id"),
    FactKind.REPORT_RETURNED: _Source(TakenBack.objects.filter(how=How.RETURNED), "back_at", "report_id", "report_id"),
    FactKind.ORDER_ISSUED: _Source(Order.objects.all(), "issued_at"),
    FactKind.ORDER_SERVED: _Source(Order.objects.all(), "served_at"),
    FactKind.ORDER_CANCELLED: _Source(Order.objects.all(), "cancelled_at"),
    FactKind.ORDER_BREACHED: _Source(Order.objects.all(), "breaches__noticed_at"),
    FactKind.ORDER_SERVED_AFTER_CALL: _Source(Order.objects.all(), "served_at"),
    FactKind.CHECK_MADE: _Source(Check.objects.all(), "checked_at", "order_id"),
    FactKind.BREACH_NOTED: _Source(Breach.objects.all(), "noticed_at", "order_id"),
    FactKind.BREACH_ANSWERED: _Source(_ANSWERED, "done_at", "case_id", "thing_id"),
    FactKind.BREACH_REGISTERED: _Source(Breach.objects.all(), "outcomes__happened_at", "order_id"),
    FactKind.BREACH_SENT: _Source(_OF_BREACHES, "sent_at", "pk", "breach_id"),
    FactKind.BREACH_ARREST: _Source(_OF_BREACHES, "decisions__decided_at", "pk", "breach_id"),
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
    FactKind.ALARM_RAISED: _Source(Alarm.objects.all(), "raised_at", "case_id"),
    FactKind.ALARM_SEARCHED: _Source(Alarm.objects.all(), "searches__searched_at", "case_id"),
    FactKind.ALARM_FOUND_ALIVE: _Source(Alarm.objects.filter(state=Sought.FOUND_ALIVE), "ended_at", "case_id"),
    FactKind.CONTACT_TAKEN: _Source(Contact.objects.exclude(disposition=""), "rang_at"),
    FactKind.WELFARE_CHECK_LAID: _Source(_CHECKS, "since", "thing_id", "thing_id"),
    FactKind.WELFARE_CHECK_DONE: _Source(_CHECKS, "done_at", "thing_id", "thing_id"),
    FactKind.CASE_OPENED: _Source(Case.objects.all(), "opened_at"),
    FactKind.CASE_RECONTACTED: _Source(Case.objects.all(), "reports__report__registered_at"),
    FactKind.CASE_ASSESSED: _Source(Assessment.objects.all(), "assessed_at", "case_id", "case_id"),
    FactKind.ASSESSMENT_MADE: _Source(Assessment.objects.all(), "assessed_at", "case_id"),
    FactKind.MEASURE_LAID: _Source(_MEASURES, "since", "case_id", "thing_id"),
    FactKind.MEASURE_DONE: _Source(_MEASURES, "done_at", "case_id", "thing_id"),
    FactKind.DUTY_ESCALATED: _Source(Escalation.objects.filter(undone_at=None), "raised_at", "duty_id"),
    FactKind.RESULT_LOWERED: _Source(_LOWERED, "decided_at", "assessment__case_id"),
    FactKind.REPORT_FELL_DUE: _Source(AwaitedReport.objects.all(), "due_at"),
    FactKind.NIGHT_ASKED: _Source(Telling.objects.all(), "told_at", "case_id"),
    FactKind.NIGHT_DECIDED: _Source(Telling.objects.all(), "case__nights__decided_at", "case_id"),
    FactKind.RECOMMENDATION_MADE: _Source(Recommendation.objects.all(), "made_at", "review__case_id"),
    FactKind.RECOMMENDATION_ANSWERED: _Source(Recommendation.objects.all(), "answered_at", "review__case_id"),
    FactKind.ACCOUNT_KEPT: _Source(_HEARD, "written_at", "case_id"),
    FactKind.FINDING_GIVEN: _Source(ExpertFinding.objects.all(), "given_at", "case_id"),
    FactKind.CONTRADICTION_MARKED: _Source(_MARKED, "marked_at", "case_id"),
    FactKind.REVIEW_ASKED: _Source(Review.objects.all(), "asked_at", "case_id"),
    FactKind.REVIEW_ANSWERED: _Source(Review.objects.all(), "answered_at", "case_id"),
    FactKind.REQUIREMENTS_BREACH_NOTED: _Source(_REQUIRED, "noticed_at", "decision__court_case_id"),
    FactKind.REQUIREMENTS_BREACH_REGISTERED: _Source(_REQUIRED, "offence__registered_at", "offence_id"),
    FactKind.REQUIREMENTS_BREACH_SENT: _Source(_REQUIRED.annotate(sent_at=_FIRST_SENT), "sent_at", "offence_id"),
}
# Blocks and openings lead nowhere: whoever may see a figure may not see whom a file is shut to, or who opened one.


@transaction.atomic
def _candidates(source: _Source, selection: Selection) -> dict[Any, UUID]:
    """Records whose moment lies in the days of the selection, a day wider for the clocks of all places."""
    from_, to = (datetime.combine(day, time(0), UTC) for day in (selection.first, selection.last))
    rows = source.rows.filter(**{f"{source.moment}__gte": from_ - _DAY, f"{source.moment}__lt": to + 2 * _DAY})
    return dict(rows.order_by(source.moment, "pk").values_list(source.named, source.leads_to))


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
