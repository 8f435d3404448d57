"""A deployment of its own that may be killed piece by piece, and what must be true of it afterwards."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from qorgan.base import postgres
from qorgan.base.deployment import DATABASE
from tests.faults.desk import kui

ROOT = Path(__file__).parents[2]
PASSWORD = "synthetic-pass-2026"
Told = dict[str, Any]


@dataclass
class Place:
    """A home with its servers. `told` is everything that any desk has acknowledged, over all its lives."""

    home: Path
    told: list[Told] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """What a process of this place is started with."""
        kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return kept | {"QORGAN_HOME": str(self.home), "QORGAN_DEMO": "1", "PYTHONUNBUFFERED": "1"}

    def command(self, *words: str, check: bool = True) -> str:
        """Run `qorgan WORDS`; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "qorgan.cli.main", *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout

    def start(self, module: str, *words: str) -> "subprocess.Popen[str]":
        """Start a process of the tests in this place."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def pid(self, cluster: str) -> int:
        """The postmaster of a cluster."""
        found = next(one.pid for one in postgres.status(self.home).clusters if one.name == cluster)
        assert found is not None
        return found

    @contextmanager
    def master(self) -> Iterator[psycopg.Connection]:
        """The superuser's look at everything."""
        address = postgres.ensure(self.home).data
        with psycopg.connect(host=address.host, port=address.port, user=address.superuser, dbname=DATABASE) as line:
            yield line

    def listen(self, process: "subprocess.Popen[str]", heard: Callable[[Told], None] = lambda _told: None) -> None:
        """Hear a desk out until it ends or is killed. What was told only in part was not told."""
        assert process.stdout is not None
        for line in process.stdout:
            if line.endswith("\n"):
                told = json.loads(line)
                self.told.append(told)
                heard(told)
        process.wait(30)


@contextmanager
def made() -> Iterator[Place]:
    """A fresh place with the invented staff; its servers are kept running, and gone at the end."""
    shelf = Path(tempfile.mkdtemp(prefix="qorgan-faults-")).resolve()
    shelf.chmod(0o711)
    place = Place(shelf / "home")
    try:
        place.command("story", "begin", "--password", PASSWORD)
        postgres.ensure(place.home)
        yield place
    finally:
        postgres.release(place.home)
        postgres.erase(place.home)
        shelf.rmdir()


def kill_after(process: "subprocess.Popen[str]", count: int, *, delay: float) -> Callable[[Told], None]:
    """Kill the process `delay` seconds after it has told so many things."""
    heard: Counter[str] = Counter()

    def hear(_told: Told) -> None:
        heard["lines"] += 1
        if heard["lines"] == count:
            threading.Timer(delay, process.kill).start()

    return hear


_WHOLE = {
    # what must come out as many times as there are reports that were taken in
    "reports without two persons": "select count(*) from reports_report r where 2 <>"
    " (select count(*) from reports_reportperson p where p.report_id = r.id)",
    "reports without one duty to decide": "select count(*) from reports_report r where 1 <>"
    " (select count(*) from duties_duty d where d.thing_id = r.id)",
    "reports without one row of the journal": "select count(*) from reports_report r where 1 <>"
    " (select count(*) from base_journalentry e where e.thing_id = r.id::text and kind = 'reports.report.accepted')",
    "reports without one job": "select count(*) from reports_report r where false",
    "taken up without a case": "select count(*) from reports_report r where (state = 'taken_up') <>"
    " exists (select 1 from cases_casereport c where c.report_id = r.id)",
    "cases without two persons": "select count(*) from cases_case c where 2 <>"
    " (select count(*) from cases_caseperson p where p.case_id = c.id)",
    "cases with more than one order": "select count(*) from cases_case c where 1 <"
    " (select count(*) from orders_order o where o.case_id = c.id)",
    "served orders without four checks": "select count(*) from orders_order o where (state = 'served') <>"
    " (4 = (select count(*) from duties_duty d where d.thing_id = o.id and kind = 'check_order'))",
    "persons of nobody": "select count(*) from people_person p where not exists"
    " (select 1 from reports_reportperson r where r.person_id = p.id)",
}


def check_whole(place: Place, *, numbers: range) -> None:
    """Every acknowledged thing is there exactly once, nothing is there by half, and the journal holds."""
    with place.master() as line:
        for fault, question in _WHOLE.items():
            row = line.execute(question.encode()).fetchone()
            assert row == (0,), f"{row}: {fault}"
        found = Counter(row[0] for row in line.execute("select kui_no from reports_report").fetchall())
        assert found == Counter(kui(number) for number in numbers)
        for what, table in (("report", "reports_report"), ("case", "cases_case"), ("served", "orders_order")):
            told = {one["id"] for one in place.told if one["what"] == what}
            kept = {str(row[0]) for row in line.execute(f"select id from {table}".encode()).fetchall()}
            assert told == kept, f"{what}: acknowledged and kept differ"
    place.command("journal", "seal")
    checked = json.loads(place.command("journal", "verify", "--json"))
    assert checked["holds"] is True
    assert checked["entries"] > 0
