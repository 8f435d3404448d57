"""Background work about missing children."""

from django.db import transaction
from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import acting
from qorgan.missing import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="missing.empty_what_ran_out", queueing_lock="missing.empty_what_ran_out")
def empty_what_ran_out(timestamp: int) -> None:
    """Every five minutes. Nothing waits for it: a page whose hours are over is not shown from that second on."""
    system = agencies.system("missing.empty_what_ran_out")
    with acting(system), transaction.atomic():
        actions.expire(by=system, now=clock.now())
