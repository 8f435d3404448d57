"""Background work of what is shared: what was not answered in time lapses, what was agreed to until then runs out."""

from django.db import transaction
from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import acting
from qorgan.cases import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.end_what_ran_out", queueing_lock="cases.end_what_ran_out")
def end_what_ran_out(timestamp: int) -> None:
    """Every five minutes. Nothing waits for it: a clock that is over holds from its second on."""
    system = agencies.system("cases.end_what_ran_out")
    with acting(system), transaction.atomic():
        now = clock.now()
        actions.lapse(by=system, now=now)
        actions.expire(by=system, now=now)
