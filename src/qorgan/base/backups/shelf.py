"""A folder of one cluster's backups: its whole copies, and the WAL written since, by line."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

from qorgan.base.backups import sealed
from qorgan.base.backups.errors import BackupRefused, Damaged

_STAMP = "%Y%m%dT%H%M%S.%fZ"
_SUFFIX = ".sealed"


@dataclass(frozen=True)
class Base:
    """A whole copy of a cluster. From `finished_at` on, WAL leads to any moment."""

    path: Path
    finished_at: datetime


@dataclass(frozen=True)
class Shelf:
    """The folder of the cluster `cluster` ("data" or "keys")."""

    folder: Path
    cluster: str

    def place(self, finished_at: datetime) -> Path:
        """The name of a whole copy that was finished then."""
        return self.folder / f"{self.cluster}-{finished_at.astimezone(UTC).strftime(_STAMP)}.backup"

    def bases(self) -> list[Base]:
        """The whole copies, oldest first. One that was not finished has no such name."""
        found = []
        for path in self.folder.glob(f"{self.cluster}-*.backup"):
            stamp = path.name.removeprefix(f"{self.cluster}-").removesuffix(".backup")
            try:
                found.append(Base(path, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)))
            except ValueError:
                continue  # a stranger's file
        return sorted(found, key=lambda base: base.finished_at)

    def newest(self, *, until: datetime | None = None) -> Base | None:
        """The last whole copy, or the last that was finished by `until`."""
        fitting = [base for base in self.bases() if until is None or base.finished_at <= until]
        return fitting[-1] if fitting else None

    def wal(self, line: str) -> Path:
        """The folder of a line's WAL."""
        return self.folder / f"wal-{line}"

    def sealed_wal(self, line: str, name: str) -> Path:
        """Where a file of WAL lies."""
        return self.wal(line) / f"{name}{_SUFFIX}"

    def segments(self, line: str) -> list[str]:
        """The names of the line's segments of WAL, in order."""
        names = (path.name.removesuffix(_SUFFIX) for path in self.wal(line).glob(f"*{_SUFFIX}"))
        return sorted(name for name in names if re.fullmatch(r"[0-9A-F]{24}", name))

    def archived_at(self, line: str) -> datetime | None:
        """When the last segment of the line was carried here; None before the first."""
        last = self.segments(line)[-1:]
        return _written(self.sealed_wal(line, last[0])) if last else None

    def prune(self, *, before: datetime, spare_newest: bool) -> list[Path]:
        """Remove whole copies finished before `before`, and the WAL that no kept copy needs.

        `spare_newest` keeps the newest copy, however old. A copy needs no WAL that was whole before it was begun.
        """
        bases = self.bases()
        spared = bases[-1:] if spare_newest else []
        removed = [base.path for base in bases if base.finished_at < before and base not in spared]
        begun = [_written(base.path) for base in bases if base.path not in removed]
        needed_from = min(begun) if spare_newest and begun else max([before, *begun[:1]])
        for folder in self.folder.glob("wal-*"):
            # Carried in the order of their names: the first that is needed ends the looking, of many thousands.
            removed += takewhile(lambda path: _written(path) < needed_from, sorted(folder.glob(f"*{_SUFFIX}")))
        for path in removed:
            path.unlink(missing_ok=True)
        return removed

    def sweep(self) -> None:
        """Remove the copy that a killed backup left half-written; the caller is the only one who takes copies here."""
        for torn in self.folder.glob(".*.part"):
            torn.unlink(missing_ok=True)

    def make(self) -> None:
        """Make the folder where it is not there; only when it is first named, since later it may be a disk away."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as failure:
            raise BackupRefused(f"{self.folder} cannot be made: {failure.strerror}.") from failure

    def check_there(self) -> None:
        """Raises BackupRefused where the folder has gone: made anew, it would lie on another disk than was meant."""
        if not self.folder.is_dir():
            raise BackupRefused(f"{self.folder} is not there: mount its disk, or name another folder.")


def _written(path: Path) -> datetime:
    """When the writing of a file began, as it says itself; a damaged one cannot say, and its folder is asked."""
    try:
        return sealed.header_of(path).moment
    except Damaged:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
