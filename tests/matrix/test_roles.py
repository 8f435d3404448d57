"""Every address, every method it takes, every role: each is told what the table says; what it does not say fails."""

import pytest
from django.urls import URLPattern, path

from qorgan.agencies.terms import ROLES
from tests.matrix import cast
from tests.matrix.asking import ask, asked_with, methods_of, path_of, word
from tests.matrix.conftest import NEVER_WAS, Scene
from tests.matrix.forms import forms
from tests.matrix.headers import cookies, faults
from tests.matrix.story import THINGS
from tools.access_matrix import NOT_FOUND, PROCESSES, SIGN_IN, YES, Address, Line, NoAnswer, addresses, line_of, table

STAFF = [
    (name, address, line) for address in addresses("staff") for name, line in asked_with(address, line_of(address))
]
_OF_PEOPLE = [one for one in STAFF if one[2].open_to != "token"]
NOBODY = "press_officer"  # whose role opens no record
_KNOWN = {*THINGS, *NEVER_WAS, "thing_id", "admission_id", "value_id", "request_id", "number", "pk"}
each = pytest.mark.parametrize(("address", "line"), [one[1:] for one in _OF_PEOPLE], ids=[one[0] for one in _OF_PEOPLE])


def asked(scene: Scene, address: Address, line: Line) -> dict[str, str]:
    """The path of an address about the story, by each method that it takes."""
    path = path_of(address, scene.given(address.parameters, dict(line.given[0])), line.query.format(**scene.beside))
    return dict.fromkeys(methods_of(scene.browser("inspector"), path), path)


def answers(scene: Scene, address: Address, line: Line, who: dict[str, str]) -> dict[tuple[str, str], str]:
    """What each of `who` is told, by role and method."""
    typed, found = forms(scene.story).get(address.name, {}), {}
    for method, place in asked(scene, address, line).items():
        for role, login in who.items():
            told = ask(scene.browser(login), method, place, typed)
            found[role, method] = word(told)
            if method == "GET":
                scene.told[place, login] = told
    return found


@each
def test_each_role_is_told_what_the_table_says(whole: Scene, address: Address, line: Line) -> None:
    told = answers(whole, address, line, cast.CAST)
    assert told == {
        (role, method): line.answer(cast.permissions(role), role=role, method=method) for role, method in told
    }


@each
def test_who_has_not_signed_in_is_led_to_sign_in(whole: Scene, address: Address, line: Line) -> None:
    told = answers(whole, address, line, {"": ""})
    expected = line.nobody or (line.allowed if line.open_to == "anyone" else SIGN_IN)
    assert set(told.values()) == {expected}


@each
def test_of_a_record_nobody_from_elsewhere_or_shut_out_is_told_anything(
    whole: Scene, address: Address, line: Line
) -> None:
    if not address.is_of_record:
        return
    may = [role for role in ROLES if line.permission in cast.permissions(role)]
    for kind in ("far", "shut"):
        told = answers(whole, address, line, {role: cast.login(kind, role) for role in may})
        assert set(told.values()) == {NOT_FOUND}, (kind, told)
    told = answers(whole, address, line, {NOBODY: cast.login("far", NOBODY)})
    assert set(told.values()) == {line.refused}


@each
def test_every_answer_carries_the_headers_of_the_house_and_nothing_from_elsewhere(
    whole: Scene, address: Address, line: Line
) -> None:
    path = path_of(address, whole.given(address.parameters, dict(line.given[0])), line.query.format(**whole.beside))
    reads = (role for role in ROLES if line.answer(cast.permissions(role), role=role) == YES)
    for login in {cast.CAST[next(reads, "unit_head")], "press", ""}:
        answer = whole.told.get((path, login)) or ask(whole.browser(login), "GET", path)
        assert faults(answer, address=address.name, private=True) == [], login
        assert cookies(answer) == [], login


def test_signing_out_empties_what_the_browser_kept(whole: Scene) -> None:
    answer = ask(whole.browser("press"), "POST", "/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_every_address_of_every_process_has_an_answer() -> None:
    for process in PROCESSES:
        for address in addresses(process):
            assert line_of(address)


def test_every_line_of_the_table_is_of_an_address() -> None:
    there = {(one.process, one.name) for process in PROCESSES for one in addresses(process)}
    names = {name for _process, name in there}
    assert [key for key in table() if key not in there and (key[0] != "every" or key[1] not in names)] == []


def test_an_address_without_an_answer_is_named_with_what_to_write() -> None:
    made: URLPattern = path("rumours/<uuid:rumour_id>/", lambda request: None, name="rumour")  # type: ignore[arg-type,return-value]  # never called
    with pytest.raises(NoAnswer, match=r"staff rumour \(rumours/.*write \[\"rumour\"\] with its permission"):
        line_of(Address("staff", "rumour", str(made.pattern), ("rumour_id",), "", made.callback))


def test_every_id_in_an_address_is_one_of_the_story() -> None:
    for name, address, line in STAFF:
        unknown = set(address.parameters) - _KNOWN - set(line.given[0])
        assert not unknown, f"{name}: add {unknown} to THINGS in tests/matrix/story.py, with a record of the story"


def test_every_role_has_someone_in_the_cast() -> None:
    assert set(cast.CAST) == set(ROLES), "add a person of the role to CAST in tests/matrix/cast.py"


def test_a_table_that_allowed_everything_would_be_found_out(whole: Scene) -> None:
    address = next(one for one in addresses("staff") if one.name == "cases:close")
    told = answers(whole, address, Line(), {"press_officer": "press"})
    assert set(told.values()) != {YES}


def test_channel_of_a_mandate_hands_reports_in_and_nothing_else_opens_the_api(whole: Scene) -> None:
    for login in ("", "inspector", "head"):
        assert word(ask(whole.browser(login), "POST", "/api/reports")) == "no_token"
