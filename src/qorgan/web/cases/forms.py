"""Forms of a case. They read what was typed and write nothing."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.cases.terms import Role
from qorgan.people.actions import Named
from qorgan.people.terms import Sex
from qorgan.web.forms import SeenForm


class PersonForm(SeenForm):
    """One more person of the case, as she was named."""

    role = forms.ChoiceField(
        label=_("Part in the case"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Role]
    )
    written = forms.CharField(label=_("Name as written"), max_length=200)
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        input_formats=["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"],
        help_text="05.11.1991",
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[(one.value, one.label) for one in Sex], initial=Sex.UNKNOWN)
    iin = forms.CharField(
        label=_("IIN"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, data: QueryDict | None = None, *, seen: int | None = None) -> None:
        super().__init__(data, seen=seen, initial={"role": Role.CHILD})
        for name in ("written", "birth_date", "iin", "phone"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def named(self) -> Named:
        """What was typed, as a person named. The form must be valid."""
        said = self.cleaned_data
        return Named(
            written=said["written"],
            birth_date=said["birth_date"],
            sex=Sex(said["sex"]),
            iin=said["iin"],
            phone=said["phone"],
        )


class CloseForm(SeenForm):
    """That the case may be closed."""

    sure = forms.BooleanField(label=_("Nothing more is to be written into this case"))
