"""Forms of the ways a report may end. They read what was typed and write nothing."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.reports.rules import LONGEST_NUMBER, LONGEST_WHY
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import GROUNDS
from qorgan.web.forms import SeenForm, WhyField


def _reason(state: State) -> forms.ChoiceField:
    choices = [(one.value, one.label) for one in GROUNDS[state]]
    return forms.ChoiceField(
        label=_("Reason"),
        widget=forms.RadioSelect,
        choices=choices,
        error_messages={"required": _("Choose the reason.")},
    )


def _words() -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=_("In words, where more is to be said"), max_length=LONGEST_WHY, required=False, widget=area
    )


class WriteOffForm(SeenForm):
    """Why the report goes to the nomenclature file, and that the person has read what she writes off."""

    reason = _reason(State.WRITTEN_OFF)
    why = _words()
    read = forms.BooleanField(label=_("I have read the report; no case is opened and I answer for it"))


class ForwardForm(SeenForm):
    """Which office it is forwarded to, and why."""

    agency = forms.ChoiceField(label=_("To which office"))
    reason = _reason(State.FORWARDED)
    why = _words()

    def __init__(self, data: QueryDict | None = None, *, offices: list[tuple[str, str]], seen: int) -> None:
        super().__init__(data, seen=seen)
        self.fields["agency"].choices = offices  # type: ignore[attr-defined]  # a choice field


class JoinForm(SeenForm):
    """The earlier report that tells of the same event."""

    number = forms.CharField(
        label=_("Number of the earlier report"),
        help_text=_("its own or that of the book"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("No earlier report with this number lies in your sight.")},
    )
    reason = _reason(State.JOINED)
    why = _words()


class BackForm(SeenForm):
    """Why what was decided does not stand."""

    why = WhyField(label=_("Why"))
