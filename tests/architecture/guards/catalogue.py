"""What the database itself says about roles, rights and row-level security, beside what the models say.

Read from `pg_catalog`, which shows everything to everyone; the views of `information_schema` hide what the reader
has no part in, so a right too many could hide there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Any

import psycopg
from django.apps import apps
from django.db import models

from qorgan.base.db import rights
from qorgan.base.processes import CHARTERS, Process
from tests.architecture.guards.records import stage_of

VERBS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}
LOGINS = {charter.login: process for process, charter in CHARTERS.items()}
OWNER = CHARTERS[Process.MIGRATOR].login
JOBS = {"procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers"}
READ_BY_STATISTICS = {"facts", "indicators", "releases", "claims", "places"}

Grants = set[tuple[str, str, str]]


def _rows(connection: psycopg.Connection, question: str, *values: object) -> list[tuple[Any, ...]]:
    return connection.execute(question.encode(), values).fetchall()


def found_grants(connection: psycopg.Connection) -> Grants:
    """(table, grantee, VERB) for tables and their columns, the owner's own rights aside; `PUBLIC` is everyone."""
    question = """
        with entry as (
            select c.relname as thing, c.relowner, acl.grantee, acl.privilege_type
            from pg_class c, aclexplode(c.relacl) acl
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
            union all
            select c.relname || '.' || a.attname, c.relowner, acl.grantee, acl.privilege_type
            from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) acl
            where c.relnamespace = 'public'::regnamespace
        )
        select thing, coalesce(r.rolname, 'PUBLIC'), privilege_type
        from entry left join pg_roles r on r.oid = entry.grantee where entry.grantee <> entry.relowner
    """
    return {(str(thing), str(who), str(verb)) for thing, who, verb in _rows(connection, question)}


def declared_grants() -> Grants:
    """The same, as the models of the house, the list for libraries and the queue say."""
    users = (CHARTERS[process].login for process in (Process.STAFF, Process.WORKER))
    found = {(table, login, verb) for login in users for table in JOBS for verb in VERBS.values()}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for process, letters in rights.grants_of(model).items():
                columns = [f"{model._meta.db_table}.{one}" for one in rights.readable(model, process)]
                found |= {
                    (thing, CHARTERS[process].login, VERBS[letter])
                    for letter in letters
                    for thing in (columns if columns and letter == "S" else [model._meta.db_table])
                }
            if place := rights.moved(model):
                found.add((f"{model._meta.db_table}.{place}", CHARTERS[rights.MOVER].login, "UPDATE"))
    return found


def grants(found: Grants, declared: Grants) -> list[str]:
    """Rights are exactly those declared."""
    more = [f"{who} may {verb} {table}, which nothing declares" for table, who, verb in sorted(found - declared)]
    return more + [f"{who} may not {verb} {table}, though declared" for table, who, verb in sorted(declared - found)]


@dataclass(frozen=True)
class Role:
    """A role of the server: what it may do beyond its tables, and which roles it is a member of."""

    name: str
    powers: frozenset[str]
    member_of: frozenset[str]


def found_roles(connection: psycopg.Connection) -> list[Role]:
    """The roles of the processes."""
    powers = ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication", "rolinherit", "rolcanlogin")
    members: dict[str, set[str]] = {}
    question = """
        select m.rolname, g.rolname from pg_auth_members a
            join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid
    """
    for member, group in _rows(connection, question):
        members.setdefault(member, set()).add(group)
    answer = _rows(
        connection, f"select rolname, {', '.join(powers)} from pg_roles where rolname = any(%s)", list(LOGINS)
    )
    return [Role(name, frozenset(compress(powers, has)), frozenset(members.get(name, set()))) for name, *has in answer]


def roles(given: Iterable[Role]) -> list[str]:
    """Every process has a login with no power beyond it, and is a member of nothing."""
    known = {role.name: role for role in given}
    faults = [f"{login} does not exist" for login in sorted(LOGINS.keys() - known.keys())]
    for role in known.values():
        faults += [f"{role.name} has {power}" for power in sorted(role.powers - {"rolcanlogin"})]
        faults += [f"{role.name} cannot sign in" for _ in {"rolcanlogin"} - role.powers]
        faults += [f"{role.name} is a member of {group}" for group in sorted(role.member_of)]
    return faults


@dataclass(frozen=True)
class Table:
    """A table as the catalogue describes it. `policies`: (name, command, permissive, using, check)."""

    name: str
    owner: str
    secured: bool
    forced: bool
    policies: tuple[tuple[str, str, bool, str, str], ...]
    triggers: frozenset[str]


