"""Background work on cases."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from qorgan.agencies import actions as staff
from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions
from qorgan.people import queries as people

_BATCH = 500  # persons opened at once: their names are in memory only, and only so long


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.end_what_ran_out", queueing_lock="cases.end_what_ran_out")
def end_what_ran_out(timestamp: int) -> None:
    """Every five minutes. Nothing waits for it: a clock that is over holds from its second on."""
    system = agencies.system("cases.end_what_ran_out")
    with acting(system), transaction.atomic():
        now = clock.now()
        actions.lapse(by=system, now=now)
        actions.expire(by=system, now=now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.keep_owned", queueing_lock="cases.keep_owned")
def keep_owned(timestamp: int) -> None:
    """Hand over the cases whose owner can no longer open them."""
    system = agencies.system("cases.keep_owned")
    with acting(system), transaction.atomic():
        actions.keep_owned(by=system, now=clock.now())


@app.task(name="cases.tell_elsewhere", retry=RetryStrategy(max_attempts=5, exponential_wait=2))
def tell_elsewhere(*, index: str, number: str, mandate_id: str) -> None:
    """Tell those who lead records out of the searcher's sight that someone of theirs is sought."""
    system = agencies.system("cases.tell_elsewhere")
    with acting(system), transaction.atomic():
        searcher = agencies.mandate(UUID(mandate_id), now=clock.now())
        if searcher is not None:
            actions.tell_elsewhere(
                index=bytes.fromhex(index), number=number, searcher=searcher, by=system, now=clock.now()
            )


@app.periodic(cron="20 22 * * *")
@app.task(name="cases.match_staff", queueing_lock="cases.match_staff")
def match_staff(timestamp: int) -> None:
    """Compare all parties with what staff declared since the last time, once a night (03:20 in Astana)."""
    system = agencies.system("cases.match_staff")
    now = clock.now()
    with acting(system), transaction.atomic():
        due = agencies.unmatched(now=now)
    if due:
        compare_all(by=system, now=now)


@app.periodic(cron="10 0 * * *")
@app.task(name="cases.list_unusual", queueing_lock="cases.list_unusual")
def list_unusual(timestamp: int) -> None:
    """List the unusual looks of yesterday for a person to judge, once a night (05:10 in Astana)."""
    system, now = agencies.system("cases.list_unusual"), clock.now()
    with acting(system), transaction.atomic():
        actions.list_unusual(day=now.date() - timedelta(days=1), by=system, now=now)


def compare_all(*, by: Actor, now: datetime) -> int:
    """Compare every person of the records; how many were of the staff, or near. Each batch is committed by itself."""
    after, shut = UUID(int=0), 0
    with acting(by):
        while True:
            with transaction.atomic():
                batch = people.after(after, limit=_BATCH)
                if not batch:
                    staff.note_matched(until=now, by=by, now=now)
                    actions.keep_owned(by=by, now=now)
                    return shut
                shut += actions.match_staff(persons=batch, by=by, now=now)
                after = batch[-1].id
