"""Importing a duty desk's file: every row accepted, kept with a warning, or refused with its reason."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qorgan.base import country, journal
from qorgan.base.errors import BadInput
from qorgan.base.scope import Actor
from qorgan.people.actions import Named
from qorgan.places import queries as places
from qorgan.reports import access
from qorgan.reports.actions.accept import Signal, accept
from qorgan.reports.engine.desk_words import DeskWords
from qorgan.reports.engine.rows import Row, Verdict, refusal
from qorgan.reports.readers import DeskFile, FileRefused, file_sentence, read, reason, write_refused
from qorgan.reports.rules import SameNumberOtherContent
from qorgan.reports.terms import Channel

BATCH = 100  # rows to a transaction: a killed import keeps whole batches, and sending the file again adds the rest


@dataclass(frozen=True)
class RowResult:
    """What became of one row. `registered_at` is local, to the minute; the day alone where the time is not known."""

    row: int
    line: int
    kui_no: str
    verdict: str
    field: str | None
    why: str | None
    registered_at: str
    report_id: UUID | None = None
    is_new: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a script."""
        return {
            "row": self.row,
            "line": self.line,
            "kui_no": self.kui_no,
            "verdict": self.verdict,
            "field": self.field,
            "why": self.why,
            "registered_at": self.registered_at or None,
        }


@dataclass
class FileResult:
    """What became of a file. `sentence` says what is to be said of it as a whole."""

    rows: list[RowResult] = field(default_factory=list)
    sentence: str = ""
    refused_whole: bool = False
    refused_path: Path | None = None

    def _count(self, verdict: Verdict) -> int:
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def accepted(self) -> int:
        """Rows taken in without a warning."""
        return self._count(Verdict.ACCEPT)

    @property
    def flagged(self) -> int:
        """Rows taken in with a warning."""
        return self._count(Verdict.FLAG)

    @property
    def refused(self) -> int:
        """Rows not taken in."""
        return self._count(Verdict.REFUSE)

    @property
    def added(self) -> int:
        """Reports that were not here before."""
        return sum(row.is_new for row in self.rows)

    @property
    def repeats(self) -> int:
        """Rows whose report was here already."""
        return sum(row.report_id is not None and not row.is_new for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a script."""
        return {
            "accepted": self.accepted,
            "flagged": self.flagged,
            "refused": self.refused,
            "added": self.added,
            "repeats": self.repeats,
            "sentence": self.sentence or None,
            "refused_file": str(self.refused_path) if self.refused_path else None,
            "rows": [row.as_dict() for row in self.rows],
        }


def desk_words() -> DeskWords:
    """The country's words of a duty desk: headings, channels, the unknown."""
    return DeskWords.from_toml(country.toml("words/desk.toml"))


def import_file(
    *,
    path: Path,
    by: Actor,
    now: datetime,
    name: str = "",
    refused_to: Path | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> FileResult:
    """Import a file row by row, a transaction to each hundred rows.

    Refused rows are written to `refused_to`, or beside the file as `NAME.refused.csv` where the folder can be
    written, to be mended and sent again. Sending the file again adds nothing. Raises NotAllowed.
    """
    access.check_may(by, access.IMPORT)
    zone = places.zone(by.territory_id or by.territories[0])
    file = read(path, words=desk_words(), zone=zone, now=now, name=name or path.name)
    if isinstance(file, FileRefused):
        return FileResult(sentence=file_sentence(file), refused_whole=True)
    result, refused = FileResult(), []
    with file:
        rows = iter(file)
        while batch := list(islice(rows, BATCH)):
            refused += _take_batch(batch, result, by=by, now=now)
            progress(len(result.rows))
    if refused:
        result.refused_path = _write(refused, file, refused_to or path.with_name(f"{path.stem}.refused.csv"))
    if not result.rows:
        result.sentence = str(_("The file has headings and no rows: nothing was imported."))
    return result


def _write(refused: list[Row], file: DeskFile, target: Path) -> Path | None:
    try:
        write_refused(refused, target, like=file)
    except PermissionError:
        return None
    return target


@transaction.atomic
def _take_batch(batch: list[Row], result: FileResult, *, by: Actor, now: datetime) -> list[Row]:
    refused = []
    for row in batch:
        taken = _take(row, by=by, now=now)
        result.rows.append(taken)
        if taken.verdict == Verdict.REFUSE:
            refused.append(row if row.verdict is Verdict.REFUSE else _marked(row))
    counts = {verdict.value: sum(one.verdict == verdict for one in result.rows[-len(batch) :]) for verdict in Verdict}
    journal.write(kind="reports.file.imported", thing="file", by=by, now=now, detail=counts)
    return refused


def _marked(row: Row) -> Row:
    """The row with the refusal that only the database could know of, for the file of refused rows."""
    return replace(row, notes=(*row.notes, refusal("number_taken", field="kui_no", value=row.kui_no)))


def _take(row: Row, *, by: Actor, now: datetime) -> RowResult:
    main = row.main_note
    if row.verdict is Verdict.REFUSE or row.registered_at is None:
        return _result(row, Verdict.REFUSE, main.field if main else "registered_at", reason(row))
    try:
        with transaction.atomic():
            accepted = accept(signal=_signal(row), by=by, now=now)
    except (SameNumberOtherContent, BadInput) as refusal:
        at = "kui_no" if isinstance(refusal, SameNumberOtherContent) else refusal.field
        return _result(row, Verdict.REFUSE, at, str(refusal))
    said = (main.field, reason(row)) if main else (None, None)
    return _result(row, row.verdict, *said, report_id=accepted.report.id, is_new=accepted.is_new)


def _result(
    row: Row, verdict: Verdict, at: str | None, why: str | None, *, report_id: UUID | None = None, is_new: bool = False
) -> RowResult:
    return RowResult(
        row=row.number,
        line=row.line,
        kui_no=row.kui_no,
        verdict=verdict.value,
        field=at or None,
        why=why or None,
        registered_at=row.registered_text,
        report_id=report_id,
        is_new=is_new,
    )


def _signal(row: Row) -> Signal:
    assert row.registered_at is not None  # the caller has refused rows without a moment
    notes = [{"code": note.code, "field": note.field} for note in row.notes]
    return Signal(
        submission=f"kui\0{row.kui_no}",
        channel=Channel(row.channel.code) if row.channel.code else Channel.OTHER,
        registered_at=row.registered_at,
        time_known=row.time_known,
        kui_no=row.kui_no,
        narrative=row.narrative,
        address=row.address,
        victim=Named(written=row.victim, iin=row.iin, phone=row.phone_e164 or row.phone),
        suspect=Named(written=row.suspect),
        notes=tuple(notes),
    )
