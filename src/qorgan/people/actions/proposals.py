"""Pairs that the nightly batch holds for one person, maybe: kept, refused by someone, brought back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor, beside
from qorgan.people import access, rules
from qorgan.people.engine.ranking import Why
from qorgan.people.models import Person, Proposal


@dataclass(frozen=True)
class Likely:
    """Two records' persons who may be one, and why."""

    one: UUID
    other: UUID
    why: tuple[Why, ...]


@transaction.atomic
def propose(*, pairs: Sequence[Likely], by: Actor, now: datetime) -> int:
    """Keep pairs to be shown to whoever sees both, those last that are to be read first; how many there are.

    No permission of its own: a job of the night proposes, and only a person says anything. A pair of which someone was
    destroyed meanwhile, or that was proposed before, is left out.
    """
    wanted = {id for pair in pairs for id in (pair.one, pair.other)}
    held = {one.id: one for one in Person.objects.filter(pk__in=wanted).order_by("id").select_for_update(no_key=True)}
    there = [pair for pair in pairs if {pair.one, pair.other} <= held.keys()]
    rows = [row for pair in there for row in _rows(pair, held[pair.one], held[pair.other], now)]
    Proposal.objects.bulk_create(rows, ignore_conflicts=True)
    return len(there)


def _rows(pair: Likely, one: Person, other: Person, now: datetime) -> list[Proposal]:
    pair_id = ids.new()
    return [
        Proposal(
            pair_id=pair_id,
            leads=here is one,
            person=here,
            other=there,
            **beside(here),
            why=[why.value for why in pair.why],
            proposed_at=now,
        )
        for here, there in ((one, other), (other, one))
    ]


@transaction.atomic
def forget_proposals(*, persons: Collection[UUID], by: Actor, now: datetime) -> None:
    """Take away what was proposed of persons who were destroyed. No permission of its own: a job of the night does."""
    if persons:
        Proposal.objects.filter(Q(person__in=persons) | Q(other__in=persons)).delete()
        journal.write(kind="people.proposal.forgotten", by=by, now=now, detail={"persons": len(persons)})


@transaction.atomic
def refuse_proposal(*, pair_id: UUID, by: Actor, now: datetime) -> None:
    """Say that two who were proposed are not one person: the pair is proposed no more.

    Raises NotAllowed, NotFound (where either is out of sight), RefusedAlready.
    """
    access.check_may(by, access.SAME)
    rows = _locked(pair_id)
    if any(row.refused_at for row in rows):
        raise rules.RefusedAlready
    _set(rows, kind="people.proposal.refused", at=now, staff=by.staff, by=by, now=now)


@transaction.atomic
def restore_proposal(*, pair_id: UUID, by: Actor, now: datetime) -> None:
    """Take back that two are not one person: the pair is proposed again.

    Raises NotAllowed, NotFound (where either is out of sight), RestoredAlready.
    """
    access.check_may(by, access.SAME)
    rows = _locked(pair_id)
    if not all(row.refused_at for row in rows):
        raise rules.RestoredAlready
    _set(rows, kind="people.proposal.restored", at=None, staff=None, by=by, now=now)


def _locked(pair_id: UUID) -> list[Proposal]:
    rows = list(Proposal.objects.filter(pair_id=pair_id).order_by("id").select_for_update(of=("self",)))
    seen = Person.objects.filter(pk__in=[row.person_id for row in rows]).count()
    if min(len(rows), seen) < len(("one", "other")):
        raise NotFound
    return rows


def _set(rows: list[Proposal], *, kind: str, at: datetime | None, staff: UUID | None, by: Actor, now: datetime) -> None:
    for row in rows:
        row.refused_at, row.refused_by = at, staff
        row.save(update_fields=["refused_at", "refused_by"])
        journal.write(kind=kind, thing="person", thing_id=row.person_id, by=by, now=now)
