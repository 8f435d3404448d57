"""Attacks with SQL of one's own, by the real login of each process: what a hole in the program would give away."""

from datetime import datetime
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import transaction

from qorgan.base import clock, deployment, signing
from qorgan.base.processes import CHARTERS, Process
from qorgan.base.scope import Actor, acting
from tests import factories
from tests.base.logins import count, signed_in
from tests.conftest import actor

pytestmark = pytest.mark.django_db(transaction=True)
SCOPED = [model._meta.db_table for model in apps.get_models() if getattr(model, "SCOPED", None)]
DAILY = [process for process in Process if process is not Process.MIGRATOR]
WITHOUT_PERSONS = [Process.PUBLIC, Process.DOOR, Process.PETITIONS, Process.STATISTICS]
ALL_PLACES = (
    "select set_config('q.territories', (select '{' || string_agg(id::text, ',') || '}' from places_territory), true)"
)

CLIMBS = (
    "set role qorgan_migrator",
    "set session authorization qorgan_migrator",
    "alter role current_user bypassrls",
    "create role evil superuser login",
    "grant qorgan_migrator to current_user",
    "alter table reports_report disable row level security",
    "create policy wide on reports_report using (true)",
    "drop policy in_sight on reports_report",
    "create or replace function qorgan_shut() returns uuid[] language sql as $$ select '{}'::uuid[] $$",
    "create function public.evil() returns int language sql as $$ select 1 $$",
    "create extension dblink",
    "create extension file_fdw",
    "create table public.copied as select 1",
    "create temporary table copied as select 1",
    "create schema evil",
    "copy (select 1) to program 'cat'",
    "copy (select 1) to '/tmp/evil'",
    "select pg_read_file('/etc/passwd')",
    "select pg_read_binary_file('postgresql.conf')",
    "select pg_ls_dir('.')",
    "select lo_import('/etc/passwd')",
    "select lo_export(1, '/tmp/evil')",
    "select pg_reload_conf()",
    "select pg_rotate_logfile()",
    "set session_replication_role = replica",
    "set log_statement = 'all'",
    "select * from pg_authid",
    "select * from pg_statistic",
    "select * from pg_largeobject",
    "select pg_switch_wal()",
    "select pg_create_restore_point('x')",
    "comment on table reports_report is 'x'",
    "create publication evil for all tables",
    "create subscription evil connection 'host=127.0.0.1' publication evil with (connect = false)",
    "do language plpython3u $$ pass $$",
    "truncate reports_report cascade",
)


@pytest.fixture
def kept(now: datetime) -> Any:
    """A committed order of Enbekshi, with its case and report."""
    inspector = actor("inspector")
    with acting(inspector), transaction.atomic():
        return factories.served(by=inspector, now=now)


@pytest.mark.parametrize("process", DAILY)
def test_a_process_climbs_out_of_its_rights(kept: Any, process: Process) -> None:
    """SET ROLE, row-level security off, programs, files, extensions, settings: each attempt of every process."""
    got = []
    with signed_in(process, as_actor=actor("inspector")) as connection:
        for attempt in CLIMBS:
            try:
                with connection.transaction():
                    connection.execute(attempt.encode())
                    got.append(attempt)
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject, psycopg.errors.UndefinedFile):
                continue
            except psycopg.errors.ObjectNotInPrerequisiteState:
                continue
    assert got == []
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(deployment.login(process).dsn(), autocommit=True) as connection, refused:
        connection.execute("alter system set log_statement = 'all'")


@pytest.mark.parametrize("process", [Process.STAFF, Process.WORKER])
def test_records_are_read_without_saying_for_whom(kept: Any, process: Process) -> None:
    for table in ("reports_report", "cases_case", "orders_order", "people_person"):
        with signed_in(process) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege, match="no scope"):
            count(connection, table)


@pytest.mark.parametrize("process", [Process.STAFF, Process.WORKER])
def test_records_of_another_territory_are_read(kept: Any, process: Process) -> None:
    with signed_in(process, as_actor=actor("rudny")) as connection:
        assert {table: count(connection, table) for table in SCOPED} == dict.fromkeys(SCOPED, 0)
        for table in ("reports_report", "orders_order"):
            changed = connection.execute(
                f"update {table} set version = version + 1".encode()
            )  # lint: allow Q203 - the attack
            assert changed.rowcount == 0


@pytest.mark.parametrize("process", WITHOUT_PERSONS)
def test_a_process_sets_the_scope_of_the_whole_country_for_itself(kept: Any, process: Process) -> None:
    """The public, the door, petitions, statistics have no right to a table of records: a scope gives them nothing."""
    for table in SCOPED:
        refusal = pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied")
        with signed_in(process, as_actor=actor("inspector")) as connection, refusal:
            count(connection, table)


