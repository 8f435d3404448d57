"""The form of a declaration. It reads what was typed and writes nothing."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.terms import Relation


class KinForm(forms.Form):
    """Who is near me, by name or number."""

    relation = forms.ChoiceField(label=_("Who it is to me"), choices=[(one.value, one.label) for one in Relation])
    name = forms.CharField(label=_("Surname, given name, patronymic"), max_length=200, required=False)
    iin = forms.CharField(
        label=_("IIN"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
