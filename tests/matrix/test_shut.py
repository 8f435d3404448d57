"""To someone shut out, the file is what an id that never was is, and what a file of another region is: byte by byte.

One and the same person asks for all three, so that nothing else can differ. Nothing is changed by asking.
"""

from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qorgan.agencies.terms import ROLES
from qorgan.base import clock
from qorgan.base.scope import acting
from tests.matrix import cast
from tests.matrix.asking import Told, ask, asked_with, methods_of, path_of, plain, undone
from tests.matrix.conftest import NEVER_WAS, Scene
from tests.matrix.forms import forms
from tests.matrix.story import THINGS, nothing
from tools.access_matrix import Address, Line, addresses, line_of

_ALL = [(name, address, line) for address in addresses("staff") for name, line in asked_with(address, line_of(address))]
OF_RECORDS = [one for one in _ALL if one[1].is_of_record]
each = pytest.mark.parametrize(("address", "line"), [one[1:] for one in OF_RECORDS], ids=[one[0] for one in OF_RECORDS])
SCOPED = [model._meta.db_table for model in apps.get_models() if getattr(model, "SCOPED", None)]
_MARK = "select '{0}', count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from {0} t"
Mark = list[tuple[Any, ...]]


def state() -> Mark:
    """A mark of every row of every table of records in the country."""
    with acting(cast.of("duty")), connection.cursor() as cursor:
        cursor.execute(" union all ".join(_MARK.format(table) for table in SCOPED))
        return list(cursor.fetchall())


def three_ways(scene: Scene, address: Address, line: Line) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The path of an address, with the ids in it, of the file shut out of, of one elsewhere, of one that never was."""
    said = {one: scene.beside[one] for one in address.parameters if one in NEVER_WAS} | dict(line.given[0])
    never = nothing()
    found = {
        "shut": scene.story.given(address.parameters, said),
        "elsewhere": scene.foreign.given(address.parameters, said),
        "never was": {**{one: never[THINGS[one]] for one in address.parameters if one in THINGS}, **said},
    }
    if "thing_id" in address.parameters:
        found["never was"]["thing_id"] = never[said["thing"]]
    return {
        name: (path_of(address, given), tuple(str(one) for one in given.values() if isinstance(one, UUID)))
        for name, given in found.items()
    }


def some(line: Line) -> list[str]:
    """The first and the last role that may open an address: the way there is the same for all."""
    may = [role for role in ROLES if line.permission in cast.permissions(role)]
    return sorted({may[0], may[-1]})


def asked(client: Client, method: str, path: str, ids: tuple[str, ...], typed: dict[str, Any]) -> tuple[Told, int]:
    """What was told, and how many questions it took."""
    with CaptureQueriesContext(connection) as questions:
        told = ask(client, method, path, typed)
    return plain(told, path, *ids), len(questions)


@each
def test_what_one_is_shut_out_of_looks_like_what_is_elsewhere_and_like_what_never_was(
    scene: Scene, address: Address, line: Line
) -> None:
    ways, typed = three_ways(scene, address, line), forms(scene.story).get(address.name, {})
    methods = methods_of(scene.browser("inspector"), ways["shut"][0])
    for method in methods:
        for role in some(line):
            client = scene.browser(cast.login("shut", role))
            ask(client, method, ways["never was"][0])  # what is read once a process is read now
            with clock.frozen(clock.now()):  # a session is marked as seen once a minute
                told = {name: asked(client, method, path, ids, typed) for name, (path, ids) in ways.items()}
            assert told["shut"][0].status == 404, (role, method)
            if scene.foreign.territory_id not in cast.of(cast.login("shut", role)).territories:
                assert told["shut"] == told["elsewhere"], (role, method)
            assert told["shut"] == told["never was"], (role, method)


@each
def test_what_someone_shut_out_sends_changes_nothing(scene: Scene, address: Address, line: Line) -> None:
    path, _ids = three_ways(scene, address, line)["shut"]
    typed = forms(scene.story).get(address.name, {})
    before = state()
    for method in methods_of(scene.browser("inspector"), path):
        if method == "GET":
            continue
        for role in some(line):
            with undone():
                getattr(scene.browser(cast.login("shut", role)), method.lower())(path, typed)
                assert state() == before, (role, method)


@each
def test_looking_changes_no_record(scene: Scene, address: Address, line: Line) -> None:
    path, before = three_ways(scene, address, line)["shut"][0], state()
    for login in ("inspector", "clerk", "prosecutor"):
        with undone():
            scene.browser(login).get(path)
            assert state() == before, login


def test_the_mark_tells_when_a_row_changed(scene: Scene) -> None:
    before = state()
    with undone():
        answer = scene.browser("inspector").post(f"/cases/{scene.story.ids['case']}/close/", {"sure": "on"})
        assert answer.status_code == 303
        assert state() != before
    assert state() == before


def test_the_comparison_tells_a_page_from_a_refusal(scene: Scene) -> None:
    path = f"/cases/{scene.story.ids['case']}/"
    seen, unseen = (
        plain(ask(scene.browser(who), "GET", path), path) for who in ("inspector", "shut-district_inspector")
    )
    assert seen != unseen
    assert (seen.status, unseen.status) == (200, 404)
