"""An offence held for a write, and the traces that every write leaves."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError

from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.offences import rules
from qorgan.offences.models import WHY, Correction, Offence, OffencePerson

_ONCE = "offence_registered_once"
_ID = "offences_offence_pkey"


def locked(offence: Offence, *, seen: int | None) -> Offence:
    """The offence as it stands now, held until the transaction ends; `seen`: the version that was shown.

    Raises NotFound where it is out of sight, ChangedMeanwhile where another version stands.
    """
    held = Offence.objects.select_for_update(no_key=True).filter(pk=offence.pk).first()
    if held is None:
        raise NotFound
    check_seen(seen, stands=held.version, thing="offence", thing_id=held.id, kinds=("offences.offence.",))
    return held


def changeable(offence: Offence, *, seen: int | None) -> Offence:
    """The same, where something may still be written into it. Raises AnnulledIsFinal too."""
    held = locked(offence, seen=seen)
    rules.check_can_change(held.state, held.number)
    return held


def keep(*, offence: Offence, act: str, by: Actor, now: datetime, fields: Iterable[str] = (), **detail: object) -> None:
    """Insert it, or write the fields and count the version; and the journal's row of the act.

    Raises NumberTaken where another offence of the register bears its number, in sight or not; SentTwice where the
    same sending is being kept at this moment.
    """
    try:
        if offence._state.adding:
            offence.save(force_insert=True)
        else:
            offence.version += 1
            offence.save(update_fields=[*fields, "key_id", "version"])
    except IntegrityError as error:
        if _ONCE in str(error):
            raise rules.NumberTaken(number=offence.register_no) from error
        if _ID in str(error):
            raise rules.SentTwice from error
        raise
    journal.write(
        kind=f"offences.offence.{act}",
        thing="offence",
        thing_id=offence.id,
        by=by,
        now=now,
        detail={"number": offence.number, "version": offence.version, **detail},
    )


def note(
    *,
    offence: Offence,
    changes: Mapping[str, tuple[str, str]],
    why: str,
    by: Actor,
    now: datetime,
    person: OffencePerson | None = None,
) -> None:
    """Keep old and new of each field, with the reason and the author. Comes before `keep`, which writes the key."""
    offence.key_id = offence.key_id or vault.new_key()
    sealed = vault.seal(offence.key_id, why, at=WHY)
    Correction.objects.bulk_create(
        Correction(
            offence=offence,
            person=person,
            **beside(offence),
            field=field,
            old=old,
            new=new,
            why=sealed,
            corrected_at=now,
            corrected_by=by.staff,
        )
        for field, (old, new) in changes.items()
    )
