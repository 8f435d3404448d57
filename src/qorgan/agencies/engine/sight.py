"""What the policies of every scoped table ask: which threads are shut to the asker, and which he is admitted to.

The functions run with the rights of whoever asks, so each process that reads records may read these three tables. They
are plain SQL over small tables, and PostgreSQL takes them into the statement that asks.
"""

_ME = "nullif(current_setting('q.staff', true), '')::uuid"
_AGENCY = "nullif(current_setting('q.agency', true), '')::uuid"
_NOW = "nullif(current_setting('q.now', true), '')::timestamptz"
_PLACES = "nullif(current_setting('q.territories', true), '')::int[]"
_THREADS = "string_to_array(current_setting('q.threads', true), ',')::uuid[]"


def _function(name: str, question: str) -> str:
    return f"create or replace function {name}() returns setof uuid language sql stable as $$ {question} $$"


ADMITTED = _function(
    "qorgan_admitted",
    f"""select a.thread_id from agencies_admission a
        where (a.staff_id = {_ME} or a.agency_id = {_AGENCY}) and a.ended_at is null
          and a.since <= {_NOW} and (a.until is null or a.until > {_NOW})""",
)

ENTERED = _function(
    "qorgan_entered",
    f"select thread_id from qorgan_admitted() as admitted(thread_id) where thread_id = any({_THREADS})",
)

# To the system, which is no person, nothing is shut: facts are collected and the journal is sealed of sealed files too.
SHUT = _function(
    "qorgan_shut",
    f"""select b.thread_id from agencies_block b where b.staff_id = {_ME} and b.lifted_at is null
        union all
        select s.thread_id from agencies_seal s
        where s.lifted_at is null and {_ME} is not null and s.territory_id = any({_PLACES})
          and s.thread_id not in (select thread_id from qorgan_admitted() as admitted(thread_id))""",
)

# Who wrote a sealed record down, or reviews a block, looks and does not write.
CLOSED = _function(
    "qorgan_closed",
    f"""select thread_id from qorgan_shut() as shut(thread_id)
        union all
        select s.thread_id from agencies_seal s
        where s.lifted_at is null and {_ME} is not null and s.territory_id = any({_PLACES})
          and not exists (
            select from agencies_admission a
            where a.thread_id = s.thread_id and (a.staff_id = {_ME} or a.agency_id = {_AGENCY}) and a.ended_at is null
              and a.since <= {_NOW} and (a.until is null or a.until > {_NOW})
              and a.ground not in ('author', 'review'))""",
)
