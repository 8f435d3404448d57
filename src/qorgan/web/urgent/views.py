"""The page of an emergency: a number, a reason, and the file for two hours; or one answer that tells nothing."""

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.agencies import access, rules
from qorgan.agencies.models import Opening
from qorgan.agencies.terms import OpeningReason
from qorgan.base import clock
from qorgan.cases import actions
from qorgan.web import acts
from qorgan.web.access import staff_page
from qorgan.web.account.again import freshly
from qorgan.web.looks import LONGEST_NUMBER
from qorgan.web.request import StaffRequest


class UrgentForm(forms.Form):
    """Which record, why it cannot wait, in a code and in words."""

    number = forms.CharField(
        label=_("Number of the record"),
        help_text=_("of the report, the book of information records, or the case"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(
        label=_("Why it cannot wait"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in OpeningReason],
    )
    why = forms.CharField(
        label=_("In words"),
        help_text=_("what is happening, who asks; the office that leads the record and a reviewer read this"),
        max_length=rules.LONGEST_REASON,
        error_messages={"required": rules.NoReason.text},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.OPEN_ALONE)
@freshly
def index(request: StaffRequest) -> HttpResponse:
    """Open a record of another place at once, to be reviewed; of a sealed one another person is asked."""
    now, asked = clock.now(), False
    form = UrgentForm(acts.sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> tuple[Opening | None]:
            reason = OpeningReason(said["reason"])
            found = actions.open_by_number(
                number=said["number"], reason=reason, why=said["why"], by=request.actor, now=now
            )
            return (found,)

        done = acts.attempt(request, form, act)
        if done is not None and done[0] is not None:
            told = _("The record is open to you for a short time and stands first in this list. It will be reviewed.")
            return acts.done(request, told, "entrusted:index")
        asked = done is not None
    words = {"form": form, "asked": asked}
    return render(request, "urgent/index.html", words, status=acts.status_of(form))
