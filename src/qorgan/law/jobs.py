"""Background work on the law."""

from django.db import transaction
from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import acting
from qorgan.law import actions


@app.periodic(cron="30 0 * * *")
@app.task(name="law.note_awaited", queueing_lock="law.note_awaited")
def note_awaited(timestamp: int) -> None:
    """Each night: which reports on what an act obliges someone to do have fallen due, and whether they are there."""
    system = agencies.system("law.note_awaited")
    with acting(system), transaction.atomic():
        actions.note_awaited(by=system, now=clock.now())
