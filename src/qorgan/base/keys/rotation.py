"""A new master key, every key wrapped anew under it, and the end of the old one.

The data keys stay as they are, so that no envelope changes. Both masters open meanwhile, and nobody waits: a key is
wrapped anew by itself. What is done is kept with each batch, so that a run that was killed goes on where it was.
"""

import contextlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qorgan.base import deployment, journal
from qorgan.base.errors import Refused
from qorgan.base.keys.store import KeysLeft, Store, Wrapped
from qorgan.base.scope import Actor

KEPT = timedelta(days=7)  # how long backups of the key store are kept, and with them the master that opens them
BATCH = 2000

Progress = Callable[[int, int], None]  # keys done, of how many


class NothingToRetire(Refused):
    """There is one master only."""

    text = _("There is no older master key.")


def rotate(*, store: Store, by: Actor, now: datetime, secure: Callable[[Path], object]) -> int:
    """Make a new master and let it be the current one; its version.

    `secure` is called with the file of the new master before any key depends on it: what it does not bring to safety,
    a lost disk would take with every key. Raises KeysLeft while an earlier rotation is not at its end.
    """
    version = store.current() + 1
    if left := store.count_under_older(version - 1):
        raise KeysLeft(count=left)
    secure(deployment.add_master(version))
    with transaction.atomic():
        detail = {"master": version}
        journal.write(kind="base.keys.rotated", thing="key_store", by=by, now=now, detail=detail)
    store.begin(version)
    return version


def rewrap(*, store: Store, by: Actor, now: datetime, progress: Progress) -> tuple[int, int]:
    """Wrap every key that is under an older master anew under the current one, in batches.

    How many were, and how many cannot be: what does not open under its own master was damaged, and stays as it is.
    """
    current, masters = store.current(), deployment.masters()
    total = store.count_under_older(current)
    done, after = 0, UUID(int=0)
    progress(0, total)
    while held := store.under_older(current, after=after, limit=BATCH):
        made = dict(_anew(held, masters, current))
        store.rewrap(made.items(), master=current)
        done, after = done + len(made), max(held)
        progress(done, max(done, total))
    left = store.count_under_older(current)
    if done:
        with transaction.atomic():
            detail = {"master": current, "count": done, "left": left}
            journal.write(kind="base.keys.rewrapped", thing="key_store", by=by, now=now, detail=detail)
    return done, left


def _anew(held: Mapping[UUID, Wrapped], masters: Mapping[int, bytes], current: int) -> "list[tuple[UUID, bytes]]":
    made = []
    for key_id, wrapped in held.items():
        with contextlib.suppress(InvalidUnwrap):
            made.append((key_id, aes_key_wrap(masters[current], aes_key_unwrap(masters[wrapped.master], wrapped.key))))
    return made


def retire(*, store: Store, by: Actor, now: datetime) -> list[int]:
    """End the masters before the current one; which they were. Raises KeysLeft, NothingToRetire.

    Their files stay for the seven days in which a backup of the key store may still hold keys under them.
    """
    current = store.current()
    if left := store.count_under_older(current):
        raise KeysLeft(count=left)
    gone = store.retire(current)
    if not gone:
        raise NothingToRetire
    with transaction.atomic():
        journal.write(kind="base.keys.retired", thing="key_store", by=by, now=now, detail={"masters": gone})
    for version in gone:
        deployment.retire_master(version, until=now.date() + KEPT)
    return gone
