"""Before anyone else: the guardianship authority is told of a child whose parent is, or may be, complained of."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from qorgan.agencies.models import Agency
from qorgan.agencies.terms import Kind as Office
from qorgan.base import ids, journal
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import queries
from qorgan.cases.actions import told
from qorgan.cases.models import Case, Referral, Telling
from qorgan.cases.queries.nights import TOLD_OFFICE, TOLD_WHY
from qorgan.cases.rules import children
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty as Due
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law
from qorgan.places import queries as places

TONIGHT, PLACEMENT = "guardianship.tonight", "guardianship.placement"


def check_first(case: Case, *, agency: Agency, now: datetime) -> None:
    """Whether another agency than the authority may be told now. Raises AuthorityFirst."""
    if agency.kind == Office.GUARDIANSHIP:
        return
    today = queries.today(case, now=now)
    if queries.owes_telling(case, on=today):
        raise children.AuthorityFirst(law=law.cited(TONIGHT, on=today))


def note_told(
    case: Case, *, referral: Referral | None, by: Actor, now: datetime, office: str = "", why: str = ""
) -> Telling | None:
    """Write that the authority was told, once: by a referral, or by hand. None where it had been told before."""
    if queries.telling(case) is not None:
        return None
    made = Telling(
        id=ids.new(),
        case=case,
        **beside(case),
        referral=referral,
        office=vault.seal(case.key_id, office.strip(), at=TOLD_OFFICE),
        why=vault.seal(case.key_id, why.strip(), at=TOLD_WHY),
        told_at=now,
        told_by=by.staff_id or case.agency_id,
    )
    made.save(force_insert=True)
    detail = {"case": str(case.id), "by_hand": referral is None}
    journal.write(kind="cases.telling.made", thing="case", thing_id=case.id, by=by, now=now, detail=detail)
    return made


def lay_night(
    case: Case, *, referral: Referral | None, step: int, due: datetime | None, by: Actor, now: datetime
) -> None:
    """Lay the decision on the authority; on the case's own agency where none is there. `due`: the end of the last."""
    if referral is None:
        _lay_here(case, case_id=case.id, agency_id=case.agency_id, step=step, by=by, now=now, due=due)
        return
    term = told.term(referral, key=TONIGHT, now=now)
    set_to = (due, False) if due else term
    told.lay(referral, kind=Duty.DECIDE_NIGHT, provision=TONIGHT, due=set_to, by=by, now=now, step=step)


def open_steps(about: Collection[UUID]) -> list[int]:
    """The steps of the decision that are still due, about the case or what was offered."""
    found = Due.objects.filter(
        thing_id__in=about, kind=Duty.DECIDE_NIGHT, done_at__isnull=True, dropped_at__isnull=True
    )
    return list(found.order_by("step").values_list("step", flat=True))


def hand_back(referral: Referral, *, by: Actor, now: datetime) -> None:
    """The authority declined, or the offer was taken back: what it was to decide is the case's own agency's again."""
    with told.reaching(referral, by=by):
        steps = open_steps([referral.id])
        if not steps:
            return
        duties.drop(thing_id=referral.id, why="declined", by=by, now=now, kinds=frozenset({Duty.DECIDE_NIGHT}))
        _lay_here(referral, case_id=referral.case_id, agency_id=referral.from_agency_id, step=steps[0], by=by, now=now)


def _lay_here(
    row: Case | Referral,
    *,
    case_id: UUID,
    agency_id: UUID,
    step: int,
    by: Actor,
    now: datetime,
    due: datetime | None = None,
) -> None:
    """Lay it on the case's own agency, in the place of the case."""
    term = law.deadline(TONIGHT, start=now, zone=places.zone(row.territory_id))
    verify = due is None and term.to_verify
    laid = duties.Laid(Duty.DECIDE_NIGHT, TONIGHT, since=now, due_at=due or term.due_at, step=step, to_verify=verify)
    duties.lay(
        laid=[laid], thing="case", thing_id=case_id, case_id=case_id, **beside(row), agency_id=agency_id, by=by, now=now
    )
