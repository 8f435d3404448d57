"""Reading cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from qorgan.base.keys import vault
from qorgan.cases.models import Account, Case, CasePerson, CaseReport
from qorgan.cases.terms import Role, Speaker, State
from qorgan.people.models import Person
from qorgan.people.queries import PersonView, opened


@dataclass(frozen=True)
class AccountView:
    """What someone said, opened."""

    id: UUID
    speaker: Speaker
    words: str
    source: str
    said_at: datetime
    written_by: UUID


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
    views = opened(Person.objects.filter(pk__in={part.person_id for part in parts}))
    found: dict[UUID, list[tuple[Role, PersonView]]] = {}
    for part in parts:
        found.setdefault(part.case_id, []).append((Role(part.role), views[part.person_id]))
    return found


def numbers_of(case_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers of the cases in sight among `case_ids`."""
    return dict(Case.objects.filter(pk__in=set(case_ids)).values_list("id", "number"))


def accounts(case: Case) -> list[AccountView]:
    """Who said what, in the order it was said."""
    held = list(Account.objects.filter(case=case).order_by("said_at", "id"))
    vault.unlock(*(account.words for account in held))
    return [
        AccountView(
            id=account.id,
            speaker=Speaker(account.speaker),
            words=vault.open(account.words, at="cases.account.words"),
            source=account.source,
            said_at=account.said_at,
            written_by=account.written_by,
        )
        for account in held
    ]


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


def report_ids(case: Case) -> list[UUID]:
    """The reports the case leads, the first joined first."""
    return list(CaseReport.objects.filter(case=case).order_by("joined_at").values_list("report_id", flat=True))


def case_of_report(report_id: UUID) -> Case | None:
    """The case that leads a report, if it lies in sight."""
    joined = CaseReport.objects.filter(report_id=report_id).select_related("case").first()
    return joined.case if joined else None


def timeline(case: Case) -> list[Line]:
    """The case's own lines of the timeline; pages compose them with those of later stages."""
    joined = CaseReport.objects.filter(case=case).select_related("report")
    lines = [
        Line(
            one.report.registered_at,
            "report_registered",
            "done",
            {"number": one.report.number, "channel": one.report.channel, "report_id": one.report_id},
        )
        for one in joined
    ]
    lines.append(Line(case.opened_at, "case_opened", "done", {"number": case.number}, case.opened_by))
    if case.closed_at:
        lines.append(Line(case.closed_at, "case_closed", "done", {"number": case.number}, case.closed_by))
    return lines


def threads(case: Case) -> list[UUID]:
    """The threads of a case: its own, and those of the reports that joined it later."""
    joined = CaseReport.objects.filter(case=case).order_by("joined_at")
    return list(dict.fromkeys([case.thread_id, *joined.values_list("report__thread_id", flat=True)]))
