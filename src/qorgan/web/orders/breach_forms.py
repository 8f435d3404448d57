"""Forms of breaches. They read what was typed and write nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.offences.models import Offence
from qorgan.orders import rules
from qorgan.orders.actions import Told
from qorgan.orders.models import Order
from qorgan.orders.terms import Followed, Prohibition
from qorgan.web.forms import SeenForm
from qorgan.web.moments import MomentField, typed
from qorgan.web.orders.forms import in_place, prohibitions_field


class _TellingForm(SeenForm):
    """A breach as someone tells it."""

    prohibitions = prohibitions_field(_("What was breached"), refusal=rules.NothingBreached.text)
    breached_at = MomentField(
        label=_("When the breach happened"),
        help_text=_("empty where it is not known: then it counts from when it was noticed"),
        required=False,
    )
    note = forms.CharField(
        label=_("What happened"),
        help_text=_("by what it is known; no address of hers"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def told(self, noticed_at: datetime) -> Told:
        """What was chosen and typed. The form must be valid. A minute is typed: in the same minute it was noticed."""
        said = self.cleaned_data
        return Told(
            noticed_at=noticed_at,
            breached=tuple(Prohibition(one) for one in said["prohibitions"]),
            breached_at=said["breached_at"],
            note=said["note"],
        )


class NoteForm(_TellingForm):
    """A breach that an officer noticed himself."""

    noticed_at = MomentField(label=_("When it was noticed"))
    field_order = ("prohibitions", "noticed_at", "breached_at", "note")

    def __init__(
        self, data: QueryDict | None = None, *, order: Order, zone: tzinfo, now: datetime, seen: int | None = None
    ) -> None:
        first = {"noticed_at": typed(now, zone=zone), "prohibitions": order.prohibitions}
        super().__init__(data, seen=seen, initial=first)
        for name in ("noticed_at", "breached_at"):
            in_place(self, name, zone)


class CalledForm(_TellingForm):
    """A report that tells of a breach, and the order it was a breach of."""

    number = forms.CharField(label=_("Number of the order"), max_length=30)
    field_order = ("number", "prohibitions", "breached_at", "note")

    def __init__(
        self, data: QueryDict | None = None, *, zone: tzinfo, number: str = "", seen: int | None = None
    ) -> None:
        super().__init__(data, seen=seen, initial={"number": number})
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        in_place(self, "breached_at", zone)


class FollowForm(SeenForm):
    """One thing that followed a breach."""

    kind = forms.ChoiceField(
        label=_("What followed"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Followed]
    )
    happened_at = MomentField(label=_("When"))
    offence = forms.ChoiceField(
        label=_("Registered offence"),
        help_text=_("for a protocol and for the register of pre-trial investigations"),
        required=False,
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("needed where nothing was confirmed"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        offences: Iterable[Offence],
        zone: tzinfo,
        now: datetime,
        seen: int | None = None,
    ) -> None:
        super().__init__(data, seen=seen, initial={"happened_at": typed(now, zone=zone)})
        held = [(str(one.id), f"{one.number}, {one.code} {one.article}") for one in offences]
        self.fields["offence"].choices = [("", "–"), *held]  # type: ignore[attr-defined]  # a choice field
        in_place(self, "happened_at", zone)


class JoinForm(SeenForm):
    """Which earlier telling this one repeats."""

    same_as = forms.ChoiceField(label=_("It is the same as"), widget=forms.RadioSelect)

    def __init__(
        self, data: QueryDict | None = None, *, earlier: Sequence[tuple[str, str | Promise]], seen: int | None = None
    ) -> None:
        super().__init__(data, seen=seen)
        self.fields["same_as"].choices = list(earlier)  # type: ignore[attr-defined]  # a choice field
