"""The system's own, older PostgreSQL: two servers in a folder of their own, as an agency may have them."""

import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from qorgan.base.postgres.account import choose_account

NEWEST = 17  # the built-in server is 18: the older one must be older


def programs() -> Path | None:
    """The folder of the newest older server of this system; None where there is none."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *(Path(p).parent for p in [shutil.which("postgres")] if p)]
    found = {_major(place): place for place in places if (place / "initdb").exists()}
    return next((found[major] for major in sorted(found, reverse=True) if major <= NEWEST), None)


def _major(place: Path) -> int:
    told = subprocess.run([str(place / "postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"\d+", told)
    assert version is not None
    return int(version[0])


@dataclass(frozen=True)
class Server:
    """One server; `password` is that of its superuser."""

    folder: Path
    password: str

    def url(self, database: str, *, user: str = "postgres", password: str = "") -> str:
        """How an agency would write it."""
        return f"postgresql://{user}:{password or self.password}@/{database}?host={self.folder}"

    def run(self, script: str, *, database: str = "postgres") -> None:
        """Let the superuser run SQL, statement by statement."""
        with psycopg.connect(self.url(database), autocommit=True) as line:
            for statement in script.split(";\n"):
                if statement.strip():
                    line.execute(statement.encode())


@contextmanager
def two_servers(place: Path) -> Iterator[tuple[Server, Server]]:
    """A server for the data and one for the keys, made and started with the programs in `place`."""
    account = choose_account()
    ground = Path(tempfile.mkdtemp(prefix="qorgan-older-"))
    account.give(ground, 0o755)
    running: list[subprocess.Popen[bytes]] = []
    try:
        servers = []
        for name in ("data", "keys"):
            server = Server(ground / name, secrets.token_urlsafe(12))
            server.folder.mkdir()
            account.give(server.folder, 0o700)
            file = ground / f"{name}.password"
            file.write_text(server.password)
            account.give(file, 0o600)
            words = [str(place / "initdb"), "-D", str(server.folder / "pg"), "-U", "postgres", "-E", "UTF8", "-N"]
            words += ["--locale=C", "--auth=scram-sha-256", f"--pwfile={file}"]
            subprocess.run(words, check=True, capture_output=True, **account.child())
            words = [str(place / "postgres"), "-D", str(server.folder / "pg"), "-k", str(server.folder)]
            words += ["-c", "listen_addresses=", "-c", "fsync=off"]
            quiet = subprocess.DEVNULL
            running.append(subprocess.Popen(words, stdout=quiet, stderr=quiet, **account.child()))
            servers.append(server)
        for server in servers:
            _await(server)
        yield servers[0], servers[1]
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)
        shutil.rmtree(ground, ignore_errors=True)


def _await(server: Server) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(server.url("postgres")).close()
            return
        except psycopg.OperationalError:
            assert time.monotonic() < until
            time.sleep(0.05)
