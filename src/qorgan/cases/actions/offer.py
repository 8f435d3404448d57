"""Offering a part of the file, or the whole case, to another agency; taking the offer, or what was given, back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.agencies.terms import Kind as Office
from qorgan.base import ids, journal
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import access, queries, rules
from qorgan.cases.actions import told
from qorgan.cases.actions.consents import KINDS, recall, revoke
from qorgan.cases.actions.first import check_first, hand_back, lay_night, note_told
from qorgan.cases.actions.held import held_open, locked
from qorgan.cases.actions.uniform import route_again
from qorgan.cases.models import Case, Consent, Referral
from qorgan.cases.queries.sharing import NOTE
from qorgan.cases.terms import OF_UNIFORM, Age, Aim, Course, Ground, Role, Section, Standing, Urgency, Why
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.reports import access as report_access
from qorgan.reports import actions as reports
from qorgan.reports.models import Report

_WITHOUT_END = (Ground.NO_REPRESENTATIVE, Ground.CHILD_TONIGHT, Ground.MILITARY, Ground.REVIEW_ASKED)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What of a case is offered to an agency, for what, until when, on what ground. `note`: for whoever accepts it."""

    agency_id: UUID
    aim: Aim
    sections: tuple[Section, ...]
    until: datetime | None
    urgency: Urgency = Urgency.ORDINARY
    ground: Ground = Ground.CONSENT
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Whole:
    """To which office a case goes over, and why. `note`: for whoever accepts it."""

    agency_id: UUID
    why: Why
    urgency: Urgency = Urgency.ORDINARY
    note: str = ""


