"""Reading court cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from qorgan.agencies.models import Agency
from qorgan.agencies.terms import Kind as AgencyKind
from qorgan.base.keys import vault
from qorgan.cases.models import CasePerson
from qorgan.cases.queries import Line
from qorgan.cases.terms import Role
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing, RequirementsBreach
from qorgan.courts.terms import AWAITING, UNDECIDED, AppealResult, Result, State
from qorgan.duties.queries import Label
from qorgan.law.engine.clock import add_months
from qorgan.offences.models import OffencePerson
from qorgan.offences.terms import Part
from qorgan.orders.models import Protected
from qorgan.people import queries as people
from qorgan.people.queries import PersonView
from qorgan.places import queries as places


@dataclass(frozen=True)
class DecisionView:
    """A decision opened for reading, with the appeals about it."""

    decision: Decision
    note: str = field(repr=False)
    appeals: tuple[Appeal, ...]
    breaches: tuple[RequirementsBreach, ...] = ()

    @property
    def pending(self) -> Appeal | None:
        """The appeal that the higher court has not decided yet."""
        return next((one for one in self.appeals if one.result == AppealResult.PENDING), None)


@dataclass(frozen=True)
class CourtCaseView:
    """A court case opened for reading. Who it is against and whom it concerns come from what was sent."""

    court_case: CourtCase
    contents: str = field(repr=False)
    returned_why: str = field(repr=False)
    against: tuple[PersonView, ...]
    victims: tuple[PersonView, ...]
    hearings: tuple[Hearing, ...]
    decisions: tuple[DecisionView, ...]

    @property
    def planned(self) -> Hearing | None:
        """The hearing that is set; there is one at a time."""
        return next((one for one in self.hearings if one.result == Result.PLANNED), None)


def _cases() -> QuerySet[CourtCase]:
    return CourtCase.objects.select_related("court", "agency", "case", "order", "offence", "breach")


def newest(*, state: State | None = None) -> QuerySet[CourtCase]:
    """Court cases in sight, the newest first."""
    found = _cases().order_by("-sent_at", "-id")
    return found.filter(state=state) if state else found


def find(court_case_id: UUID) -> CourtCase | None:
    """The court case if it lies in sight."""
    return _cases().filter(pk=court_case_id).first()


def hearing(hearing_id: UUID) -> Hearing | None:
    """The hearing if it lies in sight."""
    return Hearing.objects.filter(pk=hearing_id).select_related("court_case").first()


def decision(decision_id: UUID) -> Decision | None:
    """The decision if it lies in sight."""
    return Decision.objects.filter(pk=decision_id).select_related("court_case").first()


def appeal(appeal_id: UUID) -> Appeal | None:
    """The appeal if it lies in sight."""
    return Appeal.objects.filter(pk=appeal_id).select_related("decision", "decision__court_case").first()


def by_ids(court_case_ids: Iterable[UUID]) -> dict[UUID, CourtCase]:
    """The court cases in sight among `court_case_ids`, with what they are about."""
    return {one.id: one for one in _cases().filter(pk__in=set(court_case_ids))}


def by_number(number: str) -> CourtCase | None:
    """The court case in sight that bears a number, its own or that of one of its decisions."""
    wanted = number.strip()
    decided = Exists(Decision.objects.filter(court_case=OuterRef("pk"), number=wanted))
    return _cases().filter(Q(number=wanted) | decided).order_by("sent_at").first()


def for_cases(case_ids: Iterable[UUID]) -> list[CourtCaseView]:
    """The court cases of cases, opened, the newest first."""
    return opened(_cases().filter(case__in=set(case_ids)).order_by("-sent_at", "-id"))


def about(*, case_ids: Iterable[UUID], order_ids: Iterable[UUID], offence_ids: Iterable[UUID]) -> list[CourtCase]:
    """The court cases about any of these cases, orders or offences, unopened."""
    of = Q(case__in=set(case_ids)) | Q(order__in=set(order_ids)) | Q(offence__in=set(offence_ids))
    return list(_cases().filter(of))


def for_orders(order_ids: Iterable[UUID]) -> list[CourtCase]:
    """The court cases about orders, the newest first."""
    return list(_cases().filter(order__in=set(order_ids)).order_by("-sent_at", "-id"))


def of_breaches(breach_ids: Iterable[UUID]) -> list[tuple[CourtCase, list[Decision]]]:
    """The court cases about breaches, the first sent first, each with its decisions: two questions."""
    held = list(_cases().filter(breach__in=set(breach_ids)).order_by("sent_at", "id"))
    made: dict[UUID, list[Decision]] = {}
    for one in Decision.objects.filter(court_case__in=held).order_by("decided_at", "number") if held else ():
        made.setdefault(one.court_case_id, []).append(one)
    return [(one, made.get(one.id, [])) for one in held]


def requirements_end(decision: Decision) -> datetime | None:
    """When special requirements end: so many months after entry into force, at the same hour of the place."""
    if decision.in_force_at is None or decision.months is None:
        return None
    begins = decision.in_force_at.astimezone(places.zone(decision.territory_id))
    last = add_months(begins.date(), decision.months)
    return begins.replace(year=last.year, month=last.month, day=last.day)


def eviction_end(decision: Decision) -> datetime | None:
    """When he may live with her again: so many days after entry into force; None where it was not forbidden."""
    if decision.in_force_at is None or decision.eviction_days is None:
        return None
    begins = decision.in_force_at.astimezone(places.zone(decision.territory_id))
    return begins + timedelta(days=decision.eviction_days)


def requirements_breaches(decision_ids: Iterable[UUID]) -> list[RequirementsBreach]:
    """The breaches of special requirements, the first noticed first."""
    found = RequirementsBreach.objects.filter(decision__in=set(decision_ids)).select_related("report", "offence")
    return list(found.order_by("noticed_at", "id"))


def for_offences(offence_ids: Iterable[UUID]) -> list[CourtCase]:
    """The court cases about offences, the newest first."""
    return list(_cases().filter(offence__in=set(offence_ids)).order_by("-sent_at", "-id"))


def opened(court_cases: Iterable[CourtCase]) -> list[CourtCaseView]:
    """Open court cases with all that belongs to them: the same number of questions however many they are."""
    held = list(court_cases)
    hearings: dict[UUID, list[Hearing]] = {}
    for hearing in Hearing.objects.filter(court_case__in=held).order_by("at", "id"):
        hearings.setdefault(hearing.court_case_id, []).append(hearing)
    decisions = _decisions(held)
    parties = parties_of(held)
    vault.unlock(*(text for one in held for text in (one.contents, one.returned_why)))
    return [
        CourtCaseView(
            court_case=one,
            contents=vault.read(one.contents, at="courts.court_case.contents"),
            returned_why=vault.read(one.returned_why, at="courts.court_case.returned_why"),
            against=parties[one.id][0],
            victims=parties[one.id][1],
            hearings=tuple(hearings.get(one.id, [])),
            decisions=tuple(decisions.get(one.id, [])),
        )
        for one in held
    ]


def _decisions(court_cases: Sequence[CourtCase]) -> dict[UUID, list[DecisionView]]:
    held = list(Decision.objects.filter(court_case__in=court_cases).order_by("decided_at", "number"))
    appeals: dict[UUID, list[Appeal]] = {}
    for appeal in Appeal.objects.filter(decision__in=held).order_by("filed_at", "id"):
        appeals.setdefault(appeal.decision_id, []).append(appeal)
    vault.unlock(*(one.note for one in held))
    breached: dict[UUID, list[RequirementsBreach]] = {}
    for breach in requirements_breaches(one.id for one in held):
        breached.setdefault(breach.decision_id, []).append(breach)
    found: dict[UUID, list[DecisionView]] = {}
    for one in held:
        note = vault.read(one.note, at="courts.decision.note")
        found.setdefault(one.court_case_id, []).append(
            DecisionView(one, note, tuple(appeals.get(one.id, [])), tuple(breached.get(one.id, [])))
        )
    return found


Persons = tuple[PersonView, ...]


def parties_of(court_cases: Sequence[CourtCase]) -> dict[UUID, tuple[Persons, Persons]]:
    """Of each court case: whom it is against, and the victims. Told by its order, else its offence, else its case."""
    told = [_of_orders(court_cases), _of_offences(court_cases), _of_cases(court_cases)]
    ids = {
        one.id: tuple(next((parts[one.id][side] for parts in told if parts[one.id][side]), []) for side in (0, 1))
        for one in court_cases
    }
    views = people.by_ids({person for sides in ids.values() for side in sides for person in side})
    return {one: (_seen(against, views), _seen(victims, views)) for one, (against, victims) in ids.items()}


def _seen(ids: Sequence[UUID], views: dict[UUID, PersonView]) -> Persons:
    return tuple(views[one] for one in dict.fromkeys(ids) if one in views)


Sides = dict[UUID, tuple[list[UUID], list[UUID]]]


def _of_orders(court_cases: Sequence[CourtCase]) -> Sides:
    protected: dict[UUID, list[UUID]] = {}
    wanted = {one.order_id for one in court_cases if one.order_id}
    for part in Protected.objects.filter(order__in=wanted).order_by("id"):
        protected.setdefault(part.order_id, []).append(part.person_id)
    return {
        one.id: ([one.order.addressee_id], protected.get(one.order.id, [])) if one.order else ([], [])
        for one in court_cases
    }


def _of_offences(court_cases: Sequence[CourtCase]) -> Sides:
    sides: dict[UUID, tuple[list[UUID], list[UUID]]] = {}
    wanted = {one.offence_id for one in court_cases if one.offence_id}
    parts = OffencePerson.objects.filter(offence__in=wanted, person__isnull=False, withdrawn_at__isnull=True)
    for part in parts.order_by("id"):
        if part.person_id:
            sides.setdefault(part.offence_id, ([], []))[part.part == Part.VICTIM].append(part.person_id)
    return {one.id: sides.get(one.offence_id, ([], [])) if one.offence_id else ([], []) for one in court_cases}


def _of_cases(court_cases: Sequence[CourtCase]) -> Sides:
    sides: dict[UUID, tuple[list[UUID], list[UUID]]] = {}
    wanted = {one.case_id for one in court_cases if one.case_id}
    roles = [Role.OFFENDER, Role.VICTIM, Role.CHILD]
    for part in CasePerson.objects.filter(case__in=wanted, role__in=roles).order_by("id"):
        sides.setdefault(part.case_id, ([], []))[part.role != Role.OFFENDER].append(part.person_id)
    return {one.id: sides.get(one.case_id, ([], [])) if one.case_id else ([], []) for one in court_cases}


def courts_for(territory_id: int) -> QuerySet[Agency]:
    """The courts that answer for a place: those seated in it or above it, the nearest first."""
    above: list[int] = []
    place: int | None = territory_id
    while place is not None:
        above.append(place)
        place = places.territory(place).parent_id
    found = Agency.objects.filter(kind=AgencyKind.COURT, is_active=True, territory_id__in=above)
    return found.order_by("-territory_id", "code")


def hearings(*, court_id: UUID, start: datetime, end: datetime) -> QuerySet[Hearing]:
    """Hearings of a court between two moments, the earliest first; those put off are left out."""
    found = Hearing.objects.filter(court_case__court_id=court_id, at__gte=start, at__lt=end)
    return found.filter(result__in=[Result.PLANNED, Result.HELD]).order_by("at", "id").select_related("court_case")


def unwritten(*, court_id: UUID, before: datetime) -> QuerySet[Hearing]:
    """Hearings whose moment is over and of which nobody wrote what became of them, the oldest first."""
    found = Hearing.objects.filter(court_case__court_id=court_id, result=Result.PLANNED, at__lt=before)
    return found.order_by("at", "id").select_related("court_case")


def _hearing_set() -> Exists:
    return Exists(Hearing.objects.filter(court_case=OuterRef("pk"), result=Result.PLANNED))


def without_date(*, court_id: UUID) -> QuerySet[CourtCase]:
    """Undecided court cases of a court for which no hearing is set, the longest waiting first."""
    found = _cases().filter(court_id=court_id, state__in=UNDECIDED)
    return found.exclude(_hearing_set()).order_by("sent_at", "id")


def undecided() -> QuerySet[CourtCase]:
    """Court cases in sight without a decision, the longest waiting first."""
    return _cases().filter(state__in=UNDECIDED).order_by("sent_at", "id")


def _awaiting() -> QuerySet[Decision]:
    found = Decision.objects.filter(in_force_at=None, state__in=AWAITING)
    return found.order_by("decided_at", "id").select_related("court_case", "court_case__court")


def awaiting_force(*, court_id: UUID | None = None) -> QuerySet[Decision]:
    """Decisions that wait for entry into force, the longest waiting first; of one court, or all in sight."""
    return _awaiting().filter(court_case__court_id=court_id) if court_id else _awaiting()


def pending_appeals(*, court_id: UUID) -> QuerySet[Appeal]:
    """Appeals about decisions of a court that the higher court has not decided, the oldest first."""
    found = Appeal.objects.filter(decision__court_case__court_id=court_id, result=AppealResult.PENDING)
    return found.order_by("filed_at", "id").select_related("decision", "decision__court_case")


def for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about court cases: number, whom it is against, case."""
    held = list(CourtCase.objects.filter(pk__in=set(ids)).select_related("case", "order", "offence"))
    parties = parties_of(held)
    return {
        one.id: Label(
            title=one.number,
            about=", ".join(person.name for person in parties[one.id][0]),
            case_number=one.case.number if one.case else "",
            case_id=one.case_id,
        )
        for one in held
    }


