"""The API while the database is away: a report is checked, kept in the spool, acknowledged once it is on the disk."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from qorgan.agencies.engine import codes
from qorgan.api import signed
from qorgan.api.routes import LONGEST_KEY, SHORTEST_KEY, signal_of
from qorgan.api.schemas import Problem, ReportIn, SpooledOut
from qorgan.base import clock, logs
from qorgan.base.db.away import is_away
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor
from qorgan.base.spool import known
from qorgan.reports import actions
from qorgan.reports.rules.spool import NotAccepted

_ROUTE = "api-1:accept_report"


class Spooled:
    """Answers a report that was handed in while the database, or the key store, did not answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do as long as nothing is wrong."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer from the spool; every other error goes on."""
        match = request.resolver_match
        if not is_away(error) or match is None or match.view_name != _ROUTE or request.method != "POST":
            return None
        answer = _answer(request, otherwise=error if isinstance(error, Refused) else NotAccepted())
        logs.say("spooled", status=answer.status_code)
        return answer


def _answer(request: HttpRequest, *, otherwise: Refused) -> HttpResponse:
    now = clock.now()
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    found = known.find(codes.digest_of_token(token), now=now) if kind.lower() == "bearer" and token else None
    if found is None:  # a key that was never shown here may be a good one: nobody can say so now
        return _problem(otherwise)
    whose, signs_with = found
    key = request.headers.get("Idempotency-Key", "")
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        return _wrong("Idempotency-Key", _("Its length must be from 8 to 200."))
    try:
        sent = ReportIn.model_validate_json(request.body)
    except ValidationError as failure:
        first = failure.errors(include_url=False, include_context=False, include_input=False)[0]
        return _wrong(".".join(str(part) for part in first["loc"]), first["msg"])
    try:
        signed.check(request, signs_with)
        signal = signal_of(sent, whose, key)
        report_id, is_new = actions.keep_sent(signal=signal, channel_id=UUID(whose), by=Actor(name="api"), now=now)
    except Refused as refusal:
        return _problem(refusal)
    told = SpooledOut(id=report_id, is_new=is_new, received_at=now)
    return JsonResponse(told.model_dump(mode="json"), status=202)


def _problem(refusal: Refused) -> HttpResponse:
    said = Problem(code=refusal.code, title=str(refusal), status=refusal.status, field=refusal.field)
    return JsonResponse(said.model_dump(), status=refusal.status)


def _wrong(place: str, words: str) -> HttpResponse:
    said: dict[str, Any] = Problem(code="bad_input", title=f"{place}: {words}", status=422, field=place).model_dump()
    return JsonResponse(said, status=422)
