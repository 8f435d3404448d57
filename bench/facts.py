"""Incremental collection by the journal: facts a second, fresh and after corrections. Target: 10,000 facts/s.

The records come from a set-based loader, beside the actions, with the journal rows that the actions would have
written, in the order of their moments. Facts a second are those added, by the time of the whole command less that of
one that finds nothing; beside it by the CPU time of collector and PostgreSQL together, which take turns, so that a
busy machine is seen as one.
"""

import json
import os
import resource
import time
from zoneinfo import ZoneInfo

import psycopg

from bench.machine import cpu_seconds, family
from bench.place import Place, made
from qorgan.base import clock, postgres
from qorgan.cli import desk

REPORTS = int(os.environ.get("BENCH_REPORTS", "40000"))

# Rows of rooms that the bench need not know whole are copies of one that the actions have made.
_LIKE = (
    "insert into {table} select (jsonb_populate_record(l, jsonb_build_object({changes}))).* from made, like_{table} l"
)
_LOAD = """
create temporary table spots as
  select id, row_number() over (order by id) - 1 as place from places_territory
  where id not in (select parent_id from places_territory where parent_id is not null) and valid_to is null;
create temporary table persons as
  select id, row_number() over (order by id) - 1 as place from people_person;
create temporary table like_reports_report as select * from reports_report where state = 'taken_up' limit 1;
create temporary table like_cases_case as select * from cases_case limit 1;
create temporary table like_orders_order as select * from orders_order where state = 'served' limit 1;
create temporary table made as
  select n, gen_random_uuid() as report_id, gen_random_uuid() as case_id, gen_random_uuid() as order_id,
         gen_random_uuid() as offence_id, gen_random_uuid() as court_id, gen_random_uuid() as decision_id,
         (select id from spots where place = n % (select count(*) from spots)) as territory_id,
         now() - interval '300 days' + n * (interval '250 days' / {reports}) as at,
         n % 10 < 7 as has_order, n % 6 = 0 as has_offence, n % 7 = 0 as has_court, n % 10 = 9 as is_written_off
  from generate_series(1, {reports}) as n;
{like_reports};
{like_cases} where not is_written_off;
insert into cases_casereport (report_id, thread_id, case_id, territory_id, joined_at, joined_by)
  select report_id, report_id, case_id, territory_id, at, '{staff}' from made where not is_written_off;
{like_orders} where has_order;
insert into orders_protected (order_id, thread_id, person_id, territory_id)
  select order_id, report_id, persons.id, territory_id from made join persons
    on persons.place in (n % (select count(*) from persons), (n * 7 + 1) % (select count(*) from persons))
  where has_order and (n % 4 = 0 or persons.place = n % (select count(*) from persons));
insert into orders_check (id, thread_id, order_id, territory_id, step, finding, note, checked_at, checked_by)
  select gen_random_uuid(), report_id, order_id, territory_id, step,
         case when (n + step) % 20 = 0 then 'breach' else 'no_breach' end, '', at + step * interval '7 days', '{staff}'
  from made, generate_series(1, 4) as step where has_order;
insert into offences_offence (id, thread_id, number, register, register_no, code, article, part, acted_on,
    registered_at,
    registered_by, completion, territory_id, agency_id, case_id, report_id, state, ground, version)
  select offence_id, report_id, 'B-' || n, 'criminal', 'B-' || n, 'CC', (array['99', '106', '109-1', '120',
         '188'])[1 + n % 5], '',
         '2026-01-10', at + interval '3 days', '{staff}', 'completed', territory_id, '{agency}',
         case when is_written_off then null else case_id end, report_id, 'registered', '', 1
  from made where has_offence;
insert into offences_offenceperson (offence_id, thread_id, part, sex, age, relationship, territory_id)
  select offence_id, report_id, part, case part when 'victim' then 'female' else 'male' end, 10 + n % 50,
         case part when 'victim' then 'spouse' else '' end, territory_id
  from made, unnest(array['victim', 'suspect']) as part where has_offence;
insert into courts_courtcase (id, thread_id, number, kind, case_id, order_id, territory_id, court_id, agency_id,
    sent_at, sent_by,
    state, first_decided_at, returned_why, key_id, contents, version)
  select court_id, report_id, 'B-' || n, 'administrative', case_id, order_id, territory_id, '{agency}', '{agency}',
         at + interval '10 days', '{staff}', 'decided', at + interval '25 days', '', gen_random_uuid(), '', 2
  from made where has_court and has_order;
insert into courts_decision (id, thread_id, number, court_case_id, territory_id, kind, decided_at, written_at,
    written_by,
    prohibitions, note, to_verify, state, version)
  select decision_id, report_id, 'B-' || n, court_id, territory_id, 'fine', at + interval '25 days',
         at + interval '25 days',
         '{staff}', '[]', '', false, 'announced', 1
  from made where has_court and has_order;
insert into base_journalentry (at, kind, thing, thing_id, process, detail)
  select moment, kind, thing, thing_id::text, 'staff', '{{}}'
  from made cross join lateral (values
    (true, interval '0', 'reports.report.accepted', 'report', report_id),
    (true, interval '0', 'duties.duty.laid', 'report', report_id),
    (not is_written_off, interval '2 hours', 'reports.report.taken_up', 'report', report_id),
    (is_written_off, interval '2 hours', 'reports.report.written_off', 'report', report_id),
    (not is_written_off, interval '2 hours', 'cases.case.opened', 'case', case_id),
    (not is_written_off, interval '5 hours', 'web.case.seen', 'case', case_id),
    (has_order, interval '3 hours', 'orders.order.drafted', 'order', order_id),
    (has_order, interval '4 hours', 'orders.order.issued', 'order', order_id),
    (has_order, interval '4 hours', 'duties.duty.laid', 'order', order_id),
    (has_order, interval '20 hours', 'orders.order.served', 'order', order_id),
    (has_order, interval '7 days', 'orders.order.checked', 'order', order_id),
    (has_order, interval '14 days', 'orders.order.checked', 'order', order_id),
    (has_order, interval '21 days', 'orders.order.checked', 'order', order_id),
    (has_order, interval '28 days', 'orders.order.checked', 'order', order_id),
    (has_offence, interval '3 days', 'offences.offence.registered', 'offence', offence_id),
    (has_court and has_order, interval '10 days', 'courts.court_case.sent', 'court_case', court_id),
    (has_court and has_order, interval '25 days', 'courts.decision.announced', 'court_case', court_id)
  ) as act(happened, passed, kind, thing, thing_id), lateral (select at + passed as moment) as m
  where happened order by moment;
analyze;
"""
_CORRECT = """
update reports_report set registered_at = registered_at - interval '2 days', version = version + 1
  where number like 'B-%' and right(number, 1) = '3';
insert into base_journalentry (at, kind, thing, thing_id, process, detail)
  select now(), 'reports.report.corrected', 'report', id::text, 'staff', '{}' from reports_report
  where number like 'B-%' and right(number, 1) = '3';
"""
_LIKES = {
    "reports": (
        "reports_report",
        "'id', report_id, 'thread_id', report_id, 'number', 'B-' || n, 'submission', '\\x' || md5(n::text),"
        " 'kui_no', 'B-' || n,"
        " 'registered_at', at, 'territory_id', made.territory_id, 'decided_at', at + interval '2 hours',"
        " 'due_at', at + interval '24 hours',"
        " 'state', case when is_written_off then 'written_off' else 'taken_up' end,"
        " 'reason', case when is_written_off then 'no_signs' else '' end",
    ),
    "cases": (
        "cases_case",
        "'id', case_id, 'thread_id', report_id, 'number', 'B-' || n, 'territory_id', made.territory_id,"
        " 'opened_at', at",
    ),
    "orders": (
        "orders_order",
        "'id', order_id, 'thread_id', report_id, 'number', 'B-' || n, 'case_id', made.case_id,"
        " 'territory_id', made.territory_id,"
        " 'issued_at', at + interval '4 hours', 'served_at', at + interval '20 hours',"
        " 'ends_at', at + interval '31 days'",
    ),
}


