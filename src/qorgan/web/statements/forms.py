"""Forms of the register of statements. They read what was typed and write nothing."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.claims.actions import Said
from qorgan.claims.engine.grammar import LANGUAGES
from qorgan.claims.engine.structured import LARGEST
from qorgan.claims.rules import LONGEST, NothingSaid, TooMuchSaid, WhyIsMissing
from qorgan.web.forms import SeenForm

DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]
CHOICE = "choice:"
_NO_DAY = _("Write the day in digits, as 01.06.2026.")
_NAMES = {"kk": _("Kazakh"), "ru": _("Russian")}
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class StatementForm(SeenForm):
    """What was said, where, when and by whom. What is not known stays empty."""

    text = forms.CharField(
        label=_("The text, or the part of it with the figures"),
        help_text=_("only what was said in public; no letters, no names of those it happened to"),
        max_length=LONGEST,
        strip=False,
        error_messages={"required": NothingSaid.text, "max_length": TooMuchSaid.text},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=[(one, _NAMES[one]) for one in LANGUAGES])
    said_on = forms.DateField(
        label=_("Day on which it was said"),
        required=False,
        input_formats=DAYS,
        help_text="01.06.2026",
        error_messages={"invalid": _NO_DAY},
        widget=forms.DateInput(format="%d.%m.%Y", attrs={**_PLAIN, "class": "num"}),
    )
    speaker = forms.CharField(label=_("Who says it"), max_length=200, required=False)
    relay = forms.CharField(label=_("Who passes it on"), max_length=200, required=False)
    address = forms.CharField(
        label=_("Where it stands"),
        help_text=_("an address or an issue; nothing is fetched from it"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )

    def said(self) -> Said:
        """What was typed. The form must be valid."""
        names = ("text", "language", "said_on", "speaker", "relay", "address")
        return Said(**{name: self.cleaned_data[name] for name in names})


class CorrectForm(StatementForm):
    """The same, mended, with the reason."""

    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=500,
        error_messages={"required": WhyIsMissing.text},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WithdrawForm(SeenForm):
    """Why a statement leaves the register."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        error_messages={"required": WhyIsMissing.text},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PublishForm(SeenForm):
    """Nothing is typed: the person who sends it says yes."""


class ReadForm(SeenForm):
    """How the text is to be read: choices that a person makes, or the reading itself, mended."""

    reading = forms.CharField(required=False, max_length=LARGEST, strip=False, widget=forms.Textarea)

    def __init__(
        self, data: QueryDict | None = None, *, seen: int | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, seen=seen, initial=initial)
        given: dict[str, Any] = data.dict() if data else {}
        self.chosen = {
            name.removeprefix(CHOICE): str(value) for name, value in given.items() if name.startswith(CHOICE) and value
        }
