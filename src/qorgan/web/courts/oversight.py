"""A prosecutor's day: which clocks ran out and who let them, what courts have not decided, what is not in force."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.base import clock
from qorgan.base import words as written
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.courts import access, queries
from qorgan.courts.models import CourtCase, Decision
from qorgan.courts.terms import DecisionKind, DecisionState, Kind
from qorgan.duties import access as duty_access
from qorgan.duties import queries as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.offences import access as offence_access
from qorgan.offences import queries as offences
from qorgan.offences.models import Offence
from qorgan.offences.terms import Ground
from qorgan.offences.terms import State as OffenceState
from qorgan.places import queries as places
from qorgan.reports import access as report_access
from qorgan.web import looks
from qorgan.web.access import staff_page
from qorgan.web.courts.panels import named, past, term
from qorgan.web.courts.write_offs import by_office
from qorgan.web.duties import escalations
from qorgan.web.duties.rows import rows
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest

SHOWN = 10
MOST = 1000  # beyond that a count helps nobody
BACK = timedelta(days=30)


def day(request: StaffRequest) -> HttpResponse:
    """The start page of a prosecutor. Nothing on it changes anything but who takes a sealed report on."""
    if not (request.actor.can(duty_access.SEE) and request.actor.can(access.SEE)):
        raise NotAllowed
    now = clock.now()
    language, zone = get_language() or "", places.zone(request.mandate.territory_id)
    late = _late(now=now, language=language)
    undecided, waiting = queries.undecided(), queries.awaiting_force()
    sealed = duties.open_of(DutyKind.ROUTE_REPORT)
    destroying = duties.laid_on(request.actor.agency, kind=DutyKind.CONFIRM_DESTRUCTION)
    words = {
        "now": now,
        "sealed": [(one.thing_id, one.since) for one in sealed[:SHOWN]],
        "destroying": rows(list(destroying[:SHOWN]), actor=request.actor, now=now),
        "escalated": escalations.waiting(request, now=now),
        "place": places.name(request.mandate.territory_id, language=language),
        "clock_time": written.time_of_day(now, zone, language),
        "tables": [
            (_("Reports without a decision after the term"), [one for one in late if one["is_report"]]),
            (_("Clocks of orders that ran out, and who let them"), [one for one in late if not one["is_report"]]),
        ],
        "counts": {
            "sealed": sealed[:MOST].count(),
            "destroying": destroying[:MOST].count(),
            "late": sum(one["count"] for one in late),
            "undecided": undecided[:MOST].count(),
            "waiting": waiting[:MOST].count(),
        },
        "undecided": _undecided(list(undecided[:SHOWN]), now=now, language=language),
        "waiting": _waiting(list(waiting[:SHOWN]), now=now, language=language),
        "rates": by_office(language=language) if request.actor.can(report_access.RETURN) else None,
        "terminated": _terminated(now=now) if request.actor.can(offence_access.SEE) else None,
    }
    looks.listed(request, thing="duty", list="oversight", rows=words["counts"])
    return render(request, "courts/oversight.html", words)


def _late(*, now: datetime, language: str) -> list[dict[str, Any]]:
    """Late duties by agency and kind, the most first, each with the address of its list."""
    found = duties.late_by_agency(now=now)
    names = offices.agency_names((one.agency_id for one in found), language=language)
    return [
        {
            "agency": names[one.agency_id],
            "kind": DutyKind(one.kind).label,
            "is_report": one.kind == DutyKind.DECIDE_REPORT,
            "count": one.count,
            "since": one.since,
            "ago": past(now - one.since),
            "url": f"{reverse('courts:late')}?{urlencode({'agency': one.agency_id, 'kind': one.kind})}",
        }
        for one in found
    ]


def _undecided(held: list[CourtCase], *, now: datetime, language: str) -> list[dict[str, Any]]:
    parties = queries.parties_of(held)
    book, calendar = law.book(), law.calendar()
    return [
        {
            "court_case": one,
            "kind": Kind(one.kind).label,
            "court": one.court.name(language),
            "against": named(parties[one.id][0]),
            "ago": past(now - one.sent_at),
            "term": term(one, book=book, calendar=calendar),
            "zone": places.zone(one.territory_id),
        }
        for one in held
    ]


def _waiting(held: list[Decision], *, now: datetime, language: str) -> list[dict[str, Any]]:
    return [
        {
            "decision": one,
            "kind": DecisionKind(one.kind).label,
            "state": DecisionState(one.state).label,
            "court": one.court_case.court.name(language),
            "ago": past(now - one.decided_at),
            "zone": places.zone(one.territory_id),
        }
        for one in held
    ]


def _terminated(*, now: datetime) -> dict[str, Any]:
    """Offences terminated in the last thirty days: how many on each ground, and the newest of them."""
    found = Offence.objects.filter(state=OffenceState.TERMINATED, ended_at__gte=now - BACK)
    grounds = found.order_by().values("ground").annotate(count=Count("id")).order_by("-count")
    newest = offences.opened(found.order_by("-ended_at", "-id")[:SHOWN])
    return {
        "grounds": [(Ground(row["ground"]).label, row["count"]) for row in grounds],
        "rows": [
            {
                "offence": view.offence,
                "ground": Ground(view.offence.ground).label,
                "article": f"{view.offence.code} {view.offence.article}",
                "zone": places.zone(view.offence.territory_id),
            }
            for view in newest
        ],
    }


@require_safe
@staff_page(permission=duty_access.SEE)
def late(request: StaffRequest) -> HttpResponse:
    """The late duties of one agency, of one kind: what stands behind a count of the prosecutor's day."""
    now = clock.now()
    agency, kind = _asked(request)
    found = duties.late(now=now).filter(agency=agency, kind=kind)
    listed = part(request, found)
    looks.listed(request, thing="duty", list="late", agency=agency.code, kind=kind.value, rows=len(listed.rows))
    made = rows(listed.rows, actor=request.actor, now=now)
    words = {"now": now, "agency": agency.name(get_language() or ""), "title": kind.label, "rows": made, "part": listed}
    return render(request, "courts/late.html", words)


def _asked(request: StaffRequest) -> tuple[Agency, DutyKind]:
    """The agency and the kind that the address asks for. Raises NotFound."""
    try:
        agency_id, kind = UUID(request.GET.get("agency", "")), DutyKind(request.GET.get("kind", ""))
    except ValueError:
        raise NotFound from None
    agency = Agency.objects.filter(pk=agency_id).first()
    if agency is None:
        raise NotFound
    return agency, kind
