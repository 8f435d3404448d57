"""Forms of the law in life. They read what was typed and write nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgan.law import rules
from qorgan.law.rules import MOST_TENGE, Report
from qorgan.web.forms import SeenForm

DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]
_NO_DAY = _("Write the day in digits, as 01.06.2026.")
_NO_SUM = rules.SpentLessThanNothing.text
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def _day(label: Any, help_text: Any = "01.06.2026") -> forms.DateField:
    told = {"required": _NO_DAY, "invalid": _NO_DAY}
    box = forms.DateInput(format="%d.%m.%Y", attrs={**_PLAIN, "class": "num"})
    return forms.DateField(label=label, input_formats=DAYS, help_text=help_text, error_messages=told, widget=box)


class TengeField(forms.IntegerField):
    """A sum in whole tenge; its digits may stand in groups, as people write them."""

    def to_python(self, value: Any) -> int | None:
        """The sum; None where nothing was typed."""
        found: int | None = super().to_python("".join(str(value or "").split()))
        return found


class ReportForm(forms.Form):
    """What a document reports on a requirement: who, when, of which days, what was done and spent."""

    reported_by = forms.CharField(
        label=_("Who reported"),
        help_text=_("the body, not the official"),
        max_length=200,
        error_messages={"required": rules.ReporterIsMissing.text},
    )
    reported_on = _day(_("Day of the report"))
    first_day = _day(_("Of the days from"))
    last_day = _day(_("to, the last day included"))
    done = forms.CharField(
        label=_("What was done"),
        help_text=_("in the words of the report; no names of those it happened to"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": rules.NothingIsReported.text},
    )
    spent = TengeField(
        label=_("Money spent, tenge"),
        help_text=_("empty, where the report does not say"),
        required=False,
        min_value=0,
        max_value=MOST_TENGE - 1,
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "numeric", "class": "num"}),
        error_messages={"invalid": _NO_SUM, "min_value": _NO_SUM, "max_value": _NO_SUM},
    )
    is_part = forms.BooleanField(label=_("Only of some places or some cases"), required=False)
    document = forms.CharField(
        label=_("Document"),
        help_text=_("in which you read it: what it is, its number, its date"),
        max_length=300,
        error_messages={"required": rules.ReportNamesNoDocument.text},
        widget=forms.TextInput(attrs=_PLAIN),
    )
    address = forms.CharField(
        label=_("Where it stands"),
        help_text=_("an address or an issue; nothing is fetched from it"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )

    def report(self) -> Report:
        """What was typed. The form must be valid."""
        return Report(**self.cleaned_data)


class WithdrawForm(SeenForm):
    """Why an entered report is taken back."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": rules.WhyWithdrawnIsMissing.text},
    )
