"""My account: what I come in by, and where I am in."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Session, Staff
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.web import acts
from qorgan.web.account import comings, happened, policy
from qorgan.web.account.again import freshly
from qorgan.web.account.sessions import SessionStore, kept
from qorgan.web.request import StaffRequest


@dataclass(frozen=True)
class Open:
    """One session as its owner knows it again. `since` is empty where it was begun before there was such a list."""

    handle: UUID
    machine: str
    since: datetime | None
    seen_at: datetime | None
    is_this: bool


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Factors, recovery codes, password, sessions."""
    staff, now = cast(Staff, request.user), clock.now()
    held = list(Authenticator.objects.filter(user=staff).order_by("created_at", "id"))
    here = kept(request.session.session_key)
    found = {
        "keys": [one.wrap() for one in held if one.type == Authenticator.Type.WEBAUTHN],
        "app": next((one for one in held if one.type == Authenticator.Type.TOTP), None),
        "left": comings.codes_left(staff),
        "few": comings.FEW_CODES,
        "sessions": [_open(one, here) for one in queries.sessions_of(staff, now=now)],
        "lately": happened.lately(staff),
        "is_bare": policy.is_bare(staff, queries.mandates_of(staff, now=now)),
    }
    return render(request, "account/mine.html", found)


def _open(session: Session, here: str) -> Open:
    told = SessionStore().decode(session.session_data).get(comings.MACHINE, {})
    since = datetime.fromisoformat(told["since"]) if "since" in told else None
    return Open(session.handle, told.get("words", ""), since, session.seen_at, session.session_key == here)


@require_safe
@login_required
def protect(request: HttpRequest) -> HttpResponse:
    """What someone sees of whom a second factor is demanded, until she has one."""
    staff = cast(Staff, request.user)
    if not policy.is_bare(staff, queries.mandates_of(staff, now=clock.now())):
        return HttpResponseRedirect("/")
    return render(request, "account/protect.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@freshly
def end_session(request: HttpRequest, handle: UUID) -> HttpResponse:
    """End one session of one's own; the browser in it is out from its next request on."""
    staff = cast(Staff, request.user)
    found = next((one for one in queries.sessions_of(staff, now=clock.now()) if one.handle == handle), None)
    if found is None:
        raise NotFound
    if request.method == "POST":
        actions.end_session(handle=handle, by=comings.herself(request), now=clock.now())
        return acts.done(cast(StaffRequest, request), _("The session is ended."), reverse("mfa_index"))
    return render(request, "account/end.html", {"one": _open(found, kept(request.session.session_key))})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@freshly
def end_others(request: HttpRequest) -> HttpResponse:
    """End all sessions of one's own but this one."""
    if request.method == "POST":
        here = kept(request.session.session_key)
        actions.end_other_sessions(keep=here, by=comings.herself(request), now=clock.now())
        return acts.done(cast(StaffRequest, request), _("All other sessions are ended."), reverse("mfa_index"))
    return render(request, "account/end.html", {"one": None})
