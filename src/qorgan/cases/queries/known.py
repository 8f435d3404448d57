"""What was on record about some people in every case in sight of the asker: for the review of a child's death.

Nothing here looks past row-level security: a record that is sealed, blocked or elsewhere is as if it were not.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qorgan.cases.models import Case, CasePerson, CaseReport, Finding, Night, Referral, Review, Telling
from qorgan.cases.queries.files import Line
from qorgan.cases.terms import Course, Discipline, Outcome, Role, Standing, Stays
from qorgan.reports.models import Report, ReportPerson
from qorgan.reports.terms import Role as ReportRole


@dataclass(frozen=True)
class Recorded:
    """A line of what was on record: of which case or report, and which agency did it or was told."""

    line: Line
    case_id: UUID | None
    agency_id: UUID | None = None


def offenders_in(case_ids: Collection[UUID]) -> set[UUID]:
    """The persons complained of in cases."""
    found = CasePerson.objects.filter(case__in=case_ids, role=Role.OFFENDER)
    return set(found.values_list("person_id", flat=True))


def cases_with(people: Collection[UUID], *, offenders: Collection[UUID] = ()) -> dict[UUID, Case]:
    """The cases in sight in which someone of `people` has any part, or of `offenders` that of the one complained of."""
    any_part = CasePerson.objects.filter(person__in=people).values("case")
    against = CasePerson.objects.filter(person__in=offenders, role=Role.OFFENDER).values("case")
    found = Case.objects.filter(pk__in=any_part.union(against))
    return {case.id: case for case in found.order_by("opened_at", "id")}


def reports_with(people: Collection[UUID], *, suspects: Collection[UUID] = ()) -> set[UUID]:
    """The reports in sight that name someone of `people`, or of `suspects` as the one complained of."""
    named = ReportPerson.objects.filter(person__in=people).values("report_id")
    against = ReportPerson.objects.filter(person__in=suspects, role=ReportRole.SUSPECT).values("report_id")
    return set(Report.objects.filter(pk__in=named.union(against)).values_list("id", flat=True))


def recorded(cases: Collection[Case], *, report_ids: Iterable[UUID], now: datetime) -> list[Recorded]:
    """What the room of cases holds of them: reports, nights, referrals, findings, reviews; seven questions for all."""
    ids = [case.id for case in cases]
    found = _reports(ids, set(report_ids))
    for case in cases:
        said: dict[str, object] = {"number": case.number}
        found.append(Recorded(Line(case.opened_at, "case_opened", "done", said, case.opened_by), case.id))
        if case.closed_at:
            found.append(Recorded(Line(case.closed_at, "case_closed", "done", said, case.closed_by), case.id))
    return found + _nights(ids) + _referrals(ids, now=now) + _findings(ids) + _reviews(ids, now=now)


def _reports(case_ids: list[UUID], report_ids: set[UUID]) -> list[Recorded]:
    led = dict(CaseReport.objects.filter(case__in=case_ids).values_list("report_id", "case_id"))
    rows = Report.objects.filter(pk__in=report_ids | set(led)).values_list(
        "id", "number", "channel", "registered_at", "agency_id"
    )
    return [
        Recorded(
            Line(at, "report_registered", "done", {"number": number, "channel": channel, "report_id": id}),
            led.get(id),
            agency_id,
        )
        for id, number, channel, at, agency_id in rows
    ]


def _nights(case_ids: list[UUID]) -> list[Recorded]:
    told = Telling.objects.filter(case__in=case_ids).values_list("case_id", "told_at", "told_by")
    found = [Recorded(Line(at, "authority_told", "done", {}, by), case) for case, at, by in told]
    decided = Night.objects.filter(case__in=case_ids).values_list("case_id", "stays", "decided_at", "agency_id")
    for case_id, stays, at, agency_id in decided:
        detail: dict[str, object] = {"result": Stays(stays).label}
        found.append(Recorded(Line(at, "night_decided", "done", detail), case_id, agency_id))
    return found


def _referrals(case_ids: list[UUID], *, now: datetime) -> list[Recorded]:
    """Each as the one office sent it and the other received it: accepted, declined, too late, or still waiting."""
    found = []
    for one in Referral.objects.filter(case__in=case_ids):
        kind = "transfer" if one.course == Course.TRANSFER else "referral"
        said: dict[str, object] = {"number": one.number, "to": one.to_agency_id}
        found.append(Recorded(Line(one.made_at, f"{kind}_sent", "done", said), one.case_id, one.from_agency_id))
        late = one.answer_due_at is not None and (one.answered_at or now) > one.answer_due_at
        state = "late" if late else "done"
        if one.answered_at:
            result = {**said, "result": Standing.DECLINED.label if one.declined_why else Standing.ACCEPTED.label}
            line = Line(one.answered_at, "referral_answered", state, result)
            found.append(Recorded(line, one.case_id, one.to_agency_id))
        elif late and one.answer_due_at:
            line = Line(one.answer_due_at, "referral_not_answered", "late", said)
            found.append(Recorded(line, one.case_id, one.to_agency_id))
    return found


def _findings(case_ids: list[UUID]) -> list[Recorded]:
    rows = Finding.objects.filter(case__in=case_ids).values_list("case_id", "discipline", "given_at", "written_by")
    return [
        Recorded(Line(at, "finding_given", "done", {"result": Discipline(kind).label, "said_in": case_id}, by), case_id)
        for case_id, kind, at, by in rows
    ]


def _reviews(case_ids: list[UUID], *, now: datetime) -> list[Recorded]:
    found = []
    for one in Review.objects.filter(case__in=case_ids):
        said: dict[str, object] = {"number": one.number, "review_id": one.id}
        found.append(Recorded(Line(one.asked_at, "review_asked", "done", said, one.written_by), one.case_id))
        if one.answered_at:
            told = {**said, "result": Outcome(one.outcome).label if one.outcome else ""}
            line = Line(one.answered_at, "review_answered", "done", told)
            found.append(Recorded(line, one.case_id, one.to_agency_id))
        elif one.due_at and one.due_at < now:
            found.append(Recorded(Line(one.due_at, "review_due", "late", said), one.case_id, one.to_agency_id))
    return found
