"""Forms of an assessment. They read what was typed and write nothing."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qorgan.law import queries as law
from qorgan.people.queries import PersonView
from qorgan.risk import rules
from qorgan.risk.actions import Made
from qorgan.risk.engine.answers import Answer
from qorgan.risk.engine.instrument import Band, Instrument, Whom, Words
from qorgan.risk.terms import ANSWERS, WHOM, Gate, Said
from qorgan.web.forms import SeenForm, WhyField

ITEM, ITEMS = "q_", "items"
LONGEST_PLACE, LONGEST_TALK = 300, 600
_GATE = ("safe", "alone", "minutes", "his_place", "children_place")


def named(words: Words) -> str:
    """A text of an instrument in the language of the page."""
    return law.words(dict(words), language=get_language() or "")


def _bands(bands: tuple[Band, ...], none: str | Promise) -> list[tuple[str, str | Promise]]:
    return [("", none), *((one.code, named(one.name)) for one in bands)]


def _place(label: Any) -> forms.CharField:
    quiet = {"autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=LONGEST_PLACE, required=False, widget=forms.TextInput(attrs=quiet))


class GateForm(SeenForm):
    """Before the first question: is it safe to ask now? *No* is a result too, and is kept at once."""

    safe = forms.ChoiceField(
        label=_("Is it safe to ask now?"),
        help_text=_("alone, unheard, with time; if you cannot be sure, do not ask"),
        widget=forms.RadioSelect,
        choices=[("yes", _("yes, ask now")), ("no", _("no, not now"))],
        error_messages={"required": _("Say first whether it is safe to ask now.")},
    )
    alone = forms.ChoiceField(
        label=_("Is she alone?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[(one.value, one.label) for one in Said],
    )
    minutes = forms.IntegerField(
        label=_("How many minutes are there?"),
        required=False,
        min_value=0,
        max_value=LONGEST_TALK,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "3", "class": "num"}),
    )
    his_place = _place(_("Where is he now?"))
    children_place = _place(_("Where are the children now?"))
    offenders = forms.MultipleChoiceField(
        label=_("From whom does the danger come?"),
        help_text=_("one or several"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    judged = forms.ChoiceField(label=_("Your own judgement"), required=False, widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why you judge so"),
        help_text=_("where you judge otherwise than the rules"),
        required=False,
        max_length=rules.LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        made: Instrument,
        people: list[PersonView],
        seen: int | None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, seen=seen, initial=initial)
        self.made = made
        self._chooses("offenders", [(str(one.id), one.name) for one in people])
        self._chooses("judged", _bands(made.bands, _("no other than the rules")))

    def _chooses(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def gate(self) -> Gate:
        """What was said before the first question. The form must be valid."""
        said = self.cleaned_data
        return Gate(
            is_safe=said["safe"] == "yes",
            alone=Said(said["alone"] or Said.UNKNOWN),
            minutes=said["minutes"],
            his_place=said["his_place"],
            children_place=said["children_place"],
        )

    def answers(self) -> dict[str, Answer]:
        """No question is asked here."""
        return {}

    def assessed(self) -> Made:
        """What was typed. The form must be valid."""
        said = self.cleaned_data
        return Made(
            code=self.made.code,
            gate=self.gate(),
            answers=self.answers(),
            offenders=tuple(UUID(one) for one in said["offenders"]),
            judged=said["judged"],
            why=said["why"],
        )


class AskForm(GateForm):
    """The questions; what was said before them goes along unseen."""

    step = forms.CharField(widget=forms.HiddenInput, initial=ITEMS)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        made: Instrument,
        people: list[PersonView],
        seen: int | None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, made=made, people=people, seen=seen, initial={**(initial or {}), "step": ITEMS})
        for name in _GATE:
            self.fields[name].widget = forms.HiddenInput()
        for item in made.items:
            self.fields[ITEM + item.code] = forms.ChoiceField(
                label=named(item.text),
                required=False,
                widget=forms.RadioSelect,
                choices=[(one.value, word) for one, word in ANSWERS.items()],
            )

    def groups(self) -> Iterator[tuple[str | Promise, list[forms.BoundField]]]:
        """The questions by who answers them, in the order of the instrument."""
        for whom in Whom:
            held = [self[ITEM + item.code] for item in self.made.items if item.whom is whom]
            if held:
                yield WHOM[whom], held

    def answers(self) -> dict[str, Answer]:
        """What was answered; what was left empty was not asked."""
        said = {item.code: self.cleaned_data[ITEM + item.code] for item in self.made.items}
        return {code: Answer(answer) for code, answer in said.items() if answer}


class LowerForm(SeenForm):
    """A lower result, and why."""

    to = forms.ChoiceField(
        label=_("To which result"),
        widget=forms.RadioSelect,
        error_messages={"required": rules.NotLower.text},
    )
    why = WhyField(label=_("Why"))

    def __init__(self, data: QueryDict | None = None, *, bands: tuple[Band, ...], seen: int) -> None:
        super().__init__(data, seen=seen)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, named(one.name)) for one in bands]


class DecideForm(SeenForm):
    """What a second person says of a lower result."""

    decision = forms.ChoiceField(
        label=_("As the second person"),
        widget=forms.RadioSelect,
        choices=[("agree", _("I agree: the result is lower")), ("decline", _("I decline: it stays"))],
        error_messages={"required": _("Say whether you agree.")},
    )
    why = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=rules.LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
