"""The cube year x region x ICCS x sex x age band over 20,000,000 facts: SQL made by Ibis against SQL written by hand.

The facts are multiplied by a generator from a seed into Parquet files, one in a hundred with a second version. Both
questions are asked in one process, in turn; only the time of a question counts, not imports. Target: within 1.3.
"""

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.machine import spread
from qorgan.facts import snapshots
from qorgan.facts.engine.words import FactKind
from qorgan.indicators.engine import cubes
from qorgan.indicators.engine.cuts import Shape

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FACTS = int(os.environ.get("BENCH_FACTS", "20000000"))
SEED = 20241
ROUNDS = 7
FILES = 10
DIMENSIONS = ("year", "region", "iccs", "sex", "age_band")
AS_OF = {"as_of": "2026-01-01T00:00:00+00:00"}

_MADE = """
copy (
  select n as id, 'offence.victim' as kind, encode('{seed}:' || n // 100 * 100 + least(n % 100, 98)) as link,
    null::blob as root, null::blob as part_of, case when n % 100 = 99 then 2 else 1 end as version, 1 as record_version,
    date '2015-01-01' + (hash({seed}, n, 1) % 3987)::int as "on", null::date as root_on,
    (hash({seed}, n, 2) % 20 + 10)::smallint as region, null::decimal(10, 3) as hours, 'CC 109-1' as code,
    (['0101', '0102', '020111', '020112', '02012', '0301', '03011', '0401', '0502', null])
      [(hash({seed}, n, 3) % 10)::int + 1] as iccs,
    '|criminal|violent|' as traits, (['female', 'male', 'unknown'])[(hash({seed}, n, 4) % 3)::int + 1] as sex,
    nullif((hash({seed}, n, 5) % 90)::int, 89)::smallint as age, 'spouse' as relation, 'completed' as stage,
    true as domestic, hash({seed}, n, 6) % 500 = 0 as withdrawn,
    timestamptz '2025-01-01 00:00:00+00' + to_microseconds(n) as collected_at
  from range({first}, {last}) as made(n)
) to '{path}' (format parquet, compression zstd)
"""
_HAND = """
select year(f."on") as year, f.region, f.iccs, f.sex,
  case when f.age is null then null when f.age < 14 then '0-13' when f.age < 16 then '14-15'
       when f.age < 18 then '16-17' when f.age < 30 then '18-29' when f.age < 45 then '30-44'
       when f.age < 60 then '45-59' else '60+' end as age_band,
  count(*) as facts
from (select * from facts_fact
      where kind = 'offence.victim' and collected_at <= $as_of::timestamptz and not withdrawn) f
anti join (select link, version from facts_fact
           where kind = 'offence.victim' and collected_at <= $as_of::timestamptz and version > 1) l
  on l.link = f.link and l.version > f.version
group by all order by all
"""


def run() -> list[str]:
    """Lines of figures; `BENCH_FACTS` says over how many facts (20,000,000)."""
    folder = Path(tempfile.mkdtemp(prefix="qorgan-bench-"))
    try:
        with snapshots.connected() as database:
            begun = time.perf_counter()
            step = FACTS // FILES
            for number in range(FILES):
                first, last = number * step, (number + 1) * step
                path = folder / f"{number}.parquet"
                database.execute(_MADE.format(seed=SEED, first=first, last=last, path=path))
            size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
            made = f"{step * FILES} facts, {size:.0f} MB of Parquet, made in {time.perf_counter() - begun:.0f} s"
            database.read_parquet(f"{folder}/*.parquet").create_view(snapshots.TABLE)
            return [made, *_compared(database)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _compared(database: "DuckDBPyConnection") -> list[str]:
    begun = time.perf_counter()
    ours = cubes.sql(FactKind.OFFENCE_VICTIM, DIMENSIONS, Shape(has_period=False), "duckdb")
    compiled = time.perf_counter() - begun
    questions = {"hand-written": _HAND, "made by Ibis": ours}
    answers = {name: database.execute(text, AS_OF).fetchall() for name, text in questions.items()}
    if sorted(map(str, answers["hand-written"])) != sorted(map(str, answers["made by Ibis"])):
        raise RuntimeError("the two cubes differ")
    passed: dict[str, list[float]] = {name: [] for name in questions}
    for _round in range(ROUNDS):
        for name, text in questions.items():
            begun = time.perf_counter()
            database.execute(text, AS_OF).fetchall()
            passed[name].append(time.perf_counter() - begun)
    lines = [f"cube, {name:12} s {spread(times)}" for name, times in passed.items()]
    ratio = statistics.median(
        ours / hand for hand, ours in zip(passed["hand-written"], passed["made by Ibis"], strict=True)
    )
    cells = len(answers["made by Ibis"])
    return [*lines, f"cube of {cells} cells: ratio {ratio:.2f}, target < 1.3; compiled once in {compiled:.2f} s"]
