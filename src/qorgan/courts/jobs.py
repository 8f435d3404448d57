"""Background work on court cases: the terms of appeal follow the law."""

from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import Actor, acting
from qorgan.courts import actions
from qorgan.duties import actions as duties
from qorgan.duties.models import ClockRun

ROOM = "courts"


@app.periodic(cron="* * * * *")
@app.task(name="courts.keep_clocks", queueing_lock="courts.keep_clocks", lock="courts.keep_clocks")
def keep_clocks(timestamp: int = 0) -> None:
    """Count anew what stands under a value that was corrected, until nothing is left. Killed, it goes on from there."""
    follow(by=agencies.system("courts.keep_clocks"))


def follow(*, by: Actor, limit: int = duties.BATCH) -> int:
    """Every batch of every open run, each in a transaction of its own; how many batches there were."""
    batches = 0
    with acting(by):
        for run in duties.begin_runs(room=ROOM, keys=actions.KEYS, by=by, now=clock.now()):
            while ClockRun.objects.filter(pk=run.pk, finished_at=None).exists():
                actions.recount(run=ClockRun.objects.get(pk=run.pk), by=by, now=clock.now(), limit=limit)
                batches += 1
    return batches
