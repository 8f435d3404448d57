"""A whole year of every indicator: the same bytes from two processes, files that other programs read."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from qorgan.base import signing
from qorgan.releases.engine import compose, parquet
from qorgan.releases.engine.box import unpack
from qorgan.releases.engine.choice import HIGHS, RULE
from qorgan.releases.engine.verify import opened, verify
from tests.releases.years import IDS, year

ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import hashlib, sys
import django; django.setup()
from qorgan.base import signing
from qorgan.releases.engine import parquet
from qorgan.releases.queries.assembling import assembled
from tests.releases.years import year
made = assembled(year(method={method!r}, parquet=parquet.library()), signer=signing.signer(demo=True))
sys.stdout.buffer.write(made)
"""


def made(method: str, *, seed: str) -> bytes:
    """A box built by a process of its own, with its own seed of hashes."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "tools.offline"}
    command = [sys.executable, "-c", MAKE.format(method=method)]
    return subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def box() -> bytes:
    return made(HIGHS, seed="1")


@pytest.fixture(scope="module")
def files(box: bytes) -> Mapping[str, bytes]:
    return unpack(box)


def test_two_processes_make_the_same_bytes(box: bytes) -> None:
    assert made(HIGHS, seed="2") == box


def test_it_is_whole_small_and_says_what_it_was_made_with(box: bytes) -> None:
    assert verify(box, trusted={signing.signer(demo=True).public.hex()}) == []
    assert len(box) < 4_000_000  # three pictures and three tables of each of some eighty figures
    manifest = opened(box).manifest
    assert manifest["made_with"] == {"disclosure": "highs", "parquet": f"duckdb {duckdb.__version__}"}
    assert len(manifest["figures"]) >= 25
    assert manifest["opening"] == ["reports_registered", "orders_issued", "court_cases_decided"]


def test_csv_json_and_parquet_say_the_same(files: Mapping[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "regions.parquet").write_bytes(files["tables/regions.parquet"])
    (tmp_path / "national.parquet").write_bytes(files["tables/national.parquet"])
    regions = duckdb.sql(f"select code, region, value, status from '{tmp_path}/regions.parquet'").fetchall()
    found = {(code, region): (value, status) for code, region, value, status in regions}
    for code in ("orders_issued", "orders_refused_share", "homicides_of_women"):
        rows = list(csv.DictReader(io.StringIO(files[f"tables/{code}.csv"].decode())))
        told = json.loads(files[f"tables/{code}.json"])
        assert len(rows) == len(told) == len(IDS)
        for row, one in zip(rows, told, strict=True):
            value = float(row[code]) if row[code] else None
            assert one[code] == value
            assert found[code, int(row["region"])] == (value, row["status"])
    question = f"select value from '{tmp_path}/national.parquet' where code = 'orders_refused_share'"
    assert duckdb.sql(question).fetchall() == [(69.6,)]


def test_no_small_count_stands_anywhere_in_the_box(files: Mapping[str, bytes]) -> None:
    draft = year(method=HIGHS)
    for table, region in draft.protection.tables.small:
        name = f"tables/{table}.csv"
        if name in files:
            row = next(row for row in csv.DictReader(io.StringIO(files[name].decode())) if row["region"] == str(region))
            assert (row[table], row["status"]) == ("", "hidden")


def test_national_totals_are_exact(files: Mapping[str, bytes]) -> None:
    national = {row["code"]: row for row in csv.DictReader(io.StringIO(files["tables/national.csv"].decode()))}
    for code, figure in year().national.items():
        assert national[code]["numerator"] == str(figure.numerator)


@pytest.mark.parametrize("method", [RULE, HIGHS])
@pytest.mark.parametrize("scale", [1.0, 0.1, 0.01])
def test_every_indicator_by_region_passes_the_audit_at_every_size(method: str, scale: float) -> None:
    for seed in (1, 2):
        draft = year(seed, method=method, scale=scale)
        draft.check()
        draft.protection.check(programs=True)


def test_ratio_is_hidden_where_a_count_it_is_made_of_is_hidden() -> None:
    draft = year(scale=0.01)
    for code, behind in draft.protection.behind.items():
        for table in behind:
            for region in IDS:
                if not draft.protection.pattern.shows((table, region)):
                    row = next(row for row in draft.rows(code) if row.region.id == region)
                    assert row.value is None


def test_without_the_extra_there_are_no_parquet_files_and_the_manifest_says_so() -> None:
    plain = year(method=RULE)
    assert compose.made_with(plain) == {"disclosure": "rule", "parquet": ""}
    assert parquet.library().startswith("duckdb ")
