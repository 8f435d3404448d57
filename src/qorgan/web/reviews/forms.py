"""Forms of reviews. They read what was typed and write nothing."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.web.forms import SeenForm, WhyField


class DecisionForm(SeenForm):
    """Yes or no, and why, in one line that stays."""

    answer = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    why = WhyField(
        label=_("Why"),
        help_text=_("one line; it stays in the history"),
    )

    def __init__(
        self, data: QueryDict | None = None, *, answers: Iterable[tuple[str, str | Promise]], seen: int | None = None
    ) -> None:
        super().__init__(data, seen=seen)
        choice = self.fields["answer"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = list(answers)


class JudgeForm(SeenForm):
    """What a listed look was, in words."""

    why = WhyField(
        label=_("What it was"),
        help_text=_("what you found out, from whom; it stays in the history"),
    )
