"""What computes figures: PostgreSQL in the light core, DuckDB over a snapshot. Both are asked the same expressions."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from qorgan.facts import queries as facts
from qorgan.facts.snapshots import Snapshot
from qorgan.indicators.engine import formulas
from qorgan.indicators.engine.cuts import Cut, Numbers


class Engine(ABC):
    """Answers formulas in whole numbers, as of a moment up to which it holds facts."""

    dialect: str

    @abstractmethod
    def as_of(self) -> datetime | None:
        """The moment up to which facts were collected; None where nothing ever was."""

    @abstractmethod
    def first_day(self, *, until: datetime) -> date | None:
        """The day of the earliest fact collected up to `until`; None where there is none."""

    @abstractmethod
    def run(self, sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        """The rows that a compiled expression answers."""

    def rows(self, code: str, cut: Cut) -> dict[int | None, Numbers]:
        """The numbers of a formula by region; the key None is the whole."""
        found = self.run(formulas.sql(code, cut.shape, self.dialect), cut.values)
        if not cut.by_region:
            found = [(None, *row) for row in found]
        return {region: Numbers(*(None if each is None else int(each) for each in row)) for region, *row in found}


class Postgres(Engine):
    """The deployment's own database, as it is now."""

    dialect = "postgres"

    def as_of(self) -> datetime | None:
        return facts.as_of()

    def first_day(self, *, until: datetime) -> date | None:
        return facts.first_day(until=until)

    def run(self, sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        return facts.rows(sql, values)


class DuckDB(Engine):
    """A snapshot in Parquet. A moment after the snapshot's own cannot be asked for."""

    dialect = "duckdb"

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def as_of(self) -> datetime | None:
        return self.snapshot.as_of

    def first_day(self, *, until: datetime) -> date | None:
        return self.snapshot.first_day(until=until)

    def run(self, sql: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
        return self.snapshot.rows(sql, values)


POSTGRES = Postgres()
