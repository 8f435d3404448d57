"""Forms of offences. They read what was typed and write nothing."""

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.base import ids
from qorgan.offences import queries, rules
from qorgan.offences.actions import Described, Involved, Written
from qorgan.offences.engine import catalogue
from qorgan.offences.engine.catalogue import Article
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.queries import Filter
from qorgan.offences.terms import ANNULS, TERMINATES, Completion, Ground, Part, Register, Relationship, State
from qorgan.people.queries import PersonView
from qorgan.people.terms import Sex
from qorgan.web.forms import SeenForm
from qorgan.web.moments import MomentField, typed
from qorgan.web.offences import words

DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]
_QUIET = {"autocomplete": "off", "spellcheck": "false"}
_NAMED_AT_MOST = 5  # articles that a sentence can name


def day_field(label: Any, *, hint: Any = "") -> forms.DateField:
    """A day as people type it; it need not be told."""
    widget = forms.DateInput(attrs={**_QUIET, "class": "num", "inputmode": "numeric"})
    return forms.DateField(label=label, required=False, input_formats=DAYS, help_text=hint, widget=widget)


def why_field() -> forms.CharField:
    """The reason that stays in the history."""
    return forms.CharField(
        label=_("Why"),
        help_text=_("a document with its date and number; no names"),
        max_length=rules.LONGEST_REASON,
        error_messages={"required": rules.NoReason.text},
        widget=forms.TextInput(attrs=_QUIET),
    )


