"""Forms of court cases. They read what was typed and write nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.models import Agency
from qorgan.base.errors import Refused
from qorgan.courts import rules
from qorgan.courts.rules import Measure
from qorgan.courts.terms import AppealResult, DecisionKind, Kind, Party, Prohibition, Result
from qorgan.offences.models import Offence
from qorgan.orders.models import Order
from qorgan.web.forms import SeenForm
from qorgan.web.moments import MomentField, typed

NOTE = 10_000


def _small(label: object, *, hint: object = "") -> forms.IntegerField:
    """A small whole number."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "num", "maxlength": "4"})
    return forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=9999, required=False, widget=widget)  # type: ignore[arg-type]  # texts are promises


def _minute(form: forms.Form, name: str, *, zone: tzinfo) -> None:
    moment = form.fields[name]
    assert isinstance(moment, MomentField)
    moment.zone = zone


class SendForm(forms.Form):
    """What goes to which court."""

    kind = forms.ChoiceField(
        label=_("What the court is asked for"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Kind],
    )
    court = forms.ChoiceField(
        label=_("Court"), widget=forms.RadioSelect, error_messages={"required": rules.NoSuchCourt.text}
    )
    order = forms.ChoiceField(label=_("About which order"), widget=forms.RadioSelect, required=False)
    offence = forms.ChoiceField(label=_("About which offence"), widget=forms.RadioSelect, required=False)
    contents = forms.CharField(
        label=_("What is enclosed"),
        help_text=_("papers with their numbers; no address of hers"),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        courts: Iterable[Agency],
        orders: Sequence[Order],
        offences: Sequence[Offence],
        filled: dict[str, str],
    ) -> None:
        super().__init__(data, initial=filled)
        language = get_language() or ""
        self._choose("court", [(str(one.id), one.name(language)) for one in courts])
        self._choose("order", [(str(one.id), one.number) for one in orders])
        offered = [(str(one.id), f"{one.number} · {one.code} {one.article}") for one in offences]
        self._choose("offence", offered)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        if name in ("order", "offence"):
            if not choices:
                del self.fields[name]
                return
            choices = [*choices, ("", str(_("none")))]
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def picked(self, name: str) -> UUID | None:
        """What was chosen; None where nothing was. The form must be valid."""
        chosen = self.cleaned_data.get(name, "")
        return UUID(chosen) if chosen else None


class HearingForm(SeenForm):
    """When the court sits."""

    at = MomentField(label=_("When the hearing is"), help_text=_("on the clock of the place"))

    def __init__(self, data: QueryDict | None = None, *, zone: tzinfo, seen: int | None = None) -> None:
        super().__init__(data, seen=seen)
        _minute(self, "at", zone=zone)


class OutcomeForm(SeenForm):
    """What became of a hearing."""

    result = forms.ChoiceField(label=_("What became of the hearing"), widget=forms.RadioSelect)
    to = MomentField(
        label=_("To when it is put off"), help_text=_("only where it was not held and the day is set"), required=False
    )

    def __init__(self, data: QueryDict | None = None, *, zone: tzinfo, ahead: bool, seen: int | None = None) -> None:
        super().__init__(data, seen=seen, initial={"result": Result.POSTPONED if ahead else Result.HELD})
        offered = [Result.POSTPONED, Result.ABSENT] if ahead else [Result.HELD, Result.POSTPONED, Result.ABSENT]
        self.fields["result"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]  # a choice field
        _minute(self, "to", zone=zone)


class ReturnForm(SeenForm):
    """Why the materials go back."""

    why = forms.CharField(
        label=_("Why they are returned"),
        max_length=1000,
        error_messages={"required": rules.WhyMissing.text},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AtForm(SeenForm):
    """Something that happened at a moment, typed to the minute and filled beforehand with this one.

    `floor` is what it rests on: within its minute, what is typed came after it.
    """

    at = MomentField()
    asked: str | Promise = ""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        zone: tzinfo,
        now: datetime,
        floor: datetime,
        seen: int | None = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, seen=seen, initial={"at": typed(now, zone=zone), **(initial or {})})
        self.floor = floor
        self.fields["at"].label = self.asked  # type: ignore[assignment]  # texts are promises
        _minute(self, "at", zone=zone)

    def moment(self) -> datetime:
        """When it happened. The form must be valid."""
        at: datetime = self.cleaned_data["at"]
        return self.floor if timedelta(0) < self.floor - at < timedelta(minutes=1) else at


_MEASURES: dict[DecisionKind, tuple[str, ...]] = {
    DecisionKind.SPECIAL_REQUIREMENTS: ("months", "visits", "prohibitions", "eviction_days"),
    DecisionKind.PSYCHOLOGICAL_HELP: ("months",),
    DecisionKind.ARREST: ("days",),
    DecisionKind.PUBLIC_WORKS: ("hours",),
    DecisionKind.SENTENCE: ("conviction", "imprisonment_months"),
}
_NAMES = ("months", "visits", "prohibitions", "eviction_days", "days", "hours", "conviction", "imprisonment_months")


