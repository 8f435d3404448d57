"""The form of a duty that is done outside this system, and of what an office says to a late one."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.duties.rules import LONGEST_REASON
from qorgan.duties.terms import Answer
from qorgan.web.forms import SeenForm, ToldField


class DoneForm(SeenForm):
    """That it is done; a late one says why."""

    late_why = forms.CharField(
        label=_("Why it is late"),
        help_text=_("kept with the duty; no names"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict | None = None, *, is_late: bool, seen: int | None = None) -> None:
        super().__init__(data, seen=seen)
        if not is_late:
            del self.fields["late_why"]


class AnswerForm(SeenForm):
    """What the office above says to a late duty; noted alone needs no words."""

    answer = forms.ChoiceField(
        label=_("Your answer"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Answer]
    )
    reason = ToldField(
        longest=LONGEST_REASON,
        label=_("In words"),
        help_text=_("to whom it went, or why it is late; it stays in the history"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
