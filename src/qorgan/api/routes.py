"""REST over the same actions and queries as the pages."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, NinjaAPI, Status

from qorgan.api import problems
from qorgan.api.auth import ChannelToken
from qorgan.api.schemas import NamedIn, Problem, ReportIn, ReportOut, SpooledOut
from qorgan.base import clock
from qorgan.base.scope import acting
from qorgan.people.actions import Named
from qorgan.reports import actions as reports
from qorgan.reports import jobs as report_jobs

SHORTEST_KEY, LONGEST_KEY = 8, 200  # characters of an Idempotency-Key

api = NinjaAPI(
    title="Qorgan",
    version="1",
    description="Hands reports in. Every call needs the token of a channel and an Idempotency-Key; a channel with a key"
    " of its own signs its calls (RFC 9421).",
    auth=ChannelToken(),
    docs_url=None,
    openapi_url="/openapi.json",
)

problems.install(api)


@api.post(
    "/reports",
    response={
        200: ReportOut,
        201: ReportOut,
        202: SpooledOut,
        frozenset({400, 401, 403, 409, 413, 422, 429, 503}): Problem,
    },
    operation_id="accept_report",
)
def accept_report(
    request: HttpRequest,
    sent: ReportIn,
    idempotency_key: Annotated[str, Header(min_length=SHORTEST_KEY, max_length=LONGEST_KEY)],
) -> Any:
    """Take a report in. 201 with its number once it is committed; 200 for a repeat of the same key and content.

    202 while the database is away: it is kept sealed on the disk, and is taken in when the database answers. Sent again
    later, the same key is answered with the number.
    """
    actor, channel_id = request.auth  # type: ignore[attr-defined]  # set by ninja from ChannelToken
    with acting(actor):
        accepted = reports.accept(signal=signal_of(sent, channel_id, idempotency_key), by=actor, now=clock.now())
        if accepted.is_new:
            report_jobs.look_for_repeats.defer(report_id=str(accepted.report.id))
    report = accepted.report
    answer = ReportOut(id=report.id, number=report.number, is_new=accepted.is_new, received_at=report.received_at)
    return Status(201 if accepted.is_new else 200, answer)


def signal_of(sent: ReportIn, channel_id: str, idempotency_key: str) -> reports.Signal:
    """What a channel sent, under its own key, as reports are accepted."""
    return reports.Signal(
        submission=f"api\0{channel_id}\0{idempotency_key}",
        channel=sent.channel,
        registered_at=sent.registered_at,
        kui_no=sent.kui_no,
        narrative=sent.narrative,
        address=sent.address,
        serving=sent.serving,
        victim=_named(sent.victim),
        suspect=_named(sent.suspect),
        reporter=_named(sent.reporter),
    )


def _named(sent: NamedIn | None) -> Named:
    if sent is None:
        return Named()
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
