"""Where the data of an installation live, and the names of what lies there."""

import json
import os
import pwd
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qorgan.base.postgres.errors import LauncherRefused


def home() -> Path:
    """The folder of this installation: QORGAN_HOME, or the system's place for the data of this user."""
    named = os.environ.get("QORGAN_HOME")
    if named:
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/qorgan")
    shared = os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "qorgan"


@dataclass(frozen=True)
class Papers:
    """The launcher's own files in a home; none of them is readable by the server's account."""

    home: Path

    @property
    def clients_lock(self) -> Path:
        return self.home / "clients.lock"

    @property
    def start_lock(self) -> Path:
        return self.home / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        return self.home / "keeper.lock"

    @property
    def site(self) -> Path:
        return self.home / "site.json"

    @property
    def keeper(self) -> Path:
        return self.home / "keeper.json"

    @property
    def secrets(self) -> Path:
        return self.home / "secrets"

    @property
    def logs(self) -> Path:
        return self.home / "log"


def make_home(place: Path) -> None:
    """Make the home if it is not there; a home that is another user's is refused."""
    me = os.geteuid()
    if not place.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir(exist_ok=True)
        # Root's server runs under another account, which must walk through; nothing here is listed or read by it.
        place.chmod(0o711 if me == 0 else 0o700)
    owner = place.stat().st_uid
    if owner != me and (me == 0 or not os.access(place, os.W_OK)):
        raise LauncherRefused(
            f"{place} belongs to {user_name(owner)}: run the command as that user, "
            "or set QORGAN_HOME to another folder."
        )
    for folder in (Papers(place).secrets, Papers(place).logs):
        folder.mkdir(mode=0o700, exist_ok=True)


def user_name(uid: int) -> str:
    """The name of a user, or its number where the system has no name for it."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def write_json(path: Path, content: Any) -> None:
    """Replace a small file in one step, readable by its owner alone; kept through a loss of power."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(content, out, indent=1, sort_keys=True)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def read_json(path: Path) -> dict[str, Any]:
    """The object in a small file; empty when the file is not there or is torn."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
