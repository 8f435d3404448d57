"""Whoever was let into one file has in it the rights of the role, outside it nothing. What is sealed is not there."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from qorgan.agencies import actions
from qorgan.agencies.terms import SealGround
from qorgan.base.scope import acting
from tests.matrix import cast
from tests.matrix.asking import ask, asked_with, methods_of, path_of, undone, word
from tests.matrix.conftest import NOW, Scene
from tests.matrix.forms import forms
from tests.matrix.story import THINGS
from tools.access_matrix import NOT_FOUND, RECORD, Address, Line, addresses, line_of

_ALL = [(name, address, line) for address in addresses("staff") for name, line in asked_with(address, line_of(address))]
OF_RECORDS = [one for one in _ALL if one[1].is_of_record]
each = pytest.mark.parametrize(("address", "line"), [one[1:] for one in OF_RECORDS], ids=[one[0] for one in OF_RECORDS])
ROLE = "district_inspector"
OF_THE_CASE = {*RECORD} - {"report_id", "import_id"}


@pytest.fixture(scope="module")
def guest(scene: Scene) -> Client:
    """The inspector from elsewhere, inside the case."""
    return cast.inside(cast.login("far", ROLE), scene.beside["admission_id"])


def told(scene: Scene, client: Client, address: Address, line: Line) -> dict[str, str]:
    """What a browser is told, by method."""
    path = path_of(address, scene.given(address.parameters, dict(line.given[0])))
    typed = forms(scene.story).get(address.name, {})
    methods = methods_of(scene.browser("inspector"), path)
    return {method: word(ask(client, method, path, typed)) for method in methods}


@each
def test_inside_a_file_the_rights_are_those_of_the_role_and_outside_it_none(
    scene: Scene, guest: Client, address: Address, line: Line
) -> None:
    within = bool(OF_THE_CASE & set(address.parameters))
    for method, said in told(scene, guest, address, line).items():
        expected = line.answer(cast.permissions(ROLE, within=True), method=method)
        assert said == (expected if within or expected == line.refused else NOT_FOUND), method


@each
def test_what_is_sealed_is_there_for_nobody_of_its_place(
    sealed: dict[str, str], scene: Scene, address: Address, line: Line
) -> None:
    for role, login in sealed.items():
        for method, said in told(scene, scene.browser(login), address, line).items():
            refused = line.permission not in cast.permissions(role)
            assert said == (line.refused if refused else NOT_FOUND), (role, method)


@pytest.fixture
def sealed(scene: Scene) -> Iterator[dict[str, str]]:
    """The story with all its threads sealed; those of the place who would have seen it."""
    by: Any = cast.of("head")
    with undone():
        with acting(by):
            for thread in scene.story.threads:
                where = {"thread_id": thread, "territory_id": scene.story.territory_id}
                actions.seal(**where, ground=SealGround.POLICE, by=by, now=NOW)
        yield {ROLE: "inspector", "unit_head": "head", "prosecutor": "prosecutor", "court_clerk": "clerk"}


def test_every_kind_of_record_is_of_the_case_or_named_as_another() -> None:
    assert {*THINGS, "thing_id"} == RECORD
