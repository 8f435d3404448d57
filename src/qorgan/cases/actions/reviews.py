"""A review by the ombudsman: someone of the family asks, the office sets a term where the law has none, and answers.

The office reads the file by a referral that stands on what was asked; nobody of the case takes that away.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies import rules as office_rules
from qorgan.agencies.models import Agency
from qorgan.agencies.terms import Kind
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen, looks
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import access, queries, rules
from qorgan.cases.actions import told
from qorgan.cases.actions.consents import revoke
from qorgan.cases.actions.held import locked
from qorgan.cases.actions.offer import open_for_review
from qorgan.cases.models import Case, CasePerson, Referral, Review
from qorgan.cases.queries.reviews import REPLY, SET_WHY, TERM, WORDS
from qorgan.cases.terms import UNREAD, Kin, Outcome, Role, Standing
from qorgan.duties import actions as duties
from qorgan.duties.terms import OFFERED, Cause
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law
from qorgan.places import queries as places

KINDS = ("cases.review.",)
SEEN = "web.case.seen"  # how a page writes that someone opened a case


@dataclass(frozen=True, kw_only=True)
class Request:
    """Who of the family asks, what he is to the person concerned, what is asked, since when."""

    asker_id: UUID
    kin: Kin
    words: str
    asked_at: datetime


@transaction.atomic
def ask_review(*, case: Case, request: Request, by: Actor, now: datetime) -> Review:
    """Write down that someone of the family asks for a review; the ombudsman is told, and may open the file.

    A closed case hinders nobody. Raises NotOfTheCase, AskerIsBarred, NothingAsked, SaidLater, AskedAlready,
    NoOmbudsman, NotFound.
    """
    access.check_may(by, access.ASK_REVIEW)
    held = locked(case)
    office = _office(held)
    _check_asker(held, request.asker_id)
    if not request.words.strip():
        raise rules.NothingAsked
    rules.check_was_said(request.asked_at, now=now)
    waits = Review.objects.filter(case=held, asker_id=request.asker_id, answered_at__isnull=True).first()
    if waits is not None:
        raise rules.AskedAlready(number=waits.number)
    term = law.deadline(TERM, start=now, zone=places.zone(held.territory_id))
    offered = open_for_review(held, agency_id=office.id, by=by, now=now)
    made = Review(
        id=ids.new(),
        number=f"{held.number}/R{Review.objects.filter(case=held).count() + 1}",
        case=held,
        **beside(held),
        referral=offered,
        opened_at=now if offered.standing == Standing.ACCEPTED else None,
        key_id=held.key_id,
        to_agency=office,
        asker_id=request.asker_id,
        kin=request.kin,
        words=vault.seal(held.key_id, request.words.strip(), at=WORDS),
        asked_at=request.asked_at,
        written_at=now,
        written_by=by.staff,
        due_at=term.due_at,
    )
    made.save(force_insert=True)
    _lay(made, to_verify=term.to_verify or term.due_at is None, by=by, now=now)
    _write("cases.review.asked", made, by=by, now=now)
    return made


def _office(case: Case) -> Agency:
    """Raises NoOmbudsman."""
    office = offices.agency_for(case.territory_id, Kind.OMBUDSMAN.value)
    if office is None:
        raise rules.NoOmbudsman
    return office


def _check_asker(case: Case, asker_id: UUID) -> None:
    """Raises NotOfTheCase, AskerIsBarred."""
    parts = set(CasePerson.objects.filter(case=case, person_id=asker_id).values_list("role", flat=True))
    if not parts:
        raise rules.NotOfTheCase
    if Role.OFFENDER in parts or asker_id in queries.barred(case):
        raise rules.AskerIsBarred


def _lay(review: Review, *, to_verify: bool, by: Actor, now: datetime) -> None:
    """The duty of the office, where it is. About a sealed thread none is laid: the office's own list has it."""
    if offices.is_sealed(review.thread_id):
        return
    laid = duties.Laid(Duty.ANSWER_REVIEW, TERM, since=now, due_at=review.due_at, to_verify=to_verify)
    with told.reaching(review.referral, by=by):
        duties.lay(
            laid=[laid],
            thing=OFFERED,
            thing_id=review.id,
            case_id=None,
            territory_id=offices.place_of(review.to_agency_id),
            thread_id=review.thread_id,
            agency_id=review.to_agency_id,
            key_id=review.key_id,
            by=by,
            now=now,
        )


def _ours(review_id: UUID, *, by: Actor, seen: int | None) -> Review:
    """A review that the agency of `by` is asked, held and not yet answered. Raises NotFound, ReviewAnswered."""
    access.check_may(by, access.ANSWER_REVIEW)
    found = Review.objects.select_for_update().filter(pk=review_id, to_agency_id=by.agency).first()
    if found is None:
        raise NotFound
    check_seen(seen, stands=found.version, thing="review", thing_id=found.id, kinds=KINDS)
    if found.answered_at is not None:
        raise rules.ReviewAnswered(number=found.number)
    return found


