"""What the policies of every scoped table ask: which threads are shut to the asker, and which he is admitted to.

The functions run with the rights of whoever asks, so each process that reads records may read these three tables. Each
answers one array, asked once a statement: PostgreSQL would take plain SQL into the statement and plan it there anew,
which costs three times what the statement itself does. Where they look for their tables is not the asker's to choose.
"""

_ME = "nullif(current_setting('q.staff', true), '')::uuid"
_AGENCY = "nullif(current_setting('q.agency', true), '')::uuid"
_NOW = "nullif(current_setting('q.now', true), '')::timestamptz"
_PLACES = "nullif(current_setting('q.territories', true), '')::int[]"
_THREADS = "string_to_array(current_setting('q.threads', true), ',')::uuid[]"

_MINE = f"""
    (a.staff_id = {_ME} or a.agency_id = {_AGENCY}) and a.ended_at is null
    and a.since <= {_NOW} and (a.until is null or a.until > {_NOW})
"""


def _function(name: str, question: str) -> str:
    body = f"begin return array({question}); end"
    path = "set search_path = public, pg_temp"  # lint: allow Q204 - of the function, while it runs
    return f"create or replace function {name}() returns uuid[] language plpgsql stable {path} as $$ {body} $$"


def _shut(but: str) -> str:
    """Threads that a block shuts to me, and those under a seal that none of my admissions `but` some lets me into.

    To the system, which is no person, nothing is shut: facts are collected and the journal is sealed of all files.
    """
    return f"""
        select b.thread_id from agencies_block b where b.staff_id = {_ME} and b.lifted_at is null
        union all
        select s.thread_id from agencies_seal s
        where s.lifted_at is null and {_ME} is not null and s.territory_id = any({_PLACES})
          and not exists (select from agencies_admission a where a.thread_id = s.thread_id and {_MINE} {but})
    """


SHUT = _function("qorgan_shut", _shut(""))

# Who wrote a sealed record down, or reviews a block, looks and does not write.
CLOSED = _function("qorgan_closed", _shut("and a.ground not in ('author', 'review')"))

# Those of the blocks alone: what is offered to my agency is in sight before anything else of its thread.
BLOCKED = _function(
    "qorgan_blocked",
    f"select b.thread_id from agencies_block b where b.staff_id = {_ME} and b.lifted_at is null",
)

ENTERED = _function(
    "qorgan_entered",
    f"select a.thread_id from agencies_admission a where a.thread_id = any({_THREADS}) and {_MINE}",
)
