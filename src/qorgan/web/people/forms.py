"""Forms of searches, and of holding two persons for one. They read what was typed and write nothing."""

import re
from collections.abc import Iterable
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.base.keys import blind
from qorgan.people import rules
from qorgan.people.engine.tokens import Born

_WHOLE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")


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


class NameForm(forms.Form):
    """A name as it was heard, and what is known of the birth."""

    name = forms.CharField(
        label=_("A person's name"),
        help_text=_("as heard, in any alphabet and order; a short form or initials will do"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    born = forms.CharField(
        label=_("Born"),
        help_text=_("the date, or the year alone"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_born(self) -> Born | None:
        """The birth as far as it was said. Raises ValidationError for what is no date."""
        typed = str(self.cleaned_data["born"]).strip()
        if not typed:
            return None
        if found := _YEAR.fullmatch(typed):
            return Born(int(found[1]))
        whole, iso = _WHOLE.fullmatch(typed), _ISO.fullmatch(typed)
        parts = whole.groups()[::-1] if whole else iso.groups() if iso else ("0", "0", "0")
        year, month, day = map(int, parts)
        try:
            date(year, month, day)
        except ValueError as failure:
            raise forms.ValidationError(_("Write a date as 31.12.1990, or a year.")) from failure
        return Born(year, month, day)


class ReasonForm(forms.Form):
    """Why: one line that stays."""

    why = forms.CharField(
        label=_("Why"),
        help_text=_("one line; it stays in the history"),
        max_length=rules.LONGEST_REASON,
        error_messages={"required": rules.NoReason.text},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WhyForm(ReasonForm):
    """Which one, and why."""

    which = forms.ChoiceField(label=_("Which"), widget=forms.RadioSelect)
    field_order = ("which", "why")

    def __init__(self, data: QueryDict | None = None, *, choices: Iterable[tuple[str, str]], prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        which = self.fields["which"]
        assert isinstance(which, forms.ChoiceField)
        which.choices = list(choices)
