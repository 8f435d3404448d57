"""Background work of the gate."""

from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.scope import acting
from qorgan.messages import actions
from qorgan.messages.models import Outgoing


def defer(message: Outgoing) -> None:
    """Let a queued message leave when its hours open; in the transaction that queued it."""
    deliver.configure(schedule_at=message.not_before).defer(message_id=str(message.id))


@app.task(name="messages.deliver", retry=RetryStrategy(max_attempts=10, exponential_wait=2))
def deliver(message_id: str) -> None:
    """Deliver one message; a way out that fails is tried again, later each time.

    Where this machine's clock runs behind the database's, the hours may not be open yet: then it comes again.
    """
    system = agencies.system("messages.deliver")
    with acting(system), transaction.atomic():
        if not actions.deliver(message_id=UUID(message_id), by=system, now=clock.now()):
            for message in actions.waiting().filter(pk=message_id):
                deliver.configure(schedule_in={"seconds": 30}).defer(message_id=str(message.id))
