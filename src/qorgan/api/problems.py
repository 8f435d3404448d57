"""What the API answers where something was refused: one form for all, and nothing written."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from qorgan.api.limits import TooManyCalls
from qorgan.api.schemas import Problem
from qorgan.base import clock, journal
from qorgan.base.db.away import is_away
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor


def written_down(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Write each refusal of the API into the journal: here, after the transaction that it undid."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        problem: Problem | None = getattr(request, "refused", None)
        if problem is not None:
            by, channel_id = getattr(request, "auth", None) or (Actor(name=""), "")
            detail = {"code": problem.code, "status": problem.status, "method": request.method or ""}
            with transaction.atomic():
                journal.write(
                    kind="api.request.refused",
                    by=by,
                    now=clock.now(),
                    thing="channel",
                    thing_id=channel_id,
                    detail=detail,
                )
        return response

    return middleware


def _answer(
    api: NinjaAPI, request: HttpRequest, *, code: str, title: str, status: int, field: str | None = None
) -> Any:
    # An answer made inside the view's transaction would commit it, and with it what the request wrote before.
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    problem = Problem(code=code, title=title, status=status, field=field)
    request.refused = problem  # type: ignore[attr-defined]  # for `written_down`, when all this is undone
    return api.create_response(request, problem.dict(), status=status)


def install(api: NinjaAPI) -> None:
    """Let every refusal of the API be a Problem that undoes what the request wrote."""

    answer = partial(_answer, api)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, refusal: Refused) -> Any:
        if is_away(refusal):  # the key store: for `spooled`, when all this is undone
            raise refusal
        return answer(request, code=refusal.code, title=str(refusal), status=refusal.status, field=refusal.field)

    @api.exception_handler(TooManyCalls)
    def slowed(request: HttpRequest, refusal: TooManyCalls) -> Any:
        response = refused(request, refusal)
        response.headers["Retry-After"] = str(refusal.details["seconds"])
        if not refusal.details["is_first"]:  # a machine that repeats itself fills no journal
            request.refused = None  # type: ignore[attr-defined]  # as in `_answer`
        return response

    @api.exception_handler(ValidationError)
    def misunderstood(request: HttpRequest, failure: ValidationError) -> Any:
        first = failure.errors[0]
        place = ".".join(str(part) for part in first["loc"] if part not in ("body", "sent", "header"))
        return answer(request, code="bad_input", title=f"{place}: {first['msg']}", status=422, field=place)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, failure: AuthenticationError) -> Any:
        title = _("The token is missing, or opens nothing here.")
        response = answer(request, code="unauthorized", title=title, status=401)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, failure: RequestDataTooBig) -> Any:
        return answer(request, code="too_large", title=_("The request is too large."), status=413)

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, failure: HttpError) -> Any:
        title = _("The request could not be read.") if failure.status_code == 400 else failure.message
        return answer(request, code="bad_request", title=title, status=failure.status_code)
