"""Moments as people type them, on the clock of a place."""

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_FORMS = ("%d.%m.%Y %H:%M", "%d.%m.%y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%d %b %Y %H:%M")

_LONGEST = 40


def typed(at: datetime, *, zone: tzinfo) -> str:
    """`20.11.2026 14:30`: how a field of a moment is filled beforehand."""
    return f"{at.astimezone(zone):{_FORMS[0]}}"


class MomentField(forms.Field):
    """Date and time on the clock of `zone`, which the form sets; becomes an aware moment."""

    zone: tzinfo

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "off", "spellcheck": "false", "class": "num", "maxlength": str(_LONGEST)}
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The moment; None where nothing was typed."""
        text = " ".join(str(value or "")[:_LONGEST].replace(",", " ").split())
        if not text:
            return None
        for form in _FORMS:
            try:
                return datetime.strptime(text, form).replace(tzinfo=self.zone)
            except ValueError:
                continue
        raise ValidationError(_("Enter a valid date/time."), code="invalid")
