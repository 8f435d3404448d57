"""What is added is read back the same, whatever stands in its columns."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from qorgan.base.processes import Process
from qorgan.facts import actions
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.queries import last_stored
from qorgan.facts.terms import FactKind
from tests.roles import as_process

LINK = bytes(range(16))
FULL = FactRow(
    kind=FactKind.OFFENCE_VICTIM,
    link=LINK,
    root=b"\\\t\n\r\0\xffNN\\x\\N" + b"\0" * 4,
    on=date(2026, 1, 2),
    root_on=date(2025, 12, 31),
    region=79,
    record_version=3,
    part_of=b"\\" * 16,
    hours=Decimal("0.001"),
    code="CC 109-1",
    iccs="020112",
    traits="|criminal|violent|",
    sex="female",
    age=1,
    relation="spouse",
    stage="completed",
    domestic=True,
)
BARE = FactRow(FactKind.REPORT_REGISTERED, LINK, None, date(2026, 1, 2), None, 0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [
        FULL,
        BARE,
        FULL._replace(age=0, domestic=False, withdrawn=True, hours=Decimal("1234567.000")),
        FULL._replace(code="\\N", iccs="\\", stage="a\tb\nc\r\\x41", relation=""),
        FULL._replace(code="қ ә ғ", sex="1", age=None, domestic=None),
    ],
)
def test_fact_is_read_back_as_it_was_told(row: FactRow) -> None:
    told = [Told(LINK, (row.kind,), (row,))]
    with as_process(Process.COLLECTOR), transaction.atomic():
        assert actions.add(told=told, collected_at=datetime(2026, 2, 1, tzinfo=UTC)) == 1
        assert last_stored([LINK]) == {row.key: (1, row)}
        assert actions.add(told=told, collected_at=datetime(2026, 2, 2, tzinfo=UTC)) == 0
