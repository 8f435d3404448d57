"""Forms of reports. They read what was typed and write nothing."""

import secrets
from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.people.actions import Named
from qorgan.reports.actions import Signal
from qorgan.reports.rules.door import LONGEST_REPLY
from qorgan.reports.terms import WRITTEN_DOWN, Channel, Serving
from qorgan.web.forms import SeenForm, ToldField
from qorgan.web.moments import MomentField, typed

FILE_MOST = 200 * 1024 * 1024


class ReportForm(forms.Form):
    """A report as it is being told. `token` names this sending: pressed twice, it is still one report."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    channel = forms.ChoiceField(
        label=_("How it came"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in WRITTEN_DOWN]
    )
    registered_at = MomentField(label=_("When it came"), help_text=_("on the clock of this place"))
    serving = forms.ChoiceField(
        label=_("Does he, or someone near him, serve in police, court, army, or here?"),
        help_text=_("ask before any name is typed; a yes seals the record from this second"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Serving],
        required=False,
    )
    address = ToldField(label=_("Where it happened"), longest=500)
    narrative = ToldField(
        label=_("What happened"),
        help_text=_("in the words of the person who tells it"),
        longest=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    victim = ToldField(label=_("The victim, name as heard"), longest=200)
    phone = ToldField(
        label=_("Telephone she named"),
        longest=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    iin = ToldField(
        label=_("IIN, if she named it"),
        longest=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    suspect = ToldField(label=_("Against whom, name as heard"), longest=200)

    def __init__(self, data: QueryDict | None = None, *, zone: tzinfo, now: datetime) -> None:
        filled = {
            "token": secrets.token_urlsafe(18),
            "channel": Channel.POLICE_102,
            "serving": Serving.NOT_ASKED,
            "registered_at": typed(now, zone=zone),
        }
        super().__init__(data, initial=filled)
        moment = self.fields["registered_at"]
        assert isinstance(moment, MomentField)
        moment.zone = zone
        self.fields["narrative"].widget.attrs["autofocus"] = not self.is_bound
        for name in ("address", "victim", "phone", "iin", "suspect"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self) -> dict[str, Any]:
        """What was typed; with a name in it the question before the names has an answer."""
        said: dict[str, Any] = super().clean() or {}
        named = any(said.get(name) for name in ("victim", "phone", "iin", "suspect"))
        said["serving"] = said.get("serving") or Serving.NOT_ASKED
        if named and said["serving"] == Serving.NOT_ASKED:
            self.add_error("serving", _("Ask this before a name is typed. “Does not know” is an answer too."))
        return said

    def signal(self, *, sender: str) -> Signal:
        """What was typed, as a signal. The form must be valid."""
        said = self.cleaned_data
        return Signal(
            submission=f"page\0{sender}\0{said['token']}",
            channel=Channel(said["channel"]),
            registered_at=said["registered_at"],
            narrative=said["narrative"],
            address=said["address"],
            victim=Named(written=said["victim"], phone=said["phone"], iin=said["iin"]),
            suspect=Named(written=said["suspect"]),
            serving=Serving(said["serving"]),
        )


class DeskFileForm(forms.Form):
    """A file of the duty desk."""

    file = forms.FileField(
        label=_("The desk's file"),
        help_text=_("CSV, XLSX or JSON Lines, as it is; nothing has to be renamed"),
        max_length=200,
        allow_empty_file=True,
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """The file, if it is not far larger than any register."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > FILE_MOST:
            raise forms.ValidationError(_("The file is larger than 200 MB. Send the register in parts."))
        return file


class RevealForm(forms.Form):
    """Why the address, the telephone and the IIN are looked at. A choice, so that no text reaches the journal."""

    why = forms.ChoiceField(
        choices=[
            ("patrol", _("a patrol goes there")),
            ("contact", _("she is to be called back")),
            ("papers", _("papers of the case")),
        ]
    )


class AnswerForm(forms.Form):
    """What she is told through the web door."""

    words = forms.CharField(
        label=_("What you tell her"),
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what she is to read.")},
    )


class RouteForm(SeenForm):
    """Who takes a sealed report on."""

    agency = forms.ChoiceField(label=_("Who takes it on"))

    def __init__(self, data: QueryDict | None = None, *, offices: list[tuple[str, str]], seen: int) -> None:
        super().__init__(data, seen=seen)
        self.fields["agency"].choices = offices  # type: ignore[attr-defined]  # a choice field