_NEEDED: dict[DecisionKind, dict[str, type[Refused]]] = {
    DecisionKind.SPECIAL_REQUIREMENTS: {"months": rules.MonthsMissing, "prohibitions": rules.NoProhibition},
    DecisionKind.PSYCHOLOGICAL_HELP: {"months": rules.MonthsMissing},
    DecisionKind.ARREST: {"days": rules.DaysMissing},
    DecisionKind.PUBLIC_WORKS: {"hours": rules.HoursMissing},
    DecisionKind.SENTENCE: {"conviction": rules.GuiltNotSaid},
}


class MeasureForm(AtForm):
    """The fields that a decision of one kind has. The kind is chosen on a page of its own: no script is needed."""

    months = _small(_("For how many months"))
    visits = _small(_("Visits to the police a month"))
    prohibitions = forms.MultipleChoiceField(
        label=_("What is forbidden"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, one.label) for one in Prohibition],
    )
    eviction_days = _small(_("For how many days outside the home"))
    days = _small(_("For how many days"))
    hours = _small(_("How many hours"))
    conviction = forms.ChoiceField(
        label=_("The sentence"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("yes", _("convicts")), ("no", _("acquits"))],
    )
    imprisonment_months = _small(_("Imprisonment, in months"), hint=_("only where it is the punishment"))

    def keep_of(self, kind: DecisionKind, *, limits: dict[str, str], listed: Sequence[str] | None) -> None:
        """Only the fields of a kind, with the limits of the law as hints and the prohibitions that the law lists."""
        for name in _NAMES:
            if name not in _MEASURES.get(kind, ()):
                del self.fields[name]
        for name, words in limits.items():
            if name in self.fields:
                self.fields[name].help_text = words
        if listed is not None and "prohibitions" in self.fields:
            offered = [(one.value, one.label) for one in Prohibition if one.value in listed]
            self.fields["prohibitions"].choices = offered  # type: ignore[attr-defined]  # a choice field

    def ask_for(self, kind: DecisionKind) -> None:
        """A decision of this kind names these; where one is varied on appeal they stand filled and may stay."""
        for name, refusal in _NEEDED.get(kind, {}).items():
            field = self.fields[name]
            field.required = True
            field.error_messages["required"] = str(refusal.text)

    def measure(self) -> Measure:
        """The measure that was typed. The form must be valid."""
        said = self.cleaned_data
        guilt = said.get("conviction", "")
        return Measure(
            months=said.get("months"),
            days=said.get("days"),
            hours=said.get("hours"),
            visits=said.get("visits"),
            prohibitions=tuple(Prohibition(one) for one in said.get("prohibitions", ())),
            eviction_days=said.get("eviction_days"),
            conviction=guilt == "yes" if guilt else None,
            imprisonment_months=said.get("imprisonment_months"),
        )


class DecisionForm(MeasureForm):
    """A decision of a kind: when it was announced, the measure, its words."""

    asked = _("When it was announced")
    note = forms.CharField(
        label=_("Operative part"),
        help_text=_("in short; no address of hers"),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AppealForm(AtForm):
    """Who appeals, and when it came."""

    asked = _("When the appeal was filed")
    filed_by = forms.ChoiceField(
        label=_("Who appeals"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Party]
    )


class AppealOutcomeForm(MeasureForm):
    """What the higher court said; the measure is read only where it varied the decision."""

    asked = _("When it said so")
    result = forms.ChoiceField(
        label=_("What the higher court said"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in AppealResult if one is not AppealResult.PENDING],
    )


class ForceForm(AtForm):
    """When a decision entered into force."""

    asked = _("From when it is in force")


class BreachForm(SeenForm):
    """A breach of special requirements."""

    prohibitions = forms.MultipleChoiceField(
        label=_("What was breached"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": rules.NoProhibition.text},
    )
    noticed_at = MomentField(label=_("When it was noticed"))
    breached_at = MomentField(
        label=_("When the breach happened"),
        help_text=_("empty where it is not known: then it counts from when it was noticed"),
        required=False,
    )
    report = forms.CharField(
        label=_("Number of the report"), help_text=_("only where a report tells of it"), max_length=40, required=False
    )
    offence = forms.ChoiceField(label=_("Registered offence"), required=False)
    note = forms.CharField(
        label=_("What happened"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        required: Sequence[str],
        offences: Iterable[Offence],
        zone: tzinfo,
        now: datetime,
        seen: int | None = None,
    ) -> None:
        super().__init__(data, seen=seen, initial={"noticed_at": typed(now, zone=zone), "prohibitions": list(required)})
        chosen = [(one.value, one.label) for one in Prohibition if one.value in required]
        held = [(str(one.id), f"{one.number}, {one.code} {one.article}") for one in offences]
        self.fields["prohibitions"].choices = chosen  # type: ignore[attr-defined]  # a choice field
        self.fields["offence"].choices = [("", "–"), *held]  # type: ignore[attr-defined]  # a choice field
        for name in ("noticed_at", "breached_at"):
            _minute(self, name, zone=zone)
