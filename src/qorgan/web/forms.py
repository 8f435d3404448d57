"""Forms that carry what their reader saw, and a refusal beside the field it concerns, so that nothing typed is lost."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.agencies import rules
from qorgan.base.errors import Refused

_DIGITS = 9  # more than any version has


@dataclass(frozen=True)
class Compared:
    """One field in both texts: what stands in the record now, and what was typed here."""

    label: str
    stands: str
    typed: str


class WhyField(forms.CharField):
    """Why someone decides or enters, in words that stay: never empty, never longer than what is kept of it."""

    def __init__(self, **words: Any) -> None:
        super().__init__(
            max_length=rules.LONGEST_REASON,
            error_messages={"required": rules.NoReason.text},
            widget=forms.Textarea(attrs={"rows": 3}),
            **words,
        )


class ToldField(forms.CharField):
    """What someone tells, with every sign that was typed or pasted.

    What is too long is refused in a sentence and stays in its field: a browser that is told the longest length cuts
    what is pasted without a word.
    """

    def __init__(self, *, longest: int, **words: Any) -> None:
        too_long = _("This is too long: %(show_value)s characters, at most %(limit_value)s. Nothing of it was cut.")
        super().__init__(max_length=longest, required=False, error_messages={"max_length": too_long}, **words)
        self.validators = [one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Attributes of the field, but no longest length."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class SeenForm(forms.Form):
    """A form that changes a record: it carries the version of it that its reader saw.

    The template puts `{{ form.seen }}` into the form; the view hands `version` to the action as `seen`. Where someone
    wrote meanwhile, `acts.attempt` says so, shows both texts (`compared`), and carries the version that stands now.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_stale = False
    compared: tuple[Compared, ...] = ()

    def __init__(
        self, data: QueryDict | None = None, *, seen: int | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={**(initial or {}), "seen": seen})

    @property
    def version(self) -> int | None:
        """The version that was shown; None where the sender names none."""
        text = str(self.data.get("seen", ""))
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None

    def show_meanwhile(self, sentence: str, *, stands: int, theirs: dict[str, object]) -> None:
        """Tell what changed, beside what was typed; sent again, the form speaks of the version that stands now."""
        self.add_error(None, sentence)
        self.is_stale = True
        self.compared = tuple(
            Compared(str(self[name].label), str(text), said(self[name])) for name, text in theirs.items() if str(text)
        )
        sent = cast(QueryDict, self.data).copy()  # what a form was sent with cannot be changed; a copy can
        sent["seen"] = str(stands)
        self.data = sent


class KeptAway:
    """A form whose page takes it while the database, or the key store, is away: that is no refusal of it."""


def said(bound: forms.BoundField) -> str:
    """What was typed or chosen in a field, in words."""
    value = bound.value()
    chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
    if isinstance(bound.field, forms.ChoiceField):
        choices: Any = bound.field.choices
        return ", ".join(str(label) for key, label in choices if str(key) in chosen)
    return "" if value is None else str(value)


def refuse(form: forms.BaseForm, error: Refused) -> None:
    """Put the sentence of a refusal on its field, or over the form. The form must have been cleaned.

    Only for refusals that come before any write of the request: what was written is not rolled back when the page
    is shown again instead of refused.
    """
    field = error.field if error.field in form.fields else None
    form.add_error(field, str(error))
