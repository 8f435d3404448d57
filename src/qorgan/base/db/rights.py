"""Rights of each process and row-level security, made from what the models declare.

A model says `GRANTS` (which process may select, insert, update, delete) and, if its rows belong to a place,
`SCOPED` (the column that names the territory); such a row also belongs to a thread (`thread_id`). A model of which some
process sees a part only says so in `SHOWN` (the condition of that part, by process). A model whose rows are `OFFERED`
to an agency elsewhere (`to`, `from`: columns) is seen by its staff too, but not by those to whom the thread is shut;
what it sent on stays in its sight. What a process reads but for some columns is `WITHHELD` (those fields, by process);
the manager of such a model leaves them out of its questions. A model that says which threads are shut to whom gives the
`FUNCTIONS` that the policies ask. This module turns that into SQL, and into what a test expects to read back from the
catalogue.
"""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models

from qorgan.base.processes import CHARTERS, Process

_VERBS = {"S": "select", "I": "insert", "U": "update", "D": "delete"}

# No scope is an error, not an empty answer: a stream or an export outside its transaction must not look like success.
# The sub-select is asked once a statement; where it stands for a table without rows it is not asked at all.
SIGHT = "(select coalesce(nullif(current_setting('q.territories', true), ''), qorgan_no_scope())::int[])::int[]"

# What is shut to the asker is a small set, read once a statement; so is what one admitted to a file may see. Nothing is
# written into what is closed: a thread that is shut, or one that the asker may only look at. It is asked before the
# place, so that a row elsewhere and a row that is shut take the same time (`make soak ARGS=timing`).
_OPEN = (
    "thread_id <> all ((select {shut}())::uuid[]) and (coalesce(current_setting('q.threads', true), '') = ''"
    " or thread_id = any ((select qorgan_entered())::uuid[]))"
)

# What is offered to my agency is in sight before anything else of its thread is; what my agency passed on stays as a
# line, unless the thread is sealed. Inside one entrusted file nothing else is.
_OFFERED = (
    "coalesce(current_setting('q.threads', true), '') = '' and thread_id <> all ((select qorgan_blocked())::uuid[])"
    " and ({to} = {agency} or ({sent} = {agency} and not exists (select from agencies_seal s"
    " where s.thread_id = {table}.thread_id and s.lifted_at is null)))"
)
_AGENCY = "(select nullif(current_setting('q.agency', true), '')::uuid)"

MOVER = Process.STAFF  # a transfer takes every row of a thread to another place, also rows that never change otherwise

_DAILY = "SIUD"
LIBRARIES: dict[str, dict[Process, str]] = {
    # what libraries keep for themselves: sign-in belongs to the pages of staff
    "contenttypes": {Process.STAFF: "S", Process.WORKER: "S"},
    "auth": {},
    "account": {Process.STAFF: _DAILY},
    "mfa": {Process.STAFF: _DAILY},
    "axes": {Process.STAFF: _DAILY},
}


