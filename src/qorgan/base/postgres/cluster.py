"""One cluster on disk: made whole or not at all, with its configuration written outside its reach."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from qorgan.base.postgres.errors import LauncherRefused, explain
from qorgan.base.postgres.home import Papers
from qorgan.base.postgres.site import PORT, Site

_LARGEST_LOG = 10_000_000
_MEMORY = {"data": ("256MB", 100), "keys": ("32MB", 60)}

_CONFIGURATION = """\
# Written at every start; settings of your own go into {local}, which is read last.
listen_addresses = ''
port = {port}
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
hba_file = '{conf}/pg_hba.conf'
ident_file = '{conf}/pg_ident.conf'
shared_buffers = {buffers}
max_connections = {connections}
password_encryption = 'scram-sha-256'
datestyle = 'iso, ymd'
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
# Values of rows must not reach the log: no details of errors, no statements, no parameters.
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
# WAL is thrown away until a backup is taken: what is written there then says where it goes. No restart is needed.
archive_mode = on
archive_command = 'true'
include_if_exists '{archive}'
include '{local}'
"""

_ACCESS = """\
# The superuser only as a known user of the system, everyone else by password; nothing over the network.
local  all          postgres  peer map=qorgan
local  replication  postgres  peer map=qorgan
local  all          all       scram-sha-256
"""


@dataclass(frozen=True)
class Cluster:
    """The cluster `name` ("data" or "keys") of a site."""

    site: Site
    name: str

    @property
    def data(self) -> Path:
        return self.site.data(self.name)

    @property
    def socket(self) -> Path:
        return self.site.socket(self.name)

    @property
    def log(self) -> Path:
        return Papers(self.site.home).logs / f"{self.name}.log"

    @property
    def conf(self) -> Path:
        return self.site.ground / "conf" / self.name

    @property
    def archive_settings(self) -> Path:
        """Settings about WAL that a backup writes; they stay through every start."""
        return self.conf / "archive.conf"

    @property
    def command(self) -> list[str]:
        server = self.site.binaries.bin / "postgres"
        return [
            str(server),
            "-D",
            str(self.data),
            "-c",
            f"config_file={self.conf / 'postgresql.conf'}",
        ]

    def version(self) -> str | None:
        """The major version that wrote the data, or None before the first start."""
        try:
            return (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def check_version(self) -> None:
        """Refuse data of another major version before the server does so in its own words."""
        written, installed = self.version(), self.site.binaries.major
        if written not in (None, installed):
            raise LauncherRefused(
                f"{self.data} was written by PostgreSQL {written}, and {installed} is installed: install the version "
                f"of Qorgan that made it, dump the data with pg_dump, and load them into a new home."
            )

    def begin_initdb(self) -> "Initdb | None":
        """Start making the cluster beside its place; None when it is there."""
        for torn in self.data.parent.glob(f".{self.name}-*.part"):
            shutil.rmtree(torn, ignore_errors=True)
        if self.version() is not None:
            return None
        temporary = self.data.parent / f".{self.name}-{os.getpid()}.part"
        temporary.mkdir(mode=0o700)
        self.site.account.give(temporary, 0o700)
        words = [
            str(self.site.binaries.bin / "initdb"),
            "-D",
            str(temporary),
            "-U",
            "postgres",
        ]
        words += [
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "-E",
            "UTF8",
            "--data-checksums",
        ]
        words += ["--auth-local=peer", "--auth-host=scram-sha-256", "--no-instructions"]
        process = subprocess.Popen(
            words,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **self.site.account.child(),
        )
        return Initdb(self, temporary, process)

    def write_configuration(self) -> None:
        """The server's rules, owned by us: a server that is broken into cannot change who may enter."""
        self.conf.mkdir(parents=True, exist_ok=True)
        buffers, connections = _MEMORY[self.name]
        settings = _CONFIGURATION.format(
            port=PORT,
            sockets=quoted(self.site.sockets(self.name)),
            conf=quoted(self.conf),
            archive=quoted(self.archive_settings),
            local=quoted(self.conf / "local.conf"),
            buffers=buffers,
            connections=connections,
        )
        users = dict.fromkeys((self.site.account.name, pwd.getpwuid(os.geteuid()).pw_name))
        names = "".join(f'qorgan  "{user}"  postgres\n' for user in users)
        for file, text in (
            ("postgresql.conf", settings),
            ("pg_hba.conf", _ACCESS),
            ("pg_ident.conf", names),
        ):
            path = self.conf / file
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
            path.chmod(0o644)
        local = self.conf / "local.conf"
        if not local.exists():
            local.write_text(
                "# Settings of your own: read last, never overwritten.\n",
                encoding="utf-8",
            )
            local.chmod(0o644)
        for folder in (self.conf.parent, self.conf):
            folder.chmod(0o711 if self.site.account.change else 0o700)

    def turn_log(self) -> None:
        """Keep the last log aside once it is large."""
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))

    def last_words(self, size: int = 2000) -> str:
        """The end of the server's log."""
        try:
            with self.log.open("rb") as log:
                log.seek(max(0, self.log.stat().st_size - size))
                return log.read().decode("utf-8", "replace")
        except FileNotFoundError:
            return ""


@dataclass(frozen=True)
class Initdb:
    """A cluster being made by a child process."""

    cluster: Cluster
    temporary: Path
    process: subprocess.Popen[bytes]

    def finish(self) -> None:
        """Wait for the end and give the cluster its name; a killed one leaves nothing believed."""
        words, _ = self.process.communicate()
        if self.process.returncode != 0:
            shutil.rmtree(self.temporary, ignore_errors=True)
            text = words.decode("utf-8", "replace") or f"initdb ended with {self.process.returncode}"
            raise LauncherRefused(explain(text, data=self.cluster.data, log=self.cluster.log))
        os.rename(self.temporary, self.cluster.data)


def quoted(path: Path) -> str:
    """A path as it stands between the quotes of a setting."""
    return str(path).replace("'", "''")
