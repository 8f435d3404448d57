"""Background work on duties: what stays late is told to the office above."""

from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import Actor, acting
from qorgan.duties import actions
from qorgan.duties.readers import escalation

_BATCH = 1000


@app.periodic(cron="* * * * *")
@app.task(name="duties.escalate", queueing_lock="duties.escalate", lock="duties.escalate")
def escalate(timestamp: int = 0) -> None:
    """Every minute. Killed, it goes on: what was told is not told again, what was not is told the next minute."""
    escalate_all(by=agencies.system("duties.escalate"))


def escalate_all(*, by: Actor, limit: int = _BATCH) -> tuple[int, int]:
    """Take back what a corrected clock has overtaken, then tell each role what it is to know; how many of both.

    Each part is a transaction of its own.
    """
    made = undone = 0
    with acting(by):
        while part := actions.take_back(by=by, now=clock.now(), limit=limit):
            undone += part
        for role in sorted({step.role for steps in escalation.table().values() for step in steps}):
            now, after, is_over = clock.now(), None, False
            while not is_over:
                done = actions.escalate(role=role, by=by, now=now, after=after, limit=limit)
                made, after, is_over = made + done.made, done.last, done.last is None
    return made, undone
