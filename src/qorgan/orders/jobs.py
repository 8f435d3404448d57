"""Background work on orders: clocks follow the law, victims are warned in time, clashes are sought."""

from collections.abc import Callable, Collection
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.duties import actions as duties
from qorgan.duties.models import ClockRun
from qorgan.orders import actions, queries
from qorgan.reports import actions as reports


@app.periodic(cron="* * * * *")
@app.task(name="orders.keep_clocks", queueing_lock="orders.keep_clocks", lock="orders.keep_clocks")
def keep_clocks(timestamp: int = 0) -> None:
    """Count anew what stands under a value that was corrected, until nothing is left. Killed, it goes on from there."""
    follow(by=agencies.system("orders.keep_clocks"))


def follow(*, by: Actor, limit: int = duties.BATCH) -> int:
    """Every batch of every open run, each in a transaction of its own; how many batches there were."""
    batches = 0
    rooms: tuple[tuple[str, Collection[str] | None, Callable[..., object]], ...] = (
        ("duties", None, duties.recount),
        ("reports", reports.KEYS, reports.recount),
        ("cases", cases.KEYS, cases.recount),
        ("orders", actions.KEYS, actions.recount),
    )
    with acting(by):
        runs = [
            (run, recount)
            for room, keys, recount in rooms
            for run in duties.begin_runs(room=room, keys=keys, by=by, now=clock.now())
        ]
        for run, recount in runs:
            while ClockRun.objects.filter(pk=run.pk, finished_at=None).exists():
                recount(run=ClockRun.objects.get(pk=run.pk), by=by, now=clock.now(), limit=limit)
                batches += 1
    return batches


_WIDEST = timedelta(days=31)  # no order is warned of earlier, whatever a deployment enters
_LOOK_BACK = timedelta(days=2)  # a job that stood still for a day misses nothing


@app.periodic(cron="*/15 * * * *")
@app.task(name="orders.warn_of_end", queueing_lock="orders.warn_of_end")
def warn_of_end(timestamp: int = 0) -> None:
    """Warn those whose orders end soon, each order in a transaction of its own."""
    system, now = agencies.system("orders.warn_of_end"), clock.now()
    with acting(system):
        with transaction.atomic():
            near = list(queries.ending(now=now, within=_WIDEST))
        for order in near:
            actions.warn(order=order, by=system, now=now)


@app.periodic(cron="*/15 * * * *")
@app.task(name="orders.seek_clashes", queueing_lock="orders.seek_clashes")
def seek_clashes(timestamp: int = 0) -> None:
    """Ask with the whole country in sight what an officer cannot see: whether two orders stand for the same humans."""
    system, now = agencies.system("orders.seek_clashes"), clock.now()
    with acting(system):
        with transaction.atomic():
            found = list(queries.may_clash(since=now - _LOOK_BACK))
        for order in found:
            actions.note_clashes(order=order, by=system, now=now)
