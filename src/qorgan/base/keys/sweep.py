"""Sweeping orphans out of the key store: keys of blocks that were made ahead, and of writes that were rolled back.

A key is in use while any envelope or any `key_id` in the data names it. Destroying one too many shreds someone's
words for good, so the sweep refuses wherever it cannot prove that it sees all rows of all places.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from qorgan.base import deployment, journal
from qorgan.base.errors import Refused
from qorgan.base.keys import holdings
from qorgan.base.keys.store import Store
from qorgan.base.scope import Actor, acting

SPARED = timedelta(days=7)  # longer than a block lies ahead and than any transaction lives; backups keep keys as long
_CHUNK = 5000
_SAMPLE = 1000


class SightTooNarrow(Refused):
    """A row out of sight would look like no row, and its key like an orphan."""

    text = _("Nothing was swept: not every place is in sight.")


class KeysOfOtherData(Refused):
    """The store holds none of the keys that the data name: one of the two addresses is wrong."""

    text = _("Nothing was swept: the key store holds none of the keys of this database.")


@dataclass(frozen=True)
class Swept:
    """How many old keys are in use, and how many were orphans and are destroyed."""

    in_use: int
    destroyed: int


def sweep(*, by: Actor, now: datetime, store: Store | None = None) -> Swept:
    """Destroy the keys older than seven days that nothing names. `by` must have every place in sight.

    The journal row is committed first: keys destroyed without a word would be worse than a word about keys that the
    next sweep destroys. Raises SightTooNarrow, KeysOfOtherData, KeyStoreAway.
    """
    kept = store or Store(settings.KEYS_DSN)
    deployment.forget_masters(on=now.date())
    orphans = kept.older_than(now - SPARED)
    old = len(orphans)
    with acting(by), transaction.atomic():
        sample = _leave_orphans(orphans, by=by)
        if not sample:
            return Swept(0, 0)  # data without a single key prove nothing about the store
        if not kept.get(sample):
            raise KeysOfOtherData
        detail = {"in_use": old - len(orphans), "destroyed": len(orphans)}
        journal.write(kind="base.keys.swept", thing="key_store", by=by, now=now, detail=detail)
    doomed = sorted(orphans)
    for start in range(0, len(doomed), _CHUNK):
        kept.destroy(doomed[start : start + _CHUNK])
    return Swept(in_use=old - len(orphans), destroyed=len(orphans))


def _leave_orphans(keys: set[UUID], *, by: Actor) -> list[UUID]:
    """Take every key that is in use out of `keys`; some of those in use, for comparing with the store."""
    sample: list[UUID] = []
    for column in holdings.columns():
        _check_sight(column.model, by=by)
        for key_id in column.named():
            keys.discard(key_id)
            if len(sample) < _SAMPLE:
                sample.append(key_id)
    return sample


def _check_sight(model: type[models.Model], *, by: Actor) -> None:
    """Every place that a row of `model` may lie in is in sight. Raises SightTooNarrow."""
    scoped = getattr(model, "SCOPED", None)
    if scoped is None:
        return
    place = next(field for field in model._meta.concrete_fields if field.attname == scoped).related_model
    assert isinstance(place, type) and issubclass(place, models.Model)  # the column that scopes names a place
    if not set(place._base_manager.values_list("pk", flat=True)) <= set(by.territories):
        raise SightTooNarrow
