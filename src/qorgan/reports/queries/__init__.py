"""Reading reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from qorgan.base.keys import vault
from qorgan.duties.queries import Label
from qorgan.people.models import Person
from qorgan.people.queries import PersonView, opened
from qorgan.reports.models import Report, ReportPerson
from qorgan.reports.terms import Role, State


@dataclass(frozen=True)
class ReportView:
    """A report opened for reading, with the persons it names."""

    id: UUID
    number: str
    kui_no: str
    channel: str
    state: str
    territory_id: int
    agency_id: UUID
    registered_at: datetime
    time_known: bool
    received_at: datetime
    received_by: UUID | None
    decided_at: datetime | None
    decided_by: UUID | None
    narrative: str
    address: str
    persons: tuple[tuple[Role, PersonView], ...]
    notes: tuple[dict[str, Any], ...]
    key_id: UUID
    version: int

    def first(self, role: Role) -> PersonView | None:
        """The first person with a part, if one was named."""
        return next((person for part, person in self.persons if part is role), None)


def newest(*, state: State | None = None) -> QuerySet[Report]:
    """Reports in sight, the newest first; of one state or of all."""
    found = Report.objects.order_by("-registered_at", "-id")
    return found.filter(state=state) if state else found


def parties_among(person_ids: Iterable[UUID]) -> set[UUID]:
    """Those among `person_ids` who are parties of a report in sight: not who only reported it."""
    found = ReportPerson.objects.filter(person__in=list(person_ids), role__in=(Role.VICTIM, Role.SUSPECT))
    return set(found.values_list("person_id", flat=True))


def of_thread(thread_id: UUID) -> Report | None:
    """The report in sight that a thread began with."""
    return Report.objects.filter(pk=thread_id).first()


def numbers_of_threads(threads: Iterable[UUID]) -> dict[UUID, str]:
    """By thread: the number of the report in sight that it began with."""
    return dict(Report.objects.filter(pk__in=set(threads)).values_list("thread_id", "number"))


def in_sight(numbers: Iterable[str]) -> list[str]:
    """Those of the numbers that reports in sight bear, in order."""
    return list(Report.objects.filter(number__in=set(numbers)).order_by("number").values_list("number", flat=True))


def by_number(text: str) -> Report | None:
    """The report in sight that bears a number, its own or the desk's."""
    cleaned = text.strip()
    return Report.objects.filter(number=cleaned).first() or Report.objects.filter(kui_no=cleaned).first()


def find(report_id: UUID) -> Report | None:
    """The report if it lies in sight."""
    return Report.objects.filter(pk=report_id).first()


def opened_reports(reports: Iterable[Report]) -> list[ReportView]:
    """Open reports with their persons: three questions to the database and one to the key store, however many."""
    held = list(reports)
    parts = list(ReportPerson.objects.filter(report__in=held).order_by("id"))
    persons = Person.objects.in_bulk([part.person_id for part in parts])
    vault.unlock(*(envelope for report in held for envelope in (report.narrative, report.address)))
    views = opened(persons.values())
    by_report: dict[UUID, list[tuple[Role, PersonView]]] = {}
    for part in parts:
        by_report.setdefault(part.report_id, []).append((Role(part.role), views[part.person_id]))
    return [_view(report, tuple(by_report.get(report.id, ()))) for report in held]


def _view(report: Report, persons: tuple[tuple[Role, PersonView], ...]) -> ReportView:
    return ReportView(
        id=report.id,
        number=report.number,
        kui_no=report.kui_no,
        channel=report.channel,
        state=report.state,
        territory_id=report.territory_id,
        agency_id=report.agency_id,
        registered_at=report.registered_at,
        time_known=report.time_known,
        received_at=report.received_at,
        received_by=report.received_by,
        decided_at=report.decided_at,
        decided_by=report.decided_by,
        narrative=vault.read(report.narrative, at="reports.report.narrative"),
        address=vault.read(report.address, at="reports.report.address", gone=""),
        persons=persons,
        notes=tuple(report.notes),
        key_id=report.key_id,
        version=report.version,
    )


def for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about reports: number and victim."""
    views = opened_reports(Report.objects.filter(pk__in=set(ids)))
    labels = {}
    for view in views:
        victim = view.first(Role.VICTIM)
        labels[view.id] = Label(title=view.number, about=victim.name if victim else "", case_number="", case_id=None)
    return labels


def for_cases(report_ids: Iterable[UUID]) -> list[ReportView]:
    """The reports that a case leads, opened, the oldest first."""
    return opened_reports(Report.objects.filter(pk__in=set(report_ids)).order_by("registered_at"))


def traces(reports: Iterable[Report]) -> dict[UUID, tuple[str, frozenset[str]]]:
    """By report: its number and what two tellings of one event share, its address and phones reduced to their signs."""
    views = opened_reports(reports)
    return {
        view.id: (
            view.number,
            frozenset(
                trace
                for trace in (
                    "a:" + "".join(sign for sign in view.address.casefold() if sign.isalnum()),
                    *("p:" + "".join(filter(str.isdigit, person.phone))[-10:] for _role, person in view.persons),
                )
                if len(trace) > 8
            ),
        )
        for view in views
    }
