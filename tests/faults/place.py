"""A deployment of its own that may be killed piece by piece, and what must be true of it afterwards."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from qorgan.base import postgres
from qorgan.base.deployment import DATABASE
from qorgan.base.processes import Process
from tests.faults.desk import kui
from tests.ready import ready

ROOT = Path(__file__).parents[2]
Told = dict[str, Any]
Hear = Callable[["Life", Told], None]


@dataclass
class Life:
    """One process at work. `told` is what it has said so far."""

    pid: int
    told: list[Told] = field(default_factory=list)
    status: int = 0
    doomed: bool = False

    def kill(self, *, after: float = 0.0) -> None:
        """Kill it in so many seconds; once. At once means in the instant after it has spoken."""
        if self.doomed:
            return
        self.doomed = True
        if after:
            threading.Timer(after, self._kill).start()
        else:
            self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):  # it may have come to its end first
            os.kill(self.pid, signal.SIGKILL)


class Nursery:
    """The process in which others are born, all of one kind."""

    def __init__(self, environment: dict[str, str], process: Process) -> None:
        command = [sys.executable, "-m", "tests.faults.nursery", process.value]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)

    def _line(self) -> Told:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the nursery has ended"
        found: Told = json.loads(line)
        return found

    def live(self, *words: object, heard: Hear = lambda _life, _told: None) -> Life:
        """Let a process live through its work, or until it is killed; `heard` is told of each thing it says."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        life = None
        while (told := self._line())["what"] != "ended":
            if told["what"] == "born":
                life = Life(told["pid"])
            elif told["what"] != "ready":
                assert life is not None
                life.told.append(told)
                heard(life, told)
        assert life is not None
        life.status = told["status"]
        return life

    def close(self) -> None:
        """Let it end."""
        self._process.communicate(timeout=20)


@dataclass
class Place:
    """A home with its servers. `told` is everything that any desk has acknowledged, over all its lives."""

    home: Path
    told: list[Told] = field(default_factory=list)
    nurseries: dict[Process, Nursery] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What a process of this place is started with."""
        kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return kept | {"QORGAN_HOME": str(self.home), "QORGAN_DEMO": "1"}

    def desk(self, numbers: range, *, heard: Hear = lambda _life, _told: None) -> Life:
        """Let a desk work through the numbers."""
        life = self.nurseries[Process.STAFF].live("desk", numbers[0], numbers[-1], heard=heard)
        self.told += life.told
        return life

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


@contextmanager
def made() -> Iterator[Place]:
    """A fresh place with the invented staff; its servers are kept running, and gone at the end."""
    with ready() as home:
        place = Place(home)
        try:
            postgres.ensure(home)
            place.nurseries = {kind: Nursery(place.environment(), kind) for kind in (Process.STAFF, Process.WORKER)}
            yield place
        finally:
            for nursery in place.nurseries.values():
                nursery.close()


_WHOLE = {
    # each question counts what must not be
    "reports without two persons": "select count(*) from reports_report r where 2 <>"
    " (select count(*) from reports_reportperson p where p.report_id = r.id)",
    "reports without one duty to decide": "select count(*) from reports_report r where 1 <>"
    " (select count(*) from duties_duty d where d.thing_id = r.id)",
    "reports without one row of the journal": "select count(*) from reports_report r where 1 <>"
    " (select count(*) from base_journalentry e where e.thing_id = r.id::text and kind = 'reports.report.accepted')",
    "reports without one job": "select count(*) from reports_report r where 1 <>"
    " (select count(*) from procrastinate_jobs j where j.args->>'report_id' = r.id::text)",
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
    (checked,) = place.nurseries[Process.WORKER].live("verify").told
    assert checked["holds"] is True, checked
    assert checked["entries"] > len(numbers)
