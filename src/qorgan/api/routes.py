"""REST over the same actions and queries as the pages."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Header, NinjaAPI
from ninja.errors import ValidationError

from qorgan.api.auth import ChannelToken
from qorgan.api.schemas import NamedIn, Problem, ReportIn, ReportOut
from qorgan.base import clock
from qorgan.base.errors import Refused
from qorgan.base.scope import acting
from qorgan.people.actions import Named
from qorgan.reports import actions as reports
from qorgan.reports import jobs as report_jobs
from qorgan.reports import rules as report_rules

api = NinjaAPI(
    title="Qorgan",
    version="1",
    description="Hands reports in. Every call needs the token of a channel and an Idempotency-Key.",
    auth=ChannelToken(),
    docs_url=None,
    openapi_url="/openapi.json",
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> Any:
    """A refusal undoes all that the request wrote: an answer made inside the transaction would commit it."""
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    problem = Problem(code=refusal.code, title=str(refusal), status=refusal.status, field=refusal.field)
    return api.create_response(request, problem.dict(), status=refusal.status)


@api.exception_handler(ValidationError)
def misunderstood(request: HttpRequest, failure: ValidationError) -> Any:
    """The first field that cannot be read, named by its place in what was sent."""
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    first = failure.errors[0]
    place = ".".join(str(part) for part in first["loc"] if part not in ("body", "sent"))
    problem = Problem(code="bad_input", title=f"{place}: {first['msg']}", status=422, field=place)
    return api.create_response(request, problem.dict(), status=422)


@api.post(
    "/reports",
    response={200: ReportOut, 201: ReportOut, 401: Problem, 403: Problem, 409: Problem, 422: Problem, 503: Problem},
    operation_id="accept_report",
)
def accept_report(
    request: HttpRequest, sent: ReportIn, idempotency_key: Annotated[str, Header(min_length=8, max_length=200)]
) -> Any:
    """Take a report in. 201 with its number once it is committed; 200 for a repeat of the same key and content."""
    actor, channel_id = request.auth  # type: ignore[attr-defined]  # set by ninja from ChannelToken
    with acting(actor):
        accepted = reports.accept(signal=_signal(sent, channel_id, idempotency_key), by=actor, now=clock.now())
        if accepted.is_new:
            report_jobs.look_for_repeats.defer(report_id=str(accepted.report.id))
    report = accepted.report
    answer = ReportOut(id=report.id, number=report.number, is_new=accepted.is_new, received_at=report.received_at)
    return (201 if accepted.is_new else 200), answer


def _signal(sent: ReportIn, channel_id: str, idempotency_key: str) -> reports.Signal:
    if sent.registered_at.tzinfo is None:
        raise report_rules.ImpossibleMoment
    return reports.Signal(
        submission=f"api\0{channel_id}\0{idempotency_key}",
        channel=sent.channel,
        registered_at=sent.registered_at,
        kui_no=sent.kui_no,
        narrative=sent.narrative,
        address=sent.address,
        victim=_named(sent.victim),
        suspect=_named(sent.suspect),
    )


def _named(sent: NamedIn) -> Named:
    return Named(
        written=sent.name,
        surname=sent.surname,
        given=sent.given,
        patronymic=sent.patronymic,
        iin=sent.iin,
        phone=sent.phone,
        birth_date=sent.birth_date,
        sex=sent.sex,
    )
