"""Tables as Parquet, where the extra `analysis` is installed: the same bytes from the same rows and library."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from qorgan.releases.engine.tables import Table, Value

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def library() -> str:
    """What writes Parquet here, with its version; empty where nothing does."""
    try:
        import duckdb
    except ModuleNotFoundError:
        return ""
    return f"duckdb {duckdb.__version__}"


def written(sheets: Mapping[str, Table]) -> dict[str, bytes]:
    """Each table as one file by its name. Needs the extra `analysis`."""
    import duckdb

    with (
        tempfile.TemporaryDirectory(prefix="qorgan-parquet-") as folder,
        duckdb.connect(":memory:", config={"threads": 1}) as engine,
    ):
        return {name: _written(engine, name, table, Path(folder)) for name, table in sheets.items()}


def _written(engine: DuckDBPyConnection, name: str, table: Table, folder: Path) -> bytes:
    file = folder / f"{name}.parquet"
    columns = ", ".join(f'"{head}" {_type([row[at] for row in table.rows])}' for at, head in enumerate(table.heading))
    engine.execute(f'create or replace table "{name}" ({columns})')
    if table.rows:  # in one statement: one for each row takes a hundred times as long
        marks = "(" + ", ".join("?" for _head in table.heading) + ")"
        values = [value for row in table.rows for value in row]
        rows = ", ".join([marks] * len(table.rows))
        engine.execute(f'insert into "{name}" values {rows}', values)  # lint: allow Q203 - a table in memory
    engine.execute(f"copy \"{name}\" to '{file}' (format parquet, compression zstd)")
    return file.read_bytes()


def _type(values: list[Value]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int}:
        return "bigint"
    if kinds <= {int, Decimal}:
        return "double"
    return "date" if kinds == {date} else "varchar"
