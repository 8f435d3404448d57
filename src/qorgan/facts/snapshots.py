"""Facts as one Parquet file: what a statistics office computes on, and may hand on. Needs the extra `analysis`.

A snapshot holds what the table of facts holds and no more: links are keyed hashes, and there is no name or id to hold.
It is taken as of the last collection and says so itself, in its metadata.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qorgan.facts.rules import NoAnalysis, NoSnapshot, NotASnapshot

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = "snapshots"  # of a deployment's home
TABLE = "facts_fact"
_PATTERN = "facts-*.parquet"
_MOMENT = "%Y%m%dT%H%M%S.%fZ"

# Column: its type in DuckDB. Bytes come as `\x0af1`, as PostgreSQL writes them.
TYPES: dict[str, str] = {
    "id": "BIGINT",
    "kind": "VARCHAR",
    "link": "BLOB",
    "root": "BLOB",
    "part_of": "BLOB",
    "version": "INTEGER",
    "record_version": "INTEGER",
    "on": "DATE",
    "root_on": "DATE",
    "region": "SMALLINT",
    "hours": "DECIMAL(10, 3)",
    "code": "VARCHAR",
    "iccs": "VARCHAR",
    "traits": "VARCHAR",
    "sex": "VARCHAR",
    "age": "SMALLINT",
    "relation": "VARCHAR",
    "stage": "VARCHAR",
    "domestic": "BOOLEAN",
    "withdrawn": "BOOLEAN",
    "collected_at": "TIMESTAMPTZ",
}
COLUMNS = ", ".join(f'"{name}"' for name in TYPES)


def connected() -> DuckDBPyConnection:
    """A database in memory, by the clock of UTC. Raises NoAnalysis."""
    try:
        import duckdb
    except ModuleNotFoundError:
        raise NoAnalysis from None
    connection = duckdb.connect(":memory:")
    connection.execute("set TimeZone = 'UTC'")  # lint: allow Q204 - a database of this process, with no next user
    return connection


def name(as_of: datetime) -> str:
    """The file's name; names sort as their moments do."""
    return f"facts-{as_of.strftime(_MOMENT)}.parquet"


def pack(csv: Path, *, to: Path, as_of: datetime) -> None:
    """Make the snapshot `to` of the rows in a CSV file. It appears whole or not at all, readable by its owner only."""
    part = to.with_suffix(".part")
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    columns = {column: "VARCHAR" if type_ == "BLOB" else type_ for column, type_ in TYPES.items()}
    values = ", ".join(f'unhex("{c}"[3:]) as "{c}"' if type_ == "BLOB" else f'"{c}"' for c, type_ in TYPES.items())
    with connected() as database:
        rows = database.read_csv(str(csv), columns=columns, header=False, auto_detect=False)
        rows.create_view("told")
        database.execute(
            f"copy (select {values} from told order by kind, \"on\", id) to '{_quoted(part)}'"
            f" (format parquet, compression zstd, use_tmp_file false,"
            f" kv_metadata {{qorgan_as_of: '{as_of.isoformat()}'}})"
        )
    os.replace(part, to)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def latest(folder: Path) -> Snapshot:
    """The newest snapshot of a folder. Raises NoSnapshot."""
    found = sorted(folder.glob(_PATTERN))
    if not found:
        raise NoSnapshot
    return Snapshot(found[-1])


@dataclass
class Snapshot:
    """A file of facts, opened when it is first asked. Raises NotASnapshot then."""

    path: Path

    @cached_property
    def _database(self) -> DuckDBPyConnection:
        import duckdb

        database = connected()
        try:
            database.read_parquet(str(self.path)).create_view(TABLE)
            found = {row[0] for row in database.execute(f"describe {TABLE}").fetchall()}
        except duckdb.Error as fault:
            raise NotASnapshot(path=self.path.name) from fault
        if not TYPES.keys() <= found:
            raise NotASnapshot(path=self.path.name)
        return database

    @cached_property
    def as_of(self) -> datetime:
        """The moment up to which its facts were collected."""
        question = "select decode(value) from parquet_kv_metadata(?) where decode(key) = 'qorgan_as_of'"
        found = self._database.execute(question, [str(self.path)]).fetchone()
        if found is None:
            raise NotASnapshot(path=self.path.name)
        return datetime.fromisoformat(found[0])

    def first_day(self, *, until: datetime) -> date | None:
        """The day of its earliest fact collected up to `until`; None where there is none."""
        question = f'select min("on") from {TABLE} where collected_at <= $until'
        found: date | None = self.rows(question, {"until": until.isoformat()})[0][0]
        return found

    def count(self) -> int:
        """How many versions of facts it holds."""
        return int(self.rows(f"select count(*) from {TABLE}", {})[0][0])

    def rows(self, sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        """The rows that SQL over facts answers."""
        return self._database.execute(sql, dict(values)).fetchall()
