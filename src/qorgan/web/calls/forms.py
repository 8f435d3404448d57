"""Forms of the call screen. They read what was typed and write nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.terms import Kind as Office
from qorgan.base import clock
from qorgan.people.actions import Named
from qorgan.reports.actions import Signal
from qorgan.reports.readers import topics as tree
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms.contacts import BlockReason, Consent, Despite, Disposition
from qorgan.web.context import in_words
from qorgan.web.forms import KeptAway, ToldField
from qorgan.web.safely import SafeFields

LINES = {Office.TRUST_LINE: Channel.TRUST_LINE_150, Office.CONTACT_CENTRE: Channel.CONTACT_CENTRE_111}
_EARLIEST_BIRTH = 1900
_UNKNOWN = "unknown"


class FirstFocused(forms.RadioSelect):
    """Answers of which the first has the focus when the page opens, if `is_first` is set."""

    is_first = False

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One answer."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if self.is_first and option["index"] == "0":
            option["attrs"]["autofocus"] = True
        return option


class TakeForm(forms.Form):
    """Someone rings. `contact_id` names the contact: pressed twice, it is still one."""

    contact_id = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.CharField(
        label=_("Number, if the exchange shows it"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, data: QueryDict | None = None, *, contact_id: UUID | None = None) -> None:
        super().__init__(data, initial={"contact_id": contact_id})


class CallForm(KeptAway, SafeFields):
    """What is told, as it is told. Nothing must be filled; `seen` is the version of the draft that the screen holds."""

    talk = forms.ChoiceField(
        label=_("1. Can she talk now?"),
        help_text=_("if not, only questions that yes or no answers"),
        widget=FirstFocused,
        choices=[("yes", _("Yes")), ("no", _("No, someone is beside her")), (_UNKNOWN, _("Does not know"))],
        required=False,
    )
    serving = forms.ChoiceField(
        label=_("2. Does he, or someone near him, serve in police, court, army, or here?"),
        help_text=_("ask before any name is typed; a yes seals the record from this second"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Serving],
        required=False,
    )
    where = forms.ChoiceField(
        label=_("3. Where is he now?"),
        widget=forms.RadioSelect,
        choices=[
            ("home", _("At home")),
            ("beside", _("Beside her")),
            ("gone", _("Gone")),
            (_UNKNOWN, _("Not known")),
        ],
        required=False,
    )
    children = ToldField(label=_("Where are the children?"), longest=200)
    written = ToldField(label=_("4. Name as heard"), longest=200)
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        min_value=_EARLIEST_BIRTH,
        max_value=2100,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
    )
    address = ToldField(label=_("Where it happened"), longest=500)
    narrative = ToldField(
        label=_("5. What happened?"),
        help_text=_("in the words of the person who tells it"),
        longest=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    suspect = ToldField(label=_("Against whom, name as heard"), longest=200)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    topic_too = forms.ChoiceField(label=_("One more topic"), required=False)
    consent = forms.ChoiceField(
        label=_("May 102 be told?"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Consent],
        required=False,
    )
    despite = forms.ChoiceField(
        label=_("If she does not agree: why 102 is told all the same"),
        choices=[("", _("not told")), *((one.value, one.label) for one in Despite)],
        required=False,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        seen: int | None = None,
        said: dict[str, str] | None = None,
        focus: bool = False,
    ) -> None:
        nothing = {"serving": Serving.NOT_ASKED, "consent": Consent.NOT_ASKED, "voicemail": "no"}
        super().__init__(data, seen=seen, initial={**nothing, **(said or {})})
        first = self.fields["talk"].widget
        assert isinstance(first, FirstFocused)
        first.is_first = focus and not said
        choices = _topics()
        for name in ("topic", "topic_too"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        for name, held in self.fields.items():
            if isinstance(held.widget, forms.TextInput | forms.Textarea):
                held.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
            if name == "narrative":
                held.widget.attrs["autocapitalize"] = "sentences"

    def typed(self) -> dict[str, str]:
        """What stands in the fields, whether or not it is complete: what a draft keeps."""
        found = {name: str(self.data.get(name, "")) for name in self.fields if name != "seen"}
        return {name: text for name, text in found.items() if text}

    @property
    def asked(self) -> tuple[Serving, Consent]:
        """What was answered to the two questions so far."""
        serving, consent = self.data.get("serving", ""), self.data.get("consent", "")
        return (
            Serving(serving) if serving in set(Serving) else Serving.NOT_ASKED,
            Consent(consent) if consent in set(Consent) else Consent.NOT_ASKED,
        )

    @property
    def despite_said(self) -> Despite | None:
        """Why 102 is told against her word."""
        text = self.data.get("despite", "")
        return Despite(text) if text in set(Despite) else None

    def clean(self) -> dict[str, Any]:
        """What was typed; with a name in it the question before the names has an answer."""
        said: dict[str, Any] = super().clean() or {}
        named = any(said.get(name) for name in ("written", "phone", "suspect"))
        if named and self.asked[0] is Serving.NOT_ASKED:
            self.add_error("serving", _("Ask this before a name is typed. “Does not know” is an answer too."))
        return said

    def signal(self) -> Signal:
        """What was typed, as a signal; the contact gives the door and the moment. The form must be valid."""
        said = self.cleaned_data
        return Signal(
            submission="",
            channel=Channel.OTHER,
            registered_at=clock.now(),
            narrative=said["narrative"],
            address=said["address"],
            victim=Named(written=said["written"], phone=said["phone"]),
            suspect=Named(written=said["suspect"]),
            serving=self.asked[0],
            safe=self.safe(now=clock.now()),
        )

    def topics(self) -> list[str]:
        """The codes that were chosen."""
        return [code for name in ("topic", "topic_too") if (code := self.cleaned_data[name])]


def _topics() -> list[tuple[str, Any]]:
    held = tree.in_force()
    language = get_language() or ""
    groups = [
        (in_words(dict(names), language), [(one.code, in_words(dict(one.names), language)) for one in held.under(head)])
        for head, names in held.heads.items()
    ]
    return [("", _("not chosen")), *groups]


class BlockForm(forms.Form):
    """How long a number does not get through, and why."""

    reason = forms.ChoiceField(label=_("Why"), choices=[(one.value, one.label) for one in BlockReason])
    until = forms.ChoiceField(
        label=_("For how long"),
        choices=[("2", _("2 hours")), ("24", _("24 hours")), ("168", _("7 days"))],
    )

    def span(self) -> timedelta:
        """For how long. The form must be valid."""
        return timedelta(hours=int(self.cleaned_data["until"]))


class DisposeForm(forms.Form):
    """Which key was pressed."""

    disposition = forms.ChoiceField(choices=[(one.value, one.label) for one in Disposition])
