"""Today's duties and a case page among many cases, as a user of one district and of a region; the price of scope.

The rows come from a set-based loader, beside the actions: a measurement of reading, not of writing.
"""

import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from random import Random
from zoneinfo import ZoneInfo

import psycopg

from bench.machine import percentile
from bench.place import PASSWORD, Place, made
from qorgan.base import clock, postgres
from qorgan.cli.serve import answers, free_port

CASES = int(os.environ.get("BENCH_CASES", "1000000"))
LOOKS = 120
TARGETS = {"inspector": 0.150, "cityhead": 0.300}

_LOAD = """
create temporary table spots as
  select id, row_number() over (order by id) - 1 as place from places_territory
  where id not in (select parent_id from places_territory where parent_id is not null) and valid_to is null;
create temporary table pool as
  select gen_random_uuid() as id, spots.id as territory_id, face.place, face.like_id
  from spots, (select id as like_id, row_number() over (order by id) - 1 as place
               from people_person order by id limit 40) as face;
insert into people_person (id, thread_id, key_id, territory_id, written, surname, given, patronymic, birth_date, iin,
    phone, sex,
    iin_faults, made_at, version, names_scheme)
  select pool.id, pool.id, key_id, pool.territory_id, written, surname, given, patronymic, birth_date, iin, phone, sex,
         iin_faults, made_at, version, names_scheme from pool join people_person on people_person.id = pool.like_id;
create temporary table made as
  select n, gen_random_uuid() as case_id, gen_random_uuid() as order_id, gen_random_uuid() as incident_id,
         (select id from spots where place = n %% (select count(*) from spots)) as territory_id,
         now() - (n %% 1000) * interval '7 hours' - interval '1 hour' as at
  from generate_series(1, {cases}) as n;
insert into cases_case (id, thread_id, number, territory_id, agency_id, owner_id, key_id, regime, state, opened_at,
    opened_by, version)
  select case_id, case_id, 'B-' || n, territory_id, '{agency}', '{staff}', '{key}', 'R7', 'open', at, '{staff}',
         1 from made;
insert into cases_caseperson (case_id, thread_id, person_id, role, territory_id, joined_at)
  select case_id, case_id, pool.id, case part when 0 then 'victim' else 'offender' end, made.territory_id, at
  from made cross join generate_series(0, 1) as part
  join pool on pool.territory_id = made.territory_id and pool.place = (n * 2 + part) %% 40;
insert into cases_incident (id, thread_id, case_id, territory_id, happened_at, noted_at, noted_by)
  select incident_id, case_id, case_id, territory_id, at, at, '{staff}' from made where n %% 10 < 7;
insert into orders_order (id, thread_id, number, case_id, incident_id, addressee_id, territory_id, agency_id, state,
    regime,
    prohibitions,
    key_id, circumstances, drafted_at, drafted_by, issued_at, issued_by, served_at, served_by, receipt, refusal_reason,
    refusal_witness, ends_at, cancelled_why, annulled_why, why_both, version)
  select order_id, case_id, 'B-' || n, case_id, incident_id, pool.id, made.territory_id, '{agency}', 'served', 'R7',
         '["violence"]', '{key}', ''::bytea, at, '{staff}', at, '{staff}', at,
         '{staff}', 'signed', ''::bytea, ''::bytea, at + interval '30 days', ''::bytea, ''::bytea,
         ''::bytea, 1
  from made join pool on pool.territory_id = made.territory_id and pool.place = (n * 2 + 1) %% 40 where n %% 10 < 7;
insert into orders_protected (order_id, thread_id, person_id, territory_id)
  select order_id, case_id, pool.id, made.territory_id
  from made join pool on pool.territory_id = made.territory_id and pool.place = (n * 2) %% 40 where n %% 10 < 7;
insert into duties_duty (id, thread_id, kind, thing, thing_id, step, case_id, territory_id, agency_id, provision,
    to_verify, since, due_at, done_at, done_by, dropped_why, late_why)
  select gen_random_uuid(), case_id, 'check_order', 'order', order_id, step, case_id, territory_id, '{agency}',
         'orders.check_interval', true, at, at + step * interval '7 days',
         case when at + step * interval '7 days' < now() and n %% 50 > 0 then at + step * interval '7 days' end,
         case when at + step * interval '7 days' < now() and n %% 50 > 0 then '{staff}'::uuid end, '', ''::bytea
  from made, generate_series(1, 2) as step where n %% 10 < 7;
analyze;
"""
_SEEN = "select id, number from cases_case {where} order by opened_at desc limit 50"


