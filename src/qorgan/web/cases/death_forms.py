"""Forms of the review of a child's death, of a suspect in uniform. They read what was chosen and write nothing."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgan.agencies import rules
from qorgan.cases.actions import Uniform
from qorgan.cases.terms import REPLIES, Entry, Reply
from qorgan.web.cases.sharing_forms import NOTHING, AboutCase
from qorgan.web.forms import SeenForm, ToldField, WhyField

LONGEST = 4000


def _words(words: Any) -> list[tuple[str, Any]]:
    return [(one.value, one.label) for one in words]


class UniformForm(AboutCase):
    """Who serves, and to which office of military police the investigation goes."""

    offender = forms.ChoiceField(label=_("Who serves"))
    agency = forms.ChoiceField(label=_("To which office of military police"))
    watcher = forms.ChoiceField(
        label=_("Which military prosecutor watches over it"),
        required=False,
        help_text=_("not on record by which provision: choose, or tell them by voice and leave it open"),
    )
    why = WhyField(label=_("Why that office"), help_text=_("the law on record is silent: you route, and are named"))

    def __init__(self, *given: Any, watcher: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, watcher=[*NOTHING, *watcher], **named)

    def uniform(self) -> Uniform:
        """What was chosen. The form must be valid."""
        said = self.cleaned_data
        watcher = UUID(said["watcher"]) if said["watcher"] else None
        return Uniform(
            offender_id=UUID(said["offender"]), agency_id=UUID(said["agency"]), why=said["why"], watcher_id=watcher
        )


class CivilianForm(SeenForm):
    """That the suspect does not serve, and how that is known."""

    why = WhyField(label=_("How it is known that he does not serve"))


class EntryForm(AboutCase):
    """Someone of the commission, a material, a finding."""

    kind = forms.ChoiceField(label=_("What is entered"), choices=_words(Entry))
    agency = forms.ChoiceField(label=_("Of which agency"), required=False)
    words = ToldField(label=_("In words"), longest=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class AdviceForm(AboutCase):
    """What is recommended, and to whom."""

    agency = forms.ChoiceField(label=_("To which agency"), required=False)
    body = forms.CharField(
        label=_("Or to a body outside this system"),
        required=False,
        max_length=200,
        help_text=_("a ministry, an akimat: it answers by letter, and you enter the answer"),
    )
    words = ToldField(
        label=_("What is recommended"),
        help_text=_("no names: it is read without the file"),
        longest=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BeginForm(SeenForm):
    """That the review begins, or is closed."""


class ReplyForm(SeenForm):
    """What the addressee says."""

    reply = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why, or what was done"),
        required=False,
        max_length=rules.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    letter = forms.CharField(
        label=_("Number and date of the letter"),
        max_length=200,
        help_text=_("the answer came on paper: say from which letter you enter it"),
    )

    def __init__(self, *given: Any, stands: Reply, by_letter: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if not by_letter:
            del self.fields["letter"]
        field = self.fields["reply"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _words(sorted(REPLIES[stands]))


def of_agencies(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Agencies to choose from, nobody chosen beforehand."""
    return [*NOTHING, *found]
