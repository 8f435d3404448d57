"""Where a home's backups go, for whom they are sealed, and how long they are kept."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from qorgan.base.backups.errors import BackupRefused
from qorgan.base.backups.shelf import Shelf
from qorgan.base.postgres.home import read_json, write_json

KEPT_KEYS = timedelta(days=7)  # a destroyed key is gone for good after so long, and not before
KEPT_DAYS = 30


@dataclass(frozen=True)
class Plan:
    """What the first backup of a home settled. `line` names its unbroken line of WAL, which no other home continues."""

    data: str
    keys: str
    recipient: str
    keep: int
    line: str

    def shelf(self, cluster: str) -> Shelf:
        """The folder of a cluster's backups."""
        return Shelf(Path(self.data if cluster == "data" else self.keys), cluster)

    def prune(self, cluster: str, *, now: datetime) -> int:
        """Remove what was kept long enough: how many files. Of data the newest copy stays, however old, not of keys."""
        kept = timedelta(days=self.keep) if cluster == "data" else KEPT_KEYS
        return len(self.shelf(cluster).prune(before=now - kept, spare_newest=cluster == "data"))


def read(home: Path) -> Plan | None:
    """The plan of a home, or None where no backup was ever begun."""
    held = read_json(home / "backups.json")
    return Plan(**held) if held else None


def settle(home: Path, *, data: Path | None, keys: Path | None, recipient: str | None, keep: int | None) -> Plan:
    """The plan of a home with what is newly said, written down. Raises BackupRefused where something is missing."""
    before = read(home)
    folders = {
        "data": str(data.absolute()) if data else before.data if before else "",
        "keys": str(keys.absolute()) if keys else before.keys if before else "",
    }
    sealed_to = recipient or (before.recipient if before else "")
    if not all(folders.values()) or not sealed_to:
        raise BackupRefused(
            "The first backup is told where to: --data-to FOLDER, --keys-to ANOTHER FOLDER and --recipient KEY"
            " (the public key that `qorgan backup key FILE` shows)."
        )
    _check_apart(Path(folders["data"]).resolve(), Path(folders["keys"]).resolve(), home.resolve())
    plan = Plan(
        **folders,
        recipient=sealed_to,
        keep=keep or (before.keep if before else KEPT_DAYS),
        line=before.line if before else secrets.token_hex(4),
    )
    for cluster, named in (("data", data), ("keys", keys)):
        if named is not None:
            plan.shelf(cluster).make()
    if plan != before:
        write_json(home / "backups.json", asdict(plan))
    return plan


def _check_apart(data: Path, keys: Path, home: Path) -> None:
    if data == keys or data in keys.parents or keys in data.parents:
        raise BackupRefused("Backups of keys never lie with those of data: give --keys-to a folder apart.")
    if any(home == folder or home in folder.parents for folder in (data, keys)):
        raise BackupRefused(f"A backup inside {home} is lost with it: give a folder outside.")
