"""Background work on persons."""

from uuid import UUID

from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import acting
from qorgan.people import actions


@app.periodic(cron="10 21 * * *")
@app.task(name="people.fill_indexes", queueing_lock="people.fill_indexes")
def fill_indexes(timestamp: int) -> None:
    """Index the numbers of before, step by step, until none is left (02:10 in Astana)."""
    system = agencies.system("people.fill_indexes")
    after: UUID | None = None
    with acting(system):
        while True:
            after = actions.fill_indexes(after=after, by=system, now=clock.now()).last
            if after is None:
                return
