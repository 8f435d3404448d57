"""The answer of the other agency: a part of the file is opened to it, or the whole case becomes its own; or neither."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Admission
from qorgan.agencies.terms import AdmissionGround, Kind, Purpose
from qorgan.base import journal
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor, acting
from qorgan.cases import access, queries, rules
from qorgan.cases.actions import told
from qorgan.cases.actions.first import hand_back
from qorgan.cases.actions.move import move
from qorgan.cases.actions.uniform import route_again
from qorgan.cases.models import Case, Referral, Review
from qorgan.cases.terms import Age, Aim, Course, Decline, Ground, Section, Standing
from qorgan.duties.terms import Kind as Duty
from qorgan.reports.models import Report

KINDS = ("cases.referral.",)


def _asked(referral_id: UUID, *, by: Actor, now: datetime) -> Referral:
    """What the agency of `by` was offered. Raises NotFound; NotAllowed where the mandate ended or he was disabled."""
    access.check_may(by, access.ANSWER)
    found = Referral.objects.filter(pk=referral_id, to_agency_id=by.agency).first()
    if found is None:
        raise NotFound
    if not offices.acts_now(by, now=now):
        raise NotAllowed
    return found


@transaction.atomic
def accept(*, referral_id: UUID, by: Actor, now: datetime, seen: int | None = None) -> Referral:
    """Accept what was offered. A referral opens those parts of the file to the staff of the agency until its end; a
    transfer makes the case its own, and whoever accepts answers for it from this second on.

    `seen`: the version of the referral. Raises NotFound, NotAllowed, AlreadyAnswered, ChangedMeanwhile.
    """
    found = _asked(referral_id, by=by, now=now)
    given = _let_in(found, found.thread_id, by=by, now=now)  # ended, or undone with everything, where it may not be
    inside = replace(by, territories=tuple({*by.territories, found.territory_id}), threads=(found.thread_id,))
    with acting(inside):
        case = Case.objects.select_for_update(no_key=True).filter(pk=found.case_id).first()
        referral = told.locked(found, case=case) if case else None
        if case is None or referral is None:
            raise NotFound
        check_seen(seen, stands=referral.version, thing="referral", thing_id=referral.id, kinds=KINDS)
        rules.check_waits(referral, now=now, agency_id=by.agency)
        if referral.ground != Ground.REVIEW_ASKED:  # a review may be about a case that is closed
            rules.check_is_open(case.state, case.number)
        _answer(referral, Standing.ACCEPTED, by=by, now=now)
        Review.objects.filter(referral=referral, answered_at=None).update(opened_at=now)
        for thread in queries.threads(case)[1:]:
            _let_in(referral, thread, by=by, now=now)
    told.done(referral, Duty.ANSWER_REFERRAL, Duty.REPLACE_SPEAKER, by=by, now=now)
    if referral.course == Course.TRANSFER:
        move(case, referral=referral, way=given, by=by, now=now)
    return referral


def let_in_beside(case: Case, *, report: Report, by: Actor, now: datetime) -> None:
    """Let whoever sees a case by a referral into a report that joined it, as those who accept later are.

    No permission of its own: the act by which the report joins has asked.
    """
    if report.thread_id == case.thread_id:
        return
    shown = Referral.objects.filter(case=case, standing=Standing.ACCEPTED).exclude(course=Course.TRANSFER)
    by_id = {one.id: one for one in shown}
    for way in offices.standing_on(by_id):
        if way.thread_id == case.thread_id and (way.until is None or way.until > now):
            _let_in(by_id[UUID(str(way.basis))], report.thread_id, by=by, now=now)


def _let_in(referral: Referral, thread: UUID, *, by: Actor, now: datetime) -> Admission:
    whole = referral.course == Course.TRANSFER
    return agencies.admit(
        thread_id=thread,
        territory_id=referral.territory_id,
        ground=AdmissionGround.ROUTED if whole else AdmissionGround.REFERRAL,
        purpose=_purpose(referral),
        until=referral.until,
        agency_id=referral.to_agency_id,
        permissions=() if whole else rules.allowed(referral.sections) | _decides(referral),
        basis=referral.id,
        by=by,
        now=now,
    )


def _decides(referral: Referral) -> frozenset[str]:
    """What the authority may do beside reading, where it sees the people: say where a child sleeps."""
    is_authority = referral.to_agency.kind == Kind.GUARDIANSHIP and referral.asked == Aim.GUARDIANSHIP
    return frozenset({access.NIGHT}) if is_authority and Section.PERSONS in referral.sections else frozenset()


def _purpose(referral: Referral) -> Purpose:
    if referral.ground == Ground.REVIEW_ASKED:
        return Purpose.OVERSIGHT
    child = referral.age in (Age.SMALL_CHILD, Age.MINOR)
    return Purpose.CHILDREN if child and referral.course == Course.REFERRAL else Purpose.DOMESTIC_VIOLENCE


def _answer(referral: Referral, standing: Standing, *, by: Actor, now: datetime) -> None:
    referral.standing, referral.answered_at, referral.answered_by = standing, now, by.staff
    referral.version += 1
    referral.save(update_fields=["standing", "answered_at", "answered_by", "declined_why", "version"])
    detail = {"number": referral.number, "case": str(referral.case_id), "version": referral.version}
    kind = f"cases.referral.{standing.value}"
    journal.write(kind=kind, thing="referral", thing_id=referral.id, by=by, now=now, detail=detail)


@transaction.atomic
def decline(*, referral_id: UUID, why: Decline, by: Actor, now: datetime, seen: int | None = None) -> Referral:
    """Say no, with a reason. The case is where it was. Raises as `accept` does."""
    _asked(referral_id, by=by, now=now)
    referral = Referral.objects.select_for_update().get(pk=referral_id)
    check_seen(seen, stands=referral.version, thing="referral", thing_id=referral.id, kinds=KINDS)
    rules.check_waits(referral, now=now, agency_id=by.agency)
    referral.declined_why = why
    _answer(referral, Standing.DECLINED, by=by, now=now)
    told.done(referral, Duty.ANSWER_REFERRAL, Duty.REPLACE_SPEAKER, by=by, now=now)
    hand_back(referral, by=by, now=now)
    route_again(referral, by=by, now=now)
    return referral


@transaction.atomic
def stopped(*, referral_id: UUID, by: Actor, now: datetime, seen: int | None = None) -> Referral:
    """Confirm, for the agency, that what it held is used no more: returned or destroyed. Raises NothingToStop."""
    _asked(referral_id, by=by, now=now)
    referral = Referral.objects.select_for_update().get(pk=referral_id)
    check_seen(seen, stands=referral.version, thing="referral", thing_id=referral.id, kinds=KINDS)
    if referral.recalled_at is None or referral.stopped_at is not None:
        raise rules.NothingToStop(number=referral.number)
    referral.stopped_at, referral.stopped_by = now, by.staff
    referral.version += 1
    referral.save(update_fields=["stopped_at", "stopped_by", "version"])
    told.done(referral, Duty.STOP_USING, by=by, now=now)
    detail = {"number": referral.number, "case": str(referral.case_id), "version": referral.version}
    kind = "cases.referral.stopped"
    journal.write(kind=kind, thing="referral", thing_id=referral.id, by=by, now=now, detail=detail)
    return referral
