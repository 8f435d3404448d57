"""What each process can do with its real login, and what it cannot, whatever its code tries."""

from dataclasses import replace
from datetime import datetime

import psycopg
import pytest

from qorgan.base import deployment, postgres
from qorgan.base.processes import CHARTERS, Process
from qorgan.base.scope import Actor, acting
from tests import factories
from tests.base.logins import count, signed_in
from tests.conftest import actor

pytestmark = pytest.mark.older_server
Refusal = psycopg.errors.InsufficientPrivilege
RECORDS = ("people_person", "people_contact", "reports_report", "cases_case", "orders_order", "files_blob")


@pytest.fixture
def inspector(db: None) -> Actor:
    """The inspector of Enbekshi: whoever has her sight has something to win."""
    return actor("inspector")


@pytest.mark.parametrize("process", list(Process))
def test_every_process_signs_in_with_the_password_of_its_file(db: None, process: Process) -> None:
    with signed_in(process) as connection:
        found = connection.execute("select current_user, session_user").fetchone()
    assert found == (CHARTERS[process].login,) * 2


@pytest.mark.parametrize("process", list(Process))
@pytest.mark.parametrize("wrong", ["", "guess", "qorgan"])
def test_a_wrong_password_is_refused(db: None, process: Process, wrong: str) -> None:
    login = deployment.login(process)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=login.host, port=login.port, dbname=login.name, user=login.user, password=wrong)


def test_the_password_of_one_process_does_not_open_another(db: None) -> None:
    staff, worker = deployment.login(Process.STAFF), deployment.login(Process.WORKER)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host=worker.host, port=worker.port, dbname=worker.name, user=worker.user, password=staff.password
        )


def test_the_file_of_passwords_is_read_by_its_owner_only(db: None) -> None:
    file = deployment.home() / "secrets" / "passwords.json"
    assert file.stat().st_mode & 0o077 == 0
    assert {CHARTERS[process].login for process in Process} <= set(postgres.logins(deployment.home()))


@pytest.mark.parametrize("process", [Process.STATISTICS, Process.PUBLIC, Process.DOOR, Process.PETITIONS])
@pytest.mark.parametrize("table", RECORDS)
def test_no_record_is_read_where_no_key_of_persons_is_held(inspector: Actor, process: Process, table: str) -> None:
    with signed_in(process, as_actor=inspector) as connection, pytest.raises(Refusal, match=f"table {table}"):
        count(connection, table)


@pytest.mark.parametrize("table", ["facts_fact", "releases_release"])
def test_statistics_reads_facts_and_releases(inspector: Actor, table: str) -> None:
    with signed_in(Process.STATISTICS) as connection:
        assert count(connection, table) == 0


@pytest.mark.django_db(transaction=True)
def test_staff_reads_the_records_in_sight(now: datetime) -> None:
    inspector = actor("inspector")
    with acting(inspector):
        factories.report(by=inspector, now=now)
    with signed_in(Process.STAFF, as_actor=inspector) as connection:
        assert count(connection, "reports_report") == 1
        assert count(connection, "base_journalentry") > 0


@pytest.mark.parametrize(
    "attempt",
    [
        "update base_journalentry set kind = 'nothing.happened'",
        "delete from base_journalentry",
        "truncate base_journalentry",
        "insert into base_journalseal (number, entry_id, digest, sealed_at) values (1, 1, '', now())",
        "delete from reports_report",
        "truncate reports_report cascade",
        "alter table reports_report disable row level security",
        "alter table reports_report no force row level security",
        "drop policy in_sight on reports_report",
        "create policy wide on reports_report using (true)",
        "alter table base_journalentry disable trigger never_changed",
        "set session_replication_role = replica",
        "create or replace function qorgan_no_scope() returns text language sql as $$ select '{7903}' $$",
        "create table notes (words text)",
        "set role qorgan_worker",
        "set role qorgan_migrator",
        "set session authorization qorgan_migrator",
        "alter role qorgan_staff bypassrls",
        "grant qorgan_migrator to qorgan_staff",
        "copy reports_report to program 'cat'",
        "select pg_read_file('/etc/passwd')",
    ],
)
def test_staff_cannot_climb_out_of_its_rights(inspector: Actor, attempt: str) -> None:
    with signed_in(Process.STAFF, as_actor=inspector) as connection, pytest.raises(Refusal):
        connection.execute(attempt.encode())


def test_switching_row_security_off_makes_the_next_question_an_error(inspector: Actor) -> None:
    with signed_in(Process.STAFF) as connection:
        connection.execute("set row_security = off")
        with pytest.raises(Refusal, match="row-level security"):
            count(connection, "reports_report")


@pytest.mark.parametrize("process", [process for process in Process if process is not Process.MIGRATOR])
@pytest.mark.parametrize("verb", ["update {} set kind = ''", "delete from {}", "truncate {}"])
def test_no_process_changes_or_removes_a_row_of_the_journal(inspector: Actor, process: Process, verb: str) -> None:
    with signed_in(process, as_actor=inspector) as connection, pytest.raises(Refusal):
        connection.execute(verb.format("base_journalentry").encode())


@pytest.mark.parametrize("table", ["base_journalentry", "base_journalseal", "base_journalhead", "cases_account"])
@pytest.mark.parametrize("verb", ["delete from {}", "truncate {} cascade"])
def test_not_even_the_owner_of_the_tables_removes_what_is_kept_for_good(
    inspector: Actor, table: str, verb: str
) -> None:
    with signed_in(Process.MIGRATOR, as_actor=inspector) as connection, pytest.raises(Refusal, match="never changed"):
        connection.execute(verb.format(table).encode())


def test_not_even_the_owner_of_the_tables_changes_a_row_of_the_journal(inspector: Actor) -> None:
    with signed_in(Process.MIGRATOR, as_actor=inspector) as connection, pytest.raises(Refusal, match="never changed"):
        connection.execute("update base_journalentry set kind = ''")


def test_processes_without_the_key_of_persons_are_not_let_into_the_key_store(db: None) -> None:
    store = deployment.keys_owner()
    without = (Process.COLLECTOR, Process.STATISTICS, Process.PUBLIC, Process.DOOR, Process.PETITIONS, Process.MIGRATOR)
    for process in without:
        dsn = replace(store, user=CHARTERS[process].login, password=deployment.login(process).password).dsn()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(dsn)


def test_staff_cannot_destroy_a_key_and_the_worker_cannot_change_one(db: None) -> None:
    attempts = {Process.STAFF: "delete from wrapped_key", Process.WORKER: "update wrapped_key set id = id"}
    for process, attempt in attempts.items():
        login = deployment.keys_login(process)
        assert login is not None
        with psycopg.connect(login.dsn()) as connection, pytest.raises(Refusal):
            connection.execute(attempt.encode())
