"""How someone may be reached, as forms ask it: on the call screen and in a case."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgan.base.keys import blind
from qorgan.messages.terms import SafeContact, Voice
from qorgan.web.forms import SeenForm, ToldField

_HOURS = re.compile(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?\s*")


def hours_of(text: str) -> tuple[time, time] | None:
    """`18-21` and `18:30 – 21:00` as two times of the day; None for what is no such span."""
    found = _HOURS.fullmatch(text)
    if found is None:
        return None
    opens, closes = (
        (int(hour) % 24 if hour == "24" else int(hour), int(minute or 0)) for hour, minute in _pairs(found)
    )
    try:
        return time(*opens), time(*closes)
    except ValueError:
        return None


def _pairs(found: re.Match[str]) -> list[tuple[str, str]]:
    return [(found[1], found[2]), (found[3], found[4])]


class SafeFields(SeenForm):
    """What she says of how she may be reached. Nothing must be said."""

    reach = forms.ChoiceField(
        label=_("Channel"),
        choices=[
            ("", _("Not asked")),
            (Voice.CALL.value, _("Calls only")),
            (Voice.SHE.value, _("Only she gets in touch")),
        ],
        required=False,
    )
    phone = ToldField(label=_("Safe number"), longest=40)
    hours = ToldField(label=_("Hours"), help_text=_("as 18-21; empty: at any hour"), longest=100)
    code_word = ToldField(label=_("Code word"), longest=60)
    voicemail = forms.ChoiceField(
        label=_("Voicemail"), choices=[("no", _("Leave none")), ("yes", _("May be left"))], required=False
    )
    answers = ToldField(label=_("Who may answer"), longest=200)

    def clean(self) -> dict[str, Any]:
        """What was said: hours that are hours, and a number to call."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("hours") and hours_of(said["hours"]) is None:
            self.add_error("hours", _("Write from when to when she may be called, as 18-21."))
        if said.get("reach") == Voice.CALL and not said.get("phone"):
            self.add_error("phone", _("Which number is safe to call?"))
        return said

    def safe(self, *, now: datetime) -> SafeContact | None:
        """How she may be reached, as she said it now; None where nobody asked. The form must be valid."""
        said = self.cleaned_data
        if not said["reach"]:
            return None
        opens, closes = hours_of(said["hours"]) or (None, None)
        return SafeContact(
            channel=Voice(said["reach"]),
            address=blind.telephone(said["phone"]) or said["phone"],
            code_word=said["code_word"],
            hours_from=opens,
            hours_until=closes,
            voicemail=said["voicemail"] == "yes",
            verified_at=now,
            answers=said["answers"],
        )
