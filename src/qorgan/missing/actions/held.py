"""An alarm held for a write, and the traces that every write leaves."""

from collections.abc import Iterable
from datetime import datetime

from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.queries import of_things
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.missing.models import Alarm
from qorgan.places import queries as places


def locked(alarm: Alarm, *, seen: int | None = None) -> Alarm:
    """The alarm as it stands now, held until the transaction ends; `seen`: the version that was shown.

    Raises NotFound where it is out of sight, ChangedMeanwhile where another version stands.
    """
    held = Alarm.objects.select_for_update(of=("self",)).filter(pk=alarm.pk).select_related("case").first()
    if held is None:
        raise NotFound
    check_seen(seen, stands=held.version, thing="alarm", thing_id=held.id, kinds=("missing.alarm.",))
    return held


def keep(*, alarm: Alarm, act: str, by: Actor, now: datetime, fields: Iterable[str] = (), **detail: object) -> None:
    """Insert it, or write the fields and count the version; and the journal's row of the act: no name, no place."""
    if alarm._state.adding:
        alarm.save(force_insert=True)
    else:
        alarm.version += 1
        alarm.save(update_fields=[*fields, "version"])
    said = {"case": alarm.case.number, "version": alarm.version, **detail}
    journal.write(kind=f"missing.alarm.{act}", thing="alarm", thing_id=alarm.id, by=by, now=now, detail=said)


def done(*, alarm: Alarm, kind: DutyKind, by: Actor, now: datetime) -> None:
    """The open duty of a kind about the alarm was done by this act."""
    waits = of_things([alarm.id]).filter(kind=kind, done_at__isnull=True, dropped_at__isnull=True).first()
    if waits is not None:
        duties.done(thing_id=alarm.id, kind=kind, step=waits.step, by=by, now=now)


def lay(
    *, alarm: Alarm, kind: DutyKind, provision: str, by: Actor, now: datetime, due_at: datetime | None = None
) -> None:
    """Lay a duty about the alarm on its agency, by the term of its provision, or at the moment given."""
    term = law.deadline(provision, start=now, zone=places.zone(alarm.territory_id))
    step = of_things([alarm.id]).filter(kind=kind).count()  # a search that begins again has duties of its own
    laid = duties.Laid(kind, provision, since=now, due_at=due_at or term.due_at, step=step, to_verify=term.to_verify)
    duties.lay(
        laid=[laid],
        thing="alarm",
        thing_id=alarm.id,
        case_id=alarm.case_id,
        **beside(alarm),
        agency_id=alarm.agency_id,
        key_id=alarm.key_id,
        by=by,
        now=now,
    )
