"""Forms of orders. They read what was typed and write nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.cases.queries import AccountView
from qorgan.cases.terms import Role
from qorgan.orders import rules
from qorgan.orders.actions import Draft, Service
from qorgan.orders.models import Order
from qorgan.orders.terms import AppealResult, Appellant, Body, Finding, Prohibition, Receipt
from qorgan.people.queries import PersonView
from qorgan.web.forms import SeenForm
from qorgan.web.moments import MomentField, typed


def in_place(form: forms.Form, name: str, zone: tzinfo) -> None:
    """Read a moment of the form on the clock of the place."""
    moment = form.fields[name]
    assert isinstance(moment, MomentField)
    moment.zone = zone


def prohibitions_field(label: Any, *, refusal: Any, needed: bool = True) -> forms.MultipleChoiceField:
    """All that an order can forbid, to choose from; `refusal`: what is said where nothing was chosen."""
    return forms.MultipleChoiceField(
        label=label,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, one.label) for one in Prohibition],
        required=needed,
        error_messages={"required": refusal},
    )


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
    happened_at = MomentField(
        label=_("When the new fact happened"),
        help_text=_("only for an order on a new fact; empty: it rests on what the case began with"),
        required=False,
    )
    why_both = forms.CharField(
        label=_("Why it is right although one person stands on both sides"),
        help_text=_("only where the addressee is a victim too, or someone it protects is complained of"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        people: People,
        accounts: Iterable[AccountView],
        zone: tzinfo,
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
        in_place(self, "happened_at", zone)
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
            happened_at=said["happened_at"],
            why_both=said["why_both"],
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
        in_place(self, "served_at", zone)
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
    prohibitions = forms.MultipleChoiceField(
        label=_("What was breached"),
        help_text=_("only where a breach was found"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, one.label) for one in Prohibition],
        required=False,
    )
    breached_at = MomentField(
        label=_("When the breach happened"),
        help_text=_("where it is known; needed once the order has ended"),
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, zone: tzinfo, seen: int | None = None) -> None:
        super().__init__(data, seen=seen)
        in_place(self, "breached_at", zone)


class CancelForm(SeenForm):
    """By whose decision an order is cancelled."""

    why = forms.CharField(
        label=_("By whose decision"),
        help_text=_("the body, the date and the number of the decision; no names"),
        max_length=200,
    )


class ChangeForm(SeenForm):
    """A decision about an order that stands, with its moment: now, unless another was typed."""

    decided_at = MomentField(label=_("When it was decided"))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        order: Order,
        zone: tzinfo,
        now: datetime,
        seen: int | None = None,
        **initial: object,
    ) -> None:
        super().__init__(data, seen=seen, initial={"decided_at": typed(now, zone=zone), **initial})
        self.issued_at = order.issued_at
        in_place(self, "decided_at", zone)

    def decided(self, now: datetime) -> datetime:
        """The moment. A minute is typed: in the minute of the issue it was decided after the issue."""
        at: datetime = self.cleaned_data["decided_at"]
        if self.issued_at is not None and timedelta(0) < self.issued_at - at < timedelta(minutes=1):
            return min(self.issued_at, now)
        return at


def _why() -> forms.CharField:
    return forms.CharField(
        label=_("By whose decision"),
        help_text=_("the body, the date and the number of the decision; no names"),
        max_length=500,
        error_messages={"required": rules.NoReason.text},
    )


def _choice(label: Any, words: Iterable[tuple[str, str | Promise]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, widget=forms.RadioSelect, choices=list(words))


class AnnulForm(ChangeForm):
    """By whose decision an order is annulled."""

    why = _why()


class VaryForm(ChangeForm):
    """What an order forbids from now on."""

    prohibitions = prohibitions_field(_("What it forbids"), refusal=rules.NothingForbidden.text)
    body = _choice(_("Who decided"), [(one.value, one.label) for one in Body])
    why = _why()

    def __init__(self, data: QueryDict | None = None, *, order: Order, **told: Any) -> None:
        super().__init__(data, order=order, prohibitions=order.prohibitions, **told)


class AppealForm(ChangeForm):
    """Who complains about an order, and to whom."""

    filed_by = _choice(_("Who complains"), [(one.value, one.label) for one in Appellant])
    body = _choice(_("To whom"), [(one.value, one.label) for one in Body])

    def __init__(self, data: QueryDict | None = None, **told: Any) -> None:
        super().__init__(data, **told)
        self.fields["decided_at"].label = _("When it was filed")


class OutcomeForm(ChangeForm):
    """What became of a complaint."""

    result = _choice(
        _("What was decided"), [(one.value, one.label) for one in AppealResult if one is not AppealResult.PENDING]
    )
    prohibitions = prohibitions_field(_("What it forbids"), refusal=rules.NothingForbidden.text, needed=False)
    why = _why()

    def __init__(self, data: QueryDict | None = None, *, order: Order, **told: Any) -> None:
        super().__init__(data, order=order, prohibitions=order.prohibitions, **told)
        self.fields["prohibitions"].help_text = _("only where the order was varied")


class CorrectForm(SeenForm):
    """When an order was handed over in truth, and why it stood otherwise."""

    served_at = MomentField(label=_("When it was handed over"), help_text=_("to the minute; the term runs from it"))
    why = forms.CharField(label=_("Why it is corrected"), max_length=500)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        order: Order,
        zone: tzinfo,
        now: datetime,
        seen: int | None = None,
    ) -> None:
        super().__init__(data, seen=seen, initial={"served_at": typed(order.served_at or now, zone=zone)})
        in_place(self, "served_at", zone)
