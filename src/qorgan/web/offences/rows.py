"""The rows of persons in the form of a new offence: those known from the case or report, and some without a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from qorgan.cases.terms import Role as CaseRole
from qorgan.offences.actions import Involved
from qorgan.offences.terms import Part
from qorgan.people.queries import PersonView
from qorgan.reports.terms import Role as ReportRole
from qorgan.web.offences.forms import InvolvedForm
from qorgan.web.request import StaffRequest

People = Sequence[tuple[str, str, PersonView]]
AT_FIRST, AT_MOST = 2, 20  # rows without a name

_PARTS: dict[CaseRole | ReportRole, Part] = {
    CaseRole.VICTIM: Part.VICTIM,
    CaseRole.OFFENDER: Part.SUSPECT,
    ReportRole.VICTIM: Part.VICTIM,
    ReportRole.SUSPECT: Part.SUSPECT,
}


def part_of(role: CaseRole | ReportRole) -> str:
    """The part that a person's role suggests; empty where a person must decide."""
    return _PARTS.get(role, "")


@dataclass(frozen=True)
class Rows:
    """The rows as they stand on the page. `count` of them have no name."""

    known: tuple[InvolvedForm, ...]
    nameless: tuple[InvolvedForm, ...]

    @property
    def count(self) -> int:
        """How many rows without a name the page has."""
        return len(self.nameless)

    @property
    def all(self) -> tuple[InvolvedForm, ...]:
        """Every row in the order of the page."""
        return self.known + self.nameless

    def are_valid(self) -> bool:
        """Whether every row can be read; each says for itself what is wrong."""
        return all([row.is_valid() for row in self.all])

    def involved(self) -> tuple[Involved, ...]:
        """The persons of the rows that were filled."""
        return tuple(one for one in (row.involved() for row in self.all) if one is not None)


def rows_of(request: StaffRequest, *, people: People) -> Rows:
    """The rows of a request; as many without a name as the page had, and one more where that was asked for."""
    sent = request.POST if request.method == "POST" else None
    count = AT_FIRST if not people else 0
    if sent is not None:
        count = _count(sent.get("rows", "")) + ("more" in sent)
    known = [
        InvolvedForm(sent, prefix=f"k{person.id}", part=part, person=person, name=f"{person.name}, {role}")
        for part, role, person in people
    ]
    nameless = [InvolvedForm(sent, prefix=f"p{number}") for number in range(min(count, AT_MOST))]
    return Rows(tuple(known), tuple(nameless))


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0


def unsent(form: forms.Form) -> None:
    """Make it a form that was not sent, with everything that was typed: it is to be gone on with, not judged."""
    typed = {bound.name: bound.value() for bound in form}
    form.initial = {**form.initial, **typed}
    form.is_bound, form.data = False, QueryDict()
    form._bound_fields_cache.clear()  # type: ignore[attr-defined]  # Django keeps the values it has read there
