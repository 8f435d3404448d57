"""Duties in a calendar: a file of one page, and an address that a calendar reads by itself until it is withdrawn."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock, journal
from qorgan.base.errors import NotAllowed, NotFound, Refused
from qorgan.base.scope import acting
from qorgan.duties import access, actions, queries
from qorgan.duties.models import Duty, Feed
from qorgan.web import acts
from qorgan.web.access import staff_page
from qorgan.web.duties.calendar import MIME, MOST, calendar
from qorgan.web.duties.views import AHEAD, TITLES, day_of, found_in
from qorgan.web.request import StaffRequest
from qorgan.web.staff import once

A_MINUTE, MOST_A_MINUTE = 60, 10
_SIGNER = "duties.feed"


class ReadTooOften(Refused):
    """A calendar that asks every few seconds."""

    text = _("This calendar is read too often. Ask again in a minute.")
    status = 429


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """One's own calendar: a file to take, and an address that a calendar reads; it is made here and shown once."""
    now, mandate = clock.now(), request.mandate.id
    if request.method == "POST":
        feed, secret = actions.make_feed(language=get_language() or "", by=request.actor, now=now)
        once.keep(request, secret=_address(request, secret), whose=_whose(mandate), until=feed.expires_at)
        return acts.done(request, _("The address is made. It is shown now and never again."), "duties:feed")
    held = queries.feed_of(mandate)
    words = {
        "now": now,
        "held": held,
        "is_over": held is not None and held.expires_at <= now,
        "once": once.taken(request, whose=_whose(mandate)),
    }
    return render(request, "duties/calendar.html", words)


def _whose(mandate_id: UUID) -> str:
    return f"feed:{mandate_id}"


def _address(request: HttpRequest, secret: str) -> str:
    signed = Signer(salt=_SIGNER, sep=".").sign(secret)
    return request.build_absolute_uri(reverse("duties:fed", args=[signed]))


@require_POST
@staff_page(permission=access.SEE)
def withdraw(request: StaffRequest) -> HttpResponse:
    """The address gives nothing any more, from this moment."""
    actions.withdraw_feed(by=request.actor, now=clock.now())
    return acts.done(request, _("The address is withdrawn: it gives nothing any more."), "duties:feed")


@require_safe
@staff_page(permission=access.SEE)
def download(request: StaffRequest) -> HttpResponse:
    """A file for a calendar: all open duties with a term, or those of one page (`?of=`). No names leave with it."""
    now, of = clock.now(), request.GET.get("of", "")
    duties = _of(request, of, now) if of else queries.to_come(now=now, until=now + AHEAD, most=MOST)
    content = calendar(duties, mandate_id=request.mandate.id, now=now)
    detail = {"rows": len(duties), "list": of}
    journal.write(kind="web.calendar.exported", by=request.actor, now=now, thing="duty", detail=detail)
    disposition = {"Content-Disposition": 'attachment; filename="qorgan.ics"'}
    return HttpResponse(content, content_type=MIME, headers=disposition)


def _of(request: StaffRequest, of: str, now: datetime) -> list[Duty]:
    if of not in TITLES:
        raise NotFound
    start, end = day_of(request, now)
    found = found_in(of, now=now, start=start, end=end)
    return list(found.filter(done_at=None).select_related("agency")[:MOST])


@require_safe
def read(request: HttpRequest, address: str) -> HttpResponse:
    """What a calendar reads by its secret address: what lies in the sight of its mandate. To anyone else: not found."""
    feed = _feed(address)
    _count(feed)
    now = clock.now()
    try:
        by = agencies.acting_again(feed.mandate_id, now=now)
    except NotAllowed:
        raise NotFound from None
    if not by.can(access.SEE):
        raise NotFound
    with acting(by), translation.override(feed.language or settings.LANGUAGE_CODE):
        duties = queries.to_come(now=now, until=now + AHEAD, most=MOST)
        content = calendar(duties, mandate_id=feed.mandate_id, now=now)
        actions.note_fed(feed=feed, rows=len(duties), by=by, now=now)
    return HttpResponse(content, content_type=MIME, headers={"Cache-Control": "no-store, private"})


def _feed(address: str) -> Feed:
    """Raises NotFound alike where the signature is not ours, the secret unknown, over or withdrawn."""
    try:
        secret = Signer(salt=_SIGNER, sep=".").unsign(address)
    except BadSignature:
        raise NotFound from None
    held = queries.feed_by_secret(secret, now=clock.now())
    if held is None:
        raise NotFound
    return held


def _count(feed: Feed) -> None:
    """Count one more reading, in memory of this worker. Raises ReadTooOften."""
    name = f"feed:{feed.pk}:{int(clock.now().timestamp()) // A_MINUTE}"
    cache.add(name, 0, timeout=2 * A_MINUTE)
    if cache.incr(name) > MOST_A_MINUTE:
        raise ReadTooOften