def run() -> list[str]:
    """Lines of figures; `BENCH_CASES` says among how many cases (1,000,000)."""
    with made() as place:
        address = postgres.ensure(place.home).data
        dsn = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
        place.run("story", "live", *_register(place))
        begun = time.perf_counter()
        with psycopg.connect(dsn, autocommit=True) as owner:
            ids = _load(owner)
            lines = [f"{CASES} cases loaded in {time.perf_counter() - begun:.0f} s"]
            lines += _scope(owner)
        port = free_port(8200)
        server = _served(place, port)
        try:
            for login, target in TARGETS.items():
                lines += _looks(port, login, ids[login], target)
        finally:
            server.terminate()
            server.wait(10)
        return lines


def _register(place: Place) -> tuple[str, str]:
    """A desk's register of today, whose persons become the pool."""
    from qorgan.cli import desk

    made_up = desk.register(now=clock.now(), zone=ZoneInfo("Asia/Almaty"))
    file = place.home / "register.csv"
    file.write_bytes(made_up.content)
    return str(file), made_up.followed


def _load(owner: psycopg.Connection) -> dict[str, list[str]]:
    agency, staff, key = owner.execute(
        "select c.agency_id, c.owner_id, c.key_id from cases_case c order by c.opened_at limit 1"
    ).fetchone() or ("", "", "")
    owner.execute("set session_replication_role = replica")
    for statement in _LOAD.format(cases=CASES, agency=agency, staff=staff, key=key).replace("%%", "%").split(";\n"):
        if statement.strip():
            owner.execute(statement)
    chance = Random(1)
    found: dict[str, list[str]] = {}
    for login, territories in (("inspector", "7903, 7903"), ("cityhead", "7901, 7999")):
        first, last = territories.split(", ")
        rows = owner.execute(
            "select case_id from made where territory_id between %s and %s limit 3000", [first, last]
        ).fetchall()
        found[login] = [str(row[0]) for row in chance.sample(rows, min(LOOKS, len(rows)))]
    return found


def _scope(owner: psycopg.Connection) -> list[str]:
    """The same question under row-level security and with an explicit filter, in turn, as pages ask: on one core."""
    lines = []
    owner.execute("set max_parallel_workers_per_gather = 0")
    for name, territories in (("district", [7903]), ("region", [79, *range(7901, 7906)])):
        setting = "{" + ",".join(map(str, territories)) + "}"
        scoped, filtered = [], []
        where = f"where territory_id = any('{setting}'::int[])"
        for _look in range(60):
            with owner.transaction():
                owner.execute("set local role qorgan_staff")
                owner.execute("select set_config('q.territories', %s, true)", [setting])
                scoped.append(_timed(owner, _SEEN.format(where="")))
            filtered.append(_timed(owner, _SEEN.format(where=where)))
        middle = percentile(scoped, 0.5) / percentile(filtered, 0.5)
        lines.append(
            f"scope of a {name:8} p50 {1000 * percentile(scoped, 0.5):.2f} ms, explicit filter"
            f" {1000 * percentile(filtered, 0.5):.2f} ms, ratio {middle:.2f}"
        )
    return lines


def _timed(owner: psycopg.Connection, statement: str) -> float:
    begun = time.perf_counter()
    owner.execute(statement).fetchall()
    return time.perf_counter() - begun


def _served(place: Place, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "1", "--no-ws", "--log-level", "error", "qorgan.config.wsgi:application"]
    server = subprocess.Popen(command, env=place.environment | {"QORGAN_PROCESS": "staff"})
    if not answers(f"http://127.0.0.1:{port}/", within=60):
        raise RuntimeError("the server did not answer")
    return server


def _looks(port: int, login: str, cases: list[str], target: float) -> list[str]:
    browser = _signed_in(port, login)
    base = f"http://127.0.0.1:{port}/"
    lines = []
    for name, addresses in (("duties", [base] * LOOKS), ("case", [f"{base}cases/{one}/" for one in cases])):
        took = []
        for number, address in enumerate([addresses[0], *addresses]):
            begun = time.perf_counter()
            with browser.open(address) as answer:
                answer.read()
            if number:
                took.append(time.perf_counter() - begun)
        shown = f"p50 {1000 * percentile(took, 0.5):.0f} ms, p95 {1000 * percentile(took, 0.95):.0f} ms"
        lines.append(f"{name:7} as {login:10} {shown}   target p95 < {1000 * target:.0f} ms")
    return lines


def _signed_in(port: int, login: str) -> urllib.request.OpenerDirector:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(f"http://127.0.0.1:{port}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    sent = {"csrfmiddlewaretoken": token[1], "login": login, "password": PASSWORD}
    browser.open(f"http://127.0.0.1:{port}/sign-in/", data=urllib.parse.urlencode(sent).encode()).read()
    return browser
