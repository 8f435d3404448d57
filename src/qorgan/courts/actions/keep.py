"""What the acts on a court case share: holding it, its state, its row in the journal."""

from datetime import date, datetime

from django.utils.translation import get_language

from qorgan.base import journal, words
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor
from qorgan.courts import rules
from qorgan.courts.models import CourtCase, Decision, Hearing
from qorgan.courts.terms import AWAITING, DecisionState, Result, State
from qorgan.places import queries as places


def day(moment: datetime, *, territory_id: int) -> date:
    """The date of a moment in the place: what decides between two laws."""
    return moment.astimezone(places.zone(territory_id)).date()


def moment(at: datetime, *, held: CourtCase) -> str:
    """A moment as the sentence of a refusal says it, on the clock of the place."""
    return words.moment(at, places.zone(held.territory_id), get_language() or "")


def locked(court_case: CourtCase, *, seen: int | None) -> CourtCase:
    """The court case as it stands now, held until the transaction ends.

    `seen`: the version that was shown to whoever writes. Raises NotFound where it is out of sight, ChangedMeanwhile
    where another version stands: a decision sent twice, or by two people, is written once.
    """
    found = CourtCase.objects.select_for_update(of=("self",)).select_related("offence").filter(pk=court_case.pk).first()
    if found is None:
        raise NotFound
    check_seen(seen, stands=found.version, thing="court_case", thing_id=found.id, kinds=("courts.",))
    return found


def locked_decision(decision: Decision, *, seen: int | None) -> tuple[CourtCase, Decision]:
    """The court case first, always: two people at two decisions of one case never wait for each other in a ring."""
    held = locked(decision.court_case, seen=seen)
    return held, Decision.objects.select_for_update().get(pk=decision.pk)


def state_by_decisions(held: CourtCase) -> State:
    """Where a decided court case stands, by what its decisions say now."""
    states = {DecisionState(state) for state in held.decisions.values_list("state", flat=True)}
    if DecisionState.APPEALED in states:
        return State.APPEALED
    if states & AWAITING or DecisionState.IN_FORCE not in states:
        return State.DECIDED
    return State.IN_FORCE


def written(hearing: Hearing, *, result: Result, by: Actor, now: datetime) -> Hearing:
    """Write down what became of a planned hearing. Raises HearingWritten."""
    found = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if found.result != Result.PLANNED:
        raise rules.HearingWritten
    found.result, found.written_at, found.written_by = result, now, by.staff
    found.save(update_fields=["result", "written_at", "written_by"])
    return found


def kept(
    held: CourtCase, *, act: str, by: Actor, now: datetime, fields: tuple[str, ...] = (), **detail: object
) -> None:
    """Keep what changed of a court case as its next version, with the journal row of the act (`decision.announced`)."""
    held.version += 1
    held.save(update_fields=[*fields, "version"])
    write(held, act=act, by=by, now=now, **detail)


def write(held: CourtCase, *, act: str, by: Actor, now: datetime, **detail: object) -> None:
    """The journal row of an act on a court case, with the version it left."""
    journal.write(
        kind=f"courts.{act}",
        thing="court_case",
        thing_id=held.id,
        by=by,
        now=now,
        detail={"number": held.number, "version": held.version, **detail},
    )
