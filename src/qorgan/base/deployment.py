"""Where this deployment's databases and secrets are.

Without `DATABASE_URL` the embedded servers of `QORGAN_HOME` are used and started when needed. With it (and
`KEYS_URL` for the key store) the servers are someone else's: the URLs then name the owner's login, and every other
process signs in with its own login and the password kept in `QORGAN_HOME`.
"""

import contextlib
import os
import re
import secrets
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlparse

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from qorgan.base import postgres
from qorgan.base.db import revival
from qorgan.base.processes import CHARTERS, Key, Process

DATABASE = "qorgan"
KEYS_DATABASE = "qorgan_keys"


@dataclass(frozen=True)
class Login:
    """How one process reaches one database."""

    host: str
    port: str
    name: str
    user: str
    password: str
    options: tuple[tuple[str, str], ...] = ()  # what else the URL says, as sslmode

    def dsn(self) -> str:
        """The same for psycopg."""
        parts = {"host": self.host, "port": self.port, "dbname": self.name, "user": self.user}
        parts["password"] = self.password
        parts |= dict(self.options)
        return " ".join(f"{key}='{_quoted(value)}'" for key, value in parts.items() if value)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _parsed(url: str) -> Login:
    """A database URL as a Login. Raises ValueError with one clear sentence where it is not one for PostgreSQL."""
    parts = urlparse(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ValueError("DATABASE_URL and KEYS_URL look like postgresql://owner:password@host:5432/name")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return Login(
        host=unquote(query.get("host", parts.hostname or "")),
        port=str(parts.port or ""),
        name=unquote(parts.path.strip("/")),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=tuple((name, unquote(value)) for name, value in query.items() if name != "host"),
    )


def home() -> Path:
    """The folder of this deployment's data and secrets."""
    return postgres.home()


def embedded() -> bool:
    """Whether this deployment runs its own PostgreSQL."""
    return not os.environ.get("DATABASE_URL")


@cache
def _servers() -> postgres.Server:
    revival.use(postgres.revive)
    return postgres.ensure(home())


def owner() -> Login:
    """The login that makes the database, roles and rights: superuser of the embedded server, or the URL's own."""
    if embedded():
        address = _servers().data
        return Login(str(address.host), str(address.port), DATABASE, address.superuser, "")
    return _parsed(os.environ["DATABASE_URL"])


def keys_owner() -> Login:
    """The same for the key store. Another's server needs `KEYS_URL`: keys beside data protect nothing."""
    if os.environ.get("KEYS_URL"):
        return _parsed(os.environ["KEYS_URL"])
    if not embedded():
        raise ValueError("KEYS_URL is missing: the key store needs a server apart from DATABASE_URL.")
    address = _servers().keys
    return Login(str(address.host), str(address.port), KEYS_DATABASE, address.superuser, "")


def login(process: Process) -> Login:
    """How `process` signs in to the data."""
    name = CHARTERS[process].login
    return replace(owner(), user=name, password=postgres.password(name, home()))


def keys_login(process: Process) -> Login | None:
    """How `process` signs in to the key store; None for those that hold no key of persons."""
    if CHARTERS[process].key is not Key.PERSONS:
        return None
    name = CHARTERS[process].login
    return replace(keys_owner(), user=name, password=postgres.password(name, home()))


class NoPlace(ValueError):
    """Nothing was ever made ready where this deployment's data would be."""


def check_made() -> None:
    """Raises NoPlace, with what to do, where there is no place yet. Starts nothing and makes nothing."""
    if embedded() and not postgres.is_made(home()):
        raise NoPlace(
            f"There is no place in {home()} yet. Run `qorgan init` to make one ready,"
            " or `qorgan demo` to see one with made-up records."
        )


def secret(name: str, *, begin: bytes = b"") -> bytes:
    """32 random bytes kept as `secrets/<name>.key`, made on first use, readable by the owner only.

    `begin` is what it is made of instead, where it is not there yet.
    """
    path = home() / "secrets" / f"{name}.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _keep(path, begin or secrets.token_bytes(32))
    return path.read_bytes()


def door_public() -> bytes:
    """The half of the web door's key that seals, `secrets/door.pub`; `secrets/door.key`, which opens, is the worker's.

    On a machine of its own the door has the first file only.
    """
    path = home() / "secrets" / "door.pub"
    if not path.exists():
        private = X25519PrivateKey.from_private_bytes(secret("door"))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _keep(path, private.public_key().public_bytes_raw())
    return path.read_bytes()


def _keep(path: Path, content: bytes) -> None:
    """Write a secret that appears whole or not at all; of two that are made at once, the first stays."""
    waiting = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(waiting, path)
    finally:
        waiting.unlink()


def fingerprints_key() -> bytes:
    """The key of the digests that tell a repeat from other content.

    Where records are older than it, their digests were made under the first master, whose bytes it then keeps: a new
    master shall not make every repeat look like other content. Asked before the master is made in a new place.
    """
    first = _masters().get(1)
    return secret("fingerprints", begin=first.read_bytes() if first else b"")


_MASTER = re.compile(r"persons(?:-(\d+))?(?:\.until-(\d{4}-\d\d-\d\d))?\.key")


def masters() -> dict[int, bytes]:
    """The master keys of persons by version, those that were retired lately too; the first is made where none is."""
    if not _masters():
        secret("persons")
    return {version: path.read_bytes() for version, path in _masters().items()}


def _masters() -> dict[int, Path]:
    folder = home() / "secrets"
    named = ((_MASTER.fullmatch(path.name), path) for path in folder.glob("persons*.key"))
    return {int(name[1] or 1): path for name, path in named if name}


def add_master(version: int) -> Path:
    """Make the master key of a version, or find it made; where it is kept."""
    secret(f"persons-{version}")
    return home() / "secrets" / f"persons-{version}.key"


def retire_master(version: int, *, until: date) -> None:
    """Keep a master only until a day: as long as backups of the key store may hold keys under it."""
    path = _masters().get(version)
    if path is not None and ".until-" not in path.name:
        path.rename(path.with_name(f"persons-{version}.until-{until.isoformat()}.key"))


def forget_masters(*, on: date) -> list[int]:
    """Remove the masters whose day is over; which they were."""
    gone = []
    for version, path in _masters().items():
        named = _MASTER.fullmatch(path.name)
        if named and named[2] and date.fromisoformat(named[2]) < on:
            path.unlink(missing_ok=True)
            gone.append(version)
    return sorted(gone)


def is_demo() -> bool:
    """Whether this deployment is a demonstration: synthetic data, the demo signing key."""
    return (home() / "demo").exists() or os.environ.get("QORGAN_DEMO") == "1"
