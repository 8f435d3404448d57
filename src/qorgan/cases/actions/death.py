"""The review of a child's death: begun within its clock, kept by a commission, answered by those it recommends to."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.base import country, ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import access, queries, rules
from qorgan.cases.actions.held import locked
from qorgan.cases.models import Case, DeathEntry, DeathReview, Recommendation
from qorgan.cases.queries.death import ADVICE, REPLY_WHY, WORDS
from qorgan.cases.rules import death as limits
from qorgan.cases.terms import Entry, Reply
from qorgan.duties import actions as duties
from qorgan.duties.terms import RECOMMENDED
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law
from qorgan.law.engine.deadlines import Deadline
from qorgan.places import queries as places

OPEN, ANSWER = "death_review.open", "death_review.answer"
KINDS = ("cases.death_review.", "cases.recommendation.")


@transaction.atomic
def lay_death_review(*, case: Case, by: Actor, now: datetime) -> None:
    """A child of the case died: its review begins within its clock. Laid again changes nothing.

    No permission of its own: whoever wrote the death down has asked for it.
    """
    term = law.deadline(OPEN, start=now, zone=places.zone(case.territory_id))
    laid = duties.Laid(Duty.OPEN_REVIEW, OPEN, since=now, due_at=term.due_at, to_verify=term.to_verify)
    duties.lay(
        laid=[laid],
        thing="case",
        thing_id=case.id,
        case_id=case.id,
        **beside(case),
        agency_id=case.agency_id,
        key_id=case.key_id,
        by=by,
        now=now,
    )


@transaction.atomic
def begin_death_review(*, case: Case, by: Actor, now: datetime) -> DeathReview:
    """Begin the review of the death in a case, open or closed. Raises ReviewBegun."""
    access.check_may(by, access.DEATH)
    held = locked(case)
    before = queries.death_review_of(held)
    if before is not None:
        raise limits.ReviewBegun(number=before.number)
    made = DeathReview(
        id=ids.new(),
        number=f"{held.number}/T",
        case=held,
        **beside(held),
        agency_id=by.agency,
        begun_at=now,
        begun_by=by.staff,
    )
    made.save(force_insert=True)
    duties.done(thing_id=held.id, kind=Duty.OPEN_REVIEW, by=by, now=now)
    _write("cases.death_review.begun", made, by=by, now=now)
    return made


def _held(review: DeathReview, seen: int | None) -> DeathReview:
    held = DeathReview.objects.select_for_update().select_related("case").filter(pk=review.pk).first()
    if held is None:
        raise NotFound
    check_seen(seen, stands=queries.death_stands(held), thing="death_review", thing_id=held.id, kinds=KINDS)
    if held.closed_at is not None:
        raise limits.ReviewClosed(number=held.number)
    return held


@transaction.atomic
def enter_in_review(
    *,
    review: DeathReview,
    kind: Entry,
    words: str,
    agency_id: UUID | None = None,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> DeathEntry:
    """Enter someone of the commission, a material, or a finding; `agency_id` says of which agency it is or speaks.

    Raises NothingEntered, BlamesSomeone, NearTheCase, ChairStands, ReviewClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.DEATH)
    held = _held(review, seen)
    text = limits.check_blames_nobody(words, blame=_blame())
    if kind.is_person:
        people, staff = queries.near_the_case(held.case)
        first = next(iter(country.toml("country.toml")["languages"]))  # one alphabet is as good as another
        limits.check_apart(text, people=people, staff=offices.staff_names(staff, language=first).values())
    if kind is Entry.CHAIR and held.entries.filter(kind=Entry.CHAIR).exists():
        raise limits.ChairStands
    if agency_id is not None and offices.find_agency(agency_id) is None:
        raise rules.NotThisAgency
    made = DeathEntry(
        id=ids.new(),
        review=held,
        **beside(held),
        kind=kind,
        agency_id=agency_id,
        words=vault.seal(held.case.key_id, text, at=WORDS),
        written_at=now,
        written_by=by.staff,
    )
    made.save(force_insert=True)
    _write("cases.death_review.entered", held, by=by, now=now, entry=str(kind))
    return made


def _blame() -> list[str]:
    """How words of blame begin, in the languages of the country."""
    stems: dict[str, list[str]] = country.toml("words/blame.toml")["stems"]
    return [stem for of_language in stems.values() for stem in of_language]


