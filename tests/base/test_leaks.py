"""What a thief, a log keeper or a help desk may get to see says no word of anyone, in whatever form words are kept."""

import base64
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from qorgan.base import deployment, postgres
from qorgan.base.backups.servers import running
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Case
from qorgan.messages import jobs as message_jobs
from qorgan.messages.models import Outgoing
from qorgan.reports import jobs as report_jobs
from qorgan.reports.models import Report
from tests.base import leaks
from tests.base.test_plaintext import SECRETS, WITNESS, _live
from tests.conftest import actor
from tests.web.pages import signed_in

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("form", list(leaks.forms(WITNESS)))
def test_a_word_is_found_in_every_form(form: str) -> None:
    written = b"\x00\xff{..." + leaks.forms(WITNESS)[form] + b"...}"
    assert (WITNESS, form) in leaks.found(written, [WITNESS])


def test_a_word_within_base64_is_found_wherever_it_begins() -> None:
    for before in range(6):
        whole = base64.b64encode(b"x" * before + WITNESS.encode() + b"yz")
        assert leaks.found(whole, [WITNESS]), before
    assert leaks.found(WITNESS.upper().encode(), [WITNESS])
    assert not leaks.found(b"WITNESS", [WITNESS])


@pytest.fixture
def lived(transactional_db: None, now: datetime) -> Actor:
    """A thread that was lived, with its jobs in the queue."""
    inspector = actor("inspector")
    with acting(inspector), transaction.atomic():
        _live(inspector, now)
        for report in Report.objects.all():
            report_jobs.look_for_repeats.defer(report_id=str(report.id))
        for message in Outgoing.objects.all():
            message_jobs.defer(message)
    return inspector


def _dumped(cluster: str) -> bytes:
    login = deployment.owner() if cluster == "data" else deployment.keys_owner()
    program = running(deployment.home())[cluster].site.binaries.bin / "pg_dump"
    command = [str(program), "-h", login.host, "-p", login.port, "-U", login.user, "--no-password", login.name]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_a_dump_of_both_clusters_says_no_word_of_anyone(lived: Actor) -> None:
    data, keys = _dumped("data"), _dumped("keys")
    assert b"COPY public.people_person" in data
    assert b"COPY public.wrapped_key" in keys
    jobs = data[data.index(b"COPY public.procrastinate_jobs ") :]
    assert b"look_for_repeats" in jobs[: jobs.index(b"\\.\n")]
    assert leaks.found(data, SECRETS) == set()
    assert leaks.found(keys, SECRETS) == set()


class Served:
    """The pages of staff as a process of its own; what it said."""

    def __init__(self, folder: Path) -> None:
        self.log, self.temporary = folder / "log", folder / "tmp"
        self.temporary.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = os.environ | {"QORGAN_PROCESS": "staff", "QORGAN_LOG": "debug", "TMPDIR": str(self.temporary)}
        environment["DJANGO_SETTINGS_MODULE"] = "qorgan.config.settings.staff"
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--no-ws"]
        command += ["--workers", "1", "--blocking-threads", "2", "tests.base.breaking:application"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)

    def ask(self, path: str, *, cookie: str = "", body: bytes | None = None) -> http.client.HTTPResponse:
        """One request."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": f"sessionid={cookie}; lang=kk", "Host": "localhost"}
        line.request("POST" if body is not None else "GET", path, body=body, headers=headers)
        answer = line.getresponse()
        answer.read()
        return answer

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                if self.ask("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text(errors="replace"))

    def end(self) -> list[str]:
        """Stop it; the lines it wrote."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def served(lived: Actor, tmp_path: Path) -> Iterator[Served]:
    """Pages of the place in which the thread was lived."""
    one = Served(tmp_path)
    try:
        one.wait()
        yield one
    finally:
        one.process.kill()
        one.process.wait(20)


def _session(client: Client) -> str:
    return client.cookies["sessionid"].value


def test_logs_error_reports_and_temporary_files_say_no_word_of_anyone(lived: Actor, served: Served) -> None:
    with acting(lived), transaction.atomic():
        case = Case.objects.order_by("number").first()
        assert case is not None
    cookie, name = _session(signed_in("inspector")), quote(WITNESS.split()[1])
    assert served.ask(f"/cases/{case.id}/", cookie=cookie).status == 200
    broken = served.ask(f"/cases/{case.id}/?break={name}", cookie=cookie)
    assert broken.status == 500
    assert served.ask(f"/cases/?number={name}", cookie=cookie).status == 200
    assert served.ask(f"/no/{name}/", cookie=cookie).status == 404
    assert served.ask("/reports/new/", cookie=cookie, body=f"victim={name}".encode()).status == 403
    typed = f"login={name}&password={name}".encode()
    assert served.ask("/sign-in/", body=typed).status == 403
    said = served.end()
    told = [json.loads(line) for line in said if line.startswith("{")]
    (failed,) = [line for line in told if line.get("failure")]
    assert [one["type"] for one in failed["failure"]] == ["builtins.KeyError", "builtins.ValueError"]
    assert any("tests/base/breaking.py" in frame for frame in failed["failure"][0]["frames"])
    assert failed["request"] == broken.headers["X-Request-Id"]
    asked = {(line["route"], line["status"]) for line in told if line.get("event") == "request"}
    assert {("cases:case", 200), ("cases:case", 500), ("cases:index", 200)} <= asked
    assert leaks.found("\n".join(said).encode(), [*SECRETS, str(case.id)]) == set()
    assert all(leaks.found(path.read_bytes(), SECRETS) == set() for path in leaks.files(served.temporary))


def test_a_worker_says_no_word_of_anyone_and_the_servers_write_none_down(lived: Actor, tmp_path: Path) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "", "QORGAN_LOG": "debug", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "qorgan.cli.main", "worker", "--once"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert leaks.found(done.stdout + done.stderr, SECRETS) == set()
    home = deployment.home()
    assert postgres.status(home).running
    logs = [path for path in leaks.files(home) if path.suffix in (".log", ".json", ".csv") or "log" in path.name]
    assert logs
    for path in [*logs, *leaks.files(tmp_path)]:
        assert leaks.found(path.read_bytes(), SECRETS) == set(), path
