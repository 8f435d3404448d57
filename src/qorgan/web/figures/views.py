"""The statistics room: who draws up, who checks, what is published, sent back, withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.base import clock, country
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.releases import access, actions, queries
from qorgan.releases.models import BuildRequest, Release, ReleaseDate
from qorgan.releases.queries import Life
from qorgan.releases.terms import AFTER, SECOND_PERSON, TRANSITIONS, Stage, State
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.figures.forms import BuildForm, ConfirmForm, DateForm, ReasonForm
from qorgan.web.public import pages
from qorgan.web.public import views as public
from qorgan.web.request import StaffRequest

_RECENT = 30
_ASKED = 8


@dataclass(frozen=True)
class Step:
    """A step that the room offers: its address, its words, what it asks for, and what is said when it is done."""

    slug: str
    stage: Stage
    permission: str
    button: str | Promise
    question: str | Promise
    warning: str | Promise
    done: str | Promise
    act: Callable[..., Release]
    has_reason: bool = False


STEPS = {
    step.slug: step
    for step in (
        Step(
            "check",
            Stage.CHECKED,
            access.CHECK,
            _("It is right"),
            _("Is release %(number)s right?"),
            _("You say that you have read figures, tables and texts in every language, and found them right."),
            _("Release %(number)s is checked. It can be published."),
            actions.check,
        ),
        Step(
            "send-back",
            Stage.SENT_BACK,
            access.CHECK,
            _("Send back"),
            _("Send release %(number)s back?"),
            _("It ends here and will never be published. A new one is drawn up."),
            _("Release %(number)s is sent back."),
            actions.send_back,
            has_reason=True,
        ),
        Step(
            "publish",
            Stage.PUBLISHED,
            access.PUBLISH,
            _("Publish"),
            _("Publish release %(number)s?"),
            _("From this moment everyone can read it, and it is never changed: a correction is a new release."),
            _("Release %(number)s is published."),
            actions.publish,
        ),
        Step(
            "withdraw",
            Stage.WITHDRAWN,
            access.WITHDRAW,
            _("Withdraw"),
            _("Withdraw release %(number)s?"),
            _("Its figures go out of sight. Its number, its dates and your reason stay where it stood."),
            _("Release %(number)s is withdrawn."),
            actions.withdraw,
            has_reason=True,
        ),
    )
}


def _zone() -> ZoneInfo:
    return ZoneInfo(country.toml("country.toml")["zone"])


@require_safe
@staff_page()
def index(request: StaffRequest) -> HttpResponse:
    """The room, for those whose work it is; for others the figures as everyone reads them."""
    if not public.sees_drafts(request):
        return public.index(request)
    lives = queries.lives(queries.history(drafts=True)[:_RECENT])
    asked = list(queries.requests()[:_ASKED])
    words = {
        "waiting": [_row(request, life) for life in lives if life.state in (State.DRAFT, State.CHECKED)],
        "others": [life for life in lives if life.state not in (State.DRAFT, State.CHECKED)],
        "open": [one for one in asked if not hasattr(one, "answer")],
        "refused": [one for one in asked if hasattr(one, "answer") and one.answer.refusal],
        "dates": queries.calendar(),
        "may_build": request.actor.can(access.BUILD),
        "may_announce": request.actor.can(access.ANNOUNCE),
        "zone": _zone(),
    }
    return render(request, "figures/index.html", words)


def _row(request: StaffRequest, life: Life) -> dict[str, Any]:
    return {"life": life, "steps": _open_steps(request, life)}


def _open_steps(request: StaffRequest, life: Life) -> list[Step]:
    """What this person may do with the release as it stands."""
    built = life.step(Stage.BUILT)
    own = built is not None and built.staff_id == request.actor.staff_id
    return [
        step
        for step in STEPS.values()
        if not life.release.is_shipped
        and AFTER[step.stage] in TRANSITIONS[life.state]
        and request.actor.can(step.permission)
        and not (own and step.stage in SECOND_PERSON)
    ]


@require_safe
@staff_page()
def release(request: StaffRequest, number: str) -> HttpResponse:
    """A release with the steps that this person may take."""
    life = public.found(request, number)
    if not public.sees_drafts(request) or life.release.is_shipped:
        return public.release(request, number=number)
    looks.note(request, thing="release", thing_id=life.release.pk, detail={"state": life.state.value})
    former = queries.former(life.release)
    room = {"steps": _open_steps(request, life), "former": former and pages.shown(former.number)}
    return public.whole(request, life, room=room)


@require_safe
@staff_page(permission=access.SEE_DRAFTS)
def compare(request: StaffRequest, number: str) -> HttpResponse:
    """A release beside the one before it."""
    life = public.found(request, number)
    former = queries.former(life.release)
    if former is None:
        raise NotFound
    looks.note(request, thing="release", thing_id=life.release.pk, detail={"state": life.state.value})
    page = pages.page(life.release, language=public.language(), life=life)
    names = {figure.code: figure.words.short for figure in page.figures}
    lines = [(names.get(one.code, one.code), one) for one in queries.differences(life.release, former)]
    words = {"page": page, "former": former, "lines": lines, "same": sum(one.is_same for _name, one in lines)}
    return render(request, "figures/compare.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEE_DRAFTS)
def step(request: StaffRequest, number: str, step: str) -> HttpResponse:
    """One step of the second person, asked once more before it is taken."""
    wanted = STEPS.get(step)
    if wanted is None:
        raise NotFound
    if not request.actor.can(wanted.permission):
        raise NotAllowed
    held = queries.get(number, drafts=True)
    form = (ReasonForm if wanted.has_reason else ConfirmForm)(acts.sent(request))
    if request.method == "POST" and form.is_valid():
        said = {"reason": form.cleaned_data["reason"]} if wanted.has_reason else {}

        def act() -> Release:
            return wanted.act(release=held, by=request.actor, now=clock.now(), **said)

        if acts.attempt(request, form, act) is not None:
            to = reverse("public:release", args=[held.number])
            return acts.done(request, str(wanted.done) % {"number": pages.shown(held.number)}, to)
    return _asked_again(request, wanted, held, form)


def _asked_again(request: StaffRequest, wanted: Step, held: Release, form: forms.Form) -> HttpResponse:
    words = {
        "step": wanted,
        "form": form,
        "release": held,
        "question": str(wanted.question) % {"number": pages.shown(held.number)},
        "page": pages.page(held, language=public.language()),
    }
    return render(request, "figures/step.html", words, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.BUILD)
def build(request: StaffRequest) -> HttpResponse:
    """Ask for the release of a period: another process builds it, which holds the key and the facts."""
    form = BuildForm(acts.sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> BuildRequest:
            return actions.ask(
                period=said["period"],
                reason=said["reason"],
                language=public.language(),
                by=request.actor,
                now=clock.now(),
            )

        made = acts.attempt(request, form, act)
        if made is not None:
            return acts.SeeOther(reverse("public:asked", args=[made.pk]))
    return render(request, "figures/build.html", {"form": form}, status=acts.status_of(form))


@require_safe
@staff_page(permission=access.SEE_DRAFTS)
def asked(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """What became of a request: it waits, is the release, or says why there is none."""
    found = queries.requests().filter(pk=request_id).first()
    if found is None:
        raise NotFound
    answer = getattr(found, "answer", None)
    if answer is not None and answer.release is not None:
        return redirect("public:release", answer.release.number)
    words = {"asked": found, "refusal": answer.refusal if answer else "", "zone": _zone()}
    return render(request, "figures/asked.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ANNOUNCE)
def announce(request: StaffRequest) -> HttpResponse:
    """Announce when a release will come, or move the date and say why."""
    form = DateForm(acts.sent(request), zone=_zone())
    if request.method == "POST" and form.is_valid():

        def act() -> ReleaseDate:
            return actions.announce(**form.cleaned_data, by=request.actor, now=clock.now())

        if acts.attempt(request, form, act) is not None:
            return acts.done(request, _("The date is announced."), reverse("public:index"))
    words = {"form": form, "dates": queries.calendar(), "zone": _zone()}
    return render(request, "figures/announce.html", words, status=acts.status_of(form))
