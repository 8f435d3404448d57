"""What runs in a home, for people and for `qorgan status`."""

from dataclasses import dataclass
from pathlib import Path

from qorgan.base.postgres import locks
from qorgan.base.postgres.cluster import Cluster
from qorgan.base.postgres.errors import refusal_for
from qorgan.base.postgres.home import Papers, home, read_json
from qorgan.base.postgres.postmaster import recorded_server
from qorgan.base.postgres.probe import Answer, ask
from qorgan.base.postgres.site import CLUSTERS, settled


@dataclass(frozen=True)
class ClusterStatus:
    """One server: `size` in bytes on disk, `data` the folder of its data, `version` that wrote them."""

    name: str
    running: bool
    pid: int | None
    version: str | None
    size: int
    data: Path
    socket: Path
    log: Path


@dataclass(frozen=True)
class Status:
    """A home and its servers; `running` when both take connections. `version` is that of the programs."""

    home: Path
    running: bool
    keeper: int | None
    version: str | None
    account: str | None
    clusters: tuple[ClusterStatus, ...]


def is_made(place: Path | None = None) -> bool:
    """Whether a home holds clusters, running or not. Looks at two small files, and starts nothing."""
    folder = (place or home()).resolve()
    # A home that was moved has its data inside, and a site that still names the old place.
    return settled(folder) is not None or (folder / CLUSTERS[0] / "PG_VERSION").is_file()


def status(place: Path | None = None) -> Status:
    """Look without starting or changing anything."""
    folder = (place or home()).resolve()
    papers = Papers(folder)
    try:
        site = settled(folder) if folder.is_dir() else None
        if site is None:
            return Status(folder, False, None, None, None, ())
        kept = locks.is_held(papers.keeper_lock)
        clusters = tuple(_look(Cluster(site, name)) for name in CLUSTERS)
    except OSError as error:
        raise refusal_for(error, folder) from error
    keeper = read_json(papers.keeper).get("keeper") if kept else None
    running = kept and all(cluster.running for cluster in clusters)
    return Status(folder, running, keeper, site.binaries.version, site.account.name, clusters)


def _look(cluster: Cluster) -> ClusterStatus:
    return ClusterStatus(
        name=cluster.name,
        running=ask(cluster.socket) is Answer.READY,
        pid=recorded_server(cluster.data),
        version=cluster.version(),
        size=_size(cluster.data),
        data=cluster.data,
        socket=cluster.socket,
        log=cluster.log,
    )


def _size(folder: Path) -> int:
    """Bytes on disk; a file that goes away meanwhile counts as nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_blocks * 512
        except FileNotFoundError:
            continue
    return total
