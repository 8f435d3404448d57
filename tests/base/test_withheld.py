"""What a process may not read of a table it reads: the database refuses it, and pages never ask for it."""

from datetime import datetime

import pytest
from django.db import ProgrammingError, models, transaction

from qorgan.base.db import rights
from qorgan.base.processes import Process
from qorgan.claims import actions
from qorgan.claims.models import Check
from tests.claims import brought
from tests.conftest import actor
from tests.roles import as_process

pytestmark = pytest.mark.django_db

WITHHELD = [model for model in rights.our_models() if hasattr(model, "WITHHELD")]


@pytest.mark.parametrize("model", WITHHELD, ids=lambda model: str(model._meta.label))
def test_what_the_public_reads_names_nobody_of_the_house(model: type[models.Model]) -> None:
    with as_process(Process.PUBLIC):
        list(model._default_manager.all())
        assert not model._default_manager.filter(pk=None).exists()
        for field in rights.withheld(model, Process.PUBLIC):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                list(model._default_manager.values_list(field))


def test_every_table_the_public_reads_withholds_who_of_the_house_did_it() -> None:
    public = [one for one in rights.our_models() if "S" in rights.grants_of(one).get(Process.PUBLIC, "")]
    told = {
        f"{one._meta.label}.{field.name}"
        for one in public
        for field in one._meta.concrete_fields
        if field.name in {"staff_id", "name"} or getattr(field.related_model, "__name__", "") == "Staff"
        if field.name not in rights.withheld(one, Process.PUBLIC)
    }
    assert public and not {one for one in told if not one.startswith("places.")}


def test_a_row_reached_through_another_is_read_without_them_too(now: datetime) -> None:
    kept = brought.statement(now=now)
    actions.publish(statement=kept, by=actor("checker"), now=now)
    with as_process(Process.PUBLIC):
        reached = Check.objects.get(statement_id=kept.pk).statement
        assert reached.text == brought.ORDERS
        assert {"staff_id", "name"} == reached.get_deferred_fields()
