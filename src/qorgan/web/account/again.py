"""Proof anew: before a grave act a person shows once more that it is she, and loses nothing of what she typed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from qorgan.base import clock

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
_KEPT = "again"  # the key in the session of what was typed; the session is sealed
_KEPT_FOR = timedelta(minutes=30)  # the password may have to be looked for; after that it is another piece of work
_LONGEST = 200_000
_SEE_OTHER = 303


def fresh(request: HttpRequest) -> bool:
    """Whether the person of the request has proved who she is, at a sign-in or since, within the time that is set."""
    since = clock.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record["at"] > since for record in get_authentication_records(request, request.user))


def freshly(view: Callable[Concatenate[R, P], HttpResponse]) -> Callable[Concatenate[R, P], HttpResponse]:
    """The view runs only for someone whose last proof is fresh; others are asked for one, and come back to the page.

    What a form was sent with is kept meanwhile: the page is then asked for by GET, and `acts.sent` gives the form what
    was typed, so that it stands there again and waits for its button. A file that was chosen is chosen once more. The
    view stands under `staff_page`, or under Django's `login_required`.
    """

    @wraps(view)
    def page(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not fresh(request):
            return ask(request)
        kept = _taken(request) if request.method in ("GET", "HEAD") else None
        if kept is not None:
            request.kept = kept  # type: ignore[attr-defined]  # for `acts.sent`
            messages.info(request, _("It is you. Nothing was done yet: what you typed is below, send it once more."))
        return view(request, *args, **kwargs)

    return page


def ask(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks for a proof, and from there back to this one."""
    if request.method == "POST":
        _keep(request)
    methods: list[dict[str, Any]] = get_adapter().get_reauthentication_methods(request.user)
    asks = methods[0]["url"] if methods else reverse("account_reauthenticate")
    to = f"{asks}?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(to)
    return HttpResponse(status=_SEE_OTHER, headers={"Location": to})


def _keep(request: HttpRequest) -> None:
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    text = sent.urlencode()
    if len(text) <= _LONGEST:  # more than any form of ours holds: what is longer was not typed
        request.session[_KEPT] = {"path": request.path, "sent": text, "at": clock.now().isoformat()}


def _taken(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page a moment before the proof; once."""
    held: dict[str, str] | None = request.session.get(_KEPT)
    if held is None or held["path"] != request.path:
        return None
    del request.session[_KEPT]
    is_late = clock.now() - datetime.fromisoformat(held["at"]) > _KEPT_FOR
    return None if is_late else QueryDict(held["sent"])
