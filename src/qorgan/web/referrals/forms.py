"""The answer to a referral, as a form. It reads what was chosen and writes nothing."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.cases.terms import Decline
from qorgan.web.forms import SeenForm


class AnswerForm(SeenForm):
    """That it is accepted, confirmed or taken back."""


class DeclineForm(SeenForm):
    """Why it is declined."""

    why = forms.ChoiceField(
        label=_("Why not"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Decline]
    )

    def __init__(self, data: QueryDict | None = None, *, seen: int | None = None) -> None:
        super().__init__(data, seen=seen)
