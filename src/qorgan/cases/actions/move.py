"""A case goes over: every row of its thread to another place, in one transaction; nothing stays behind."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import models

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Admission, Agency
from qorgan.agencies.terms import AdmissionGround, Kind, Purpose
from qorgan.base import journal
from qorgan.base.scope import Actor, acting, placed
from qorgan.cases import queries
from qorgan.cases.models import Case, Referral
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty
from qorgan.duties.terms import ELSEWHERE

COURT_ACTS = (
    "courts.court_case.see",
    "courts.court_case.schedule",
    "courts.court_case.decide",
    "courts.court_case.appeal",
    "shredding.hold.keep",
)


def rows_of(model: type[models.Model], *, threads: list[UUID]) -> "models.QuerySet[models.Model]":
    """Its rows of some threads; without the duties that lie with another agency, about what was offered to it."""
    found = model._default_manager.filter(thread_id__in=threads)
    return found.exclude(thing__in=ELSEWHERE) if model is Duty else found


def pass_on(threads: list[UUID], *, old: UUID, new: UUID, by: Actor, now: datetime) -> int:
    """Let another agency answer for what one answered for in these threads; how many open duties it takes over."""
    for model in placed():
        answering = getattr(model, "ANSWERED_BY", "")
        if answering:
            rows_of(model, threads=threads).filter(**{answering: old}).update(**{answering: new})
    return duties.pass_on(threads=threads, old=old, new=new, by=by, now=now)


def move(case: Case, *, referral: Referral, way: Admission, by: Actor, now: datetime) -> None:
    """Take a case over from its agency: its rows, its open duties, its owner. `way`: by which its thread is in sight.

    The old agency keeps the line that the case was passed on, and nothing else; courts keep what lies before them.
    """
    old, place = case.agency_id, offices.place_of(referral.to_agency_id)
    threads = _threads(case, by=by)
    both = replace(by, territories=tuple({*by.territories, case.territory_id, place}), threads=tuple(threads))
    with acting(both):
        courts = _courts(threads, place)
        count = pass_on(threads, old=old, new=referral.to_agency_id, by=by, now=now)
        moved = sum(rows_of(model, threads=threads).update(territory_id=place) for model in placed())
        held = Case.objects.get(pk=case.pk)
        held.owner_id = by.staff
        held.version += 1
        held.save(update_fields=["owner_id", "version"])
    _open_to(threads, courts, place=place, by=by, now=now)
    _shut_to_old(old, threads, by=by, now=now)
    if not offices.is_sealed(case.thread_id):  # by its own territory from now on
        for admission in offices.standing_on([referral.id]):
            agencies.end(admission_id=admission.id, by=by, now=now)
    detail = {
        "from": str(old),
        "to": str(referral.to_agency_id),
        "referral": referral.number,
        "rows": moved,
        "duties": count,
        "way": str(way.id),
        "version": held.version,
    }
    journal.write(kind="cases.case.transferred", thing="case", thing_id=case.id, by=by, now=now, detail=detail)


def _threads(case: Case, *, by: Actor) -> list[UUID]:
    inside = replace(by, territories=tuple({*by.territories, case.territory_id}), threads=(case.thread_id,))
    with acting(inside):
        return list(queries.threads(case))


def _courts(threads: list[UUID], place: int) -> list[Agency]:
    """The courts before which something of the threads lies, and which the new place is not under."""
    found: set[UUID] = set()
    for model in placed():
        named = [field.attname for field in model._meta.concrete_fields if field.related_model is Agency]
        if named and hasattr(model, "SCOPED"):
            found |= {id for row in rows_of(model, threads=threads).values_list(*named) for id in row if id}
    above = offices.chain(place)
    courts = Agency.objects.filter(pk__in=found, kind=Kind.COURT, is_active=True).order_by("code")
    return [one for one in courts if one.territory_id not in above]


def _open_to(threads: list[UUID], courts: list[Agency], *, place: int, by: Actor, now: datetime) -> None:
    """Let courts of the old place go on with what lies before them, and see nothing else."""
    for court in courts:
        for thread in threads:
            agencies.admit(
                thread_id=thread,
                territory_id=place,
                ground=AdmissionGround.ROUTED,
                purpose=Purpose.DOMESTIC_VIOLENCE,
                until=None,
                agency_id=court.id,
                permissions=COURT_ACTS,
                by=by,
                now=now,
            )


def _shut_to_old(old: UUID, threads: list[UUID], *, by: Actor, now: datetime) -> None:
    """End what the old agency, or its people, were let in by."""
    for admission in offices.held_by(old, threads=threads):
        agencies.end(admission_id=admission.id, by=by, now=now)
