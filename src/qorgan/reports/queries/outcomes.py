"""Reading how reports end: what stands, what was taken back, and at what rate they are written off."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from qorgan.base.keys import vault
from qorgan.reports.models import BACK, THEN, WHY, Report, TakenBack
from qorgan.reports.terms import OPEN, State
from qorgan.reports.terms.outcomes import How, Reason


@dataclass(frozen=True)
class Past:
    """An outcome that no longer stands, opened."""

    row: TakenBack
    state: State
    reason: Reason | None
    why: str
    how: How
    back_why: str


@dataclass(frozen=True)
class Rate:
    """Of the reports that an office decided since a moment: how many it wrote off, and for which reasons."""

    agency_id: UUID
    decided: int
    written_off: int
    reasons: tuple[tuple[Reason, int], ...] = field(default=())

    @property
    def per_cent(self) -> Decimal:
        """Written off, of 100 decided."""
        return Decimal(100 * self.written_off) / self.decided


def why(report: Report) -> str:
    """What was said to the outcome that stands, opened."""
    return vault.read(report.why, at=WHY, gone="")


def history(report_id: UUID) -> list[Past]:
    """What a report's outcomes were, the newest first."""
    held = list(TakenBack.objects.filter(report_id=report_id).order_by("-back_at", "-id"))
    vault.unlock(*(envelope for one in held for envelope in (one.why, one.back_why)))
    return [
        Past(
            row=one,
            state=State(one.state),
            reason=Reason(one.reason) if one.reason else None,
            why=vault.read(one.why, at=THEN, gone=""),
            how=How(one.how),
            back_why=vault.read(one.back_why, at=BACK, gone=""),
        )
        for one in held
    ]


def joined_to(report_id: UUID) -> QuerySet[Report]:
    """The reports in sight that are joined to one, the oldest first."""
    return Report.objects.filter(joined_to_id=report_id).order_by("registered_at", "id")


def written_off(*, since: datetime, agency_id: UUID | None = None) -> QuerySet[Report]:
    """Write-offs in sight that stand since a moment, the newest first; of one office or of all."""
    found = Report.objects.filter(state=State.WRITTEN_OFF, decided_at__gte=since).order_by("-decided_at", "-id")
    return found.filter(agency_id=agency_id) if agency_id else found


def rates(*, since: datetime) -> list[Rate]:
    """By office: what share of the reports it decided since a moment it wrote off; the highest share first.

    Of the outcomes that stand. A report that was forwarded and not answered yet is not decided.
    """
    found = Report.objects.filter(decided_at__gte=since).exclude(state__in=sorted(OPEN)).order_by()
    off = Count("id", filter=Q(state=State.WRITTEN_OFF))
    counted = found.values("agency_id").annotate(decided=Count("id"), off=off)
    reasons = _reasons(found)
    made = [Rate(row["agency_id"], row["decided"], row["off"], reasons.get(row["agency_id"], ())) for row in counted]
    return sorted(made, key=lambda one: (-one.per_cent, -one.decided, str(one.agency_id)))


def _reasons(found: QuerySet[Report]) -> dict[UUID, tuple[tuple[Reason, int], ...]]:
    """By office: how many it wrote off for each reason, the most first."""
    off = found.filter(state=State.WRITTEN_OFF).values_list("agency_id", "reason")
    by_agency: dict[UUID, list[tuple[Reason, int]]] = {}
    for agency_id, reason, count in off.annotate(count=Count("id")).order_by("-count", "reason"):
        by_agency.setdefault(agency_id, []).append((Reason(reason), count))
    return {agency_id: tuple(said) for agency_id, said in by_agency.items()}
