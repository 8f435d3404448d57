"""How a place stands with its backups, for people and for `qorgan status`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from qorgan.base.backups import plan
from qorgan.base.postgres.site import CLUSTERS


@dataclass(frozen=True)
class Standing:
    """A cluster's last whole copy and its last archived WAL, as they lie on the shelf; None where there is none."""

    copied_at: datetime | None
    archived_at: datetime | None

    def age(self, now: datetime) -> timedelta | None:
        """How old the last whole copy is."""
        return now - self.copied_at if self.copied_at else None


def standing(home: Path) -> dict[str, Standing]:
    """By cluster; empty where backups were never begun. Starts nothing and needs no key."""
    settled = plan.read(home)
    if settled is None:
        return {}
    found = {}
    for name in CLUSTERS:
        shelf = settled.shelf(name)
        newest = shelf.newest()
        found[name] = Standing(newest.finished_at if newest else None, shelf.archived_at(settled.line))
    return found
