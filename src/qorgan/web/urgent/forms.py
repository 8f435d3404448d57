"""The form of an emergency. It reads what was typed and writes nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.terms import OpeningReason
from qorgan.web.forms import WhyField
from qorgan.web.looks import LONGEST_NUMBER


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
    why = WhyField(
        label=_("In words"),
        help_text=_("what is happening, who asks; the office that leads the record and a reviewer read this"),
    )