def found_tables(connection: psycopg.Connection) -> dict[str, Table]:
    """Every table of the schema."""
    question = """
        select c.relname, o.rolname, c.relrowsecurity, c.relforcerowsecurity,
            array(select array[p.polname::text, p.polcmd::text, p.polpermissive::text, pg_get_expr(p.polqual, c.oid),
                coalesce(pg_get_expr(p.polwithcheck, c.oid), '')] from pg_policy p where p.polrelid = c.oid),
            array(select t.tgname::text from pg_trigger t where t.tgrelid = c.oid and t.tgenabled in ('O', 'A'))
        from pg_class c join pg_roles o on o.oid = c.relowner
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    """
    tables = {}
    for name, owner, secured, forced, policies, triggers in _rows(connection, question):
        told = tuple((row[0], row[1], row[2] == "true", row[3], row[4]) for row in policies)
        tables[name] = Table(name, owner, secured, forced, told, frozenset(triggers))
    return tables


def _unscoped(table: Table, column: str) -> list[str]:
    faults = []
    if not table.secured:
        faults.append(f"{table.name} has no row-level security")
    if not table.forced:
        faults.append(f"{table.name} does not hold its owner back")
    if len(table.policies) != 1:
        return [*faults, f"{table.name} has {len(table.policies)} policies, one is right"]
    name, command, permissive, using, check = table.policies[0]
    written = using.replace("qorgan_shut", "qorgan_closed")
    if (name, command, permissive) != ("in_sight", "*", True) or written != check:
        faults.append(f"{table.name}: the policy {name} is not the one of the house")
    if "qorgan_shut()" not in using or "qorgan_entered()" not in using:
        faults.append(f"{table.name}: the policy does not ask which threads are shut")
    if column not in using or "current_setting('q.territories'" not in using or "NULLIF" not in using:
        faults.append(f"{table.name}: the policy does not compare {column} with the territories in sight")
    return faults


def _unhidden(table: Table, shown: Mapping[Process, str]) -> list[str]:
    """What some process may see a part of only is held back from it by one policy, and from nobody else."""
    names = [policy[0] for policy in table.policies]
    if not table.secured or not table.forced or names != ["shown"]:
        return [f"{table.name} is not held back from {', '.join(shown)} by one policy"]
    using = table.policies[0][3]
    return [f"{table.name}: the policy does not name {each}" for each in shown if CHARTERS[each].login not in using]


def tables(found: Mapping[str, Table], given: Iterable[type[models.Model]]) -> list[str]:
    """The migrator owns everything, scoped tables are closed by policy, append-only ones by trigger."""
    faults = [f"{table.name} belongs to {table.owner}" for table in found.values() if table.owner != OWNER]
    for model in given:
        name = model._meta.db_table
        if name not in found:
            faults.append(f"{name} does not exist")
            continue
        column = getattr(model, "SCOPED", None)
        if column is not None:
            faults += _unscoped(found[name], column)
            if hasattr(model, "OFFERED") != any("qorgan_blocked()" in policy[3] for policy in found[name].policies):
                faults.append(f"{name}: offered without asking who is blocked, or asked without being offered")
        elif hasattr(model, "SHOWN"):
            faults += _unhidden(found[name], model.SHOWN)
        elif found[name].policies or found[name].secured:
            faults.append(f"{name} has row-level security that its model does not declare")
        if getattr(model, "APPEND_ONLY", False) != ("never_changed" in found[name].triggers):
            faults.append(f"{name}: append-only in the model or in the database, not in both")
    return faults


def statistics(found: Grants, given: Iterable[type[models.Model]]) -> list[str]:
    """Statistics reads facts, indicators, releases, statements, places; of the rest it may only write its journal."""
    stages = {model._meta.db_table: stage_of(model) for model in given}
    login = CHARTERS[Process.STATISTICS].login
    return [
        f"{login} may {verb} {table}"
        for table, who, verb in sorted(found)
        if who == login
        and stages.get(table) not in READ_BY_STATISTICS
        and (table, verb) != ("base_journalentry", "INSERT")
    ]


def key_store(connection: psycopg.Connection) -> set[str]:
    """Who may do anything in the key store: sign in, or touch its table."""
    question = """
        select coalesce(r.rolname, 'PUBLIC') from pg_database d, aclexplode(d.datacl) acl
            left join pg_roles r on r.oid = acl.grantee where d.datname = current_database() and acl.grantee <> d.datdba
        union
        select coalesce(r.rolname, 'PUBLIC') from pg_class c, aclexplode(c.relacl) acl
            left join pg_roles r on r.oid = acl.grantee where c.relname = 'wrapped_key' and acl.grantee <> c.relowner
    """
    return {str(row[0]) for row in _rows(connection, question)}
