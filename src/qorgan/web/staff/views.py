"""People of staff: the list, one person, a new one, another mandate."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import access, actions, queries
from qorgan.agencies.models import Agency, Staff
from qorgan.agencies.terms import InvitationGround
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.account.again import freshly
from qorgan.web.request import StaffRequest
from qorgan.web.staff import once, rows, waiting
from qorgan.web.staff.forms import MandateForm, PersonForm

SIZE = 50
_LONGEST = 80


@require_safe
@staff_page(permission=access.KEEP)
def index(request: StaffRequest) -> HttpResponse:
    """Who works here, by login; a search by login or name."""
    now = clock.now()
    words, after = request.GET.get("words", "").strip()[:_LONGEST], request.GET.get("after", "")[:_LONGEST]
    found = list(queries.staff_in_reach(by=request.actor, words=words).filter(login__gt=after)[: SIZE + 1])
    shown = found[:SIZE]
    mandates: dict[UUID, list[rows.MandateRow]] = {}
    for one in queries.all_mandates([staff.id for staff in shown]):
        row = rows.mandate(one, now=now)
        if row.is_open:
            mandates.setdefault(one.staff_id, []).append(row)
    looks.listed(request, thing="staff", rows=len(shown), searched=bool(words))
    kept = {"words": words} if words else {}
    filled = {
        "rows": [rows.person(staff, mandates.get(staff.id, [])) for staff in shown],
        "waiting": [one.staff for one in queries.waiting_anew(by=request.actor, now=now)],
        "spooled": waiting.sentences(),
        "words": words,
        "first": f"?{urlencode(kept)}" if after else "",
        "next": f"?{urlencode(kept | {'after': shown[-1].login})}" if len(found) > SIZE else "",
    }
    return render(request, "staff/index.html", filled)


def sought(request: StaffRequest, login: str) -> Staff:
    """The person of a login within the administrator's reach. Raises NotFound."""
    found = queries.staff_in_reach(by=request.actor).filter(login=login).first()
    if found is None:
        raise NotFound
    return found


@require_safe
@staff_page(permission=access.KEEP)
def person(request: StaffRequest, login: str) -> HttpResponse:
    """One person: what she may do, how she comes in, and what an administrator may change of it."""
    staff, now = sought(request, login), clock.now()
    looks.note(request, thing="staff", thing_id=staff.id)
    mandates = [rows.mandate(one, now=now) for one in queries.all_mandates([staff.id])]
    invitation = queries.invitation_of(staff, now=now)
    waits = invitation is not None and invitation.ground == InvitationGround.LOST and invitation.confirmed_at is None
    asked_by = queries.staff_names([invitation.made_by], language=get_language() or "") if invitation else {}
    filled = {
        "row": rows.person(staff, mandates),
        "staff": staff,
        "invitation": invitation,
        "waits": waits,
        "asked_by": next(iter(asked_by.values()), ""),
        "may_confirm": waits and invitation is not None and invitation.made_by != request.actor.staff_id,
        "is_own": staff.id == request.actor.staff_id,
        "once": once.taken(request, whose=staff.login),
    }
    return render(request, "staff/person.html", filled)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.KEEP)
@freshly
def new(request: StaffRequest) -> HttpResponse:
    """Enter a person with a first mandate; her one-time code is shown on her page, once."""
    form = PersonForm(acts.sent(request), agencies=_agencies(request), territories=request.actor.territories)
    if request.method == "POST" and form.is_valid():
        now, by = clock.now(), request.actor

        def act() -> Staff:
            made = actions.add_person(**form.person(), by=by, now=now)
            actions.give_mandate(staff_id=made.id, **form.given(now=now), by=by, now=now)
            invitation, code = actions.invite(staff_id=made.id, by=by, now=now)
            once.keep(request, secret=code, whose=made.login, until=invitation.expires_at)
            return made

        made = acts.attempt(request, form, act)
        if made is not None:
            return acts.done(request, _("The person is entered."), reverse("staff:person", args=[made.login]))
    return render(request, "staff/new.html", {"form": form}, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.KEEP)
@freshly
def mandate(request: StaffRequest, login: str) -> HttpResponse:
    """Give a person one more mandate."""
    staff = sought(request, login)
    form = MandateForm(acts.sent(request), agencies=_agencies(request), territories=request.actor.territories)
    if request.method == "POST" and form.is_valid():
        now = clock.now()

        def act() -> object:
            return actions.give_mandate(staff_id=staff.id, **form.given(now=now), by=request.actor, now=now)

        if acts.attempt(request, form, act) is not None:
            return acts.done(request, _("The mandate is given."), reverse("staff:person", args=[login]))
    filled = {"form": form, "row": rows.person(staff, [])}
    return render(request, "staff/mandate.html", filled, status=acts.status_of(form))


def _agencies(request: StaffRequest) -> list[Agency]:
    return list(queries.agencies_in(request.actor.territories))
