"""Taking a whole copy of a cluster while it works, sealed as it goes: nothing readable touches a disk."""

import shlex
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qorgan.base import clock
from qorgan.base.backups import archive, content, sealed, servers
from qorgan.base.backups.errors import BackupRefused
from qorgan.base.backups.plan import Plan
from qorgan.base.backups.sealed import Header
from qorgan.base.postgres import locks
from qorgan.base.postgres.cluster import Cluster

PAPERS = ("demo", "country")  # marks in a home that say what kind of place it is
_STEP = 1 << 20

Progress = Callable[[str, int, int], None]  # what is done, how much of it, of how much


@dataclass(frozen=True)
class Taken:
    """A whole copy that lies on its shelf; `carried` files of WAL and `pruned` old files went with it."""

    path: Path
    finished_at: datetime
    size: int
    carried: int
    pruned: int


def take(
    home: Path, plan: Plan, *, clusters: tuple[str, ...] = servers.CLUSTERS, progress: Progress
) -> dict[str, Taken]:
    """Take a whole copy of each of the clusters, and have their WAL archived from then on.

    Raises BackupRefused, LauncherRefused.
    """
    held = servers.running(home)
    lock = locks.open_lock(home / "backup.lock")
    if not locks.take(lock):
        raise BackupRefused(f"Another backup of {home} is being taken.")
    with open(lock, closefd=True):
        return {name: _take_one(held[name], home, plan, progress=progress) for name in clusters}


def _take_one(cluster: Cluster, home: Path, plan: Plan, *, progress: Progress) -> Taken:
    shelf = plan.shelf(cluster.name)
    shelf.check_there()
    shelf.sweep()
    archive.begin(cluster)
    begun = clock.now()
    header = Header(cluster.name, "", begun.isoformat(), plan.line, plan.recipient)
    expected = int(str(servers.ask(cluster, "select sum(pg_database_size(oid)) from pg_database")))
    # Named when it is finished, and known under no name before.
    waiting = shelf.folder / f".{cluster.name}.part"
    with sealed.writing(waiting, header) as target, servers.holding_wal(cluster):
        content.write_papers(target, _papers(home) if cluster.name == "data" else {})
        _copy(cluster, target.write, lambda done: progress(f"copying {cluster.name}", done, max(done, expected)))
    finished = clock.now()
    path = waiting.replace(shelf.place(finished))
    sealed.flush_folder(shelf.folder)
    carried = _carry_soon(cluster, plan, home, lambda done, total: progress(f"WAL of {cluster.name}", done, total))
    pruned = plan.prune(cluster.name, now=finished)
    return Taken(path, finished, path.stat().st_size, carried, pruned)


def _papers(home: Path) -> dict[str, Path]:
    """The secrets of a home, which travel with the data: without the keys they open nothing, nor these without them."""
    kept = {f"secrets/{path.name}": path for path in (home / "secrets").glob("[!.]*") if path.is_file()}
    kept.pop("secrets/lock", None)
    return kept | {name: home / name for name in PAPERS if (home / name).is_file()}


def _copy(cluster: Cluster, write: Callable[[bytes], int], progress: Callable[[int], None]) -> None:
    """What pg_basebackup hands out, with the WAL that makes it whole by itself and a manifest of every file."""
    command = [str(cluster.site.binaries.bin / "pg_basebackup"), "--pgdata=-", "--format=tar", "--wal-method=fetch"]
    command += ["--checkpoint=fast", "--manifest-checksums=SHA256", "--username=postgres", "--no-password"]
    command += [f"--host={cluster.socket.parent}"]
    done = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=False) as running:
        assert running.stdout is not None and running.stderr is not None
        while piece := running.stdout.read(_STEP):
            write(piece)
            progress(done := done + len(piece))
        words = running.stderr.read().decode("utf-8", "replace").strip()
    if running.returncode != 0:
        last = words.splitlines()[-1] if words else f"{shlex.join(command)} ended with {running.returncode}"
        raise BackupRefused(f"The server {cluster.name} could not be copied: {last}")


def _carry_soon(cluster: Cluster, plan: Plan, home: Path, seen: sealed.Seen) -> int:
    """Carry away what was written up to now; the server lays it down within moments."""
    until, carried = time.monotonic() + 10, 0
    wanted = str(servers.ask(cluster, "select pg_walfile_name(pg_switch_wal() - 1)"))
    while time.monotonic() < until:
        carried += archive.carry(cluster, plan, home=home, now=clock.now(), seen=seen)
        done = servers.ask(cluster, "select coalesce(last_archived_wal, '') from pg_stat_archiver")
        if str(done)[:24] >= wanted:
            return carried + archive.carry(cluster, plan, home=home, now=clock.now())
        time.sleep(0.1)
    return carried
