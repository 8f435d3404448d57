"""The same persons with their names in the clear, searched as one would without keys: trigrams, and full text."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from qorgan.base import postgres

# A date that agrees is worth what half a name is; one that does not is no reason to hide anybody.
WAYS = {
    "trigrams over open names": """
        select id from plain_names where name %% %(query)s
        order by similarity(name, %(query)s) + case when born = %(born)s then 0.5 else 0 end desc, id limit 10""",
    "full text over open names": """
        select id from plain_names where to_tsvector('simple', name) @@ plainto_tsquery('simple', %(query)s)
        order by ts_rank(to_tsvector('simple', name), plainto_tsquery('simple', %(query)s))
            + case when born = %(born)s then 0.5 else 0 end desc, id limit 10""",
}
_MAKE = """
drop table if exists plain_names;
create extension if not exists pg_trgm;
create unlogged table plain_names (id bigserial, name text, born text)
"""
_INDEX = """
create index on plain_names using gin (name gin_trgm_ops);
create index on plain_names using gin (to_tsvector('simple', name));
analyze plain_names
"""


@contextmanager
def table(
    crowd: Iterable[dict[str, Any]], stored: Iterable[tuple[str, ...]]
) -> Iterator[Callable[[str, dict[str, str], tuple[str, ...]], int]]:
    """A table of names and dates with both indexes; gives a search that says at which place a stored person came."""
    address = postgres.ensure(Path(os.environ["QORGAN_HOME"])).data
    line = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
    with psycopg.connect(line, autocommit=True) as owner:
        owner.execute("set maintenance_work_mem = '1GB'")
        owner.execute(_MAKE)
        hers: dict[tuple[str, ...], int] = {}
        with owner.cursor().copy("copy plain_names (name, born) from stdin") as copy:
            for number, who in enumerate(dict.fromkeys(stored), start=1):
                hers[who] = number
                copy.write_row((_open(*who[:3]), who[3]))
            for one in crowd:
                born = one["birth_date"].isoformat()
                copy.write_row((_open(one["surname"], one["given"], one["patronymic"]), born))
        owner.execute(_INDEX)

        def search(way: str, row: dict[str, str], who: tuple[str, ...]) -> int:
            asked = {"query": row["query"].lower(), "born": row["query_dob"]}
            found = [id for (id,) in owner.execute(WAYS[way], asked)]
            return found.index(hers[who]) + 1 if hers[who] in found else 0

        try:
            yield search
        finally:
            owner.execute("drop table plain_names")


def _open(*parts: str) -> str:
    return " ".join(part for part in parts if part).lower()
