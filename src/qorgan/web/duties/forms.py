"""The form of a duty that is done outside this system."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DoneForm(forms.Form):
    """That it is done; a late one says why."""

    late_why = forms.CharField(
        label=_("Why it is late"),
        help_text=_("kept with the duty; no names"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: object, is_late: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        if not is_late:
            del self.fields["late_why"]
