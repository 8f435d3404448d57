"""Forms of where a child sleeps tonight. They read what was chosen and write nothing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from qorgan.agencies import rules
from qorgan.cases.actions import Decision
from qorgan.cases.terms import Parent, Stays
from qorgan.web.cases.sharing_forms import AboutCase
from qorgan.web.forms import WhyField
from qorgan.web.moments import MomentField


def _words(words: Any) -> list[tuple[str, Any]]:
    return [(one.value, one.label) for one in words]


class ParentForm(AboutCase):
    """Whether someone complained of is a parent of a child."""

    child = forms.ChoiceField(label=_("The child"))
    offender = forms.ChoiceField(label=_("The person complained of"))
    word = forms.ChoiceField(label=_("A parent?"), widget=forms.RadioSelect, choices=_words(Parent))
    why = forms.CharField(
        label=_("Why"),
        help_text=_("needed where the answer is no"),
        required=False,
        max_length=rules.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HandForm(AboutCase):
    """That an authority which this system does not know was told by voice or on paper."""

    office = forms.CharField(label=_("Who was told"), help_text=_("office, name, how"), max_length=300)
    why = WhyField(label=_("Why that office"))


class NightForm(AboutCase):
    """Where a child stays."""

    child = forms.ChoiceField(label=_("The child"))
    stays = forms.ChoiceField(label=_("Where"), widget=forms.RadioSelect, choices=_words(Stays))
    keeper = forms.ChoiceField(label=_("With whom, of this case"), required=False)
    whom = forms.CharField(label=_("Or the name"), help_text=_("never an address"), required=False, max_length=200)
    since = MomentField(label=_("From when"))
    until = MomentField(label=_("Until when"), help_text=_("not where the child returned home"), required=False)
    why = WhyField(label=_("Why"))
    office = forms.CharField(
        label=_("Who of the authority decided"),
        help_text=_("only where you write down what another office decided"),
        required=False,
        max_length=300,
    )

    def decision(self) -> Decision:
        """What was chosen. The form must be valid."""
        said = self.cleaned_data
        since: datetime = said["since"]
        return Decision(
            child_id=UUID(said["child"]),
            stays=Stays(said["stays"]),
            since=since,
            until=said["until"],
            keeper_id=UUID(said["keeper"]) if said["keeper"] else None,
            whom=said["whom"],
            why=said["why"],
            office=said.get("office", ""),
        )
