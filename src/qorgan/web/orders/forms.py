"""Forms of orders. They read what was typed and write nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qorgan.cases.queries import AccountView
from qorgan.cases.terms import Role
from qorgan.orders import rules
from qorgan.orders.actions import Draft, Service
from qorgan.orders.terms import Finding, Prohibition, Receipt
from qorgan.people.queries import PersonView
from qorgan.web.forms import SeenForm
from qorgan.web.moments import MomentField, typed

People = list[tuple[Role, PersonView]]
PROTECTED_AT_FIRST = frozenset({Role.VICTIM, Role.CHILD})


class DraftForm(SeenForm):
    """What an officer writes into an order. Filled beforehand with the case's own people and first words."""

    addressee = forms.ChoiceField(
        label=_("To whom it is addressed"),
        widget=forms.RadioSelect,
        error_messages={"required": rules.NoAddressee.text},
    )
    protected = forms.MultipleChoiceField(
        label=_("Whom it protects"),
        help_text=_("one order may protect several persons and counts as one"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": rules.NobodyProtected.text},
    )
    circumstances = forms.CharField(
        label=_("Circumstances"),
        help_text=_("what happened, when, and by what it is known; no address of hers"),
        max_length=10_000,
        error_messages={"required": rules.NoCircumstances.text},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    prohibitions = forms.MultipleChoiceField(
        label=_("What it forbids"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, one.label) for one in Prohibition],
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: People,
        accounts: Iterable[AccountView],
        seen: int | None = None,
    ) -> None:
        offenders = [person.id for role, person in people if role is Role.OFFENDER]
        filled = {
            "addressee": offenders[0] if len(offenders) == 1 else None,
            "protected": [person.id for role, person in people if role in PROTECTED_AT_FIRST],
            "circumstances": next((account.words for account in accounts), ""),
            "prohibitions": [one.value for one in Prohibition],
        }
        super().__init__(data, seen=seen, initial=filled)
        adults = [(role, person) for role, person in people if role is not Role.CHILD]
        self._choose("addressee", sorted(adults, key=lambda one: one[0] is not Role.OFFENDER))
        self._choose("protected", [(role, person) for role, person in people if role is not Role.OFFENDER])

    def _choose(self, name: str, people: People) -> None:
        choices = [(str(person.id), f"{person.name or _('name not known')}, {role.label}") for role, person in people]
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def draft(self) -> Draft:
        """What was chosen and typed. The form must be valid."""
        said = self.cleaned_data
        return Draft(
            addressee_id=UUID(said["addressee"]),
            protected_ids=tuple(UUID(one) for one in said["protected"]),
            circumstances=said["circumstances"],
            prohibitions=tuple(Prohibition(one) for one in said["prohibitions"]),
        )


class IssueForm(SeenForm):
    """Nothing is typed: the press of the button is the signature."""


class ServeForm(SeenForm):
    """How the order was handed over."""

    served_at = MomentField(label=_("When it was handed over"), help_text=_("to the minute; the term runs from it"))
    receipt = forms.ChoiceField(
        label=_("How he received it"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Receipt]
    )
    witness = forms.CharField(
        label=_("Who witnessed the refusal"),
        help_text=_("only where he refused to sign"),
        max_length=200,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why he refused, in his words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        zone: tzinfo,
        now: datetime,
        issued_at: datetime | None,
        seen: int | None = None,
    ) -> None:
        super().__init__(data, seen=seen, initial={"served_at": typed(now, zone=zone), "receipt": Receipt.SIGNED})
        self.issued_at = issued_at
        moment = self.fields["served_at"]
        assert isinstance(moment, MomentField)
        moment.zone = zone
        self.fields["witness"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def service(self) -> Service:
        """How it was handed over. The form must be valid.

        A minute is typed, the issue is known to the microsecond: handed over in the minute of its issue, the order
        was handed over after it.
        """
        said = self.cleaned_data
        at: datetime = said["served_at"]
        if self.issued_at is not None and timedelta(0) < self.issued_at - at < timedelta(minutes=1):
            at = self.issued_at
        return Service(at=at, receipt=Receipt(said["receipt"]), witness=said["witness"], reason=said["reason"])


class CheckForm(SeenForm):
    """What a check found."""

    finding = forms.ChoiceField(
        label=_("What was found"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Finding]
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("whom you spoke with and alone or not; for a late check, why it is late"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CancelForm(SeenForm):
    """By whose decision an order is cancelled."""

    why = forms.CharField(
        label=_("By whose decision"),
        help_text=_("the body, the date and the number of the decision; no names"),
        max_length=200,
    )
