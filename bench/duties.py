"""The day of an office with very many live duties in one region: its pages, its calendar, and what goes up by rule.

`BENCH_DUTIES` says how many duties are live in the region (100,000); a third of them is late. The rows come from a
set-based loader beside the actions, over the cases of `pages`; what is late is told to those above by the job of the
worker as it is, in a process of its own. Target of a page: p95 under 200 ms.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import psycopg

from bench import pages
from bench.machine import percentile
from bench.place import Place, made
from qorgan.base import postgres
from qorgan.cli.serve import free_port

DUTIES = int(os.environ.get("BENCH_DUTIES", "100000"))
LOOKS = 100
TARGET = 0.200
REGION = "id between 7901 and 7999"
STEPS = 4

# Every second case of `pages` has an order at least: four checks of each make up the number.
_LIVE = """
truncate duties_escalation, duties_duty;
insert into duties_duty (id, thread_id, kind, thing, thing_id, step, case_id, key_id, territory_id, agency_id,
                         provision, to_verify, since, due_at, dropped_why, late_why)
select gen_random_uuid(), o.thread_id, 'check_order', 'order', o.id, step, o.case_id, o.key_id, o.territory_id,
       o.agency_id, 'orders.check_interval', true, due - interval '168 hours', due, '', ''
  from (select *, row_number() over (order by id) as n from orders_order where territory_id between 7901 and 7999) o,
       generate_series(1, {steps}) step,
       lateral (select now() + ((o.n * {steps} + step) * 37 %% 1500 - 500) * interval '1 hour' as due) moment
 limit {duties};
analyze duties_duty;
"""
_COUNT = "select count(*), count(*) filter (where due_at < now()) from duties_duty"
_PAGES = {
    "inspector": ("", "duties/late/", "duties/later/", "duties/calendar.ics?of=today"),
    "head": ("", "duties/escalated/"),
    "cityhead": ("", "duties/escalated/"),
    "prosecutor": ("", "duties/escalated/"),
}


def run() -> Iterator[str]:
    """Lines of figures."""
    with made() as place:
        address = postgres.ensure(place.home).data
        line = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
        place.run("story", "live", *pages._register(place))
        with psycopg.connect(line, autocommit=True) as owner:
            _load(owner)
            count, late = owner.execute(_COUNT).fetchone() or (0, 0)
            yield f"{count} live duties in one region, {late} of them late"
            yield _told(place, late)
            owner.execute("vacuum analyze duties_duty, duties_escalation")
        port = free_port(8200)
        server = pages._served(place, port)
        try:
            for login, wanted in _PAGES.items():
                browser = pages._signed_in(port, login)
                for path in wanted:
                    took = [_look(browser, f"http://127.0.0.1:{port}/{path}") for _time in range(LOOKS + 5)][5:]
                    yield (
                        f"/{path:28} as {login:10} p50 {1000 * percentile(took, 0.5):.0f} ms,"
                        f" p95 {1000 * percentile(took, 0.95):.0f} ms   target p95 < {1000 * TARGET:.0f} ms"
                    )
        finally:
            server.terminate()
            server.wait(10)


def _look(browser: urllib.request.OpenerDirector, address: str) -> float:
    begun = time.perf_counter()
    with browser.open(address) as answer:
        answer.read()
    return time.perf_counter() - begun


def _load(owner: psycopg.Connection) -> None:
    agency, staff, key = owner.execute(
        "select c.agency_id, c.owner_id, c.key_id from cases_case c order by c.opened_at limit 1"
    ).fetchone() or ("", "", "")
    owner.execute("set session_replication_role = replica")
    cases = DUTIES // 2
    text = pages._LOAD.replace("valid_to is null", f"valid_to is null and {REGION}")
    text = text.format(cases=cases, agency=agency, staff=staff, key=key) + _LIVE.format(steps=STEPS, duties=DUTIES)
    for statement in text.replace("%%", "%").split(";\n"):
        if statement.strip():
            owner.execute(statement)
    owner.execute("set session_replication_role = origin")


def _told(place: Place, late: int) -> str:
    """The job of the worker, from nothing told to everything told; then once more, when there is nothing to tell."""
    first, again = (_work_apart(place) for _time in range(2))
    return (
        f"told to those above: {first['made']} escalations of {late} late duties in {first['seconds']:.1f} s;"
        f" a minute later {again['made']} in {again['seconds']:.1f} s"
    )


def _work_apart(place: Place) -> dict[str, float]:
    environment = place.environment | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-m", "bench.duties"], env=environment, check=True, capture_output=True, text=True
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _work() -> None:
    """The job itself, as the worker."""
    from qorgan.base.processes import Process
    from qorgan.cli.start import begin

    begin(Process.WORKER)
    from qorgan.agencies import queries as agencies
    from qorgan.duties import jobs

    begun = time.perf_counter()
    made_now, _undone = jobs.escalate_all(by=agencies.system("duties.escalate"))
    print(json.dumps({"made": made_now, "seconds": time.perf_counter() - begun}))


if __name__ == "__main__":
    _work()
