"""No page shows a telephone whole, but where its reader asked for that one by an act that is written down."""

import re
from collections.abc import Iterator
from datetime import time

from django.apps import apps
from django.db import models
from django.http import HttpResponse

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Staff
from qorgan.agencies.terms import ROLES, Relation
from qorgan.base.fields import SealedField
from qorgan.base.keys import vault
from qorgan.base.processes import Process
from qorgan.base.scope import acting
from qorgan.cases.terms import Role
from qorgan.messages.terms import SafeContact, Voice
from qorgan.people import actions as people
from qorgan.people.models import Person
from tests.matrix import cast
from tests.matrix.asking import ask, asked_with, methods_of, path_of, undone
from tests.matrix.conftest import NOW, Scene
from tests.matrix.forms import forms
from tests.matrix.real import Page, pages
from tests.roles import as_process
from tools.access_matrix import YES, addresses, line_of

# Fields that hold a way to reach someone, and what of them is a number: an address of mail or of a street is none.
NUMBERS = {"people.person.phone", "people.contact.address", "agencies.declaration.phone", "reports.contact.number"}
NUMBERS |= {"reports.contact.raw_number"}
# Where a reader is given one whole, by asking for it: each is written down with what it is for.
GIVEN_OUT = {"reports:reveal", "calls:number", "cases:reach"}
IMPERSONAL = ("figures:", "law:", "style:")  # pages that no person stands on
_DIGIT = re.compile(r"\d")
_BETWEEN = r"(?:[\s\u00a0\u202f().+/-]|&nbsp;|&#160;|%20)*"


def _stored() -> dict[str, set[str]]:
    """By field: the numbers of all records, as they are read when opened."""
    found: dict[str, set[str]] = {name: set() for name in NUMBERS}
    with acting(offices.system("tests")), as_process(Process.WORKER):
        for model in apps.get_models():
            for one in model._meta.get_fields():
                name = f"{model._meta.app_label}.{model._meta.model_name}.{getattr(one, 'name', '')}"
                if isinstance(one, SealedField) and name in NUMBERS:
                    found[name] |= set(_opened(model, one.name, at=name))
    return found


def _opened(model: type[models.Model], field: str, *, at: str) -> Iterator[str]:
    for row in model._default_manager.all():
        text = vault.read(getattr(row, field), at=at)
        if len(_DIGIT.findall(text)) >= 7:
            yield text


def _pattern(numbers: set[str]) -> re.Pattern[str]:
    """Any of the numbers without its country's digits, however it is spaced."""
    own = {"".join(_DIGIT.findall(number))[-10:] for number in numbers}
    return re.compile("|".join(_BETWEEN.join(number) for number in sorted(own)))


def _text(answer: HttpResponse) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # the client's response
    return body.decode("utf-8", "replace")


def test_no_page_of_staff_shows_a_telephone_whole_that_was_not_asked_for(whole: Scene) -> None:
    real = pages(whole)
    _kept_beside(whole)
    stored = _stored()
    pattern = _pattern(set().union(*stored.values()))
    shown, given_out = {}, set()
    for name, login, method, path, typed in [*_of_story(whole), *_of_real(whole, real)]:
        with undone():
            found = pattern.search(_text(ask(whole.browser(login), method, path, typed)))
        if found and name in GIVEN_OUT:
            given_out.add(name)
        elif found:
            shown[name, method, login] = found[0]
    assert shown == {}
    assert "reports:reveal" in given_out, "where it is given out it is found"
    empty = {name for name, numbers in stored.items() if not numbers}
    assert empty == set(), "a field that no record fills proves nothing"


def _kept_beside(scene: Scene) -> None:
    """What the story does not tell: how she may be called, and the number of someone near to one of the staff."""
    inspector = cast.of("inspector")
    her = Staff.objects.get(pk=inspector.staff)
    near = {"relation": Relation.SIBLING, "name": "", "iin": "", "phone": "+7 701 000 00 42"}
    agencies.declare(staff=her, by=inspector, now=NOW, **near)  # type: ignore[arg-type]  # named above
    with acting(inspector):
        victim = Person.objects.get(pk=scene.story.people[Role.VICTIM])
        safe = SafeContact(Voice.CALL, "+77010000043", "алма", time(9), time(21), verified_at=NOW)
        people.set_contact(person=victim, contact=safe, by=inspector, now=NOW)


def _of_story(scene: Scene) -> Iterator[tuple[str, str, str, str, dict[str, object]]]:
    """Each address about the story: read by one of each role that may, written to by one."""
    for address in addresses("staff"):
        if address.name.startswith(IMPERSONAL):
            continue
        for _name, line in asked_with(address, line_of(address)):
            path = path_of(
                address, scene.given(address.parameters, dict(line.given[0])), line.query.format(**scene.beside)
            )
            for method in methods_of(scene.browser("inspector"), path):
                typed = forms(scene.story).get(address.name, {})
                may = [role for role in ROLES if line.answer(cast.permissions(role), role=role, method=method) == YES]
                for role in may if method == "GET" else may[:1]:
                    yield address.name, cast.CAST[role], method, path, typed


def _of_real(scene: Scene, real: list[Page]) -> Iterator[tuple[str, str, str, str, dict[str, object]]]:
    by_name = {one.name: one for one in addresses("staff")}
    for one in real:
        path = path_of(by_name[one.name], dict(one.given))
        for login in sorted(one.let_in | one.reads):
            if login in scene.browsers:
                for method in methods_of(scene.browser("inspector"), path):
                    yield one.name, login, method, path, dict(one.typed)


def test_a_number_is_found_however_it_is_spaced() -> None:
    pattern = _pattern({"+77010000001"})
    for text in ("+7 701 000 00 01", "8(701)000-00-01", "7010000001", "+7&nbsp;701&nbsp;000&nbsp;00&nbsp;01"):
        assert pattern.search(text), text
    for text in ("••• ••• •• 01", "701 000 00 02", "701"):
        assert not pattern.search(text), text
