"""The register of statements: what was said in public, how it was read, what was found, and what changed since."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.base import clock
from qorgan.claims import access, actions, checked, queries
from qorgan.claims.models import Statement
from qorgan.claims.terms import SAID
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.claims import kept, pages
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest
from qorgan.web.statements.forms import CorrectForm, PublishForm, ReadForm, StatementForm, WithdrawForm


@require_safe
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """Statements in the register, the newest first, each with what must be known first of it."""
    page = part(request, queries.statements())
    last = queries.last_checks(page.rows)
    rows = [(each, kept.gravest(last[each.pk])) for each in page.rows]
    looks.listed(request, thing="statement", rows=len(rows))
    words = {"rows": rows, "page": page, "may_bring": request.actor.can(access.BRING), "counted": kept.counted()}
    return render(request, "statements/index.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.BRING)
def new(request: StaffRequest) -> HttpResponse:
    """Bring a statement: its words, and where, when and by whom they were said."""
    form = StatementForm(acts.sent(request), initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():

        def act() -> Statement:
            return actions.bring(said=form.said(), by=request.actor, now=clock.now())

        made = acts.attempt(request, form, act)
        if made is not None:
            return acts.done(request, _("The statement is in the register."), _page(made))
    return render(request, "statements/new.html", {"form": form}, status=acts.status_of(form))


@require_safe
@staff_page(permission=access.SEE)
def statement(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """A statement with its last check or an earlier one, and all that was done with it."""
    held = queries.statement(statement_id)
    looks.note(request, thing="statement", thing_id=held.pk)
    stands = held.withdrawn_at is None
    actor = request.actor
    words = {
        "shown": kept.shown(held, number=request.GET.get("check", "")),
        "may_read": stands and actor.can(access.BRING),
        "may_publish": stands
        and held.published_at is None
        and actor.can(access.PUBLISH)
        and held.staff_id != actor.staff_id,
        "may_withdraw": stands and actor.can(access.WITHDRAW),
        "is_staff": True,
    }
    return render(request, "statements/statement.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.BRING)
def read(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Choose how a statement is to be read, or mend its reading."""
    held = queries.statement(statement_id)
    form = ReadForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> object:
            return actions.read(
                statement=held,
                reading=form.cleaned_data["reading"],
                chosen=form.chosen,
                by=request.actor,
                now=clock.now(),
                seen=form.version,
            )

        if acts.attempt(request, form, act) is not None:
            return acts.done(request, _("The statement is read so from now on."), _page(held))
    return render(request, "statements/read.html", _reading(held, form), status=acts.status_of(form))


def _reading(held: Statement, form: ReadForm) -> dict[str, Any]:
    """The choices that the text leaves open, and its reading as it may be mended."""
    last = queries.last_check(held)
    reading, chosen = (last.reading, dict(last.chosen)) if last else ("", {})
    found = checked.check(held.text, language=held.language, reading=reading, chosen=chosen)
    shown = pages.shown(found.text, found.judged)
    typed = form.data.get("reading", "") if form.is_bound else ""
    return {"form": form, "statement": held, "shown": shown, "reading": typed or reading, "automatic": found.reading}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.BRING)
def correct(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Correct what was typed of a statement; what stood there stays on record."""
    held = queries.statement(statement_id)
    form = CorrectForm(acts.sent(request), seen=held.version, initial={name: getattr(held, name) for name in SAID})
    if request.method == "POST" and form.is_valid():

        def act() -> Statement:
            return actions.correct(
                statement=held,
                said=form.said(),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                now=clock.now(),
                seen=form.version,
            )

        def theirs() -> dict[str, object]:
            now = queries.statement(statement_id)
            return {name: getattr(now, name) or "" for name in SAID}

        if acts.attempt(request, form, act, theirs=theirs) is not None:
            return acts.done(request, _("The statement is corrected."), _page(held))
    words = {"form": form, "statement": held}
    return render(request, "statements/new.html", words, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.PUBLISH)
def publish(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Let everyone read a statement that someone else has brought."""
    held = queries.statement(statement_id)
    form = PublishForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Statement:
            return actions.publish(statement=held, by=request.actor, now=clock.now(), seen=form.version)

        if acts.attempt(request, form, act) is not None:
            return acts.done(request, _("The statement is published."), _page(held))
    return _asked(request, held, form, publishes=True)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.WITHDRAW)
def withdraw(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Take a statement out of the register; the reason stays in its place."""
    held = queries.statement(statement_id)
    form = WithdrawForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Statement:
            why = form.cleaned_data["reason"]
            return actions.withdraw(statement=held, reason=why, by=request.actor, now=clock.now(), seen=form.version)

        if acts.attempt(request, form, act) is not None:
            return acts.done(request, _("The statement is withdrawn."), _page(held))
    return _asked(request, held, form, publishes=False)


def _asked(request: StaffRequest, held: Statement, form: forms.BaseForm, *, publishes: bool) -> HttpResponse:
    words = {"form": form, "statement": held, "publishes": publishes}
    return render(request, "statements/step.html", words, status=acts.status_of(form))


def _page(held: Statement) -> str:
    return reverse("statements:statement", args=[held.pk])
