"""The form of a duty that is done outside this system."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.web.forms import SeenForm


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
