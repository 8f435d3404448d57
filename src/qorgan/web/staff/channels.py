"""Channels: machines that hand reports in, and their keys."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import access, actions, queries, rules
from qorgan.agencies.models import CALLS_A_MINUTE, Channel
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.web import acts, looks, paging
from qorgan.web.access import staff_page
from qorgan.web.account.again import freshly
from qorgan.web.request import StaffRequest
from qorgan.web.staff import once, rows
from qorgan.web.staff.forms import ChannelForm, SigningForm

_HANDS_IN = "reports.report.accept"
_WHOSE = "channel"
_STEPS: dict[str, tuple[type[forms.Form], str | Promise]] = {
    "rotate": (forms.Form, _("The channel has another key.")),
    "sign": (SigningForm, _("The key is kept.")),
    "close": (forms.Form, _("The channel is closed.")),
}


@require_safe
@staff_page(permission=access.KEEP)
def index(request: StaffRequest) -> HttpResponse:
    """The channels within reach, the newest first; a key that was just made stands over them, once."""
    now = clock.now()
    part = paging.part(request, queries.channels(by=request.actor))
    looks.listed(request, thing="channel", rows=len(part.rows))
    shown = once.taken(request, whose=_WHOSE)
    filled = {"rows": [rows.channel(one, now=now) for one in part.rows], "part": part, "once": shown}
    return render(request, "staff/channels.html", filled)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.KEEP)
@freshly
def new(request: StaffRequest) -> HttpResponse:
    """Open a channel in the mandate of a person whose role may take reports in."""
    form = ChannelForm(acts.sent(request))
    if request.method == "POST" and form.is_valid():
        now, said = clock.now(), form.cleaned_data
        staff = queries.staff_in_reach(by=request.actor).filter(login=said["login"].strip().lower()).first()
        held = queries.mandates_of(staff, now=now) if staff else ()
        mandate = next((one for one in held if queries.actor_of(one).can(_HANDS_IN)), None)
        if mandate is None:
            form.add_error("login", _("Nobody with this login has a mandate now that may take reports in."))
        else:
            made = acts.attempt(
                request,
                form,
                lambda: actions.open_channel(
                    mandate=mandate, label=said["label"], most=said["most"] or CALLS_A_MINUTE, by=request.actor, now=now
                ),
            )
            if made is not None:
                return _shown(request, made[1], now=now, words=str(_("The channel is open.")))
    return render(request, "staff/channel.html", {"form": form}, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.KEEP)
@freshly
def step(request: StaffRequest, channel_id: UUID, what: str) -> HttpResponse:
    """Give a channel another key (`rotate`), take the key it signs with (`sign`), or close it (`close`)."""
    held = queries.channels(by=request.actor).filter(pk=channel_id).first()
    if held is None or what not in _STEPS:
        raise NotFound
    now, form = clock.now(), _STEPS[what][0](acts.sent(request))
    if request.method == "POST" and form.is_valid():
        made = acts.attempt(request, form, lambda: _done(held, what, form, by=request.actor, now=now))
        if made is not None and what == "rotate":
            return _shown(request, made, now=now, words=str(_STEPS[what][1]))
        if made is not None:
            return acts.done(request, str(_STEPS[what][1]), reverse("staff:channels"))
    filled = {"form": form, "what": what, "row": rows.channel(held, now=now), "overlap": rules.KEYS_OVERLAP.days}
    return render(request, "staff/channel_step.html", filled, status=acts.status_of(form))


def _done(channel: Channel, what: str, form: forms.Form, *, by: Actor, now: datetime) -> str:
    """The new key; empty where none was made."""
    if what == "close":
        actions.close_channel(channel_id=channel.id, by=by, now=now)
        return ""
    if what == "sign":
        actions.keep_signing_key(channel_id=channel.id, pem=form.cleaned_data["pem"], by=by, now=now)
        return ""
    _channel, token = actions.rotate_channel(channel_id=channel.id, by=by, now=now)
    return token


def _shown(request: StaffRequest, token: str, *, now: datetime, words: str) -> HttpResponse:
    once.keep(request, secret=token, whose=_WHOSE, until=now + rules.KEY_LIVES)
    return acts.done(request, words, reverse("staff:channels"))
