"""Background work on reports."""

from uuid import UUID

from django.db import DatabaseError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock, logs
from qorgan.base.db.away import is_away
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor, acting
from qorgan.reports.models import Arrival, Spooled


@app.task(name="reports.look_for_repeats", retry=RetryStrategy(max_attempts=5, exponential_wait=2))
def look_for_repeats(report_id: str) -> None:
    """Mark a report that may tell of the same call as another (102 and 112 often both write one down)."""
    from qorgan.reports import actions  # with its readers: where the queue is only written to, nobody needs them

    system = agencies.system("reports.look_for_repeats")
    with acting(system):
        actions.mark_possible_repeats(report_id=UUID(report_id), by=system, now=clock.now())


@app.periodic(cron="50 21 * * *")
@app.task(name="reports.empty_drafts", queueing_lock="reports.empty_drafts")
def empty_drafts(timestamp: int) -> None:
    """Empty what was typed into contacts that became no report, once a night (02:50 in Astana)."""
    from qorgan.reports import actions  # as above

    system = agencies.system("reports.empty_drafts")
    with acting(system):
        actions.empty_drafts(by=system, now=clock.now())


@app.periodic(cron="55 21 * * *")
@app.task(name="reports.forget_numbers", queueing_lock="reports.forget_numbers")
def forget_numbers(timestamp: int) -> None:
    """Forget the numbers of contacts that became no report and whose term is over, once a night (02:55 in Astana)."""
    from qorgan.reports import actions  # as above

    system = agencies.system("reports.forget_numbers")
    with acting(system):
        actions.forget_numbers(by=system, now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="reports.take_in_arrivals", queueing_lock="reports.take_in_arrivals")
def take_in_arrivals(timestamp: int) -> None:
    """Take in what came in at the web door, every minute. One that is refused waits, and holds up no other."""
    from qorgan.reports import access, actions  # as above
    from qorgan.reports.queries import door

    system = agencies.system("reports.take_in_arrivals", access.ACCEPT)
    for arrival_id in door.waiting():
        try:
            with acting(system):
                actions.take_in(arrival_id=arrival_id, by=system, now=clock.now())
        except (Refused, ValueError, DatabaseError) as failure:
            logs.say("arrival_waits", kind=type(failure).__name__)
            _waits(Arrival, arrival_id, failure, by=system)


@app.periodic(cron="* * * * *")
@app.task(name="reports.take_in_spooled", queueing_lock="reports.take_in_spooled")
def take_in_spooled(timestamp: int) -> None:
    """Take in what machines handed in while the database was away, every minute. One that is refused waits in sight."""
    from django.db import transaction

    from qorgan.reports import actions  # as above
    from qorgan.reports.queries import spool

    system = agencies.system("reports.take_in_spooled")
    for spooled_id in spool.waiting():
        try:
            with acting(system), transaction.atomic():
                accepted = actions.take_sent(spooled_id=spooled_id, by=system, now=clock.now())
                if accepted is not None and accepted.is_new:
                    look_for_repeats.defer(report_id=str(accepted.report.id))
        except (Refused, ValueError, DatabaseError) as failure:
            logs.say("spooled_waits", kind=type(failure).__name__)
            _waits(Spooled, spooled_id, failure, by=system)


def _waits(waiting: type[Arrival] | type[Spooled], row_id: UUID, failure: Exception, *, by: Actor) -> None:
    """Let whoever keeps staff see why something waits; that the database is away is no reason of its own."""
    from qorgan.reports import actions  # as above

    if is_away(failure):
        return
    why = failure.code if isinstance(failure, Refused) else type(failure).__name__
    with acting(by):
        actions.note_refused(waiting=waiting, row_id=row_id, why=why, by=by, now=clock.now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="reports.sweep_door", queueing_lock="reports.sweep_door")
def sweep_door(timestamp: int) -> None:
    """Forget what ran out at the web door. Nothing waits for it: a code that ran out opens nothing from then on."""
    from qorgan.reports import actions  # as above

    system = agencies.system("reports.sweep_door")
    with acting(system):
        actions.sweep_door(by=system, now=clock.now())
        actions.sweep_spool(by=system, now=clock.now())
