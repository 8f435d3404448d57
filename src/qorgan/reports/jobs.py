"""Background work on reports."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import acting


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
