"""Forms of the administrator. They read what was typed and write nothing."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.models import CALLS_A_MINUTE, Agency
from qorgan.agencies.terms import ROLES, Purpose, Role
from qorgan.places import queries as places

DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]
_LONGEST_NAME = 120
_PLAIN = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
_NO_DAY = _("Write the day in digits, as 01.06.2026.")


class MandateForm(forms.Form):
    """In which agency, role and territory, for what purpose, from when until when."""

    agency = forms.ChoiceField(label=_("Agency"))
    role = forms.ChoiceField(label=_("Role"))
    territory = forms.IntegerField(
        label=_("Code of the territory"),
        required=False,
        help_text=_("empty: that of the agency"),
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "numeric", "class": "num"}),
    )
    purpose = forms.ChoiceField(label=_("Purpose"))
    first = forms.DateField(
        label=_("First day"),
        required=False,
        input_formats=DAYS,
        help_text=_("empty: from now on"),
        error_messages={"invalid": _NO_DAY},
    )
    last = forms.DateField(
        label=_("Last day"),
        required=False,
        input_formats=DAYS,
        help_text=_("empty: until someone ends it"),
        error_messages={"invalid": _NO_DAY},
    )

    def __init__(
        self, data: QueryDict | None = None, *, agencies: Iterable[Agency], territories: Iterable[int]
    ) -> None:
        super().__init__(data)
        language = get_language() or ""
        self.agencies = {str(agency.id): agency for agency in agencies}
        self.territories = frozenset(territories)
        named = sorted((agency.name(language), key) for key, agency in self.agencies.items())
        self._choose("agency", [(key, name) for name, key in named])
        self._choose("role", [(role.code, role.name) for role in ROLES.values()])
        self._choose("purpose", [(purpose.value, purpose.label) for purpose in Purpose])

    def _choose(self, name: str, choices: list[tuple[str, str | Promise]]) -> None:
        self.fields[name].choices = [("", _("choose")), *choices]  # type: ignore[attr-defined]  # a choice field

    def clean_territory(self) -> int | None:
        """The code of a place within the reach of whoever gives the mandate."""
        code: int | None = self.cleaned_data["territory"]
        if code is not None and code not in self.territories:
            raise forms.ValidationError(_("No place within your mandate has this code."))
        return code

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", _("It would end before it begins."))
        return said

    def given(self, *, now: datetime) -> dict[str, Any]:
        """What was chosen, for `agencies.give_mandate`. The form must be valid."""
        said = self.cleaned_data
        agency = self.agencies[said["agency"]]
        territory = said["territory"] or agency.territory_id
        zone = places.zone(territory)
        today = now.astimezone(zone).date()

        def begins(day: date) -> datetime:
            return datetime.combine(day, time.min, tzinfo=zone)

        first, last = said["first"], said["last"]
        role: Role = ROLES[said["role"]]
        return {
            "agency": agency,
            "role": role,
            "territory_id": territory,
            "purpose": Purpose(said["purpose"]),
            "valid_from": begins(first) if first and first != today else now,
            "valid_until": begins(last + timedelta(days=1)) if last else None,
        }


class PersonForm(MandateForm):
    """A person, by login and name in the languages of the deployment, with a first mandate."""

    def __init__(
        self, data: QueryDict | None = None, *, agencies: Iterable[Agency], territories: Iterable[int]
    ) -> None:
        super().__init__(data, agencies=agencies, territories=territories)
        own: dict[str, forms.Field] = {
            "login": forms.CharField(
                label=_("Login"), max_length=40, help_text="a.serikova", widget=forms.TextInput(attrs=_PLAIN)
            )
        }
        for place, (code, language) in enumerate(settings.LANGUAGES):
            for stem, label in (("name", _("Surname, name, patronymic")), ("rank", _("Rank"))):
                must = stem == "name" and place == 0
                field = forms.CharField(label=label, max_length=_LONGEST_NAME, required=must, help_text=str(language))
                own[f"{stem}_{code}"] = field
        self.fields = own | self.fields

    @property
    def named(self) -> list[forms.BoundField]:
        """The fields that say who she is."""
        return [self[name] for name in self.fields if name.startswith(("name_", "rank_"))]

    def person(self) -> dict[str, Any]:
        """Who she is, for `agencies.add_person`. The form must be valid."""
        said = self.cleaned_data
        spoken: dict[str, dict[str, str]] = {"name": {}, "rank": {}}
        for code, _language in settings.LANGUAGES:
            for stem, found in spoken.items():
                if said[f"{stem}_{code}"]:
                    found[code] = said[f"{stem}_{code}"]
        return {
            "login": said["login"].strip().lower(),
            "names": spoken["name"],
            "ranks": spoken["rank"],
            "language": settings.LANGUAGE_CODE,
        }


class ChannelForm(forms.Form):
    """A machine that hands reports in: in whose mandate, and what it is called."""

    login = forms.CharField(
        label=_("Login of the person in whose mandate it acts"), max_length=60, widget=forms.TextInput(attrs=_PLAIN)
    )
    label = forms.CharField(label=_("What the channel is called"), max_length=_LONGEST_NAME)
    most = forms.IntegerField(
        label=_("Calls answered within a minute"),
        help_text=_("A machine that calls more often is told to wait."),
        initial=CALLS_A_MINUTE,
        required=False,
        min_value=1,
        max_value=60_000,
    )


class SigningForm(forms.Form):
    """The public half of the key that a machine signs with."""

    pem = forms.CharField(
        label=_("Public key of the machine (PEM, Ed25519)"),
        help_text=_("Leave it empty, and the channel signs no more."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=_PLAIN | {"rows": 4}),
    )
