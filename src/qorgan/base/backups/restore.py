"""A place made anew from a whole copy of each cluster and the WAL written since.

Data come back as they were at a moment, keys always as they were last: a key that was destroyed stays destroyed.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from qorgan.base import postgres
from qorgan.base.backups import sealed
from qorgan.base.backups.content import OURS, Checking, Proof, members
from qorgan.base.backups.errors import BackupRefused
from qorgan.base.backups.feed import Feeder
from qorgan.base.backups.servers import CLUSTERS, ask
from qorgan.base.backups.shelf import Shelf
from qorgan.base.postgres import locks
from qorgan.base.postgres.cluster import Cluster
from qorgan.base.postgres.errors import refusal_for
from qorgan.base.postgres.home import Papers, make_home, read_json
from qorgan.base.postgres.site import settle, settled

_LONGEST = 24 * 3600.0  # seconds that a recovery may take
_UNFINISHED = "restoring"  # a mark in a home: what is there was never finished and is nobody's data
_MASTERS = "secrets/persons"  # what the files of master keys begin with
_NOT_REACHED = "before configured recovery target was reached"

_SETTINGS = """\
# Written by `qorgan backup restore`, removed at its end.
hot_standby = off
restore_command = '{command}'
recovery_target_time = '{until}'
recovery_target_action = 'promote'
"""

Progress = Callable[[str, int, int], None]  # what is done, how much of it, of how much


@dataclass(frozen=True)
class Source:
    """Where a cluster comes from: a whole copy, and the shelf that may hold the WAL written since."""

    path: Path
    shelf: Shelf

    @property
    def line(self) -> str:
        """The line of WAL that the copy belongs to."""
        return sealed.header_of(self.path).line


@dataclass(frozen=True)
class Restored:
    """A cluster that is back: the copy it came from, and the last change in it (None: none since the copy)."""

    path: Path
    last_change_at: datetime | None


def source(named: Path, cluster: str, *, until: datetime | None = None) -> Source:
    """A copy that is named, or the last of a folder that was finished by `until`. Raises BackupRefused."""
    if named.is_dir():
        base = Shelf(named, cluster).newest(until=until)
        if base is None:
            when = f" from before {until:%Y-%m-%d %H:%M:%S %Z}" if until else ""
            raise BackupRefused(f"{named} holds no whole backup of {cluster}{when}.")
        named = base.path
    header = sealed.header_of(named)
    if header.cluster != cluster or header.name:
        raise BackupRefused(f"{named} is no whole backup of {cluster}.")
    return Source(named, Shelf(named.parent, cluster))


def check_empty(home: Path) -> None:
    """Raises BackupRefused where a home holds anything but what a killed restore left."""
    if home.is_dir() and any(home.iterdir()) and not (home / _UNFINISHED).exists():
        raise BackupRefused(
            f"{home} is not empty, and a backup is restored into an empty place only: set QORGAN_HOME to a new folder."
        )


def restore(
    home: Path, sources: dict[str, Source], key: X25519PrivateKey, *, until: datetime | None, progress: Progress
) -> dict[str, Restored]:
    """Make the place `home` out of `sources`; data as of `until`, or as they were last.

    Raises BackupRefused, Damaged, LauncherRefused; the home is then empty again.
    """
    home = home.resolve()
    check_empty(home)
    with _alone(home):
        proofs = {name: _unpack(home, name, sources[name], key, progress) for name in CLUSTERS}
        bring_masters(home, sources["data"], key)
        if until is None:
            for name in CLUSTERS:
                _check_unbroken(sources[name], proofs[name])
        last_changes = _recover(home, sources, key, until=until, progress=progress)
        (home / _UNFINISHED).unlink()
    return {name: Restored(sources[name].path, last_changes[name]) for name in CLUSTERS}


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """A fresh home inside the block, which is gone again if the block fails."""
    if (home / _UNFINISHED).exists():
        _erase(home)
    try:
        make_home(home)
        (home / _UNFINISHED).touch()
        yield
    except BaseException as failure:
        _erase(home)
        raise (refusal_for(failure, home) if isinstance(failure, OSError) else failure) from failure


def _erase(home: Path) -> None:
    """Stop what runs in a home that was never finished and remove it, also what lies outside it."""
    postgres.stop(home)
    postgres.release(home)
    noted = read_json(Papers(home).site)
    outside = {Path(noted[name]) for name in ("ground", "run")} if noted.get("home") == str(home) else set()
    for folder in {home, *outside}:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(home: Path, name: str, of: Source, key: X25519PrivateKey, progress: Progress) -> Proof:
    """Lay a cluster down beside its place, prove it whole, and only then give it its name."""
    with locks.alone(Papers(home).start_lock, deadline=time.monotonic() + 10):
        cluster = Cluster(settle(home), name)
        account, checking = cluster.site.account, Checking(of.path)
        # The server's own start removes what has such a name.
        part = cluster.data.parent / f".{name}-restored.part"
        part.mkdir(mode=0o700)
        for member in members(of.path, key, seen=lambda done, total: progress(f"unpacking {name}", done, total)):
            ours = member.path.startswith(f"{OURS}/")
            path = home / member.path.removeprefix(f"{OURS}/") if ours else part / member.path
            if member.content is None:
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
            else:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.writelines(checking.pieces(member))
            if not ours:
                account.give(path, 0o700 if member.content is None else 0o600)
        proof = checking.finish()
        (part / "recovery.signal").touch()
        account.give(part / "recovery.signal", 0o600)
        account.give(part, 0o700)
        part.rename(cluster.data)
        cluster.check_version()
    return proof


def bring_masters(home: Path, of: Source, key: X25519PrivateKey) -> None:
    """Lay down the masters that were made after a copy, from the newest of its shelf.

    Keys come back as they were last, and may be under a master that an older copy of the data does not know.
    """
    newest = of.shelf.newest()
    if newest is None or newest.path == of.path:
        return
    for member in members(newest.path, key, seen=lambda _done, _total: None):
        name = member.path.removeprefix(f"{OURS}/")
        if name == member.path:
            return  # our papers come first
        path = home / name
        if name.startswith(_MASTERS) and member.content is not None and not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(member.content.read())


def _check_unbroken(of: Source, proof: Proof) -> None:
    """Raises BackupRefused where WAL is missing between the copy and the last that was archived."""
    last = proof.segments[-1]
    for name in of.shelf.segments(of.line):
        if name[:8] == last[:8] and name > last:
            if _number(name) != _number(last) + 1:
                raise BackupRefused(
                    f"WAL is missing between {last} and {name} in {of.shelf.wal(of.line)}:"
                    " bring it, or say with --until to which moment before the gap the data shall come back."
                )
            last = name


def _number(segment: str) -> int:
    """The place of a segment in its timeline; 256 of 16 MB make one file number."""
    return int(segment[8:16], 16) * 256 + int(segment[16:24], 16)


def _recover(
    home: Path, sources: dict[str, Source], key: X25519PrivateKey, *, until: datetime | None, progress: Progress
) -> dict[str, datetime | None]:
    """Let both servers replay their WAL, and hand them over as servers like any other."""
    site = settled(home)
    assert site is not None  # unpacked a moment ago
    clusters = {name: Cluster(site, name) for name in CLUSTERS}
    with ExitStack() as feeding:
        feeders = []
        for name, cluster in clusters.items():
            of = sources[name]
            fed = _counting(name, len(of.shelf.segments(of.line)), progress)
            feeder = feeding.enter_context(Feeder(cluster, of.shelf, of.line, key, fed=fed))
            _write_settings(cluster, feeder.command, until if name == "data" else None)
            feeders.append(feeder)
        try:
            postgres.ensure(home, timeout=_LONGEST)
        except postgres.LauncherRefused as refused:
            raise _why(refused, feeders, clusters["data"], until) from refused
    last_changes = {name: _last_change(cluster) for name, cluster in clusters.items()}
    for cluster in clusters.values():
        cluster.archive_settings.unlink()
        ask(cluster, "select pg_reload_conf()")
    return last_changes


def _counting(name: str, total: int, progress: Progress) -> Callable[[str], None]:
    done = 0

    def fed(_segment: str) -> None:
        nonlocal done
        done += 1
        progress(f"replaying {name}", done, total)

    return fed


def _write_settings(cluster: Cluster, command: str, until: datetime | None) -> None:
    cluster.write_configuration()
    moment = until.astimezone(UTC).isoformat() if until else ""
    settings = _SETTINGS.format(command=command.replace("'", "''"), until=moment)
    cluster.archive_settings.write_text(settings, encoding="utf-8")
    cluster.archive_settings.chmod(0o644)


def _why(refused: Exception, feeders: list[Feeder], data: Cluster, until: datetime | None) -> Exception:
    for feeder in feeders:
        if feeder.failure is not None:
            return feeder.failure
    if until is not None and _NOT_REACHED in data.last_words():
        return BackupRefused(
            f"The archived WAL ends before {until:%Y-%m-%d %H:%M:%S %Z}: give an earlier moment, or none for the last."
        )
    return refused


def _last_change(cluster: Cluster) -> datetime | None:
    found = ask(cluster, "select pg_last_xact_replay_timestamp()")
    return found.astimezone(UTC) if isinstance(found, datetime) else None