@transaction.atomic
def refer(*, case: Case, part: Part, by: Actor, now: datetime, seen: int | None = None) -> Referral:
    """Offer a part of the file to another agency; the case stays here. Until it accepts it sees a card without a name.

    By consent that stands and covers as much, or on a ground of the law that is told as such. Raises NotThisAgency,
    ConsentNeedsAnEnd, NoConsent, AlreadyOffered, CaseClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.REFER)
    if part.aim in OF_UNIFORM:  # they have acts of their own
        raise rules.NotThisAgency
    held = held_open(case)
    check_seen(seen, stands=queries.sharing_stands(held), thing="case", thing_id=held.id, kinds=KINDS)
    return offer_part(held, part=part, duty=Duty.ANSWER_REFERRAL, by=by, now=now)


def replace_speaker(case: Case, *, by: Actor, now: datetime) -> Referral | None:
    """Tell the guardianship authority that nobody may speak for a child of the case; None where none is on record."""
    return tell_authority(case, ground=Ground.NO_REPRESENTATIVE, by=by, now=now)


def tell_authority(case: Case, *, ground: Ground, by: Actor, now: datetime) -> Referral | None:
    """Tell the guardianship authority of the place; None where none is on record. What stands already is told once.

    Not by consent: nobody could give it. What it may see is that there is a case, and its people.
    """
    office = offices.agency_for(case.territory_id, "guardianship")
    if office is None or office.id == case.agency_id:
        return None
    stands = queries.standing_authority(case)
    speaks = ground is Ground.NO_REPRESENTATIVE
    if stands is not None:
        if speaks and stands.ground != ground:
            due = told.term(stands, key=told.REPLACE, now=now)
            told.lay(stands, kind=Duty.REPLACE_SPEAKER, provision=told.REPLACE, due=due, by=by, now=now)
        return stands
    part = Part(
        agency_id=office.id,
        aim=Aim.GUARDIANSHIP,
        sections=(Section.CASE, Section.PERSONS),
        until=None,
        urgency=Urgency.NOW,
        ground=ground,
    )
    return offer_part(case, part=part, duty=Duty.REPLACE_SPEAKER if speaks else None, by=by, now=now)


def open_for_review(case: Case, *, agency_id: UUID, by: Actor, now: datetime) -> Referral:
    """Open the file to the ombudsman for a review that the family asked for; the same offer while one stands.

    Not by consent, and without an end of its own: the answer ends it. What may be read is what the review is about.
    """
    stands = Referral.objects.filter(
        case=case,
        to_agency=agency_id,
        ground=Ground.REVIEW_ASKED,
        standing__in=(Standing.PROPOSED, Standing.ACCEPTED),
    ).first()
    if stands is not None:
        return stands
    part = Part(
        agency_id=agency_id,
        aim=Aim.REVIEW,
        sections=(Section.CASE, Section.PERSONS, Section.ACCOUNTS),
        until=None,
        ground=Ground.REVIEW_ASKED,
    )
    return offer_part(case, part=part, duty=Duty.ANSWER_REVIEW, by=by, now=now)


def offer_part(case: Case, *, part: Part, duty: Duty | None, by: Actor, now: datetime) -> Referral:
    """Offer a part of the file, by what another act has decided. Raises as `refer` does."""
    agency = offices.find_agency(part.agency_id)
    if agency is None or agency.id == case.agency_id or agency.kind not in part.aim.offices:
        raise rules.NotThisAgency
    check_first(case, agency=agency, now=now)
    sections = sorted({Section.CASE.value, *(one.value for one in part.sections)})
    consent = _consent(case, part, agency, sections, now=now) if part.ground is Ground.CONSENT else None
    if part.ground not in (Ground.CONSENT, *_WITHOUT_END):
        rules.check_ends(part.until, now=now)
    _check_not_offered(case, to_agency=agency, course=Course.REFERRAL, asked=part.aim.value, now=now)
    made = _made(case, agency, note=part.note, urgency=part.urgency, by=by, now=now)
    made.course, made.asked, made.ground = Course.REFERRAL, part.aim, part.ground
    made.consent, made.sections, made.until = consent, sections, part.until
    offered = _offered(made, duty, by=by, now=now)
    if agency.kind == Office.GUARDIANSHIP and queries.owes_telling(case, on=queries.today(case, now=now)):
        note_told(case, referral=offered, by=by, now=now)
        lay_night(case, referral=offered, step=0, due=None, by=by, now=now)
    return offered


def _consent(case: Case, part: Part, agency: Agency, sections: list[str], *, now: datetime) -> Consent:
    """The consent that covers it. Raises ConsentNeedsAnEnd, NoConsent."""
    until = rules.check_ends(part.until, now=now)
    whole = {"agency_id": agency.id, "kind": agency.kind, "sections": sections, "until": until, "aim": part.aim}
    found = queries.covering(case, **whole, now=now)  # type: ignore[arg-type]  # by name
    if found is None:
        raise rules.NoConsent
    return found


def _check_not_offered(case: Case, *, to_agency: Agency | None, course: Course, asked: str, now: datetime) -> None:
    """Raises AlreadyOffered. What ran out a moment ago, and no job has ended yet, hinders nobody: it is ended here."""
    waits = Referral.objects.select_for_update().filter(case=case, course=course, standing=Standing.PROPOSED)
    if to_agency is not None:
        waits = waits.filter(to_agency=to_agency, asked=asked)
    for one in waits.order_by("id"):
        if one.answer_due_at is None or one.answer_due_at > now:
            raise rules.AlreadyOffered(number=one.number)


def _made(case: Case, agency: Agency, *, note: str, urgency: Urgency, by: Actor, now: datetime) -> Referral:
    count = Referral.objects.filter(case=case).count()
    return Referral(
        id=ids.new(),
        number=f"{case.number}/{count + 1}",
        case=case,
        **beside(case),
        from_agency_id=case.agency_id,
        to_agency=agency,
        urgency=urgency,
        age=_age(case, now=now),
        note=vault.seal(case.key_id, note.strip(), at=NOTE),
        made_at=now,
        made_by=by.staff_id or case.agency_id,
    )


def _age(case: Case, *, now: datetime) -> Age:
    """How old whoever it is about is: the youngest of the victims and children whose age is known."""
    today = now.astimezone(places.zone(case.territory_id)).date()
    people = [view for role, view in queries.persons(case) if role in (Role.VICTIM, Role.CHILD)]
    ages = [age for age in (view.age_on(today) for view in people) if age is not None]
    if not ages:
        return Age.UNKNOWN
    small, adult = _years("ages.small_child_until", today), _years("ages.adult", today)
    if small is not None and min(ages) < small:
        return Age.SMALL_CHILD
    return Age.UNKNOWN if adult is None else Age.MINOR if min(ages) < adult else Age.ADULT


def _years(key: str, day: date) -> int | None:
    answer = law.value(key, on=day)
    return answer.number() if answer.decides else None


def _offered(made: Referral, duty: Duty | None, *, by: Actor, now: datetime) -> Referral:
    """Keep it, lay the answer on the other agency, write it down. Without `duty` whoever offers lays its own."""
    provision = told.REPLACE if duty is Duty.REPLACE_SPEAKER else told.ANSWER
    due = told.term(made, key=provision, now=now)
    made.answer_due_at = due[0] if duty is Duty.ANSWER_REFERRAL else None
    made.save(force_insert=True)
    if duty not in (None, Duty.ANSWER_REVIEW):  # that one is about the review, which lays it
        told.lay(made, kind=duty, provision=provision, due=due, by=by, now=now)
    detail = {
        "number": made.number,
        "case": str(made.case_id),
        "agency": str(made.to_agency_id),
        "course": str(made.course),
        "ground": str(made.ground),
        "version": made.version,
    }
    kind = "cases.referral.made"
    journal.write(kind=kind, thing="referral", thing_id=made.id, by=by, now=now, detail=detail)
    return made


@transaction.atomic
def transfer(*, case: Case, whole: Whole, by: Actor, now: datetime, seen: int | None = None) -> Referral:
    """Offer the whole case to another office. Its owner answers for it until the second in which that office accepts.

    A sealed case is passed on by those who may route it, and never to where he, or those above him, serve. Raises
    NotAllowed, NotThisAgency, AlreadyOffered, CaseClosed, ChangedMeanwhile.
    """
    sealed = offices.is_sealed(case.thread_id)
    access.check_may(by, report_access.ROUTE if sealed else access.TRANSFER)
    held = held_open(case)
    check_seen(seen, stands=queries.sharing_stands(held), thing="case", thing_id=held.id, kinds=KINDS)
    agency = next((one for one in takers(held) if one.id == whole.agency_id), None)
    if agency is None:
        raise rules.NotThisAgency
    _check_not_offered(held, to_agency=None, course=Course.TRANSFER, asked="", now=now)
    _end_lapsed(held, by=by, now=now)
    made = _made(held, agency, note=whole.note, urgency=whole.urgency, by=by, now=now)
    made.course, made.asked, made.ground = Course.TRANSFER, whole.why, Ground.STATE_DUTY
    return _offered(made, Duty.ANSWER_REFERRAL, by=by, now=now)


def _end_lapsed(case: Case, *, by: Actor, now: datetime) -> None:
    """End what ran out and no job has ended yet."""
    late = Referral.objects.select_for_update().filter(
        case=case, course=Course.TRANSFER, standing=Standing.PROPOSED, answer_due_at__lte=now
    )
    for one in late.order_by("id"):
        told.over(one, standing=Standing.LAPSED, by=by, now=now)
        told.drop(one, why="lapsed", by=by, now=now)


def takers(case: Case) -> list[Agency]:
    """The offices that a case may go to: police elsewhere; of a sealed one those that its report may be routed to."""
    first = Report.objects.filter(pk=case.thread_id).first()
    sealed = offices.is_sealed(case.thread_id) and first is not None
    found: Iterable[Agency] = reports.takers(first) if sealed and first is not None else offices.police()
    return [one for one in found if one.id != case.agency_id]


@transaction.atomic
def take_back(*, case: Case, referral_id: UUID, by: Actor, now: datetime, seen: int | None = None) -> Referral:
    """Take an offer back, or end what was granted before its time: then the agency is told to stop using it.

    `seen`: the version of the referral. Raises NotFound, AlreadyAnswered, ChangedMeanwhile.
    """
    held = locked(case)
    found = Referral.objects.filter(pk=referral_id, case=held).first()
    if found is None:
        raise NotFound
    _check_may_take_back(found, by=by)
    referral = told.locked(found, case=held)
    assert referral is not None  # rows of referrals are never removed
    kinds = ("cases.referral.",)
    check_seen(seen, stands=referral.version, thing="referral", thing_id=referral.id, kinds=kinds)
    if referral.standing == Standing.PROPOSED:
        revoke(referral, why="officer", by=by, now=now)
        hand_back(referral, by=by, now=now)
        route_again(referral, by=by, now=now)
    elif referral.standing == Standing.ACCEPTED and referral.course == Course.REFERRAL:
        recall(referral, why="officer", by=by, now=now)
        hand_back(referral, by=by, now=now)
        route_again(referral, by=by, now=now)
    else:
        raise rules.AlreadyAnswered(number=referral.number, standing=Standing(referral.standing).label)
    return referral


def _check_may_take_back(referral: Referral, *, by: Actor) -> None:
    """Who may offer may take back; a transfer of a sealed case only who may route it; nobody what a review rests on."""
    if referral.ground == Ground.REVIEW_ASKED:
        raise NotAllowed
    if referral.course == Course.REFERRAL:
        access.check_may(by, access.REFER)
    else:
        sealed = offices.is_sealed(referral.thread_id)
        access.check_may(by, report_access.ROUTE if sealed else access.TRANSFER)
