"""Background work for the deployment as a whole."""

from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app

from qorgan.agencies import actions, queries
from qorgan.base import clock
from qorgan.base.keys import sweep


@app.periodic(cron="40 21 * * *")
@app.task(name="agencies.sweep_keys", queueing_lock="agencies.sweep_keys")
def sweep_keys(timestamp: int) -> None:
    """Destroy the keys that nothing names, once a night (02:40 in Astana)."""
    sweep.sweep(by=queries.system("agencies.sweep_keys"), now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="agencies.know_by_name", queueing_lock="agencies.know_by_name")
def know_by_name(timestamp: int) -> None:
    """Keep the names of staff brought in lately, so that a party of the same name is recognised."""
    with transaction.atomic():
        actions.know_by_name(staff=queries.unnamed_staff(), by=queries.system("agencies.know_by_name"), now=clock.now())


@app.periodic(cron="10 22 * * *")
@app.task(name="agencies.forget_expired_sessions", queueing_lock="agencies.forget_expired_sessions")
def forget_expired_sessions(timestamp: int) -> None:
    """Remove sessions that let nobody in any more, once a night."""
    actions.forget_expired_sessions(by=queries.system("agencies.forget_expired_sessions"), now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="agencies.take_over_lost_jobs", queueing_lock="agencies.take_over_lost_jobs", pass_context=True)
async def take_over_lost_jobs(context: JobContext, timestamp: int) -> None:
    """Queue the jobs again whose worker was killed: one that gives no sign of life for half a minute."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