class FilterForm(forms.Form):
    """What of the register is wanted."""

    register = forms.ChoiceField(label=_("Register"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    article = forms.CharField(
        label=_("Article"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={**_QUIET, "list": "articles"}),
    )
    first = day_field(_("Registered from"), hint="01.11.2026")
    last = day_field(_("Registered until"), hint="30.11.2026")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        everything = [("", _("all"))]
        self.fields["register"].choices = everything + [(one.value, one.label) for one in Register]  # type: ignore[attr-defined]  # a choice field
        self.fields["state"].choices = everything + [(one.value, one.label) for one in State]  # type: ignore[attr-defined]  # a choice field

    def wanted(self) -> Filter:
        """What was asked for; what cannot be read is left out, and its field says so."""
        self.is_valid()
        said = self.cleaned_data
        return Filter(
            register=Register(said["register"]) if said.get("register") else None,
            state=State(said["state"]) if said.get("state") else None,
            articles=self._articles(said.get("article", "")),
            first=said.get("first"),
            last=said.get("last"),
        )

    def _articles(self, text: str) -> tuple[str, ...]:
        """Every article of any time that is meant: battery was three of them."""
        found = catalogue.read().search(text, called=words.called())
        if text.strip() and not found:
            self.add_error("article", _("No such article is on record."))
        return tuple(sorted({one.cited for one in found}))


class ActForm(SeenForm):
    """What the register says of an act. The article is one of those in force on the day of the act."""

    acted_on = day_field(_("Day of the act"), hint=_("leave empty where it is not known"))
    article = forms.CharField(
        label=_("Article"),
        help_text=_("its number or a word of its name; the law of the day of the act decides"),
        max_length=200,
        widget=forms.TextInput(attrs={**_QUIET, "list": "articles"}),
    )
    part = forms.CharField(
        label=_("Part"), help_text="2, 3-1", required=False, max_length=10, widget=forms.TextInput(attrs=_QUIET)
    )
    completion = forms.ChoiceField(
        label=_("How far the act went"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Completion],
    )
    registered_at = MomentField(label=_("When it was registered"), help_text=_("on the clock of this place"))
    register_no = forms.CharField(
        label=_("Number in the register or of the protocol"),
        required=False,
        max_length=rules.LONGEST_NUMBER,
        widget=forms.TextInput(attrs={**_QUIET, "class": "num"}),
    )

    def __init__(
        self, data: QueryDict | None, *, zone: tzinfo, now: datetime, initial: dict[str, Any], seen: int | None = None
    ) -> None:
        super().__init__(data, seen=seen, initial=initial)
        self.zone, self.now = zone, now
        self.chosen: Article | None = None
        moment = self.fields["registered_at"]
        assert isinstance(moment, MomentField)
        moment.zone = zone

    @property
    def offered(self) -> list[str]:
        """The articles to choose from: those of the day of the act that was typed, else of today."""
        try:
            day = self.fields["acted_on"].clean(self["acted_on"].value() or "")
        except forms.ValidationError:
            day = None
        return words.offered(day or self.now.astimezone(self.zone).date())

    def clean(self) -> dict[str, Any]:
        """Find the article that was meant. A sentence says where none or several are."""
        said = super().clean() or {}
        text = said.get("article")
        if text:
            on = said.get("acted_on") or (said.get("registered_at") or self.now).astimezone(self.zone).date()
            found = catalogue.read().search(text, on=on, called=words.called())
            if len(found) == 1 and catalogue.names_number(text, found[0]):
                self.chosen = found[0]
            else:
                refusal = rules.NoSuchArticle(article=text, day=f"{on:%d.%m.%Y}")
                self.add_error("article", _many(found) if found else str(refusal))
        return said

    def written(self) -> dict[str, Any]:
        """What was typed, by the names of `Written`. The form must be valid."""
        assert self.chosen is not None
        said = self.cleaned_data
        return {
            "code": self.chosen.code,
            "article": self.chosen.article,
            "part": said["part"].strip(),
            "acted_on": said["acted_on"],
            "completion": Completion(said["completion"]),
            "registered_at": said["registered_at"],
            "register_no": said["register_no"],
        }


class RegisterForm(ActForm):
    """A new offence. `token` names this sending: pressed twice, it is still one offence."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    territory = forms.TypedChoiceField(label=_("Where"), coerce=int)

    def __init__(
        self, data: QueryDict | None, *, zone: tzinfo, now: datetime, places: list[tuple[int, str]], own: int
    ) -> None:
        filled = {
            "token": ids.new(),
            "registered_at": typed(now, zone=zone),
            "completion": Completion.COMPLETED,
            "territory": own,
        }
        super().__init__(data, zone=zone, now=now, initial=filled)
        if len(places) > 1:
            self.fields["territory"].choices = places  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["territory"]


def as_typed(offence: Offence, *, zone: tzinfo) -> dict[str, Any]:
    """What stands in the register, as a person would type it."""
    row = queries.article_of(offence)
    return {
        "acted_on": f"{offence.acted_on:%d.%m.%Y}" if offence.acted_on else "",
        "article": words.typed(row) if row and not row.part else offence.article,
        "part": offence.part,
        "completion": offence.completion,
        "registered_at": typed(offence.registered_at, zone=zone),
        "register_no": offence.register_no,
    }


class CorrectForm(ActForm):
    """What the register shall say instead, and why."""

    why = why_field()

    def __init__(self, data: QueryDict | None, *, offence: Offence, zone: tzinfo, now: datetime) -> None:
        self.kept_at = offence.registered_at
        super().__init__(data, zone=zone, now=now, initial=as_typed(offence, zone=zone), seen=offence.version)

    def correction(self) -> Written:
        """What was typed. A minute is typed, the moment is known to the second: one that was left alone is kept."""
        said = self.written()
        at: datetime = said["registered_at"]
        if at == self.kept_at.replace(second=0, microsecond=0):
            said["registered_at"] = self.kept_at
        return Written(**said)


class DescribedForm(SeenForm):
    """What the register says of a person."""

    sex = forms.ChoiceField(label=_("Sex"), choices=[(one.value, one.label) for one in Sex])
    age = forms.IntegerField(
        label=_("Age"),
        help_text=_("full years on the day of the act"),
        required=False,
        min_value=0,
        max_value=rules.OLDEST,
        widget=forms.TextInput(attrs={**_QUIET, "inputmode": "numeric", "class": "num"}),
    )
    relationship = forms.ChoiceField(
        label=_("Who the suspect is to this victim"),
        required=False,
        choices=[(one.value, one.label) for one in Relationship],
    )

    def described(self) -> Described:
        """What was typed. The form must be valid."""
        said = self.cleaned_data
        relationship = Relationship(said["relationship"]) if said.get("relationship") else None
        return Described(sex=Sex(said["sex"] or Sex.UNKNOWN), age=said["age"], relationship=relationship)


class CorrectPersonForm(DescribedForm):
    """What the register shall say of a person instead, and why."""

    why = why_field()

    def __init__(self, data: QueryDict | None, *, person: OffencePerson, seen: int) -> None:
        filled = {"sex": person.sex, "age": person.age, "relationship": person.relationship}
        super().__init__(data, seen=seen, initial=filled)
        if person.part == Part.SUSPECT:
            del self.fields["relationship"]


class WithdrawForm(SeenForm):
    """Why a person is taken out."""

    why = why_field()


class InvolvedForm(DescribedForm):
    """One victim or suspect. A row in the form of a new offence says nothing where no part is chosen.

    `person` is someone known from the case or report, `name` what she is called there.
    """

    part = forms.ChoiceField(label=_("Part in the offence"), required=False)

    field_order = ("part", "sex", "age", "relationship")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        prefix: str = "",
        part: str = "",
        person: PersonView | None = None,
        name: str = "",
        seen: int | None = None,
        must: bool = False,
    ) -> None:
        sex = person.sex if person else Sex.UNKNOWN
        super().__init__(data, seen=seen, initial={"part": part, "sex": sex, "relationship": Relationship.UNKNOWN})
        self.prefix, self.person, self.name = prefix, person, name
        nobody = [] if must else [("", _("has no part in it") if person else _("nobody"))]
        self.fields["part"].choices = nobody + [(one.value, one.label) for one in Part]  # type: ignore[attr-defined]  # a choice field
        self.fields["part"].required = must
        self.fields["sex"].required = False
        if not must:
            self.fields["age"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Whoever is described without a name has a part: a row that says something is never dropped."""
        said = super().clean() or {}
        told = said.get("age") is not None or said.get("sex") not in ("", Sex.UNKNOWN, None)
        related = said.get("relationship") not in ("", Relationship.UNKNOWN, None)
        if self.person is None and not said.get("part") and (told or related):
            self.add_error("part", _("Choose whether this is a victim or a suspect."))
        return said

    def involved(self) -> Involved | None:
        """Who it is; None where no part is chosen. The form must be valid."""
        said = self.cleaned_data
        if not said["part"]:
            return None
        told, part = self.described(), Part(said["part"])
        return Involved(
            sex=told.sex,
            age=told.age,
            relationship=told.relationship if part is Part.VICTIM else None,
            part=part,
            person_id=self.person.id if self.person else None,
        )


class DecideForm(SeenForm):
    """On what ground an offence ends, or why it is taken up again; nothing more for the other steps."""

    ground = forms.ChoiceField(
        label=_("Ground"), widget=forms.RadioSelect, error_messages={"required": rules.WrongGround.text}
    )
    why = why_field()

    def __init__(self, data: QueryDict | None, *, wanted: State, before: State, seen: int) -> None:
        grounds = {State.TERMINATED: TERMINATES, State.ANNULLED: tuple(one for one in Ground if one in ANNULS)}
        super().__init__(data, seen=seen)
        if wanted in grounds:
            self.fields["ground"].choices = [(one.value, one.label) for one in grounds[wanted]]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["ground"]
        if wanted is not State.ANNULLED and before is not State.TERMINATED:
            del self.fields["why"]


def _many(found: tuple[Article, ...]) -> str:
    named = "; ".join(words.typed(one) for one in found[:_NAMED_AT_MOST])
    return str(_("Which one is meant? Write its number: %(articles)s")) % {"articles": named}
