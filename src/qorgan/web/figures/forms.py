"""Forms of the statistics room. They read what was typed and write nothing."""

from datetime import tzinfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.releases.rules import ReasonNeeded
from qorgan.web.moments import MomentField

_LONGEST = 2000


class BuildForm(forms.Form):
    """Which period is to be released, and why again where it was before."""

    period = forms.CharField(
        label=_("Period"),
        help_text=_("2026, 2026-10, 2026-Q3 or 2026-01..2026-10"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "num"}),
    )
    reason = forms.CharField(
        label=_("Reason for the revision"),
        help_text=_("where a release of the period was published before; it stands in the new one for good"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ConfirmForm(forms.Form):
    """Nothing is typed: the person who sends it says yes."""


class ReasonForm(forms.Form):
    """Why a release is sent back or withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=_LONGEST,
        error_messages={"required": ReasonNeeded.text},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DateForm(forms.Form):
    """The day and hour on which a release is to come."""

    period = forms.CharField(
        label=_("Period"),
        help_text=_("2026, 2026-10, 2026-Q3 or 2026-01..2026-10"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "num"}),
    )
    due_at = MomentField(label=_("Day and hour of the release"), help_text=_("as 20.11.2026 14:30"))
    reason = forms.CharField(
        label=_("Why the date is moved"),
        help_text=_("only where one was announced before"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None = None, *, zone: tzinfo) -> None:
        super().__init__(data)
        due_at = self.fields["due_at"]
        assert isinstance(due_at, MomentField)
        due_at.zone = zone
