"""WAL on its way from a running server to the shelf: the server lays it down, we seal it and carry it away.

The server lays it down by its own module, which survives a crash, because the server's account may not reach our
programs, and need not reach the shelf.
"""

import re
import shutil
import time
from datetime import datetime
from pathlib import Path

from qorgan.base.backups import sealed
from qorgan.base.backups.errors import BackupRefused
from qorgan.base.backups.plan import Plan
from qorgan.base.backups.sealed import Header
from qorgan.base.backups.servers import ask
from qorgan.base.postgres import locks
from qorgan.base.postgres.cluster import Cluster, quoted

EVERY = 30  # seconds after which a server lays down a segment that is not full; with the carrying it stays under 60
_NAMES = re.compile(r"[0-9A-F]{24}(\.[0-9A-F]{8}\.backup|\.partial)?|[0-9A-F]{8}\.history")

_SETTINGS = """\
# Written by `qorgan backup take`.
archive_command = ''
archive_library = 'basic_archive'
basic_archive.archive_directory = '{waiting}'
archive_timeout = {every}
"""


def _waiting(cluster: Cluster) -> Path:
    """Where the server lays WAL down."""
    return cluster.site.ground / "waiting" / cluster.name


def begin(cluster: Cluster) -> None:
    """Have the running server lay down its WAL from now on. Raises BackupRefused where it needs a new start first."""
    if ask(cluster, "show archive_mode") != "on":
        raise BackupRefused("The servers were started by an older Qorgan: stop what runs here once, then try again.")
    folder = _waiting(cluster)
    for path, mode in ((folder.parent, 0o711), (folder, 0o700)):
        path.mkdir(exist_ok=True)
        path.chmod(mode)
    cluster.site.account.give(folder, 0o700)
    settings = _SETTINGS.format(waiting=quoted(folder), every=EVERY)
    path = cluster.archive_settings
    if not path.exists() or path.read_text(encoding="utf-8") != settings:
        path.write_text(settings, encoding="utf-8")
        path.chmod(0o644)
        ask(cluster, "select pg_reload_conf()")


def carry(cluster: Cluster, plan: Plan, *, home: Path, now: datetime, seen: sealed.Seen = sealed.unwatched) -> int:
    """Seal what was laid down onto the shelf: how many files. One that is carried twice is the same file.

    `seen` is told how many files are carried, of how many.
    """
    shelf, count = plan.shelf(cluster.name), 0
    with locks.alone(home / "carry.lock", deadline=time.monotonic() + 60):
        shelf.check_there()
        folder = shelf.wal(plan.line)
        folder.mkdir(mode=0o700, exist_ok=True)
        for torn in folder.glob(".*.part"):  # by a carrier that was killed: no other is at work
            torn.unlink()
        waiting = _laid_down(cluster)
        for file in waiting:
            header = Header(cluster.name, file.name, now.isoformat(), plan.line, plan.recipient)
            with sealed.writing(shelf.sealed_wal(plan.line, file.name), header) as target, file.open("rb") as source:
                shutil.copyfileobj(source, target)
            file.unlink()  # only now: it is on the shelf through a loss of power
            count += 1
            seen(count, len(waiting))
    return count


def _laid_down(cluster: Cluster) -> list[Path]:
    """What waits, oldest first; a file that the server is still writing has another name."""
    folder = _waiting(cluster)
    return sorted(path for path in folder.iterdir() if _NAMES.fullmatch(path.name)) if folder.is_dir() else []
