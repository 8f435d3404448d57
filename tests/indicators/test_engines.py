"""PostgreSQL and DuckDB over a snapshot answer the same to the unit, and say what they cannot answer."""

import importlib.util
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from qorgan.base.errors import NotAllowed
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.facts import actions, snapshots
from qorgan.facts.access import EXPORT
from qorgan.facts.rules import NoSnapshot, NotASnapshot, NothingToKeep
from qorgan.facts.terms import FactKind
from qorgan.indicators import queries
from qorgan.indicators.engine import cubes
from qorgan.indicators.engine.cuts import Shape
from qorgan.indicators.engines import POSTGRES, DuckDB
from qorgan.indicators.rules import NotCollectedYet
from tests.indicators import oracle
from tests.indicators.oracle import REPORT, Row
from tests.indicators.stored import store
from tests.indicators.strategies import START, World, facts
from tests.indicators.test_figures import AS_OF, CODES, OCTOBER, row
from tests.roles import as_process

needs_duckdb = pytest.mark.skipif(
    importlib.util.find_spec("duckdb") is None, reason="DuckDB is not installed: the extra `analysis`"
)
STATISTICIAN = Actor(name="statistician", permissions=frozenset({EXPORT}))


def taken(folder: Path) -> DuckDB:
    """An engine over a snapshot of what is stored now."""
    with as_process(Process.STATISTICS):
        return DuckDB(actions.snapshot(folder=folder, by=STATISTICIAN, now=AS_OF))


@needs_duckdb
@pytest.mark.django_db
@given(facts)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_indicator_is_the_same_on_both_engines(tmp_path_factory: pytest.TempPathFactory, rows: list[Row]) -> None:
    folder = tmp_path_factory.mktemp("snapshots")
    with transaction.atomic():
        store([*rows, row("order.served", 99, date(2026, 9, 1))], moved_at=AS_OF + timedelta(hours=1))
        duck = taken(folder)
        with as_process(Process.STATISTICS):
            for code in CODES:
                for as_of in (None, AS_OF):
                    here = queries.value(code, period=OCTOBER, as_of=as_of)
                    assert queries.value(code, period=OCTOBER, as_of=as_of, engine=duck) == here
                here = queries.by_region(code, period=OCTOBER)
                assert queries.by_region(code, period=OCTOBER, engine=duck) == here
                here = queries.value(code, period=OCTOBER, region=79)
                assert queries.value(code, period=OCTOBER, region=79, engine=duck) == here
        transaction.set_rollback(True)


@needs_duckdb
@pytest.mark.django_db
def test_cube_is_the_same_on_both_engines_and_adds_up(tmp_path: Path) -> None:
    dimensions = ("year", "month", "region", "iccs", "sex", "age_band")
    rows = [one for seed in range(6) for one in _moved(World(Random(seed), 16).rows(), seed)]
    store(rows, moved_at=AS_OF + timedelta(hours=1))
    duck, shape = taken(tmp_path), Shape(has_period=False)
    bands = (None, "0-13", "16-17", "18-29", "30-44")
    by_age = dict(zip((None, 0, 17, 18, 40), bands, strict=True)) | {13: "0-13"}
    expected = Counter(
        (one.on.year, one.on.month, one.region, one.iccs, one.sex, by_age[one.age])
        for one in oracle.standing(rows, AS_OF)
        if one.kind == "offence.victim"
    )
    assert len(expected) > 20
    for engine in (POSTGRES, duck):
        text = cubes.sql(FactKind.OFFENCE_VICTIM, dimensions, shape, engine.dialect)
        with as_process(Process.STATISTICS):
            found = engine.run(text, {"as_of": AS_OF.isoformat()})
        assert {tuple(cell): number for *cell, number in found} == expected


def _moved(rows: list[Row], world: int) -> list[Row]:
    """The rows of another world under links of their own."""
    return [replace(one, link=bytes([world]) + one.link[1:]) for one in rows]


def test_worlds_hold_something_for_every_indicator_to_find() -> None:
    found = set()
    for seed in range(20):
        rows = World(Random(seed), 12).rows()
        found |= {code for code in CODES if oracle.figure(code, rows, OCTOBER.first, OCTOBER.last, AS_OF, None)}
    assert found == set(CODES)


@needs_duckdb
@pytest.mark.django_db
def test_snapshot_stays_as_it_was_and_says_up_to_when(tmp_path: Path) -> None:
    early = row(REPORT, 1, date(2026, 10, 3))
    store([early], moved_at=AS_OF)
    duck = taken(tmp_path)
    later = AS_OF + timedelta(hours=1)
    store([row(REPORT, 2, date(2026, 10, 3), collected_at=later)], moved_at=later)
    with as_process(Process.STATISTICS):
        assert queries.value("reports_registered", period="2026-10").value == 2
        assert queries.value("reports_registered", period="2026-10", engine=duck).value == 1
        with pytest.raises(NotCollectedYet):
            queries.value("reports_registered", period="2026-10", engine=duck, as_of=later)
    assert duck.as_of() == AS_OF
    assert snapshots.latest(tmp_path).path == duck.snapshot.path
    taken(tmp_path)
    assert [one.as_of for one in map(snapshots.Snapshot, sorted(tmp_path.iterdir()))] == [AS_OF, later]


@needs_duckdb
@pytest.mark.django_db
def test_snapshot_holds_the_columns_of_the_table_and_is_its_owner_s_to_read(tmp_path: Path) -> None:
    from qorgan.facts.models import Fact

    assert list(snapshots.TYPES) == [name for name in snapshots.TYPES if name in {f.name for f in Fact._meta.fields}]
    assert len(snapshots.TYPES) == len(Fact._meta.fields)
    full = row("offence.victim", 1, date(2026, 10, 3), part_of=b"\0\xff" * 8, traits="|criminal|", sex="female", age=0)
    store([full], moved_at=AS_OF)
    snapshot = taken(tmp_path).snapshot
    names = "link, root, part_of, traits, sex, age, relation, domestic, epoch_us(collected_at)"
    assert snapshot.rows(f"select {names} from facts_fact", {}) == [
        (full.link, full.root, full.part_of, "|criminal|", "female", 0, None, None, int(START.timestamp() * 10**6))
    ]
    assert snapshot.path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [snapshot.path]


@needs_duckdb
@pytest.mark.django_db
def test_snapshot_of_nothing_and_by_nobody_is_refused(tmp_path: Path) -> None:
    with as_process(Process.STATISTICS):
        with pytest.raises(NothingToKeep):
            actions.snapshot(folder=tmp_path, by=STATISTICIAN, now=AS_OF)
        with pytest.raises(NotAllowed):
            actions.snapshot(folder=tmp_path, by=Actor(name="nobody"), now=AS_OF)
    with pytest.raises(NoSnapshot):
        snapshots.latest(tmp_path)


@needs_duckdb
@pytest.mark.parametrize("content", [b"", b"PAR1", b"link,root\n1,2\n"])
def test_file_that_is_no_snapshot_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "facts-20261101.parquet").write_bytes(content)
    with pytest.raises(NotASnapshot):
        _ = snapshots.latest(tmp_path).as_of


@needs_duckdb
@pytest.mark.django_db
def test_taking_a_snapshot_is_in_the_journal(tmp_path: Path) -> None:
    store([row(REPORT, 1, date(2026, 10, 3))], moved_at=AS_OF)
    taken(tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("select detail->>'file' from base_journalentry where kind = 'facts.snapshot.taken'")
        assert cursor.fetchall() == [(snapshots.name(AS_OF),)]
