"""Forms of a missing child. They read what was typed and write nothing."""

import secrets
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.missing import rules
from qorgan.missing.actions import Alert, End, Searched, Told
from qorgan.missing.terms import Danger, Result, State, Words
from qorgan.people.actions import Named
from qorgan.people.queries import PersonView
from qorgan.reports.terms import WRITTEN_DOWN, Channel, Serving
from qorgan.web.forms import SeenForm
from qorgan.web.moments import MomentField, typed

_NAMES = ("name", "reporter", "phone")
_DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"]


def _quiet(form: forms.BaseForm, *names: str) -> None:
    for name in names:
        form.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


def _on_the_clock(form: forms.BaseForm, name: str, zone: tzinfo) -> None:
    moment = form.fields[name]
    assert isinstance(moment, MomentField)
    moment.zone = zone


def _place() -> forms.CharField:
    return forms.CharField(label=_("Where last seen"), max_length=500, required=False)


def _wearing() -> forms.CharField:
    return forms.CharField(
        label=_("Clothes and what stands out"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _age() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Age, full years"),
        required=False,
        min_value=0,
        max_value=rules.OLDEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "2", "class": "num"}),
    )


def _dangers() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What cannot wait"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, one.label) for one in Danger],
    )


def _told(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "last_seen_at": said["at"],
        "place": said["place"],
        "age": said["age"],
        "wearing": said["wearing"],
        "dangers": tuple(Danger(one) for one in said["dangers"]),
    }


