"""Forms of the web door: nothing is demanded, nothing is shortened, every letter is taken as it is."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from qorgan.base import clock
from qorgan.base.db.away import is_away
from qorgan.places import queries as places
from qorgan.reports.actions import Reach, Told
from qorgan.reports.rules import door as rules
from qorgan.reports.terms import Serving

SERVING = [
    (Serving.NO.value, _("No")),
    (Serving.POLICE.value, _("In the police")),
    (Serving.COURT.value, _("In court or prosecution")),
    (Serving.ARMY.value, _("In the army")),
    (Serving.HERE.value, _("Works with such messages")),
    (Serving.UNKNOWN.value, _("I do not know")),
    (Serving.REFUSED.value, _("I would rather not say")),
]


VOICEMAIL = [("no", _("Leave none")), ("yes", _("May be left"))]
_NONE = _("I do not know, or would rather not say")


class Words(forms.CharField):
    """A text as it was typed: spaces, directions of writing, pictures and invisible signs as well."""

    def __init__(self, **words: Any) -> None:
        super().__init__(strip=False, required=False, **words)
        self.widget.attrs.setdefault("dir", "auto")
        self.validators = [one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)]


_seen: dict[str, list[tuple[str, Any]]] = {}  # the regions by language as they were last read


def regions() -> list[tuple[str, Any]]:
    """The regions of today, by name; first that none is said. While the database is away: as they were last read."""
    language = get_language() or ""
    try:
        with transaction.atomic():
            found = places.regions(on=clock.now().date())
            named = sorted((places.name(one, language=language), str(one.pk)) for one in found)
    except Exception as error:
        if not is_away(error):
            raise
        return _seen.get(language) or [("", _NONE)]
    _seen[language] = [("", _NONE), *((code, name) for name, code in named)]
    return _seen[language]


def hours() -> list[tuple[str, str]]:
    """Hours of a day, and that none is said."""
    return [("", gettext("any")), *((str(hour), f"{hour:02}:00") for hour in range(24))]


class TellForm(forms.Form):
    """What someone tells. Where no number stands, nobody calls.

    `site` is hidden from people: what fills it in is a machine. `sum` answers the question that a crowd is asked.
    """

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    site = Words(widget=forms.TextInput(attrs={"tabindex": "-1"}))
    sum = Words(widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    serving = forms.ChoiceField(choices=SERVING, widget=forms.RadioSelect, required=False)
    narrative = Words(widget=forms.Textarea(attrs={"rows": 7}))
    region = forms.ChoiceField(required=False)
    place = Words()
    suspect = Words()
    phone = Words(widget=forms.TextInput(attrs={"inputmode": "tel"}))
    opens = forms.ChoiceField(required=False)
    closes = forms.ChoiceField(required=False)
    voicemail = forms.ChoiceField(choices=VOICEMAIL, widget=forms.RadioSelect, required=False, initial="no")
    code_word = Words()
    answers = Words()

    def __init__(self, data: QueryDict | None = None, *, token: str = "") -> None:
        super().__init__(data, initial={"token": token, "voicemail": "no"})
        known = regions()
        said = str(data.get("region", "")) if data else ""
        if len(known) == 1 and said.isdecimal():  # none was read before the database went away: hers is taken as it is
            known = [*known, (said, said)]
        self.fields["region"].choices = known  # type: ignore[attr-defined]  # a choice field
        for name in ("opens", "closes"):
            self.fields[name].choices = hours()  # type: ignore[attr-defined]  # as above
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def told(self, *, language: str, about: str, is_own: bool) -> Told:
        """What was told. The form must be valid."""
        said, reach = self.cleaned_data, self._reach()
        something = any(said[name].strip() for name in ("narrative", "place", "suspect", "phone"))
        return Told(
            language=language,
            narrative=said["narrative"],
            place=said["place"],
            region=int(said["region"]) if said["region"] else None,
            suspect=said["suspect"],
            serving=Serving(said["serving"] or Serving.REFUSED),
            lines=(about, *lines_of(reach)) if something else (),
            is_own=is_own,
            reach=reach,
        )

    def _reach(self) -> Reach:
        said = self.cleaned_data
        if not said["phone"].strip():
            return Reach()
        return Reach(
            phone=said["phone"],
            opens=int(said["opens"]) if said["opens"] else None,
            closes=int(said["closes"]) if said["closes"] else None,
            voicemail=said["voicemail"] == "yes",
            code_word=said["code_word"],
            answers=said["answers"],
        )


def lines_of(reach: Reach) -> tuple[str, ...]:
    """What an officer must know before he calls, below her words; the number and the code word stand elsewhere."""
    if not reach.phone.strip():
        return ()
    span = gettext("at any hour")
    if reach.opens is not None or reach.closes is not None:
        span = f"{reach.opens or 0:02}:00–{reach.closes or 0:02}:00"
    voicemail = gettext("Voicemail may be left") if reach.voicemail else gettext("Leave no voicemail")
    who = gettext("Who may answer")
    answers = f"{who}: {reach.answers}" if reach.answers.strip() else ""
    code_word = gettext("A code word is said first; it stands with the number.") if reach.code_word.strip() else ""
    called = gettext("May be called")
    return tuple(line for line in (f"{called}: {span}", voicemail, answers, code_word) if line)


class SettleForm(forms.Form):
    """What she chooses for her code: a second word, and how long it lives. `0` destroys it now."""

    word = Words(max_length=rules.LONGEST_WORD)
    days = forms.ChoiceField(choices=[(str(days), days) for days in (*rules.DAYS, 0)])


class BackForm(forms.Form):
    """A code, and the second word if there is one."""

    code = Words(max_length=rules.LONGEST_LINE)
    word = Words(max_length=rules.LONGEST_LINE)
