"""Forms of destroying. They read what was typed and write nothing."""

from collections.abc import Iterable
from datetime import tzinfo

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.shredding import rules
from qorgan.shredding.terms import Ground
from qorgan.web.forms import SeenForm
from qorgan.web.moments import MomentField


class AskForm(forms.Form):
    """What is to be destroyed, on what ground, and why."""

    what = forms.ChoiceField(label=_("What is destroyed"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=_("Ground"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Ground]
    )
    paper = forms.CharField(
        label=_("Paper"),
        help_text=_("the decision of the court or her application, with number and date"),
        max_length=200,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("for the person who confirms; it is destroyed with the record"),
        max_length=2000,
        error_messages={"required": rules.ReasonMissing.text},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: QueryDict | None = None, *, records: Iterable[tuple[str, str | Promise]]) -> None:
        super().__init__(data)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)  # declared above
        what.choices = list(records)


class ConfirmForm(SeenForm):
    """That it may be destroyed for good."""

    sure = forms.BooleanField(label=_("I have judged the ground. Nobody will ever read it again."))


class DeclineForm(SeenForm):
    """That it is kept."""


class HoldForm(forms.Form):
    """Why nothing of a case may be destroyed, and until when."""

    reason = forms.CharField(
        label=_("Why it must not be destroyed"),
        help_text=_("who needs it and for what: a court, a complaint, an inquiry; with the number of the paper"),
        max_length=2000,
        error_messages={"required": rules.HoldWithoutReason.text},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    until = MomentField(
        label=_("Until when"), help_text=_("left empty: until your office allows it again"), required=False
    )

    def __init__(self, data: QueryDict | None = None, *, zone: tzinfo) -> None:
        super().__init__(data)
        until = self.fields["until"]
        assert isinstance(until, MomentField)  # declared above
        until.zone = zone


class LiftForm(SeenForm):
    """Why it may be destroyed from now on."""

    why = forms.CharField(
        label=_("Why it may be destroyed from now on"),
        max_length=2000,
        error_messages={"required": rules.LiftWithoutReason.text},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
