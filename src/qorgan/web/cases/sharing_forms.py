"""Forms of what is shared of a case. They read what was chosen and write nothing."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.cases.actions import Asked, Document, Part, Whole
from qorgan.cases.terms import OF_UNIFORM, Aim, Bond, Giver, Ground, How, Section, Urgency, Why
from qorgan.web.forms import SeenForm
from qorgan.web.moments import MomentField

Choices = Sequence[tuple[str, str]]
DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]
TO_AGENCY, TO_KIND = "agency:", "kind:"
NOTHING: list[tuple[str, str]] = [("", "–")]
ASKED_FOR = tuple(one for one in Aim if one not in OF_UNIFORM)  # they have acts of their own
CHOSEN = ("agency", "to")  # nothing is chosen beforehand: the first of a list is nobody's answer


def _words(words: Any) -> list[tuple[str, Any]]:
    return [(one.value, one.label) for one in words]


class AboutCase(SeenForm):
    """What the forms share: choices of this case, moments on the clock of its place."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        seen: int | None = None,
        zone: tzinfo | None = None,
        initial: dict[str, Any] | None = None,
        **choices: Choices,
    ) -> None:
        super().__init__(data, seen=seen, initial=initial)
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*NOTHING, *found] if name in CHOSEN else list(found)
        for field in self.fields.values():
            if isinstance(field, MomentField) and zone is not None:
                field.zone = zone


class ConsentForm(AboutCase):
    """What she was asked, and what she said."""

    person = forms.ChoiceField(label=_("Whom it is about"))
    aim = forms.ChoiceField(label=_("What for"), choices=[*NOTHING, *_words(ASKED_FOR)])
    to = forms.ChoiceField(label=_("Who receives it"), help_text=_("one agency, or any of a kind"))
    sections = forms.MultipleChoiceField(
        label=_("What of the file"), choices=_words(Section), widget=forms.CheckboxSelectMultiple
    )
    until = MomentField(label=_("Until when"), help_text=_("as she said it: 20.12.2026 18:00"), required=False)
    answer = forms.ChoiceField(
        label=_("Her answer"), widget=forms.RadioSelect, choices=[("yes", _("She agrees")), ("no", _("She refuses"))]
    )
    giver = forms.ChoiceField(label=_("Who answered"), widget=forms.RadioSelect, choices=_words(Giver))
    speaker = forms.ChoiceField(label=_("Her representative"), required=False)
    how = forms.ChoiceField(label=_("How it was said"), widget=forms.RadioSelect, choices=_words(How))
    language = forms.ChoiceField(label=_("In which language it was read to her"))
    why = forms.CharField(
        label=_("Why a child's own word counts"),
        help_text=_("only for a child, or where her age is not known: you decide it, and are named"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def asked(self) -> Asked:
        """What was chosen. The form must be valid."""
        said = self.cleaned_data
        to: str = said["to"]
        return Asked(
            person_id=UUID(said["person"]),
            giver=Giver(said["giver"]),
            speaker_id=UUID(said["speaker"]) if said["speaker"] else None,
            aim=Aim(said["aim"]),
            sections=tuple(Section(one) for one in said["sections"]),
            agency_id=UUID(to.removeprefix(TO_AGENCY)) if to.startswith(TO_AGENCY) else None,
            agency_kind=to.removeprefix(TO_KIND) if to.startswith(TO_KIND) else "",
            until=said["until"],
            how=How(said["how"]),
            language=said["language"],
            why=said["why"],
        )


class WithdrawForm(SeenForm):
    """That a consent is withdrawn."""

    sure = forms.BooleanField(label=_("She takes it back"))


class ReferForm(AboutCase):
    """What of the case is offered to whom."""

    agency = forms.ChoiceField(label=_("To which agency"))
    aim = forms.ChoiceField(label=_("What for"), choices=[*NOTHING, *_words(ASKED_FOR)])
    sections = forms.MultipleChoiceField(
        label=_("What of the file"), choices=_words(Section), widget=forms.CheckboxSelectMultiple
    )
    until = MomentField(label=_("Until when"))
    urgency = forms.ChoiceField(label=_("How soon"), widget=forms.RadioSelect, choices=_words(Urgency))
    ground = forms.ChoiceField(
        label=_("On what ground"),
        widget=forms.RadioSelect,
        choices=_words((Ground.CONSENT, Ground.CHILD_IN_DANGER, Ground.STATE_DUTY)),
    )
    note = forms.CharField(
        label=_("For whoever accepts it"),
        help_text=_("read only after it is accepted"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def part(self) -> Part:
        """What was chosen. The form must be valid."""
        said = self.cleaned_data
        return Part(
            agency_id=UUID(said["agency"]),
            aim=Aim(said["aim"]),
            sections=tuple(Section(one) for one in said["sections"]),
            until=said["until"],
            urgency=Urgency(said["urgency"]),
            ground=Ground(said["ground"]),
            note=said["note"],
        )


class TransferForm(AboutCase):
    """To which office the whole case goes."""

    agency = forms.ChoiceField(label=_("To which office"))
    why = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect, choices=_words(Why))
    urgency = forms.ChoiceField(label=_("How soon"), widget=forms.RadioSelect, choices=_words(Urgency))
    note = forms.CharField(
        label=_("For whoever accepts it"),
        help_text=_("read only after it is accepted"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def whole(self) -> Whole:
        """What was chosen. The form must be valid."""
        said = self.cleaned_data
        return Whole(
            agency_id=UUID(said["agency"]), why=Why(said["why"]), urgency=Urgency(said["urgency"]), note=said["note"]
        )


class SpeakerForm(AboutCase):
    """Who speaks for whom, by which document."""

    person = forms.ChoiceField(label=_("For whom"))
    speaker = forms.ChoiceField(label=_("Who speaks"), help_text=_("name the person in the case first"))
    bond = forms.ChoiceField(label=_("As what"), widget=forms.RadioSelect, choices=_words(Bond))
    evidence = forms.CharField(label=_("By which document"), help_text=_("its kind, number and date"), max_length=300)
    valid_from = forms.DateField(label=_("In force from"), input_formats=DAYS, help_text="05.11.2026")
    valid_until = forms.DateField(label=_("In force until"), input_formats=DAYS, required=False)

    def document(self) -> Document:
        """What was chosen. The form must be valid."""
        said = self.cleaned_data
        return Document(
            person_id=UUID(said["person"]),
            speaker_id=UUID(said["speaker"]),
            bond=Bond(said["bond"]),
            evidence=said["evidence"],
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
        )


class DoubtForm(SeenForm):
    """That a representative may be the one complained of, or speaks for nobody any more."""


def first_answer(now: datetime) -> dict[str, Any]:
    """How the form of a consent begins: nothing is chosen for her."""
    return {"sections": [Section.CASE.value]}
