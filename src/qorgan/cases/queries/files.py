"""Reading cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from qorgan.agencies import queries as offices
from qorgan.cases import access
from qorgan.cases.models import (
    Account,
    Case,
    CasePerson,
    CaseReport,
    Contradiction,
    Finding,
    Incident,
    Review,
)
from qorgan.cases.terms import Role, State
from qorgan.duties.models import Duty
from qorgan.people.queries import PersonView, by_ids
from qorgan.reports.models import Report

PARTIES = (Role.VICTIM, Role.CHILD, Role.OFFENDER)  # whose record it is: not who witnessed, or speaks for someone


@dataclass(frozen=True)
class Line:
    """One line of the timeline. `kind` names the template words; `state` is done, late, due or plan."""

    at: datetime
    kind: str
    state: str
    detail: dict[str, object]
    by: UUID | None = None


def newest(*, state: State | None = None) -> QuerySet[Case]:
    """Cases in sight, the newest first."""
    found = Case.objects.order_by("-opened_at", "-id")
    return found.filter(state=state) if state else found


def find(case_id: UUID) -> Case | None:
    """The case if it lies in sight."""
    return Case.objects.filter(pk=case_id).first()


def by_number(number: str) -> Case | None:
    """The case in sight that bears a number."""
    return Case.objects.filter(number=number.strip()).first()


def of_thread(thread_id: UUID) -> Case | None:
    """The case in sight of a thread."""
    return Case.objects.filter(thread_id=thread_id).first()


def persons(case: Case) -> list[tuple[Role, PersonView]]:
    """The people of the case with their parts, opened, in the order they joined."""
    return persons_of([case.id]).get(case.id, [])


def persons_of(case_ids: Iterable[UUID]) -> dict[UUID, list[tuple[Role, PersonView]]]:
    """The people of many cases: two questions and one to the key store."""
    parts = list(CasePerson.objects.filter(case__in=set(case_ids)).order_by("id"))
    views = by_ids(part.person_id for part in parts)
    found: dict[UUID, list[tuple[Role, PersonView]]] = {}
    for part in parts:
        found.setdefault(part.case_id, []).append((Role(part.role), views[part.person_id]))
    return found


def numbers_of(case_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers of the cases in sight among `case_ids`."""
    return dict(Case.objects.filter(pk__in=set(case_ids)).values_list("id", "number"))


@dataclass(frozen=True)
class Stands:
    """How far a case has come, as numbers that only grow: what a form shows and a write compares."""

    people: int
    accounts: int
    whole: int


def stands(case: Case) -> Stands:
    """The numbers of a case just read; two questions."""
    counted = CasePerson.objects.filter(case=case).count(), Account.objects.filter(case=case).count()
    people, accounts = (case.version + count for count in counted)
    return Stands(people=people, accounts=accounts, whole=case.version + sum(counted))


def parties_among(person_ids: Iterable[UUID], *, roles: Iterable[Role]) -> set[UUID]:
    """Those among `person_ids` who have one of these parts in a case in sight."""
    found = CasePerson.objects.filter(person__in=list(person_ids), role__in=list(roles))
    return set(found.values_list("person_id", flat=True))


def without_owner(*, now: datetime) -> QuerySet[Case]:
    """Open cases that their owner could not lead now: shut out, sealed, disabled, without a mandate; oldest first."""
    held = Case.objects.filter(state=State.OPEN)
    owned = offices.leads(access.LEAD, staff="owner_id", thread="thread_id", now=now)
    return held.exclude(owned).order_by("opened_at", "id")


def threads_of(case_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The threads of the cases in sight among `case_ids`."""
    return dict(Case.objects.filter(pk__in=set(case_ids)).values_list("id", "thread_id"))


def by_threads(threads: Iterable[UUID]) -> dict[UUID, Case]:
    """The cases in sight of many threads."""
    return {case.thread_id: case for case in Case.objects.filter(thread_id__in=set(threads))}


def closed_at(threads: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the closed cases in sight of these threads were closed."""
    found = Case.objects.filter(thread_id__in=set(threads), closed_at__isnull=False)
    return {thread_id: at for thread_id, at in found.values_list("thread_id", "closed_at") if at is not None}


def worked_in(threads: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Who did something in which of these threads: took a report in, decided, led the case, wrote, did a duty."""
    wanted = set(threads)
    found: set[tuple[UUID | None, UUID]] = set()
    sources: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
        (Report, ("received_by", "decided_by")),
        (Case, ("owner_id", "opened_by", "closed_by")),
        (Account, ("written_by",)),
        (Finding, ("written_by",)),
        (Contradiction, ("marked_by", "withdrawn_by")),
        (Review, ("written_by",)),
        (Duty, ("done_by",)),
    )
    for model, columns in sources:
        for column in columns:
            found.update(model._default_manager.filter(thread_id__in=wanted).values_list(column, "thread_id"))
    return {(staff_id, thread_id) for staff_id, thread_id in found if staff_id is not None}


def report_ids(case: Case) -> list[UUID]:
    """The reports the case leads, the first joined first."""
    return list(CaseReport.objects.filter(case=case).order_by("joined_at").values_list("report_id", flat=True))


def incidents(case: Case) -> list[Incident]:
    """What happened, as far as a measure rests on it, the first noted first; with the reports that told of it."""
    return list(Incident.objects.filter(case=case).select_related("report").order_by("noted_at", "id"))


def case_of_report(report_id: UUID) -> Case | None:
    """The case that leads a report, if it lies in sight."""
    joined = CaseReport.objects.filter(report_id=report_id).select_related("case").first()
    return joined.case if joined else None


def timeline(case: Case) -> list[Line]:
    """The case's own lines of the timeline; pages compose them with those of later stages."""
    told = ("report_id", "report__number", "report__channel", "report__registered_at")
    lines = [
        Line(at, "report_registered", "done", {"number": number, "channel": channel, "report_id": report_id})
        for report_id, number, channel, at in CaseReport.objects.filter(case=case).values_list(*told)
    ]
    lines.append(Line(case.opened_at, "case_opened", "done", {"number": case.number}, case.opened_by))
    if case.closed_at:
        lines.append(Line(case.closed_at, "case_closed", "done", {"number": case.number}, case.closed_by))
    return lines


def threads(case: Case) -> list[UUID]:
    """The threads of a case: its own, and those of the reports that joined it later."""
    joined = CaseReport.objects.filter(case=case).order_by("joined_at")
    return list(dict.fromkeys([case.thread_id, *joined.values_list("report_thread", flat=True)]))
