"""Pages of the pairs that the nightly batch proposes: side by side, for a person to say whether they are one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.people import access, queries
from qorgan.people import actions as people
from qorgan.people.models import Proposal
from qorgan.people.terms import WHY, Sex
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.paging import part
from qorgan.web.people.forms import ReasonForm
from qorgan.web.people.held import hold_same
from qorgan.web.people.views import Found, found_in
from qorgan.web.request import StaffRequest

REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    """A pair as pages show it. `by`: who said that they are not one person."""

    row: Proposal
    one: Found
    other: Found
    why: tuple[str, ...]
    by: str


@require_safe
@staff_page(permission=access.SAME)
def index(request: StaffRequest) -> HttpResponse:
    """Pairs of records in sight that may be of one person; `?said=refused`: of which someone said that they are not."""
    refused = request.GET.get("said") == REFUSED
    listed = part(request, queries.proposals(refused=refused))
    looks.listed(request, thing="proposal", list=REFUSED if refused else "open", rows=len(listed.rows))
    words = {"rows": _rows(request, queries.proposed(listed.rows)), "part": listed, "refused": refused}
    return render(request, "people/pairs.html", words)


def _rows(request: StaffRequest, held: list[queries.Proposed]) -> list[Row]:
    views = {view.id: view for one in held for view in (one.one, one.other)}
    found = {row.id: row for row in found_in(request, views)}
    said = {one.row.refused_by for one in held if one.row.refused_by}
    names = agencies.staff_names(said, language=get_language() or "")
    return [
        Row(
            one.row,
            found[one.one.id],
            found[one.other.id],
            tuple(str(WHY[why]) for why in one.why),
            names.get(one.row.refused_by, "") if one.row.refused_by else "",
        )
        for one in held
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SAME)
def pair(request: StaffRequest, pair_id: UUID) -> HttpResponse:
    """Two records side by side; a POST says that they are of one person. Raises NotFound."""
    held = _seen(pair_id)
    form = ReasonForm(acts.sent(request))
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]

        def act() -> UUID:
            return hold_same(request, held.one.id, held.other.id, why)

        if acts.attempt(request, form, act):
            return acts.done(
                request, _("Held for one person. It can be taken back."), reverse("people:person", args=[held.one.id])
            )
    return _pair_page(request, held, form)


@require_POST
@staff_page(permission=access.SAME)
def refuse(request: StaffRequest, pair_id: UUID) -> HttpResponse:
    """Say that the two are not one person. Raises NotFound."""
    return _step(request, pair_id, people.refuse_proposal, _("Kept: not one person. It can be taken back."))


@require_POST
@staff_page(permission=access.SAME)
def restore(request: StaffRequest, pair_id: UUID) -> HttpResponse:
    """Take back that the two are not one person. Raises NotFound."""
    return _step(request, pair_id, people.restore_proposal, _("Taken back. The two are proposed again."))


def _step(request: StaffRequest, pair_id: UUID, act: Callable[..., None], words: str) -> HttpResponse:
    held, form = _seen(pair_id), ReasonForm({"why": "-"})

    def done() -> bool:
        act(pair_id=pair_id, by=request.actor, now=clock.now())
        return True

    if acts.attempt(request, form, done):
        return acts.done(request, words, reverse("people:pair", args=[pair_id]))
    return _pair_page(request, held, form)


def _seen(pair_id: UUID) -> queries.Proposed:
    held = queries.proposal(pair_id)
    if held is None:
        raise NotFound
    return held


def _pair_page(request: StaffRequest, held: queries.Proposed, form: ReasonForm) -> HttpResponse:
    for view in (held.one, held.other):
        looks.note(request, thing="person", thing_id=view.id)
    (row,) = _rows(request, [held])
    words: dict[str, Any] = {
        "now": clock.now(),
        "pair": row,
        "sides": [(row.one, held.one, Sex(held.one.sex).label), (row.other, held.other, Sex(held.other.sex).label)],
        "is_said": held.other.id in {one.other.id for one in queries.same_as(held.one.id)},
        "form": form,
    }
    return render(request, "people/pair.html", words, status=acts.status_of(form))
