"""Forms of what was said, found and marked, and of what is asked of the ombudsman. They read, and write nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.cases import rules
from qorgan.cases.actions import Found, Heard, Looked, Request, Stated, Statement
from qorgan.cases.terms import Discipline, Kin, Object, Outcome, Said, Speaker, Through, Topic
from qorgan.web.forms import SeenForm, WhyField
from qorgan.web.moments import MomentField, typed

Choices = Sequence[tuple[str, Any]]
NOTHING: list[tuple[str, str]] = [("", "–")]


def _words(words: Any) -> list[tuple[str, Any]]:
    return [(one.value, one.label) for one in words]


def _id(value: str) -> UUID | None:
    return UUID(value) if value else None


class _OfCase(SeenForm):
    """What these forms share: choices of this case, moments on the clock of its place."""

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
            field.choices = list(found) if isinstance(field, forms.MultipleChoiceField) else [*NOTHING, *found]
        for field in self.fields.values():
            if isinstance(field, MomentField) and zone is not None:
                field.zone = zone


class _Stated(_OfCase):
    """A form that asks topic by topic what a statement says; every question may stay without an answer."""

    opens_topics = False

    def __init__(self, data: QueryDict | None = None, **told: Any) -> None:
        super().__init__(data, **told)
        for topic in Topic:
            if topic.choices:
                self.fields[f"said_{topic.value}"] = forms.ChoiceField(
                    label=str(topic.label), choices=[*NOTHING, *_words(topic.choices)], required=False
                )
            label = str(_("in words") if topic.choices else topic.label)
            self.fields[f"words_{topic.value}"] = forms.CharField(label=label, max_length=2000, required=False)

    def topics(self) -> Iterator[tuple[forms.BoundField | None, forms.BoundField]]:
        """The closed answer, where the topic has one, and the words, for each topic."""
        for topic in Topic:
            yield (self[f"said_{topic.value}"] if topic.choices else None, self[f"words_{topic.value}"])

    def has_topics(self) -> bool:
        """Whether the page shows the questions open: asked of every finding, or answered, or with a mistake."""
        if self.opens_topics or not self.is_bound:
            return self.opens_topics
        return any(bound.value() or bound.errors for pair in self.topics() for bound in pair if bound is not None)

    def stated(self) -> tuple[Stated, ...]:
        """What was answered. The form must be valid."""
        said = self.cleaned_data
        made = (
            Stated(
                topic=topic,
                words=said[f"words_{topic.value}"],
                said=Said(said[f"said_{topic.value}"]) if said.get(f"said_{topic.value}") else None,
            )
            for topic in Topic
        )
        return tuple(one for one in made if one.words.strip() or one.said)


class AccountForm(_Stated):
    """What someone said, in her own words."""

    speaker = forms.ChoiceField(label=_("Who said it"), widget=forms.RadioSelect, choices=_words(Speaker))
    person = forms.ChoiceField(label=_("Which person of the case"), required=False)
    said_at = MomentField(label=_("When it was said"))
    through = forms.ChoiceField(label=_("Through whom"), choices=_words(Through), required=False)
    source = forms.CharField(
        label=_("Through what"), help_text=_("a signed explanation, a call, a paper with its number"), max_length=120
    )
    words = forms.CharField(
        label=_("What was said"),
        help_text=_("word for word; your own opinion is an account of its own"),
        max_length=20_000,
        strip=False,
        error_messages={"required": rules.NothingWasSaid.text},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    corrects = forms.ChoiceField(
        label=_("Puts right an account that stands"), help_text=_("that one stays as it is"), required=False
    )

    def __init__(self, data: QueryDict | None = None, *, zone: tzinfo, now: datetime, **told: Any) -> None:
        initial = {"said_at": typed(now, zone=zone), "speaker": Speaker.VICTIM, "through": Through.DIRECTLY}
        super().__init__(data, zone=zone, initial=initial, **told)

    def heard(self) -> Heard:
        """What was typed. The form must be valid."""
        said = self.cleaned_data
        return Heard(
            speaker=Speaker(said["speaker"]),
            words=said["words"],
            source=said["source"],
            said_at=said["said_at"],
            through=Through(said["through"] or Through.DIRECTLY),
            person_id=_id(said["person"]),
            corrects_id=_id(said["corrects"]),
            stated=self.stated(),
        )


class FindingForm(_Stated):
    """An expert finding: its source, its answers, what it examined."""

    opens_topics = True

    discipline = forms.ChoiceField(label=_("Kind of finding"), widget=forms.RadioSelect, choices=_words(Discipline))
    institution = forms.CharField(label=_("Institution"), max_length=200)
    expert = forms.CharField(label=_("The expert's role"), help_text=_("not a name"), max_length=120)
    number = forms.CharField(label=_("Number of the paper"), max_length=60)
    asked_at = MomentField(label=_("When it was asked for"))
    given_at = MomentField(label=_("When it was given"))
    examined = forms.MultipleChoiceField(
        label=_("What was examined, of this case"), required=False, widget=forms.CheckboxSelectMultiple
    )
    examined_words = forms.CharField(
        label=_("What was examined and is not held here"),
        help_text=_("a place, a thing, a paper: one on a line"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    beside = forms.ChoiceField(label=_("Asked for beside an earlier finding"), required=False)
    corrects = forms.ChoiceField(
        label=_("Puts right an entry that stands"), help_text=_("that one stays as it is"), required=False
    )

    def found(self) -> Found:
        """What was typed. The form must be valid."""
        said = self.cleaned_data
        held = [one.partition(":") for one in said["examined"]]
        lines = [line.strip() for line in said["examined_words"].splitlines() if line.strip()]
        return Found(
            discipline=Discipline(said["discipline"]),
            institution=said["institution"],
            expert=said["expert"],
            number=said["number"],
            asked_at=said["asked_at"],
            given_at=said["given_at"],
            stated=self.stated(),
            examined=(
                *(Looked(kind=Object(kind), id=UUID(key)) for kind, _colon, key in held),
                *(Looked(kind=Object.NAMED, words=line) for line in lines),
            ),
            beside_id=_id(said["beside"]),
            corrects_id=_id(said["corrects"]),
        )


class MarkForm(_OfCase):
    """Which two statements contradict each other, on what."""

    topic = forms.ChoiceField(label=_("On what"), choices=[*NOTHING, *_words(Topic)])
    one = forms.ChoiceField(label=_("One statement"))
    other = forms.ChoiceField(label=_("The other statement"))

    def side(self, name: str) -> Statement:
        """A statement that was chosen. The form must be valid."""
        kind, _colon, key = self.cleaned_data[name].partition(":")
        return Statement(account_id=UUID(key)) if kind == "account" else Statement(finding_id=UUID(key))


class UnmarkForm(SeenForm):
    """Why a mark is withdrawn."""

    why = WhyField(label=_("Why it is withdrawn"))


class RequestForm(_OfCase):
    """Who of the family asks the ombudsman for what."""

    asker = forms.ChoiceField(label=_("Who asks"))
    kin = forms.ChoiceField(
        label=_("What this person is to the person concerned"), widget=forms.RadioSelect, choices=_words(Kin)
    )
    asked_at = MomentField(label=_("When it was asked"))
    words = forms.CharField(
        label=_("What is asked"),
        help_text=_("in the words of whoever asks"),
        max_length=8000,
        error_messages={"required": rules.NothingAsked.text},
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def request(self) -> Request:
        """What was typed. The form must be valid."""
        said = self.cleaned_data
        return Request(
            asker_id=UUID(said["asker"]), kin=Kin(said["kin"]), words=said["words"], asked_at=said["asked_at"]
        )


class TermForm(_OfCase):
    """By when a review is answered, where the law on record gives no term."""

    due_at = MomentField(label=_("By when it is answered"))
    why = WhyField(label=_("Why then"))


class AnswerForm(SeenForm):
    """The answer to a review, with its reasons."""

    outcome = forms.ChoiceField(label=_("The answer"), widget=forms.RadioSelect, choices=_words(Outcome))
    answer = forms.CharField(
        label=_("Reasons"),
        help_text=_("which statement is true is not decided here"),
        max_length=20_000,
        error_messages={"required": rules.NoReasons.text},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