def test_staff_sets_the_scope_of_the_whole_country_for_itself(kept: Any) -> None:
    """Not stopped by the database: who runs SQL as the process of staff chooses the scope. What it reads is sealed."""
    with signed_in(Process.STAFF, as_actor=actor("rudny")) as connection:
        connection.execute(ALL_PLACES.encode())
        rows = connection.execute("select narrative, address from reports_report").fetchall()
        people = connection.execute("select written, surname, iin, phone from people_person").fetchall()
    assert rows and people
    told = b"".join(bytes(cell) for row in (*rows, *people) for cell in row)
    for word in (factories.WORDS, factories.PLACE, factories.WOMAN.written, factories.MAN.written, factories.WOMAN.iin):
        assert word.encode() not in told and word.split()[0].encode() not in told


@pytest.mark.parametrize("process", DAILY)
def test_statistics_of_the_planner_tell_what_the_rows_say(kept: Any, process: Process) -> None:
    """pg_stats keeps the most common values of every column; of tables with row-level security it shows nobody any."""
    from tests.base.logins import master

    with master() as owner:
        owner.execute("analyze")
    with signed_in(process, as_actor=actor("inspector")) as connection:
        shown = connection.execute("select tablename, attname from pg_stats where schemaname = 'public'").fetchall()
    assert [row for row in shown if row[0] in SCOPED] == []


@pytest.mark.parametrize("process", DAILY)
def test_questions_of_others_are_read_while_they_run(kept: Any, process: Process) -> None:
    other = Process.WORKER if process is not Process.WORKER else Process.STAFF
    with signed_in(other) as busy, signed_in(process) as connection:
        busy.execute("select 'Әбдірахманова'")
        rows = connection.execute(
            "select query from pg_stat_activity where usename = %s", [CHARTERS[other].login]
        ).fetchall()
    assert rows
    assert not [row for row in rows if "Әбдірахманова" in str(row[0])]


@pytest.mark.parametrize("process", DAILY)
def test_another_process_is_stopped(kept: Any, process: Process) -> None:
    other = Process.WORKER if process is not Process.WORKER else Process.STAFF
    with signed_in(other) as busy, signed_in(process) as connection:
        pid = busy.info.backend_pid
        for verb in ("pg_terminate_backend", "pg_cancel_backend"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(f"select {verb}(%s)".encode(), [pid])
        assert busy.execute("select 1").fetchone() == (1,)


def test_large_objects_of_another_process_are_read(kept: Any) -> None:
    """Any login may make a large object; only its maker reads it, so it carries nothing from one process to another."""
    with signed_in(Process.STAFF) as maker:
        row = maker.execute("select lo_from_bytea(0, 'secret'::bytea)").fetchone()
        assert row
        with signed_in(Process.PUBLIC) as other, pytest.raises(psycopg.errors.Error):
            other.execute("select lo_get(%s)", [row[0]])


def test_the_lock_of_the_sealer_is_held_by_the_public(kept: Any) -> None:
    """Not stopped by PostgreSQL: any login may take an advisory lock. The sealer waits, and the alarm tells it."""
    from qorgan.base.journal import seal
    from tests.roles import as_process

    with signed_in(Process.PUBLIC) as thief, as_process(Process.WORKER):
        thief.execute("select pg_advisory_xact_lock(%s)", [seal._LOCK])
        with transaction.atomic():
            assert seal.seal(now=clock.now(), signer=signing.signer(demo=True)) == 0
        assert seal.Lag(seconds=11, is_held=False).alarm


def test_policies_ask_functions_that_a_caller_could_replace(kept: Any) -> None:
    """A function of the same name in front of ours: nobody may make one anywhere, and the path is not his to choose."""
    with signed_in(Process.STAFF, as_actor=actor("rudny")) as connection:
        for where in ("public", "pg_temp", "qorgan_staff"):
            made = f"create function {where}.qorgan_shut() returns uuid[] language sql as $$ select '{{}}'::uuid[] $$"
            refusals = (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidSchemaName)
            with pytest.raises(refusals), connection.transaction():
                connection.execute(made.encode())
        connection.execute("set search_path = pg_catalog")
        assert count_of(connection, "public.reports_report") == 0


def count_of(connection: psycopg.Connection, table: str) -> int:
    """How many rows of a table, named with its schema, the connection sees."""
    row = connection.execute(f"select count(*) from {table}".encode()).fetchone()
    assert row
    return int(row[0])


@pytest.mark.parametrize("process", DAILY)
def test_a_row_is_slipped_into_the_journal_in_the_name_of_another(kept: Any, process: Process) -> None:
    """Not stopped by the database: whoever may write the journal may lie in it. He cannot take it back afterwards."""
    row = "(at, kind, thing, thing_id, process, detail) values (now(), 'x.y.z', '', '', %s, '{}')"
    with signed_in(process, as_actor=Actor(name="x")) as connection:
        connection.execute(f"insert into base_journalentry {row}".encode(), ["migrator"])
        for again in (
            "update base_journalentry set kind = 'x.y.a' where kind = 'x.y.z'",
            "delete from base_journalentry",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(again.encode())
