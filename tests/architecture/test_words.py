"""Words are complete: permissions, labels, refusals, states. Each guard is broken once."""

import gc
from enum import StrEnum
from types import ModuleType
from typing import ClassVar

import pytest

from qorgan.agencies.terms import ROLES
from qorgan.base.db.rights import our_models
from qorgan.base.errors import Refused
from tests.architecture.guards import contracts, words


class Light(StrEnum):
    """A state machine for judging the judges."""

    RED = "red"
    GREEN = "green"

    @property
    def label(self) -> str:
        """Words for one of the two."""
        return {Light.RED: "stop"}[self]


class Silent(StrEnum):
    """Values that nobody can say."""

    RED = "red"


def _module(**content: object) -> ModuleType:
    module = ModuleType(__name__)
    vars(module).update(content)
    return module


def test_every_refusal_has_a_text_of_its_own() -> None:
    assert len(words.refusals()) > 10
    assert words.texts_of_refusals(words.refusals()) == []


def test_a_refusal_without_its_own_text_is_caught() -> None:
    class Borrowed(Refused):
        """Says what its parent says."""

    class Mumbled(Refused):
        """Says half a sentence."""

        text: ClassVar[str] = "wrong state"

    faults = words.texts_of_refusals([Borrowed, Mumbled])
    assert ["no text" in faults[0], "sentence" in faults[1]] == [True, True]
    del Borrowed, Mumbled


def test_every_refusal_has_a_code_of_its_own() -> None:
    assert words.codes(words.refusals()) == []


def test_two_refusals_of_one_code_are_caught() -> None:
    first = type("WrongState", (Refused,), {"__module__": "qorgan.orders.rules"})
    second = type("WrongState", (Refused,), {"__module__": "qorgan.orders.actions"})
    other = type("WrongState", (Refused,), {"__module__": "qorgan.courts.rules"})
    said = "orders.wrong_state is the code of qorgan.orders.actions.WrongState and qorgan.orders.rules.WrongState"
    assert words.codes([first, second, other]) == [said]
    del first, second, other
    gc.collect()  # a class is a ring of names; the house's own refusals are asked for again


def test_every_stored_word_can_be_said_to_a_person() -> None:
    assert words.labels(words.terms(), words.stored(our_models())) == []


def test_a_stored_word_without_label_is_caught() -> None:
    assert words.labels([_module(Light=Light)], set()) == [f"{__name__}.Light.GREEN has no words"]
    assert words.labels([_module(Silent=Silent)], {frozenset({"red"})}) == [
        f"{__name__}.Silent is stored and has no label"
    ]
    assert words.labels([_module(Silent=Silent)], set()) == []


def test_every_state_says_what_may_follow() -> None:
    assert words.machines(words.terms()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (None, "no TRANSITIONS"),
        ({Light.RED: {Light.GREEN}}, "nobody says what may follow green"),
        ({Light.RED: {Light.GREEN}, Light.GREEN: {"blue"}}, "blue is no state"),
        ({Light.RED: set(), Light.GREEN: {Light.RED}}, "nothing leads to green"),
    ],
)
def test_a_state_machine_with_a_hole_is_caught(changes: object, said: str) -> None:
    module = _module(State=Light, **({} if changes is None else {"TRANSITIONS": changes}))
    assert [fault for fault in words.machines([module]) if said in fault]


def test_a_whole_state_machine_is_left_alone() -> None:
    assert words.machines([_module(State=Light, TRANSITIONS={Light.RED: {Light.GREEN}, Light.GREEN: set()})]) == []


def test_roles_grant_exactly_what_access_asks_for() -> None:
    granted = {word for role in ROLES.values() for word in role.permissions | role.inside}
    asked = words.permissions_asked_for()
    assert words.permissions(asked, granted, rooms=contracts.rooms(), awaited=words.AWAITED) == []


def test_permissions_are_read_from_the_text_of_access() -> None:
    text = "ISSUE = 'orders.order.issue'\nWORDS = 'not a permission. at all'"
    assert words.permissions_in(text) == {"orders.order.issue"}


@pytest.mark.parametrize(
    ("asked", "granted", "said"),
    [
        ({"orders": {"orders.order.shred"}}, set(), "no role grants orders.order.shred"),
        ({}, {"orders.order.shred"}, "nothing asks for it"),
        ({"orders": {"cases.case.open"}}, {"cases.case.open"}, "of another room"),
        ({"ordres": {"ordres.order.see"}}, {"ordres.order.see"}, "of no room"),
    ],
)
def test_a_permission_out_of_place_is_caught(asked: dict[str, set[str]], granted: set[str], said: str) -> None:
    assert any(said in fault for fault in words.permissions(asked, granted, rooms=["orders", "cases"]))


def test_a_permission_that_is_no_longer_awaited_is_caught() -> None:
    asked = {"orders": {"orders.order.see"}}
    faults = words.permissions(asked, {"orders.order.see"}, rooms=["orders"], awaited=["orders.order.see"])
    assert faults == ["orders.order.see is awaited and asked for already"]


def test_every_role_is_described_for_a_lawyer() -> None:
    for role in ROLES.values():
        assert str(role.name)
        assert str(role.description).endswith(".")
        assert role.permissions