def run() -> list[str]:
    """Lines of figures; `BENCH_REPORTS` says of how many reports with what came of them (40,000)."""
    with made() as place:
        address = postgres.ensure(place.home).data
        dsn = f"host={address.host} port={address.port} dbname=qorgan user={address.superuser}"
        register = desk.register(now=clock.now(), zone=ZoneInfo("Asia/Almaty"))
        file = place.home / "register.csv"
        file.write_bytes(register.content)
        place.run("story", "live", str(file), register.followed)
        _collected(place)
        with psycopg.connect(dsn, autocommit=True) as owner:
            _load(owner)
            lines = [_line("collected by the journal", *_collected(place))]
            owner.execute(_CORRECT)
            lines.append(_line("a tenth of the reports corrected", *_collected(place)))
        begun = time.perf_counter()
        told = json.loads(place.run("facts", "collect", "--all", "--json"))
        passed = time.perf_counter() - begun
        lines.append(f"everything read again: {told['records']} records in {passed:.1f} s, {told['facts']} facts added")
    return lines


def _load(owner: psycopg.Connection) -> None:
    agency, staff = owner.execute("select agency_id, owner_id from cases_case limit 1").fetchone() or ("", "")
    likes = {f"like_{name}": _LIKE.format(table=table, changes=said) for name, (table, said) in _LIKES.items()}
    text = _LOAD.format(reports=REPORTS, agency=agency, staff=staff, **likes)
    owner.execute("set session_replication_role = replica")
    for statement in text.split(";\n"):
        if statement.strip():
            owner.execute(statement)


def _collected(place: Place) -> tuple[dict[str, int], float, float]:
    """What a collection did, and its seconds and CPU seconds less those of one that finds nothing."""
    told, passed, spent = _command(place)
    _nothing, idle, idle_spent = _command(place)
    return told, max(0.001, passed - idle), max(0.001, spent - idle_spent)


def _command(place: Place) -> tuple[dict[str, int], float, float]:
    before, begun = _cpu(place), time.perf_counter()
    told = json.loads(place.run("facts", "collect", "--json"))
    return told, time.perf_counter() - begun, _cpu(place) - before


def _cpu(place: Place) -> float:
    """CPU seconds of PostgreSQL, and of the commands that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return cpu_seconds(family(*place.postmasters())) + ended.ru_utime + ended.ru_stime


def _line(what: str, told: dict[str, int], passed: float, spent: float) -> str:
    added = told["facts"]
    return (
        f"{what}: {added} facts from {told['entries']} entries in {passed:.1f} s, {added / passed:.0f} facts/s;"
        f" {spent:.1f} s of CPU, {added / spent:.0f} facts a CPU second; target 10000"
    )
