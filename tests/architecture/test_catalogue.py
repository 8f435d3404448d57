"""The walls in the database are those the models declare; each is torn down once and seen to be missing."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from qorgan.base import deployment
from qorgan.base.db.rights import our_models
from qorgan.base.processes import CHARTERS, Key, Process
from tests.architecture.guards import catalogue
from tests.architecture.guards.catalogue import Role

pytestmark = pytest.mark.older_server


@contextmanager
def _torn(*statements: str) -> Iterator[psycopg.Connection]:
    """The database with statements of its owner applied, and taken back at the end."""
    with psycopg.connect(deployment.owner().dsn()) as connection:
        for statement in statements:
            connection.execute(statement.encode())
        yield connection
        connection.rollback()


@pytest.fixture
def database(db: None) -> Iterator[psycopg.Connection]:
    """A look into the catalogue."""
    with _torn() as connection:
        yield connection


def test_roles_have_no_power_beyond_their_tables(database: psycopg.Connection) -> None:
    assert catalogue.roles(catalogue.found_roles(database)) == []


def test_rights_are_exactly_those_that_models_declare(database: psycopg.Connection) -> None:
    assert catalogue.grants(catalogue.found_grants(database), catalogue.declared_grants()) == []


def test_tables_belong_to_the_migrator_and_scoped_ones_are_closed(database: psycopg.Connection) -> None:
    assert catalogue.tables(catalogue.found_tables(database), our_models()) == []


def test_statistics_reads_no_record(database: psycopg.Connection) -> None:
    found = catalogue.found_grants(database)
    assert catalogue.statistics(found, our_models()) == []
    assert any(who == CHARTERS[Process.STATISTICS].login for _table, who, _verb in found)


def test_nothing_runs_with_the_rights_of_its_maker(database: psycopg.Connection) -> None:
    question = b"select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"
    assert database.execute(question).fetchall() == []


def test_only_holders_of_the_key_of_persons_reach_the_key_store(db: None) -> None:
    holders = {charter.login for charter in CHARTERS.values() if charter.key is Key.PERSONS}
    with psycopg.connect(deployment.keys_owner().dsn()) as connection:
        assert catalogue.key_store(connection) == holders
        connection.execute(f"grant select on wrapped_key to {CHARTERS[Process.WORKER].login}".encode())
        connection.execute(b"grant select on wrapped_key to public")
        assert catalogue.key_store(connection) == {*holders, "PUBLIC"}
        connection.rollback()
    for process in Process:
        assert (deployment.keys_login(process) is None) == (CHARTERS[process].login not in holders)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("grant select on people_person to qorgan_statistics", "qorgan_statistics may SELECT people_person"),
        ("grant delete on base_journalentry to qorgan_staff", "qorgan_staff may DELETE base_journalentry"),
        ("grant select (surname) on people_person to qorgan_public", "qorgan_public may SELECT people_person.surname"),
        ("grant select on people_person to public", "PUBLIC may SELECT people_person"),
        ("grant truncate on reports_report to qorgan_worker", "qorgan_worker may TRUNCATE reports_report"),
        ("revoke insert on reports_report from qorgan_staff", "qorgan_staff may not INSERT reports_report"),
        ("grant update (words) on cases_account to qorgan_staff", "qorgan_staff may UPDATE cases_account.words"),
        ("grant update (territory_id) on cases_account to qorgan_worker", "qorgan_worker may UPDATE cases_account"),
    ],
)
def test_a_right_too_many_or_too_few_is_caught(db: None, statement: str, said: str) -> None:
    with _torn(statement) as connection:
        faults = catalogue.grants(catalogue.found_grants(connection), catalogue.declared_grants())
    assert len(faults) == 1
    assert said in faults[0]


def test_of_what_never_changes_only_the_place_may(db: None) -> None:
    with _torn("update cases_account set territory_id = territory_id where false"):
        pass
    for change in ("update cases_account set words = words, territory_id = territory_id", "delete from cases_account"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"), _torn(f"{change} where false"):
            pass


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("alter table people_person disable row level security", "no row-level security"),
        ("alter table people_person no force row level security", "does not hold its owner back"),
        ("drop policy in_sight on people_person", "0 policies"),
        ("create policy everyone on people_person using (true)", "2 policies"),
        ("alter policy in_sight on people_person using (true)", "not the one of the house"),
        ("alter policy in_sight on people_person using (true) with check (true)", "does not compare territory_id"),
        ("alter policy in_sight on people_person using (true) with check (true)", "which threads are shut"),
        ("alter policy in_sight on cases_referral using (to_agency_id is not null)", "without asking who is blocked"),
        ("alter table people_person owner to qorgan_staff", "people_person belongs to qorgan_staff"),
        ("create table loose (id int)", "loose belongs to"),
        ("alter table base_journalentry disable trigger never_changed", "append-only"),
        ("alter table base_journalhead enable row level security", "does not declare"),
        ("drop policy shown on releases_release", "not held back from public"),
        ("alter policy shown on releases_releasestep using (true)", "does not name public"),
    ],
)
def test_a_wall_torn_down_is_caught(db: None, statement: str, said: str) -> None:
    with _torn(statement) as connection:
        faults = catalogue.tables(catalogue.found_tables(connection), our_models())
    assert any(said in fault for fault in faults)


def test_statistics_that_could_read_a_person_is_caught(db: None) -> None:
    with _torn("grant select on people_person to qorgan_statistics") as connection:
        faults = catalogue.statistics(catalogue.found_grants(connection), our_models())
    assert faults == ["qorgan_statistics may SELECT people_person"]


@pytest.mark.parametrize("power", ["rolsuper", "rolbypassrls", "rolcreaterole", "rolinherit"])
def test_a_role_with_a_power_is_caught(power: str) -> None:
    whole = [Role(login, frozenset({"rolcanlogin"}), frozenset()) for login in catalogue.LOGINS]
    assert catalogue.roles(whole) == []
    strong = Role(whole[0].name, frozenset({"rolcanlogin", power}), frozenset())
    assert catalogue.roles([strong, *whole[1:]]) == [f"{strong.name} has {power}"]


def test_a_role_inside_another_or_missing_is_caught() -> None:
    whole = [Role(login, frozenset({"rolcanlogin"}), frozenset()) for login in catalogue.LOGINS]
    inside = Role(whole[0].name, frozenset({"rolcanlogin"}), frozenset({"qorgan_migrator"}))
    assert catalogue.roles([inside, *whole[1:]]) == [f"{inside.name} is a member of qorgan_migrator"]
    assert catalogue.roles(whole[1:]) == [f"{whole[0].name} does not exist"]