@transaction.atomic
def set_term(
    *, review_id: UUID, due_at: datetime, why: str, by: Actor, now: datetime, seen: int | None = None
) -> Review:
    """Set by when a review is answered, where the law on record gives no term; who set it, and why, is kept.

    Raises NotFound, ReviewAnswered, TermIsOnRecord, TermLiesBack, NoReason, ChangedMeanwhile.
    """
    held = _ours(review_id, by=by, seen=seen)
    if law.value(TERM, on=now.astimezone(places.zone(held.territory_id)).date()).decides:
        raise rules.TermIsOnRecord
    if due_at <= now:
        raise rules.TermLiesBack
    why = office_rules.reason(why)
    held.due_at, held.set_at, held.set_by = due_at, now, by.staff
    held.set_why = vault.seal(held.key_id, why, at=SET_WHY)
    held.version += 1
    held.save(update_fields=["due_at", "set_at", "set_by", "set_why", "version"])
    _move(held, why, by=by, now=now)
    _write("cases.review.term_set", held, by=by, now=now)
    return held


def _move(review: Review, why: str, *, by: Actor, now: datetime) -> None:
    if offices.is_sealed(review.thread_id):
        return
    said = {
        "thing": OFFERED,
        "thing_id": review.id,
        "territory_id": offices.place_of(review.to_agency_id),
        "thread_id": review.thread_id,
        "cause": Cause.SET,
        "key_id": review.key_id,
        "why": vault.seal(review.key_id, why, at=duties.WHY_MOVED),
    }
    laid = duties.Laid(Duty.ANSWER_REVIEW, TERM, since=review.written_at, due_at=review.due_at, to_verify=True)
    with told.reaching(review.referral, by=by):
        duties.move(moved=duties.Moved(review.id, Duty.ANSWER_REVIEW, TERM, [laid], said), by=by, now=now)


@transaction.atomic
def answer_review(
    *, review_id: UUID, outcome: Outcome, reasons: str, by: Actor, now: datetime, seen: int | None = None
) -> Review:
    """Answer with reasons. The file closes to the office; which statement is true, is nothing that it decides here.

    Raises NotFound, ReviewAnswered, FileNotTaken, FileNotRead, NoReasons, ChangedMeanwhile.
    """
    held = _ours(review_id, by=by, seen=seen)
    if outcome not in UNREAD:
        _check_read(held)
    if not reasons.strip():
        raise rules.NoReasons
    held.answered_at, held.answered_by, held.outcome = now, by.staff, outcome
    held.answer = vault.seal(held.key_id, reasons.strip(), at=REPLY)
    held.version += 1
    held.save(update_fields=["answered_at", "answered_by", "outcome", "answer", "version"])
    with told.reaching(held.referral, by=by):
        duties.done(thing_id=held.id, kind=Duty.ANSWER_REVIEW, by=by, now=now)
    _write("cases.review.answered", held, by=by, now=now, outcome=str(outcome))
    _close(held, by=by, now=now)
    return held


def _check_read(review: Review) -> None:
    """Whether the file was taken and someone of the office has opened it since. Raises FileNotTaken, FileNotRead."""
    if review.opened_at is None:
        raise rules.FileNotTaken
    looked = looks(kind=SEEN, thing="case", thing_id=review.case_id, since=review.opened_at)
    if not offices.are_of(looked, agency_id=review.to_agency_id):
        raise rules.FileNotRead


def _close(review: Review, *, by: Actor, now: datetime) -> None:
    """What opened the file to the office has done its work, unless another review waits on it."""
    if Review.objects.filter(referral=review.referral_id, answered_at__isnull=True).exists():
        return
    referral = Referral.objects.select_for_update().get(pk=review.referral_id)
    if referral.standing == Standing.PROPOSED:
        revoke(referral, why="review_answered", by=by, now=now)
    elif referral.standing == Standing.ACCEPTED:
        inside = replace(by, territories=tuple({*by.territories, referral.territory_id}), threads=(referral.thread_id,))
        with acting(inside):
            ways = list(offices.standing_on([referral.id]))
            for way in ways:
                agencies.end(admission_id=way.id, by=by, now=now)
        told.over(referral, standing=Standing.ENDED, by=by, now=now, why="review_answered")


def _write(kind: str, review: Review, /, *, by: Actor, now: datetime, **more: str) -> None:
    detail = {"number": review.number, "case": str(review.case_id), "version": review.version, **more}
    journal.write(kind=kind, thing="review", thing_id=review.id, by=by, now=now, detail=detail)
