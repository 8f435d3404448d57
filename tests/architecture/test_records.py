"""What every model of the house keeps to, and that each guard catches the model that does not."""

from typing import Any

import pytest
from django.db import models
from django.db.models import Q

from qorgan.base.db.rights import our_models
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from tests.architecture.guards import records
from tests.architecture.toys import GOOD_DATA, pointing, toy


def test_there_are_models_to_judge() -> None:
    stages = {records.stage_of(model) for model in our_models()}
    assert {"base", "people", "reports", "cases", "orders", "facts"} <= stages


def test_foreign_keys_point_to_the_same_or_an_earlier_stage() -> None:
    assert records.pointing(our_models()) == []


def test_no_table_is_without_a_model() -> None:
    assert records.many_to_many(our_models()) == []


def test_every_field_has_a_data_class_and_secrets_are_sealed() -> None:
    assert records.classes(our_models()) == []


def test_every_model_says_who_may_do_what() -> None:
    assert records.grants(our_models()) == []


def test_rows_that_belong_to_a_place_are_scoped() -> None:
    assert records.scoped(list(our_models()), records.PLACED_AND_OPEN) == []


def test_every_exception_from_scope_and_pairs_is_about_something_that_exists_and_gives_its_reason() -> None:
    models_ = {records.label(model): model for model in our_models()}
    for name, why in records.PLACED_AND_OPEN.items():
        assert name in models_
        assert len(why) > 20
    for name, why in records.UNPAIRED.items():
        owner, _dot, stem = name.rpartition(".")
        assert f"{stem}_by" in {field.name for field in models_[owner]._meta.concrete_fields}
        assert len(why) > 20


def test_what_was_done_and_who_did_it_are_held_together() -> None:
    assert records.paired(our_models(), records.UNPAIRED) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (lambda: pointing("people", "orders"), "points up"),
        (lambda: pointing("files", "messages"), "sideways"),
        (lambda: pointing("facts", "cases", on_delete=models.CASCADE), "does not PROTECT"),
        (lambda: pointing("orders", "cases", on_delete=models.SET_NULL, null=True), "does not PROTECT"),
        (lambda: pointing("orders", "cases", related_name="orders"), "way back"),
        (lambda: pointing("orders", "cases", related_query_name="orders"), "related_query_name"),
    ],
)
def test_a_wrong_foreign_key_is_caught(bad: object, words: str) -> None:
    faults = records.pointing([bad()])  # type: ignore[operator]  # pytest hands the lambda on as an object
    assert len(faults) == 1
    assert words in faults[0]


def test_a_right_foreign_key_is_left_alone() -> None:
    within = pointing("orders", "orders", related_name="checks")
    assert records.pointing([pointing("orders", "cases"), within]) == []


def test_a_foreign_key_to_a_library_is_caught() -> None:
    target = toy("sessions", "Session", __module__="django.contrib.sessions.models")
    field = models.ForeignKey(target, on_delete=models.PROTECT, related_name="+")
    assert "library" in records.pointing([toy("orders", registry=target._meta.apps, session=field)])[0]


def test_a_hidden_table_is_caught() -> None:
    target = toy("cases", "Target")
    bad = toy("orders", registry=target._meta.apps, targets=models.ManyToManyField(target))
    assert records.many_to_many([bad])


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (lambda: toy("orders", DATA={}), "has no data class"),
        (lambda: toy("orders", DATA=None), "has no DATA"),
        (lambda: toy("orders", DATA={**GOOD_DATA, "name": DataClass.WORK}), "does not exist"),
        (lambda: toy("orders", DATA={"id": "work, I think"}), "that is none"),
        (lambda: toy("orders", name=models.TextField(), DATA={**GOOD_DATA, "name": DataClass.IDENTITY}), "sealed"),
        (lambda: toy("orders", note=SealedField(), DATA={**GOOD_DATA, "note": DataClass.WORK}), "sealed"),
    ],
)
def test_a_field_without_its_class_is_caught(bad: object, words: str) -> None:
    faults = records.classes([bad()])  # type: ignore[operator]  # pytest hands the lambda on as an object
    assert len(faults) == 1
    assert words in faults[0]


@pytest.mark.parametrize(
    "granted",
    [
        {},
        None,
        {Process.STAFF: "X"},
        {Process.STAFF: ""},
        {Process.STAFF: "SS"},
        {"staff?": "S"},
        {Process.MIGRATOR: "S"},
    ],
)
def test_wrong_grants_are_caught(granted: object) -> None:
    assert len(records.grants([toy("orders", GRANTS=granted)])) == 1


def test_an_append_only_model_that_lets_rows_change_is_caught() -> None:
    assert records.grants([toy("orders", GRANTS={Process.STAFF: "SU"}, APPEND_ONLY=True)])


def test_a_placed_model_without_scope_is_caught() -> None:
    place = toy("places", "Territory")
    field = models.ForeignKey(place, on_delete=models.PROTECT, related_name="+")
    bad = toy("orders", registry=place._meta.apps, territory=field)
    assert records.scoped([bad], {})
    assert records.scoped([bad], {"orders.Toy": "open to everyone"}) == []
    assert records.scoped([toy("orders", SCOPED="territory_id")], {})


def _pair() -> dict[str, Any]:
    return {"served_at": models.DateTimeField(null=True), "served_by": models.UUIDField(null=True)}


def test_a_pair_that_nothing_holds_together_is_caught() -> None:
    assert records.paired([toy("orders", **_pair())], {})
    half = models.CheckConstraint(name="half", condition=Q(served_at__isnull=True) | Q(version=1))
    assert records.paired([toy("orders", meta={"constraints": [half]}, version=models.IntegerField(), **_pair())], {})


def test_a_pair_under_a_constraint_is_left_alone() -> None:
    both = Q(served_at__isnull=True, served_by__isnull=True) | Q(served_at__isnull=False, served_by__isnull=False)
    whole = models.CheckConstraint(name="whole", condition=both)
    assert records.paired([toy("orders", meta={"constraints": [whole]}, **_pair())], {}) == []
