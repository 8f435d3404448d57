"""Forms of the law on record. They read what was typed and write nothing."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.law import rules
from qorgan.law.engine.book import Provision, Rule
from qorgan.law.engine.marks import DURATIONS, LISTS, TEXTS, Unit
from qorgan.law.terms import label
from qorgan.web.forms import SeenForm

DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]
_MOST = 1_000_000_000  # beyond any value of a law
_NO_VALUE = _("Write the value as the document gives it.")
_NO_NUMBER = _("Write the value in digits, as 24.")
_NO_DAY = _("Write the day in digits, as 01.06.2026.")


def _value_field(unit: Unit) -> forms.Field:
    """What a value of a unit is typed into."""
    told = {"required": _NO_VALUE, "invalid": _NO_NUMBER, "min_value": _NO_NUMBER, "max_value": _NO_NUMBER}
    if unit is Unit.YES_NO:
        choices = [("yes", _("yes")), ("no", _("no"))]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, error_messages=told)
    if unit in LISTS:
        area = forms.Textarea(attrs={"rows": 5})
        return forms.CharField(help_text=_("one on each line"), max_length=4000, widget=area, error_messages=told)
    if unit in TEXTS:
        return forms.CharField(max_length=200, error_messages=told)
    box = forms.TextInput(attrs={"inputmode": "numeric", "class": "num"})
    return forms.IntegerField(min_value=0, max_value=_MOST, widget=box, error_messages=told)


class ValueForm(forms.Form):
    """A value of the law, from a document that it names."""

    valid_from = forms.DateField(
        label=_("First day"),
        input_formats=DAYS,
        help_text="01.06.2026",
        error_messages={"required": _NO_DAY, "invalid": _NO_DAY},
    )
    valid_until = forms.DateField(
        label=_("Last day"),
        input_formats=DAYS,
        required=False,
        help_text=_("empty, where it holds until further notice"),
        error_messages={"invalid": _NO_DAY},
    )
    act = forms.ChoiceField(label=_("Legal act"), required=False)
    article = forms.CharField(label=_("Article"), max_length=40, required=False, help_text="60")
    document = forms.CharField(
        label=_("Document"),
        help_text=_("in which you read it: what it is, its number, its date, where it lies"),
        max_length=300,
        error_messages={"required": rules.DocumentIsMissing.text},
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, data: QueryDict | None = None, *, rule: Rule, acts: Iterable[tuple[str, str]], first: date | None = None
    ) -> None:
        super().__init__(data, initial={"valid_from": f"{first:%d.%m.%Y}" if first else "", "unit": rule.unit.value})
        self.rule = rule
        value = _value_field(rule.unit)
        value.label = _("Value")
        fields: dict[str, forms.Field] = {"value": value}
        if rule.unit in DURATIONS:
            units = [(one.value, label(one)) for one in Unit if one in DURATIONS]
            fields["unit"] = forms.ChoiceField(label=_("Counted in"), choices=units, initial=rule.unit.value)
        self.fields = fields | self.fields  # the value comes first
        self.fields["act"].choices = [("", _("not among these")), *acts]  # type: ignore[attr-defined]  # a choice field
        for name in ("valid_from", "valid_until", "article", "document"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def proposal(self) -> dict[str, Any]:
        """What was typed, for `law.queries.proposed`. The form must be valid."""
        said = self.cleaned_data
        value = said["value"]
        if self.rule.unit is Unit.YES_NO:
            value = value == "yes"
        elif self.rule.unit in LISTS:
            value = tuple(line.strip() for line in value.splitlines() if line.strip())
        unit = Unit(said["unit"]) if "unit" in said else self.rule.unit
        kept = {name: said[name] for name in ("valid_from", "valid_until", "act", "article", "document", "note")}
        return {"key": self.rule.key, "value": value, "unit": unit, **kept}


def mark_of(found: Provision) -> str:
    """What tells a proposal from any other: the page is sent back with it, and another one is shown anew."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:24]


class WithdrawForm(SeenForm):
    """Why an entered value is taken back."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": rules.ReasonIsMissing.text},
    )
