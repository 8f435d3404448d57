"""My own numbers and those of people near me: files about them stay shut to me, before anyone has to ask."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Declaration
from qorgan.agencies.terms import Relation
from qorgan.base import clock
from qorgan.web import acts, persons
from qorgan.web.access import staff_page
from qorgan.web.kin.forms import KinForm
from qorgan.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page()
def index(request: StaffRequest) -> HttpResponse:
    """What stands declared, masked; one more."""
    form = KinForm(acts.sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> Declaration:
            return actions.declare(
                staff=request.mandate.staff,
                relation=Relation(said["relation"]),
                name=said["name"],
                iin=said["iin"],
                phone=said["phone"],
                by=request.actor,
                now=clock.now(),
            )

        if acts.attempt(request, form, act):
            told = _("Declared. Records of before are compared in the coming night, new ones from now on.")
            return acts.done(request, told, "kin:index")
    held = queries.declared(request.mandate.staff)
    rows = [
        {
            "id": one.id,
            "relation": one.relation.label,
            "name": one.name,
            "iin": persons.masked_iin(one.iin),
            "phone": persons.masked_phone(one.phone),
            "since": one.declared_at,
        }
        for one in held
    ]
    return render(request, "kin/index.html", {"form": form, "rows": rows}, status=acts.status_of(form))


@require_POST
@staff_page()
def end(request: StaffRequest, declaration_id: UUID) -> HttpResponse:
    """Take one back. Raises NotFound for another's."""
    actions.end_declaration(declaration_id=declaration_id, by=request.actor, now=clock.now())
    return acts.done(request, _("Taken back. What it has shut stays shut until it is lifted."), "kin:index")
