"""Clocks after a correction of the law: every order's end and checks counted anew, with what they showed kept.

`BENCH_ORDERS` says of how many orders (50,000). Each was served in 2026, protects one person and has its four checks
planned; half of the orders have ended. The orders are laid by the owner, set-based, with ids that sort by time as those
of the program do; `BENCH_IDS=random` lays them without order, so that every batch touches the whole table: slower, and
comparable with figures of before 2026-11-23. The correction is followed by the job of the worker as it is, in a process
of its own, under its own rights and policies.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import psycopg

from bench.place import Place, made
from qorgan.base import postgres

ORDERS = int(os.environ.get("BENCH_ORDERS", "50000"))
RANDOM = os.environ.get("BENCH_IDS") == "random"

# Persons, cases and incidents of these orders are made of air: the owner's hand is freed of foreign keys for them.
_FILL = """
set session_replication_role = replica;
insert into orders_order (id, number, case_id, incident_id, addressee_id, territory_id, thread_id, agency_id, state,
                          regime, prohibitions, key_id, circumstances, why_both, drafted_at, drafted_by,
                          issued_at, issued_by, served_at, served_by, receipt, refusal_reason,
                          refusal_witness, ends_at, cancelled_why, annulled_why, version)
select {id}, 'BENCH-' || n, {id}, {id}, {id}, place.territory_id,
       {id}, place.id, 'served', 'R7', '["violence"]', {id}, '', '', at, place.id, at,
       place.id, at, place.id, 'signed', '', '', at + interval '720 hours', '', '', 1
  from generate_series(1, %(orders)s) n,
       lateral (select timestamptz '2026-09-24 04:00+00' + n * (interval '60 days' / %(orders)s) as at) moment,
       (select id, territory_id from agencies_agency where territory_id is not null order by id limit 1) place;
insert into orders_protected (order_id, person_id, territory_id, thread_id, incident_id, addressee_id, live)
select o.id, {id}, o.territory_id, o.thread_id, o.incident_id, o.addressee_id, orders_live(o)
  from orders_order o;
insert into duties_duty (id, kind, thing, thing_id, step, territory_id, thread_id, agency_id, provision, to_verify,
                         since, due_at, dropped_why, late_why)
select {id}, 'check_order', 'order', o.id, step, o.territory_id, o.thread_id, o.agency_id,
       'orders.check_interval', true, o.served_at, o.served_at + step * interval '168 hours', '', ''
  from orders_order o, generate_series(1, 4) step;
set session_replication_role = origin;
"""
_ENTER = """
insert into law_enteredvalue (id, key, value, unit, valid_from, act, article, document, note, entered_at,
                              withdrawn_reason)
values (gen_random_uuid(), %(key)s, %(value)s, 'days', '2026-03-02', '245-VIII', '60', 'bench', '', now(), '')
"""


def run() -> Iterator[str]:
    """Lines of figures."""
    with made() as place:
        address = postgres.ensure(place.home).data
        line = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
        with psycopg.connect(line, autocommit=True) as owner:
            cursor = psycopg.ClientCursor(owner)
            cursor.execute(_FILL.replace("{id}", "gen_random_uuid()" if RANDOM else "uuidv7()"), {"orders": ORDERS})
            owner.execute("vacuum analyze orders_order, orders_protected, duties_duty")
            yield f"{ORDERS} orders with {4 * ORDERS} planned checks"
            for key, value, what in (
                ("orders.check_interval", "7", "interval verified at 7 days: no moment moves"),
                ("orders.term", "20", "term of 20 days for 30: every end, two checks of four gone"),
            ):
                cursor.execute(_ENTER, {"key": key, "value": value})
                yield _followed(place, what)


def _followed(place: Place, what: str) -> str:
    environment = place.environment | {"PYTHONPATH": os.pathsep.join(sys.path)}
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bench.clocks"], env=environment, check=True, capture_output=True, text=True
    )
    seconds = time.perf_counter() - begun
    told = json.loads(done.stdout.splitlines()[-1])
    share = seconds * 1_000_000 / ORDERS / 60
    return (
        f"{what}: {seconds:.1f} s, {ORDERS / seconds:.0f} orders a second, {told['changed']} clocks changed,"
        f" {told['batches']} batches; a million at this speed: {share:.1f} min"
    )


def _work() -> None:
    """The job itself, as the worker."""
    from qorgan.base.processes import Process
    from qorgan.cli.start import begin

    begin(Process.WORKER)
    from qorgan.agencies import queries as agencies
    from qorgan.duties.models import ClockRun
    from qorgan.orders import jobs

    batches = jobs.follow(by=agencies.system("orders.keep_clocks"))
    newest = ClockRun.objects.filter(room="orders").order_by("-begun_at")[0]
    print(json.dumps({"batches": batches, "changed": newest.changed}))


if __name__ == "__main__":
    _work()
