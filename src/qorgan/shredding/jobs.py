"""Background work of destroying: only the worker may take keys out of the key store."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock, signing
from qorgan.base.keys.store import Store
from qorgan.base.scope import acting
from qorgan.shredding import actions


@app.task(name="shredding.destroy", retry=RetryStrategy(max_attempts=20, exponential_wait=2))
def destroy(destruction_id: str) -> None:
    """Destroy the keys of what two people have decided on; run again, it adds nothing."""
    system, signer = agencies.system("shredding.destroy"), signing.signer(demo=settings.DEMO)
    with acting(system), transaction.atomic():
        actions.destroy(
            destruction_id=UUID(destruction_id),
            by=system,
            now=clock.now(),
            store=Store(settings.KEYS_DSN),
            signer=signer,
        )
