"""Under which user of the system the server runs: it refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qorgan.base.postgres.errors import LauncherRefused


@dataclass(frozen=True)
class Account:
    """A user of the system; `change` says whether a child process has to become that user."""

    name: str
    uid: int
    gid: int
    change: bool

    def child(self) -> dict[str, Any]:
        """The arguments of subprocess that start a child as this account, with nothing inherited."""
        arguments: dict[str, Any] = {
            "cwd": "/",
            "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            "stdin": subprocess.DEVNULL,
        }
        if self.change:
            arguments |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return arguments

    def give(self, path: Path, mode: int) -> None:
        """Hand a file or folder made by us to this account."""
        os.chmod(path, mode)
        if self.change:
            os.chown(path, self.uid, self.gid)


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, change=entry.pw_uid != os.geteuid())


def choose_account(data: Path | None = None) -> Account:
    """The account for the server: one's own, or for root that of existing data, QORGAN_ACCOUNT, postgres, nobody."""
    me = os.geteuid()
    if me != 0:
        try:
            return _account(pwd.getpwuid(me))
        except KeyError:
            raise LauncherRefused(
                f"The system has no name for user {me}, and PostgreSQL needs one: add the user to /etc/passwd."
            ) from None
    if data is not None and data.is_dir():
        try:
            return _account(pwd.getpwuid(data.stat().st_uid))
        except KeyError:
            raise LauncherRefused(
                f"{data} belongs to user {data.stat().st_uid}, whom the system does not know."
            ) from None
    wanted = os.environ.get("QORGAN_ACCOUNT")
    for name in [wanted] if wanted else ["postgres", "nobody"]:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return _account(entry)
    raise LauncherRefused(
        "PostgreSQL may not run as root, and the system has neither the user postgres nor nobody: "
        "run the command as an ordinary user, or name a user in QORGAN_ACCOUNT."
    )


def first_closed(path: Path, account: Account) -> Path | None:
    """The first folder on the way to `path` (itself included) through which the account may not walk."""
    if not account.change:
        return None
    for folder in [*reversed(path.parents), path]:
        if not folder.exists():
            return None
        facts = folder.stat()
        if facts.st_uid == account.uid:
            may = facts.st_mode & 0o100
        elif facts.st_gid == account.gid:  # the server is started without further groups
            may = facts.st_mode & 0o010
        else:
            may = facts.st_mode & 0o001
        if not may:
            return folder
    return None
