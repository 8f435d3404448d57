"""Decides once, and writes down, where a home keeps its clusters, its sockets and its programs."""

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from qorgan.base.postgres.account import Account, choose_account, first_closed
from qorgan.base.postgres.binaries import Binaries, copied, packaged
from qorgan.base.postgres.errors import LauncherRefused
from qorgan.base.postgres.home import Papers, read_json, write_json

PORT = 5432
CLUSTERS = ("data", "keys")
# The address of a socket has room for 108 bytes on Linux and 104 on macOS, a closing zero included.
LONGEST_SOCKET = 103


@dataclass(frozen=True)
class Site:
    """What a home has settled on: `ground` holds the clusters, `run` their sockets."""

    home: Path
    ground: Path
    run: Path
    account: Account
    binaries: Binaries

    def data(self, cluster: str) -> Path:
        return self.ground / cluster

    def sockets(self, cluster: str) -> Path:
        return self.run / cluster

    def socket(self, cluster: str) -> Path:
        return self.sockets(cluster) / f".s.PGSQL.{PORT}"


def settle(home: Path) -> Site:
    """Prepare every folder a start needs, and write down the choices; the caller holds the start lock."""
    before = read_json(Papers(home).site)
    ground = _ground(home, before.get("ground"))
    account = choose_account(ground / CLUSTERS[0])
    if closed := first_closed(ground, account):
        raise LauncherRefused(
            f"{ground} holds data, and the user {account.name} of its server may no longer walk through {closed}: "
            f"allow it (chmod o+x {closed}), or move the folder and set QORGAN_HOME."
        )
    binaries = copied(ground) if account.change else packaged()
    run = _run_folder(home, ground)
    site = Site(home, ground, run, account, binaries)
    for cluster in CLUSTERS:
        site.sockets(cluster).mkdir(exist_ok=True)
        account.give(site.sockets(cluster), 0o700)
    chosen = {
        "home": str(home),
        "ground": str(ground),
        "run": str(run),
        "account": account.name,
    }
    chosen |= {"binaries": str(binaries.root), "version": binaries.version}
    if chosen != before:
        write_json(Papers(home).site, chosen)
    return site


def settled(home: Path) -> Site | None:
    """The site as written down by the last start, or None before the first."""
    noted = read_json(Papers(home).site)
    # A copied home must not lead to the clusters of the original.
    if noted.get("home") != str(home):
        return None
    ground = Path(noted["ground"])
    if not (ground / CLUSTERS[0]).is_dir():
        return None
    binaries = Binaries(Path(noted["binaries"]), noted["version"])
    return Site(home, ground, Path(noted["run"]), choose_account(ground / CLUSTERS[0]), binaries)


def _ground(home: Path, noted: str | None) -> Path:
    """The home itself, or for root a place of its own when the server's account may not walk to the home."""
    if (home / CLUSTERS[0]).is_dir():
        return home
    if noted and Path(noted) != home and Path(noted).is_dir():
        return _claim(Path(noted), home)
    if first_closed(home, choose_account()) is None:
        return home
    ground = Path("/var/lib") / f"qorgan-{_mark(home)}"
    if not ground.is_dir():
        ground.mkdir(mode=0o711)
        ground.chmod(0o711)
    return _claim(ground, home)


def _claim(ground: Path, home: Path) -> Path:
    """Use a ground outside the home: it names its home, so that a copy of the home cannot take it over."""
    if ground.is_symlink() or ground.stat().st_uid != os.geteuid():
        raise LauncherRefused(f"{ground} belongs to someone else: set QORGAN_HOME to a folder outside {home.parent}.")
    owner = read_json(ground / "home.json").get("home")
    if owner not in (None, str(home)) and Papers(Path(owner)).site.exists():
        raise LauncherRefused(
            f"{home} is a copy of {owner}, and both would use the data in {ground}: remove {Papers(home).site} "
            "to begin with empty data."
        )
    if owner != str(home):
        write_json(ground / "home.json", {"home": str(home)})
    return ground


def _mark(home: Path) -> str:
    return hashlib.sha256(os.fsencode(home)).hexdigest()[:10]


def _run_folder(home: Path, ground: Path) -> Path:
    """`run` on the ground, or a short folder of ours under /tmp where the path would not fit a socket's address."""
    run = ground / "run"
    longest = max(len(os.fsencode(run / cluster / f".s.PGSQL.{PORT}")) for cluster in CLUSTERS)
    # A comma separates hosts for the client library, and quotes end a value in the server's configuration.
    if longest <= LONGEST_SOCKET and not set(str(run)) & set(",'\"\n\\"):
        run.mkdir(exist_ok=True)
        run.chmod(0o711)
        return run
    for attempt in range(5):
        short = Path("/tmp") / f"qorgan-{os.geteuid()}-{_mark(home)}{attempt or ''}"
        try:
            short.mkdir(mode=0o711)
            short.chmod(0o711)
        except FileExistsError:
            facts = short.lstat()
            ours = stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.geteuid() and not facts.st_mode & 0o022
            if not ours:
                continue
        return short
    raise LauncherRefused(
        f"{run} is too long for a socket, and /tmp holds no folder of ours: set a shorter QORGAN_HOME."
    )


def forget(site: Site) -> None:
    """Remove what a home has outside itself and inside: the caller has stopped the server."""
    for place in {site.run, site.ground} - {site.home}:
        shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(site.home, ignore_errors=True)
