"""Who may open a page at all: signed in, in one mandate, with the permission the page needs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from qorgan.agencies.terms import ROLES
from qorgan.base.errors import NotAllowed, NotFound, Refused
from qorgan.web import refusals
from qorgan.web.request import StaffRequest

P = ParamSpec("P")
Page = Callable[Concatenate[StaffRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def staff_page(*, permission: str = "") -> Callable[[Page[P]], View[P]]:
    """The view runs only for a person signed in, acting in a mandate, whose role holds `permission`.

    Others are led to sign-in, to make the second factor that is demanded of them, to the choice of a mandate, to a page
    that says there is none; or refused.
    """

    def decorate(view: Page[P]) -> View[P]:
        @wraps(view)
        def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            elsewhere = _elsewhere(request)
            if elsewhere is not None:
                return elsewhere
            staff_request = cast(StaffRequest, request)
            if permission and not staff_request.actor.can(permission):
                raise _refusal(staff_request, permission)
            return view(staff_request, *args, **kwargs)

        return page

    return decorate


def _refusal(request: StaffRequest, permission: str) -> Refused:
    """What the role allows only in an entrusted file is not there outside it, or where it was not granted."""
    role = ROLES.get(request.actor.role)
    return NotFound() if role and permission in role.inside else NotAllowed()


def _elsewhere(request: HttpRequest) -> HttpResponse | None:
    """Where a request goes that has no person or no mandate yet; None when it may go on."""
    here = request.get_full_path()
    if (gone := getattr(request, "gone", None)) is not None:  # it may be back by now, and still nobody knows who asks
        raise gone
    if not request.user.is_authenticated:
        return _led(request, redirect_to_login(here))
    if getattr(request, "actor", None) is not None:
        return None
    if getattr(request, "bare", False):
        return _led(request, HttpResponse(status=302, headers={"Location": reverse("account_protect")}))
    if getattr(request, "mandates", ()):
        choice = HttpResponse(status=302, headers={"Location": f"{reverse('mandate')}?{urlencode({'next': here})}"})
        return _led(request, choice)
    return refusals.no_mandate(request)


def _led(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A redirect that takes the whole window also when only a piece of the page was asked for."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(response.headers["Location"])
    return response
