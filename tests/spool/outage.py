"""A place whose database is someone else's: it goes away and comes back, and the pages do not know when."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg

from qorgan.base import postgres, spool
from qorgan.base.deployment import DATABASE, KEYS_DATABASE
from qorgan.base.postgres import Address
from qorgan.cli.demo import PASSWORD
from qorgan.cli.serve import answers, free_port
from tests.ready import ready
from tests.spool.silent import Way, way

ROOT = Path(__file__).parents[2]
_TAKE_IN = """
from qorgan.cli.start import begin
from qorgan.base.processes import Process
begin(Process.WORKER)
from qorgan.reports import jobs
jobs.take_in_arrivals(timestamp=0)
jobs.take_in_spooled(timestamp=0)
"""


@dataclass
class Answer:
    """What a page answered."""

    status: int
    text: str
    cookie: str
    location: str

    def json(self) -> Any:
        """The same for a machine."""
        return json.loads(self.text)


@dataclass
class Web:
    """A web process of the place, with its workers."""

    process: "subprocess.Popen[bytes]"
    port: int

    def ask(self, path: str, sent: bytes | None = None, **headers: str) -> Answer:
        """One request on a line of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request(
            "GET" if sent is None else "POST", path, sent, {k.replace("_", "-"): v for k, v in headers.items()}
        )
        came = line.getresponse()
        cookies = [one.partition(";")[0] for one in came.headers.get_all("Set-Cookie") or []]
        return Answer(came.status, came.read().decode(), "; ".join(cookies), came.headers.get("Location", ""))

    def form(self, path: str, sent: dict[str, str], **headers: str) -> Answer:
        """A form that is sent."""
        kind = "application/x-www-form-urlencoded"
        return self.ask(path, urlencode(sent).encode(), Content_Type=kind, **headers)

    def kill(self) -> None:
        """Kill it with its workers, in the middle of whatever they do."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


@dataclass
class Place:
    """The place, its servers, and the web processes that were started."""

    home: Path
    urls: dict[str, str]
    web: dict[str, Web] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
        own = {"QORGAN_HOME": str(self.home), "QORGAN_DEMO": "1", "QORGAN_PROXIES": "1", "LC_ALL": "C.UTF-8"}
        return kept | own | self.urls

    def serve(self, process: str) -> Web:
        """Start a web process, and wait until it answers."""
        port = free_port(18400, hold=True)
        settings = {"QORGAN_PROCESS": process, "DJANGO_SETTINGS_MODULE": f"qorgan.config.settings.{process}"}
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        command += ["--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
        command += ["qorgan.config.wsgi:application"]
        started = subprocess.Popen(command, env=self.environment() | settings, start_new_session=True, cwd=ROOT)
        self.web[process] = Web(started, port)
        assert answers(f"http://127.0.0.1:{port}/", process=started)
        return self.web[process]

    def run(self, *words: str) -> str:
        """One command of the house; what it said."""
        command = [sys.executable, "-m", "qorgan.cli.main", *words]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def worker(self) -> "subprocess.Popen[bytes]":
        """A worker that takes in what waits, once."""
        return subprocess.Popen([sys.executable, "-c", _TAKE_IN], env=self.environment(), cwd=ROOT)

    def stop(self) -> None:
        """The servers go away."""
        postgres.stop(self.home)

    def start(self) -> None:
        """They are back."""
        postgres.ensure(self.home)

    def rows(self, question: str) -> list[Any]:
        """The superuser's look at everything."""
        address = postgres.ensure(self.home).data
        with psycopg.connect(host=address.host, port=address.port, user=address.superuser, dbname=DATABASE) as line:
            return [row[0] for row in line.execute(question.encode()).fetchall()]

    def count(self, table: str) -> int:
        """How many rows there are."""
        return int(self.rows(f"select count(*) from {table}")[0])

    def waiting(self) -> int:
        """How much lies on the disk."""
        return sum(shelf.standing().waiting for shelf in spool.all_shelves(self.home))


def until(true: Callable[[], bool], *, seconds: float = 30.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


@dataclass
class Browser:
    """Someone's browser at a web process: its cookies, and the form that a page last showed."""

    web: Web
    cookies: dict[str, str] = field(default_factory=lambda: {"lang": "en"})

    def get(self, path: str) -> Answer:
        """A page."""
        return self._kept(self.web.ask(path, Cookie=self._borne()))

    def post(self, path: str, sent: dict[str, str], **headers: str) -> Answer:
        """A form, with what keeps forged ones out."""
        sent = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **sent}
        return self._kept(self.web.form(path, sent, Cookie=self._borne(), **headers))

    def sign_in(self, login: str) -> None:
        """Come in by the password of the demonstration."""
        self.get("/sign-in/")
        came = self.post("/sign-in/", {"login": login, "password": PASSWORD})
        assert came.status == 302, came.text

    def _borne(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _kept(self, came: Answer) -> Answer:
        for one in came.cookie.split("; ") if came.cookie else []:
            name, _is, value = one.partition("=")
            self.cookies[name] = value.strip('"')
        return came


@contextmanager
def made() -> Iterator[Place]:
    """A fresh place with the invented staff, whose processes know its servers by their addresses alone."""
    with ready() as home:
        servers = postgres.ensure(home)
        urls = {"DATABASE_URL": _url(servers.data, DATABASE), "KEYS_URL": _url(servers.keys, KEYS_DATABASE)}
        place = Place(home, urls)
        try:
            yield place
        finally:
            for web in place.web.values():
                web.kill()


@contextmanager
def made_by_a_way() -> Iterator[tuple[Place, Way]]:
    """The same, its database reached by a way that may fall silent."""
    with made() as place:
        address = postgres.ensure(place.home).data
        with way(f"{address.host}/.s.PGSQL.{address.port}") as server:
            url = f"postgresql://{address.superuser}@127.0.0.1:{server.port}/{DATABASE}"
            place.urls["DATABASE_URL"] = url
            yield place, server


def _url(address: Address, name: str) -> str:
    return f"postgresql://{address.superuser}@:{address.port}/{name}?host={quote(address.host)}"