def our_models() -> Iterator[type[models.Model]]:
    """Every concrete model of the house."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("qorgan."):
            yield model


def grants_of(model: type[models.Model]) -> dict[Process, str]:
    """Which process may do what to the rows of `model`."""
    if not model.__module__.startswith("qorgan."):
        return LIBRARIES.get(model._meta.app_label, {})
    granted: dict[Process, str] = model.GRANTS  # type: ignore[attr-defined]  # every model of the house declares it
    return granted


def withheld(model: type[models.Model], process: Process) -> tuple[str, ...]:
    """The fields of `model` that `process` may not read, though it reads the others."""
    columns: dict[Process, tuple[str, ...]] = getattr(model, "WITHHELD", {})
    return columns.get(process, ())


def readable(model: type[models.Model], process: Process) -> list[str]:
    """The columns of `model` that `process` may read one by one; none where it reads the whole table."""
    hidden = withheld(model, process)
    return [str(one.column) for one in model._meta.concrete_fields if one.name not in hidden] if hidden else []


def moved(model: type[models.Model]) -> str:
    """The column of the place, where staff may change that and nothing else of a row; empty where they may anyway."""
    column: str = getattr(model, "SCOPED", None) or ""
    return "" if "U" in grants_of(model).get(MOVER, "U") else column


def statements() -> Iterator[str]:
    """All SQL that brings rights and policies of the database to what the models say; safe to run again."""
    logins = ", ".join(charter.login for charter in CHARTERS.values() if charter.login != "qorgan_migrator")
    yield f"grant usage on schema public to {logins}"
    yield "revoke create on schema public from public"
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield from _grants(model, logins)
    for model in our_models():
        yield from getattr(model, "FUNCTIONS", ())
    for model in our_models():
        yield from _policies(model)
    yield from _jobs()


def _grants(model: type[models.Model], logins: str) -> Iterator[str]:
    table = model._meta.db_table
    yield f'revoke all on "{table}" from {logins}'
    for process, verbs in grants_of(model).items():
        columns = ", ".join(f'"{column}"' for column in readable(model, process))
        words = ", ".join(f"select ({columns})" if columns and one == "S" else _VERBS[one] for one in verbs)
        yield f'grant {words} on "{table}" to {CHARTERS[process].login}'
    if moved(model):
        yield f'grant update ({moved(model)}) on "{table}" to {CHARTERS[MOVER].login}'


def _policies(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    column = getattr(model, "SCOPED", None)
    if column is not None:
        yield f'alter table "{table}" enable row level security'
        yield f'alter table "{table}" force row level security'
        yield f'drop policy if exists in_sight on "{table}"'
        seen, written = (
            f'({_OPEN.format(shut=shut)} and "{column}" = any({SIGHT})){_offered(model)}'
            for shut in ("qorgan_shut", "qorgan_closed")
        )
        yield f'create policy in_sight on "{table}" using ({seen}) with check ({written})'
    shown: dict[Process, str] = getattr(model, "SHOWN", {})
    if shown:
        whole = " and ".join(f"current_user <> '{CHARTERS[process].login}'" for process in shown)
        parts = [f"(current_user = '{CHARTERS[process].login}' and {part})" for process, part in shown.items()]
        yield f'alter table "{table}" enable row level security'
        yield f'alter table "{table}" force row level security'
        yield f'drop policy if exists shown on "{table}"'
        yield f'create policy shown on "{table}" using ({" or ".join([f"({whole})", *parts])}) with check (true)'
    if getattr(model, "APPEND_ONLY", False):
        yield f'drop trigger if exists never_changed on "{table}"'
        yield (
            f'create trigger never_changed before update{_but_moved(model)} or delete or truncate on "{table}"'
            " for each statement execute function qorgan_never_changed()"
        )


def _offered(model: type[models.Model]) -> str:
    """The rest of the policy of a model whose rows are offered to agencies elsewhere."""
    columns: dict[str, str] = getattr(model, "OFFERED", {})
    if not columns:
        return ""
    told = {"to": columns["to"], "sent": columns["from"], "agency": _AGENCY, "table": model._meta.db_table}
    return f" or ({_OFFERED.format_map(told)})"


def _but_moved(model: type[models.Model]) -> str:
    """The columns whose change is refused: all but the place, which a transfer of the thread changes."""
    column = moved(model)
    kept = [f'"{field.column}"' for field in model._meta.concrete_fields if field.column != column]
    return f" of {', '.join(kept)}" if column else ""


def _jobs() -> Iterator[str]:
    """procrastinate: whoever writes may queue a job in the same transaction; only the worker fetches them."""
    tables = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")
    for process in (Process.STAFF, Process.WORKER):
        login = CHARTERS[process].login
        for table in tables:
            yield f"grant select, insert, update, delete on {table} to {login}"
        yield f"grant usage, select on all sequences in schema public to {login}"


NEVER_CHANGED = """
create or replace function qorgan_never_changed() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'insufficient_privilege';
end $$
"""


NO_SCOPE = """
create or replace function qorgan_no_scope() returns text language plpgsql stable parallel safe as $$
begin
    raise exception 'no scope: rows that belong to a place are read and written in a transaction that acts for someone'
        using errcode = 'insufficient_privilege', hint = 'with acting(actor), transaction.atomic(): ...';
end $$
"""


def apply(run: Callable[[str], object]) -> None:
    """Run every statement through `run`, which executes one as the owner of the tables."""
    run(NEVER_CHANGED)
    run(NO_SCOPE)
    for statement in statements():
        run(statement)