def timeline(case_id: UUID, *, now: datetime) -> list[Line]:
    """The courts' lines of a case's timeline."""
    held = list(CourtCase.objects.filter(case_id=case_id))
    return lines_of(held, now=now) if held else []


def lines_of(court_cases: Sequence[CourtCase], *, now: datetime) -> list[Line]:
    """What became of court cases, line by line, in no order: four questions however many they are."""
    said = {one.id: {"number": one.number, "court_case_id": one.id} for one in court_cases}
    lines = [Line(one.sent_at, "court_case_sent", "done", said[one.id], one.sent_by) for one in court_cases]
    lines += [
        Line(one.returned_at, "court_case_returned", "done", said[one.id], one.returned_by)
        for one in court_cases
        if one.returned_at
    ]
    for hearing in Hearing.objects.filter(court_case__in=court_cases):
        state = "done" if hearing.result != Result.PLANNED else "plan" if hearing.at >= now else "late"
        lines.append(
            Line(hearing.at, f"hearing_{hearing.result}", state, said[hearing.court_case_id], hearing.written_by)
        )
    decisions = {one.id: one for one in Decision.objects.filter(court_case__in=court_cases)}
    for one in decisions.values():
        detail = {**said[one.court_case_id], "decision": one.number, "kind": one.kind}
        lines.append(Line(one.decided_at, "court_decided", "done", detail, one.written_by))
        if one.in_force_at:
            lines.append(Line(one.in_force_at, "court_decision_in_force", "done", detail))
    for breach in requirements_breaches(decisions):
        detail = {**said[decisions[breach.decision_id].court_case_id], "decision": decisions[breach.decision_id].number}
        at = breach.breached_at or breach.noticed_at
        lines.append(Line(at, "requirements_breached", "done", detail, breach.written_by))
    for appeal in Appeal.objects.filter(decision__in=list(decisions)):
        of = decisions[appeal.decision_id]
        detail = {**said[of.court_case_id], "decision": of.number, "party": appeal.filed_by, "result": appeal.result}
        lines.append(Line(appeal.filed_at, "court_appealed", "done", detail))
        if appeal.decided_at:
            lines.append(Line(appeal.decided_at, "court_appeal_decided", "done", detail))
    return lines