class AlarmForm(forms.Form):
    """The alarm in a minute. `token` names this sending: pressed twice, it is still one alarm."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    serving = forms.ChoiceField(
        label=_("Does anyone who may have done harm, or someone near, serve in police, court, army, or here?"),
        help_text=_("ask before the name is typed; a yes seals the record from this second"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Serving if one is not Serving.NOT_ASKED],
        error_messages={"required": _("Ask this before a name is typed. “Does not know” is an answer too.")},
    )
    name = forms.CharField(
        label=_("The child, name as heard"), max_length=200, error_messages={"required": rules.NobodyNamed.text}
    )
    age = _age()
    at = MomentField(label=_("When last seen"), help_text=_("on the clock of this place"), required=False)
    place = _place()
    wearing = _wearing()
    dangers = _dangers()
    reporter = forms.CharField(label=_("Who says it"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    words = forms.CharField(
        label=_("What is said, in the words of whoever says it"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    channel = forms.ChoiceField(
        label=_("How it came"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in WRITTEN_DOWN]
    )

    def __init__(self, data: QueryDict | None = None, *, zone: tzinfo) -> None:
        filled = {"token": secrets.token_urlsafe(18), "channel": Channel.POLICE_102}
        super().__init__(data, initial=filled)
        _on_the_clock(self, "at", zone)
        _quiet(self, "place", *_NAMES)
        self.fields["words"].widget.attrs["autofocus"] = not self.is_bound

    def alert(self, *, sender: str) -> Alert:
        """What was typed. The form must be valid."""
        said = self.cleaned_data
        return Alert(
            **_told(said),
            submission=f"missing\0{sender}\0{said['token']}",
            name=said["name"],
            words=said["words"],
            reporter=Named(written=said["reporter"], phone=said["phone"]),
            channel=Channel(said["channel"]),
            serving=Serving(said["serving"]),
        )


class InCaseForm(SeenForm):
    """The alarm for a child of a case that stands."""

    child = forms.ChoiceField(
        label=_("Which child"), widget=forms.RadioSelect, error_messages={"required": rules.NobodyNamed.text}
    )
    age = _age()
    at = MomentField(label=_("When last seen"), help_text=_("on the clock of this place"), required=False)
    place = _place()
    wearing = _wearing()
    dangers = _dangers()

    def __init__(
        self, data: QueryDict | None = None, *, children: list[PersonView], zone: tzinfo, seen: int | None
    ) -> None:
        super().__init__(data, seen=seen)
        _on_the_clock(self, "at", zone)
        _quiet(self, "place")
        choices = [(str(one.id), one.name) for one in children]
        self.fields["child"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def child_id(self) -> UUID:
        """The child that was chosen."""
        return UUID(self.cleaned_data["child"])

    def told(self) -> Told:
        """What was typed. The form must be valid."""
        return Told(**_told(self.cleaned_data))


class SearchForm(SeenForm):
    """A place that was searched."""

    place = forms.CharField(label=_("Which place"), max_length=500, error_messages={"required": rules.NoPlace.text})
    searchers = forms.CharField(label=_("Who searched"), max_length=300, required=False)
    at = MomentField(label=_("When"), help_text=_("on the clock of this place"))
    result = forms.ChoiceField(
        label=_("What it gave"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Result]
    )
    note = forms.CharField(
        label=_("What was seen"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: QueryDict | None = None, *, zone: tzinfo, now: datetime, seen: int) -> None:
        super().__init__(data, seen=seen, initial={"at": typed(now, zone=zone), "result": Result.NOTHING})
        _on_the_clock(self, "at", zone)
        _quiet(self, "place")

    def searched(self) -> Searched:
        """What was typed. The form must be valid."""
        said = self.cleaned_data
        return Searched(
            place=said["place"],
            searchers=said["searchers"],
            at=said["at"],
            result=Result(said["result"]),
            note=said["note"],
        )


class EndForm(SeenForm):
    """How the search ended."""

    how = forms.ChoiceField(label=_("The child"), widget=forms.RadioSelect)
    at = MomentField(label=_("When found"), help_text=_("on the clock of this place"), required=False)
    place = forms.CharField(label=_("Where found"), max_length=500, required=False)
    words = forms.CharField(
        label=_("How, or why the search rests"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = forms.DateField(
        label=_("The day on which a resting search is looked at again"),
        required=False,
        input_formats=_DAYS,
        widget=forms.TextInput(attrs={"class": "num", "autocomplete": "off"}),
    )

    def __init__(
        self, data: QueryDict | None = None, *, ends: list[State], zone: tzinfo, now: datetime, seen: int
    ) -> None:
        super().__init__(data, seen=seen, initial={"at": typed(now, zone=zone)})
        _on_the_clock(self, "at", zone)
        choices = [(one.value, one.label) for one in ends]
        self.fields["how"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def end(self) -> End:
        """What was typed. The form must be valid."""
        said = self.cleaned_data
        return End(at=said["at"], place=said["place"], words=said["words"], review_on=said["review_on"])


class AgainForm(SeenForm):
    """Why the search begins again."""

    words = forms.CharField(
        label=_("Why"),
        max_length=4_000,
        error_messages={"required": rules.NoReason.text},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MarkForm(SeenForm):
    """That the child is not to be named."""

    sure = forms.BooleanField(label=_("The child is not to be named. I know that this cannot be undone."))


class ProposeForm(SeenForm):
    """The words of a public page, one field for each language."""

    def __init__(self, data: QueryDict | None = None, *, seen: int) -> None:
        super().__init__(data, seen=seen)
        for code, name in settings.LANGUAGES:
            self.fields[f"words_{code}"] = forms.CharField(
                label=name,
                max_length=rules.LONGEST_WORDS,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )

    def texts(self) -> list[forms.BoundField]:
        """The fields of the words."""
        return [self[f"words_{code}"] for code, _name in settings.LANGUAGES]

    def words(self) -> Words:
        """What was typed. The form must be valid."""
        return Words({code: self.cleaned_data[f"words_{code}"] for code, _name in settings.LANGUAGES})


class NoticeForm(SeenForm):
    """What is decided on a public page."""

    act = forms.ChoiceField(choices=[(one, one) for one in ("approve", "decline", "down")])
