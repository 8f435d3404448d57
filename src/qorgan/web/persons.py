"""Persons in words. Telephone and IIN are shown with most digits hidden; whole, only where a page asks what for."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgan.base import words
from qorgan.people.queries import PersonView

HIDDEN = "•"
_PARTS_OF_A_NAME = range(2, 4)

FAULTS: dict[str, str | Promise] = {
    "length": gettext_lazy("the IIN does not have 12 digits"),
    "non_digit": gettext_lazy("the IIN holds something else than digits"),
    "century_digit": gettext_lazy("the seventh digit of the IIN is impossible"),
    "birth_date": gettext_lazy("the IIN holds an impossible date of birth"),
    "check_digit": gettext_lazy("the last digit of the IIN does not fit the others"),
    "never_issued": gettext_lazy("such an IIN is never issued"),
}


@dataclass(frozen=True)
class PersonCard:
    """A person as a page shows her. `iin` and `phone` are masked; `faults` are sentences on the IIN."""

    view: PersonView
    part: str
    name: str
    age: int | None
    iin: str
    phone: str
    faults: tuple[str, ...]


def card(view: PersonView, *, part: str | Promise, on: date) -> PersonCard:
    """The card of a person with her part, as old as she is on a day."""
    return PersonCard(
        view=view,
        part=str(part),
        name=view.name or _("name not known"),
        age=view.age_on(on),
        iin=masked_iin(view.iin),
        phone=masked_phone(view.phone),
        faults=tuple(str(FAULTS.get(fault, fault)) for fault in view.iin_faults),
    )


def short(view: PersonView | None) -> str:
    """`Сәрсенбаев Н. Т.`; a name of one word or of many stays as it was written."""
    if view is None:
        return ""
    if not view.surname:
        return shortened(view.name)
    return words.in_line(words.initials(view.surname, view.given, view.patronymic))


def shortened(name: str) -> str:
    """A name that is known only as a whole, as written: surname, given name, patronymic."""
    parts = name.split()
    return words.initials(parts[0], parts[1], *parts[2:]) if len(parts) in _PARTS_OF_A_NAME else name


def masked_phone(phone: str) -> str:
    """Only the last two digits."""
    digits = [sign for sign in phone if sign.isdigit()]
    return f"{HIDDEN * 3} {HIDDEN * 3} {HIDDEN * 2} {''.join(digits[-2:])}".replace(" ", "\u00a0") if digits else ""


def masked_iin(iin: str) -> str:
    """Only the six digits of the birth date, or what stands in their place."""
    return f"{words.in_line(iin)[:6]}\u00a0{HIDDEN * 6}" if iin else ""
