"""The form of a search by an exact number. It reads what was typed and writes nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgan.base.keys import blind


class FindForm(forms.Form):
    """An exact number: an IIN or a telephone, in any way of writing it."""

    number = forms.CharField(
        label=_("IIN or telephone"),
        help_text=_("whole; both are compared exactly"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "tel"}),
    )

    def clean_number(self) -> tuple[str, bytes]:
        """Which number it is, and its keyed digest. Raises ValidationError for what is neither."""
        typed = str(self.cleaned_data["number"])
        for kind, index in (("iin", blind.iin(typed)), ("phone", blind.phone(typed))):
            if index is not None:
                return kind, index
        raise forms.ValidationError(_("This is neither an IIN of 12 digits nor a whole telephone."))
