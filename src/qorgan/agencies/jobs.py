"""Background work for the deployment as a whole."""

from procrastinate.contrib.django import app

from qorgan.agencies import queries
from qorgan.base import clock
from qorgan.base.keys import sweep


@app.periodic(cron="40 21 * * *")
@app.task(name="agencies.sweep_keys", queueing_lock="agencies.sweep_keys")
def sweep_keys(timestamp: int) -> None:
    """Destroy the keys that nothing names, once a night (02:40 in Astana)."""
    sweep.sweep(by=queries.system("agencies.sweep_keys"), now=clock.now())
