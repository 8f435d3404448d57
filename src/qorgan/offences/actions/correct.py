"""Correcting what the register says of an act, late or at once: the old value stays, with the reason and the author."""

from dataclasses import fields
from datetime import UTC, datetime

from django.db import transaction

from qorgan.base.scope import Actor
from qorgan.offences import access, rules
from qorgan.offences.actions import held
from qorgan.offences.actions.register import Written, check_written
from qorgan.offences.actions.unnamed import keep_unnamed
from qorgan.offences.engine import catalogue
from qorgan.offences.models import Offence


@transaction.atomic
def correct(
    *, offence: Offence, correction: Written, why: str, by: Actor, now: datetime, seen: int | None = None
) -> Offence:
    """Write what the register says now. `correction` is the whole of it; only what differs is kept in the history.

    `seen` is the version that was shown. Raises NoReason, NothingToCorrect, ChangedMeanwhile, AnnulledIsFinal and all
    that `register` raises about the act itself.
    """
    access.check_may(by, access.CORRECT)
    reason = rules.check_reason(why)
    found = held.changeable(offence, seen=seen)
    check_written(correction, territory_id=found.territory_id, now=now)
    changes = _changes(found, correction)
    if not changes:
        raise rules.NothingToCorrect
    for name in changes:
        setattr(found, name, getattr(correction, name))
    found.register = catalogue.read().codes[found.code].register
    held.note(offence=found, changes=changes, why=reason, by=by, now=now)
    told = {name: list(pair) for name, pair in changes.items()}
    keep_unnamed(found, by=by, now=now)
    held.keep(offence=found, act="corrected", by=by, now=now, fields=(*changes, "register"), changes=told)
    return found


def _changes(offence: Offence, correction: Written) -> dict[str, tuple[str, str]]:
    names = [each.name for each in fields(Written)]
    pairs = {name: (_said(getattr(offence, name)), _said(getattr(correction, name))) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _said(value: object) -> str:
    """A value as the history keeps it: moments in UTC."""
    if value is None:
        return ""
    return value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
