"""The only writes of facts: adding versions and moving the watermark, inside the collector's transaction; snapshots."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path

from django.db import connection, transaction

from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.facts import snapshots
from qorgan.facts.access import EXPORT, check_may
from qorgan.facts.engine.rows import FactRow, Told, news
from qorgan.facts.models import Watermark
from qorgan.facts.queries import CONTENT, JOURNAL, last_stored
from qorgan.facts.queries import as_of as collected_until
from qorgan.facts.rules import NothingToKeep
from qorgan.facts.snapshots import Snapshot

_LOCK = 0x516F72_02  # one collector at a time, whatever starts a second one

_ADD = f"copy facts_fact (version, collected_at, {CONTENT}) from stdin"
_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_CHUNK = 1000


def begin(*, now: datetime) -> tuple[Watermark, datetime]:
    """Wait for a collector that is at work, then answer the watermark and the `collected_at` of this transaction.

    `collected_at` is `now`, or a microsecond after the last one where clocks disagree: it never repeats, so figures
    as of an earlier moment can never gain a fact.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("facts are collected inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    mark = Watermark.objects.filter(name=JOURNAL).first()
    if mark is None:
        return Watermark(name=JOURNAL, moved_at=now), now
    return mark, max(now, mark.moved_at + timedelta(microseconds=1))


def add(*, told: Sequence[Told], collected_at: datetime) -> int:
    """Add what is new in what the records tell; how many facts were added. Telling the same again adds nothing.

    The lock of `begin` is held, so no one else can have added the same version since it was looked up.
    """
    fresh = list(news(told, last_stored([thing.link for thing in told])))
    if not fresh:
        return 0
    moment = collected_at.isoformat()
    lines = (f"{version}\t{moment}\t{_line(row)}" for version, row in fresh)
    with connection.cursor() as cursor, cursor.copy(_ADD) as copy:
        while chunk := "".join(islice(lines, _CHUNK)):
            copy.write(chunk)
    return len(fresh)


def _line(row: FactRow) -> str:
    """A row in the text form of COPY: the driver takes three times as long to write it value by value."""
    kind, link, root, on, root_on, region, record_version, part_of, hours, *words = row
    return (
        f"{kind.value}\t\\\\x{link.hex()}\t{_bytes(root)}\t{on}\t{root_on or _NULL}\t{region}\t{record_version}"
        f"\t{_bytes(part_of)}\t{_NULL if hours is None else hours}\t{_words(tuple(words))}\n"
    )


def _bytes(link: bytes | None) -> str:
    return _NULL if link is None else f"\\\\x{link.hex()}"


@lru_cache(maxsize=65536)
def _words(values: tuple[str | int | bool | None, ...]) -> str:
    """What a fact says in words, ages and answers, as COPY takes it: thousands of facts say the same."""
    return "\t".join(_NULL if value is None else str(value).translate(_ESCAPES) for value in values)


def move(  # lint: allow Q113 - the collector acts for nobody and brings its own moment
    *, mark: Watermark, xid: int, entry: int, moved_at: datetime
) -> None:
    """The journal is in the facts up to (xid, entry); figures may be computed as of `moved_at`."""
    mark.xid, mark.entry, mark.moved_at = xid, entry, moved_at
    mark.save()


@transaction.atomic
def snapshot(*, folder: Path, by: Actor, now: datetime) -> Snapshot:
    """Write all facts as of the last collection into a Parquet file of the folder, for DuckDB and its like.

    Taking the same again hands back the file that is there. Raises NotAllowed, NothingToKeep, NoAnalysis.
    """
    check_may(by, EXPORT)
    as_of = collected_until()
    if as_of is None:
        raise NothingToKeep
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / snapshots.name(as_of)
    if not path.exists():
        csv = path.with_suffix(".csv")
        try:
            _unload(csv, as_of=as_of)
            snapshots.pack(csv, to=path, as_of=as_of)
        finally:
            csv.unlink(missing_ok=True)
    detail = {"file": path.name, "as_of": as_of.isoformat()}
    journal.write(kind="facts.snapshot.taken", by=by, now=now, detail=detail)
    return Snapshot(path)


def _unload(path: Path, *, as_of: datetime) -> None:
    """The facts collected up to a moment, as CSV. A collector that is at work adds only later ones."""
    question = f"copy (select {snapshots.COLUMNS} from facts_fact where collected_at <= %s) to stdout (format csv)"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file, connection.cursor() as cursor, cursor.copy(question, [as_of]) as copy:
        for chunk in copy:
            file.write(chunk)