@transaction.atomic
def recommend(
    *,
    review: DeathReview,
    agency_id: UUID | None = None,
    body: str = "",
    words: str,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Recommendation:
    """Recommend something to an agency, which answers by its clock. It sees the words, and nothing of the file.

    To a `body` outside this system by letter: the clock is the same, and who keeps the review enters the answer. Raises
    NotThisAgency, ToOneOfTwo, NothingEntered, BlamesSomeone, NamesSomeone, ReviewClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.DEATH)
    held = _held(review, seen)
    office, outside = _addressee(agency_id, body)
    text = limits.check_blames_nobody(words, blame=_blame())
    limits.check_names_nobody(f"{text} {outside}", people=queries.near_the_case(held.case)[0])
    term = law.deadline(ANSWER, start=now, zone=places.zone(office.territory_id if office else held.territory_id))
    made = Recommendation(
        id=ids.new(),
        number=f"{held.number}{Recommendation.objects.filter(review=held).count() + 1}",
        review=held,
        **beside(held),
        key_id=vault.new_key(),
        from_agency_id=held.agency_id,
        to_agency=office,
        body=outside,
        made_at=now,
        made_by=by.staff,
        due_at=term.due_at,
    )
    made.words = vault.seal(made.key_id, text, at=ADVICE)
    made.save(force_insert=True)
    _lay_answer(made, office, term, by=by, now=now)
    _told("cases.recommendation.made", made, by=by, now=now)
    return made


def _addressee(agency_id: UUID | None, body: str) -> tuple[Agency | None, str]:
    """The agency, or the name of the body outside. Raises ToOneOfTwo, NotThisAgency."""
    outside = limits.check_addressee(body, has_agency=agency_id is not None)
    office = offices.find_agency(agency_id) if agency_id is not None else None
    if office is None and not outside:
        raise rules.NotThisAgency
    return office, outside


def _lay_answer(made: Recommendation, office: Agency | None, term: Deadline, *, by: Actor, now: datetime) -> None:
    """Lay the answer where that agency is; on who keeps the review, where nobody there could give it here."""
    answers = office is not None and offices.has_staff(office.id, permission=access.ADVISED, now=now)
    where = office if answers and office is not None else offices.find_agency(made.from_agency_id)
    assert where is not None  # who keeps the review acts now
    place = made.territory_id if where.id == made.from_agency_id else where.territory_id
    laid = duties.Laid(Duty.ANSWER_RECOMMENDATION, ANSWER, since=now, due_at=term.due_at, to_verify=term.to_verify)
    with acting(offices.system("cases.recommend")):
        duties.lay(
            laid=[laid],
            thing=RECOMMENDED,
            thing_id=made.id,
            case_id=None,
            territory_id=place,
            thread_id=made.thread_id,
            agency_id=where.id,
            by=by,
            now=now,
        )


@transaction.atomic
def answer_advice(
    *,
    recommendation_id: UUID,
    reply: Reply,
    why: str,
    letter: str = "",
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Recommendation:
    """Answer what a review recommended: for one's own agency; who keeps the review, for one that wrote a `letter`.

    Raises NotFound, ReplyStands, RefusedWithoutWhy, ByWhichLetter, ChangedMeanwhile.
    """
    keeps = by.can(access.DEATH)
    access.check_may(by, access.DEATH if keeps else access.ADVISED)
    held = Recommendation.objects.select_for_update().filter(pk=recommendation_id).first()
    if held is None or not (held.to_agency_id == by.agency or (keeps and held.from_agency_id == by.agency)):
        raise NotFound
    kinds = ("cases.recommendation.",)
    check_seen(seen, stands=held.version, thing=RECOMMENDED, thing_id=held.id, kinds=kinds)
    limits.check_reply(Reply(held.reply), reply, number=held.number, why=why)
    if held.to_agency_id != by.agency:
        held.letter = limits.check_letter(letter)
    first = held.answered_at is None
    held.reply, held.why = reply, vault.seal(held.key_id, why.strip(), at=REPLY_WHY)
    if first:
        held.answered_at, held.answered_by = now, by.staff
    held.done_at = now if reply is Reply.DONE else None
    held.version += 1
    held.save(update_fields=["reply", "why", "letter", "answered_at", "answered_by", "done_at", "version"])
    with acting(offices.system("cases.answer_advice")):
        duties.done(thing_id=held.id, kind=Duty.ANSWER_RECOMMENDATION, by=by, now=now)
    _told(f"cases.recommendation.{reply.value}", held, by=by, now=now)
    return held


@transaction.atomic
def close_death_review(*, review: DeathReview, by: Actor, now: datetime, seen: int | None = None) -> DeathReview:
    """Close it: nothing more is entered, what was recommended is still answered. Raises ReviewUnfinished."""
    access.check_may(by, access.DEATH)
    held = _held(review, seen)
    kinds = set(held.entries.values_list("kind", flat=True))
    if not {Entry.CHAIR.value, Entry.FINDING.value} <= kinds:
        raise limits.ReviewUnfinished
    held.closed_at, held.closed_by = now, by.staff
    held.version += 1
    held.save(update_fields=["closed_at", "closed_by", "version"])
    _write("cases.death_review.closed", held, by=by, now=now)
    return held


def _write(kind: str, review: DeathReview, *, by: Actor, now: datetime, **detail: str) -> None:
    told = {"number": review.number, "case": str(review.case_id), **detail}
    journal.write(kind=kind, thing="death_review", thing_id=review.id, by=by, now=now, detail=told)


def _told(kind: str, held: Recommendation, *, by: Actor, now: datetime) -> None:
    detail = {"number": held.number, "agency": str(held.to_agency_id or ""), "version": held.version}
    journal.write(kind=kind, thing=RECOMMENDED, thing_id=held.id, by=by, now=now, detail=detail)
