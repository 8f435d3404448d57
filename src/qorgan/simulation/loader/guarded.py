"""What sharing and guarding a case leave: consents, offers, admissions, blocks, openings, and their reviews."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qorgan.agencies import access as agency_access
from qorgan.agencies import queries as offices
from qorgan.agencies.engine.likeness import TraitKind
from qorgan.agencies.models import Admission, Agency, Block, Opening
from qorgan.agencies.terms import AdmissionGround, BlockGround, OpeningKind, OpeningReason, Purpose
from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import rules
from qorgan.cases.models import Consent, ConsentWord, Referral
from qorgan.cases.terms import Age, Course, Decline, Giver, Ground, How, Section, Standing, Urgency, Why, Word
from qorgan.duties.actions import Laid
from qorgan.duties.terms import OFFERED
from qorgan.duties.terms import Kind as DutyKind
from qorgan.simulation.engine.guarding import BLOCK_REVIEW, OPENING_REVIEW
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedOffer
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.rows import Thing
from qorgan.simulation.perform import Hands
from qorgan.simulation.perform.guarded import AIM, DECLINED, LANGUAGE, SECTIONS
from qorgan.simulation.perform.hands import reviewer

_ANSWER, _STOP, _STAYS_OPEN = "sharing.answer", "sharing.stop_using", "agencies.opening_lasts"
_LOOKS = ("reports.report.see", "cases.case.see", "cases.person.see", "people.person.see")
_CARD = sorted({Section.CASE.value, *(one.value for one in SECTIONS)})


class Guarded:
    """What is kept beside the course of a thread's case."""

    def __init__(self, police: Police, hands: Hands) -> None:
        self.police = police
        self.rows = police.rows
        self.hands = hands
        self.specialist = hands.specialists[police.thread.territory]
        self.offers = 0
        self.consent: Consent
        self.referral: Referral
        self.moved: Referral
        self.admission: Admission | None = None
        self.block_: Block
        self.opening: Opening
        self.reviews: dict[UUID, tuple[Agency, Admission]] = {}

    # What is shared

    def refer(self, step: Step) -> None:
        """Her consent and the offer that stands on it."""
        planned, case, by, at = self._offer, self.police.led, self.police.by, step.at
        self.consent = self.rows.add(
            Consent(
                id=ids.new(),
                case=case,
                **beside(case),
                person_id=self.police.persons["victim"],
                giver=Giver.HERSELF.value,
                aim=AIM.value,
                sections=_CARD,
                agency_id=self.specialist.agency,
                until=planned.until,
                how=How.IN_PERSON.value,
                language=LANGUAGE,
                why=vault.seal(case.key_id, self.police.words["asked"], at="cases.consent.why"),
                written_at=at,
                written_by=by.staff,
            )
        )
        self._say(Word.GIVEN, at)
        made = self.made(self.specialist.agency, self.police.words["referral"], at)
        made.course, made.asked, made.ground = Course.REFERRAL.value, AIM.value, Ground.CONSENT.value
        made.consent, made.sections, made.until = self.consent, _CARD, planned.until
        self.referral = self.offered(made, at)

    @property
    def _offer(self) -> PlannedOffer:
        planned = self.police.thread.referral
        assert planned is not None, "the thread plans one"
        return planned

    def _say(self, word: Word, at: datetime) -> None:
        consent, by = self.consent, self.police.by
        row = ConsentWord(
            id=ids.new(), consent=consent, **beside(consent), word=word.value, at=at, staff_id=by.staff_id
        )
        self.rows.add(row)
        detail = {"consent": str(consent.id), "aim": consent.aim}
        self.rows.tell(f"cases.consent.{word.value}", "case", consent.case_id, by, at, **detail)

    def made(self, to: UUID, note: str, at: datetime) -> Referral:
        """An offer with the next number of the case."""
        case = self.police.led
        self.offers += 1
        return Referral(
            id=ids.new(),
            number=f"{case.number}/{self.offers}",
            case=case,
            **beside(case),
            from_agency_id=case.agency_id,
            to_agency_id=to,
            urgency=Urgency.ORDINARY.value,
            age=self._age(at).value,
            note=vault.seal(case.key_id, note, at="cases.referral.note"),
            made_at=at,
            made_by=self.police.by.staff,
        )

    def _age(self, at: datetime) -> Age:
        """As a card says it, of the youngest of those concerned whose birth date was told."""
        today = self.police.answers.day(at, self.police.led.territory_id)
        thread = self.police.thread
        victim = thread.report.victim if thread.report else None
        child = thread.child if "child" in self.police.persons else None
        ages = [_age_on(one.birth_date, today) for one in (victim, child) if one and one.birth_date]
        small, adult = self._years("ages.small_child_until", today), self._years("ages.adult", today)
        if not ages:
            return Age.UNKNOWN
        if small is not None and min(ages) < small:
            return Age.SMALL_CHILD
        return Age.UNKNOWN if adult is None else Age.MINOR if min(ages) < adult else Age.ADULT

    def _years(self, key: str, day: date) -> int | None:
        answer = self.police.answers.book.value(key, day)
        return answer.number() if answer.decides else None

    def offered(self, made: Referral, at: datetime) -> Referral:
        term = self.police.answers.deadline(_ANSWER, at, made.territory_id)
        made.answer_due_at = term.due_at
        self._lay(made, DutyKind.ANSWER_REFERRAL, _ANSWER, at)
        return self.told(made, at)

    def told(self, made: Referral, at: datetime) -> Referral:
        """The offer, kept and told."""
        self.rows.add(made)
        detail = {
            "number": made.number,
            "case": str(made.case_id),
            "agency": str(made.to_agency_id),
            "course": made.course,
            "ground": made.ground,
            "version": made.version,
        }
        self.rows.tell("cases.referral.made", "referral", made.id, self.police.by, at, **detail)
        return made

    def _lay(self, referral: Referral, kind: DutyKind, key: str, at: datetime) -> None:
        """A duty of the other agency, where that is."""
        term = self.police.answers.deadline(key, at, referral.territory_id)
        verify = term.to_verify or term.due_at is None
        place, to = offices.place_of(referral.to_agency_id), referral.to_agency_id
        about = Thing(OFFERED, referral.id, place, referral.thread_id, to, None)
        self.rows.lay([Laid(kind, key, at, term.due_at, to_verify=verify)], about, self.police.by, at)

    def answer(self, step: Step) -> None:
        """The centre's answer; a yes lets it in."""
        if self._offer.accepted:
            self.admission = self.accepted(self.referral, self.specialist, step.at)
        else:
            self.declined(self.referral, self.specialist, step.at)

    def accepted(self, referral: Referral, by: Actor, at: datetime, *, more: Iterable[str] = ()) -> Admission:
        """An offer accepted: the agency is let in."""
        child = referral.age in (Age.SMALL_CHILD, Age.MINOR)
        made = self._admit(
            by,
            at,
            ground=AdmissionGround.REFERRAL,
            purpose=Purpose.CHILDREN if child else Purpose.DOMESTIC_VIOLENCE,
            until=referral.until,
            agency_id=by.agency,
            permissions=sorted({*rules.allowed(referral.sections), *more}),
            basis=referral.id,
        )
        self._answered(referral, Standing.ACCEPTED, by, at)
        self.police.ways.widen(made, by, at)
        self.rows.done(referral.id, DutyKind.ANSWER_REFERRAL, by, at)
        return made

    def declined(self, referral: Referral, by: Actor, at: datetime, *, why: Decline = DECLINED) -> None:
        """An offer declined."""
        referral.declined_why = why.value
        self._answered(referral, Standing.DECLINED, by, at)
        self.rows.done(referral.id, DutyKind.ANSWER_REFERRAL, by, at)

    def _answered(self, referral: Referral, standing: Standing, by: Actor, at: datetime) -> None:
        referral.standing, referral.answered_at, referral.answered_by = standing.value, at, by.staff
        referral.version += 1
        detail = {"number": referral.number, "case": str(referral.case_id), "version": referral.version}
        self.rows.tell(f"cases.referral.{standing.value}", "referral", referral.id, by, at, **detail)

    def taken(self, referral: Referral, by: Actor, at: datetime) -> None:
        """What is offered for a review, accepted: the office is let in."""
        given = {"until": referral.until, "agency_id": by.agency, "basis": referral.id}
        shown = sorted(rules.allowed(referral.sections))
        ground, purpose = AdmissionGround.REFERRAL, Purpose.OVERSIGHT
        way = self._admit(by, at, ground=ground, purpose=purpose, permissions=shown, **given)
        self._answered(referral, Standing.ACCEPTED, by, at)
        self.police.ways.widen(way, by, at)
        self.rows.done(referral.id, DutyKind.ANSWER_REFERRAL, by, at)

    def closed(self, referral: Referral, by: Actor, at: datetime) -> None:
        """The review is answered: the office is let in no more."""
        self.police.ways.end_all(referral.id, by, at)
        referral.standing, referral.over_at = Standing.ENDED.value, at
        referral.version += 1
        told = {"number": referral.number, "agency": str(referral.to_agency_id), "version": referral.version}
        self.rows.tell("cases.referral.ended", "referral", referral.id, by, at, **told, why="review_answered")

    def withdraw(self, step: Step) -> None:
        """Her consent taken back: what stood on it ends, or the offer is revoked."""
        referral, by, at = self.referral, self.police.by, step.at
        self._say(Word.WITHDRAWN, at)
        if self.admission is None:
            self._over(referral, Standing.WITHDRAWN, at)
            self.rows.drop(referral.id, "withdrawn", by, at)
            return
        self.police.ways.end_all(referral.id, by, at)
        referral.recalled_at = at
        referral.stop_due_at = self.police.answers.deadline(_STOP, at, referral.territory_id).due_at
        self._over(referral, Standing.ENDED, at)
        self._lay(referral, DutyKind.STOP_USING, _STOP, at)

    def _over(self, referral: Referral, standing: Standing, at: datetime) -> None:
        referral.standing, referral.over_at = standing.value, at
        referral.version += 1
        told = {"number": referral.number, "agency": str(referral.to_agency_id), "version": referral.version}
        kind = f"cases.referral.{standing.value}"
        self.rows.tell(kind, "referral", referral.id, self.police.by, at, **told, why="consent")

    def transfer(self, step: Step) -> None:
        """The whole case offered to another district."""
        planned = self.police.thread.transfer
        assert planned is not None and planned.to is not None
        made = self.made(self.hands.police[planned.to].agency, "", step.at)
        made.course, made.asked, made.ground = Course.TRANSFER.value, Why.MOVED.value, Ground.STATE_DUTY.value
        self.moved = self.offered(made, step.at)

    def refuse(self, step: Step) -> None:
        """Declined there."""
        planned = self.police.thread.transfer
        assert planned is not None and planned.to is not None
        by = self.hands.police[planned.to]
        self.declined(self.moved, by, step.at)

    # Admissions

    def _admit(self, by: Actor, at: datetime, **given: Any) -> Admission:
        ground, purpose = given.pop("ground").value, given.pop("purpose").value
        return self.police.ways.admit(by, at, **beside(self.police.led), ground=ground, purpose=purpose, **given)

    # Reviews

    def block(self, step: Step) -> None:
        """The case shut to the clerk of the region, and the review of it."""
        case, by, at = self.police.led, self.police.by, step.at
        clerk = self.hands.clerks[self.police.thread.territory].staff
        self.block_ = self.rows.add(
            Block(
                id=ids.new(),
                staff_id=clerk,
                **beside(case),
                ground=BlockGround.KIN.value,
                evidence=[TraitKind.NAME.value],
                made_at=at,
                made_by=by.staff,
            )
        )
        ground = BlockGround.KIN.value
        self.rows.tell("agencies.block.made", "thread", case.thread_id, by, at, ground=ground, staff=str(clerk))
        self._lay_review(DutyKind.REVIEW_BLOCK, "block", self.block_.id, clerk, by, at)

    def _lay_review(self, kind: DutyKind, word: str, thing: UUID, about: UUID, by: Actor, at: datetime) -> None:
        case = self.police.led
        permission, key = _PERMISSIONS[kind]
        office = offices.reviewer_for(permission, staff_id=about, **beside(case), now=at)
        assert office is not None, "another district weighs it"
        term = self.police.answers.deadline(key, at, office.territory_id)
        laid = Laid(kind, key, at, term.due_at, to_verify=term.to_verify)
        place = Thing(word, thing, office.territory_id, case.thread_id, office.id, None)
        self.rows.lay([laid], place, by, at)
        looks, oversight = sorted(_LOOKS), Purpose.OVERSIGHT
        given = {"ground": AdmissionGround.REVIEW, "purpose": oversight, "agency_id": office.id, "permissions": looks}
        self.reviews[thing] = office, self._admit(by, at, **given)

    def weigh(self, step: Step) -> None:
        """The block confirmed, or lifted."""
        planned, held, at = self.police.thread.block, self.block_, step.at
        assert planned is not None
        office, _looking = self.reviews[held.id]
        by = reviewer(office.id, agency_access.REVIEW_BLOCK, now=at)
        held.decided_by, held.decided_why = by.staff, self.police.words["weighed"]
        if planned.stands:
            held.confirmed_at = at
        else:
            held.lifted_at = at
        kind = f"agencies.block.{'confirmed' if planned.stands else 'lifted'}"
        self.rows.tell(kind, "thread", held.thread_id, by, at, staff=str(held.staff_id))
        self.rows.done(held.id, DutyKind.REVIEW_BLOCK, by, at)
        self._looked(office, by, at)

    def _looked(self, office: Agency, by: Actor, at: datetime) -> None:
        """The review is over: whoever looked for it looks no more, at all that the office was let in for."""
        for other, admission in self.reviews.values():
            if other.id == office.id:
                self.police.ways.end(admission, by, at)

    def break_in(self, step: Step) -> None:
        """The case opened in an emergency; its owners are told, another office reviews."""
        planned, case, at = self.police.thread.opening, self.police.led, step.at
        assert planned is not None and planned.by is not None
        by, key = self.hands.police[planned.by], vault.new_key()
        until = self.police.answers.deadline(_STAYS_OPEN, at, case.territory_id).due_at
        reason = OpeningReason.CALL.value
        assert until is not None, "a rule of the house"
        self.opening = opening = self.rows.add(
            Opening(
                id=ids.new(),
                **beside(case),
                staff_id=by.staff,
                agency_id=by.agency,
                kind=OpeningKind.ALONE.value,
                reason=reason,
                key_id=key,
                why=vault.seal(key, self.police.words["emergency"], at="agencies.opening.why"),
                asked_at=at,
                until=until,
            )
        )
        said = {"opening": str(opening.id), "reason": reason}
        self.rows.tell("agencies.opening.opened_alone", "thread", case.thread_id, by, at, **said)
        given = {"ground": AdmissionGround.BREAK_GLASS, "purpose": Purpose.DOMESTIC_VIOLENCE, "until": until}
        shown = sorted(rules.allowed(list(Section)))
        opening.admission = self._admit(by, at, staff_id=by.staff, permissions=shown, **given)
        about = Thing("opening", opening.id, case.territory_id, case.thread_id, case.agency_id, None)
        self.rows.lay([Laid(DutyKind.SEE_OPENING, _STAYS_OPEN, at, None)], about, by, at)
        self._lay_review(DutyKind.REVIEW_OPENING, "opening", opening.id, by.staff, by, at)

    def review(self, step: Step) -> None:
        """What the review said; without ground, the case is shut again."""
        planned, held, at = self.police.thread.opening, self.opening, step.at
        assert planned is not None
        office, _looking = self.reviews[held.id]
        by = reviewer(office.id, agency_access.REVIEW_OPENING, now=at)
        held.decided_at, held.decided_by, held.was_right = at, by.staff, planned.stands
        held.decided_why = vault.seal(held.key_id, self.police.words["weighed"], at="agencies.opening.decided_why")
        if not planned.stands and held.admission is not None:
            self.police.ways.end(held.admission, by, at)
        said = {"opening": str(held.id), "right": "yes" if planned.stands else "no"}
        self.rows.tell("agencies.opening.reviewed", "thread", held.thread_id, by, at, **said)
        self.rows.done(held.id, DutyKind.REVIEW_OPENING, by, at)
        self._looked(office, by, at)


_PERMISSIONS = {
    DutyKind.REVIEW_BLOCK: (agency_access.REVIEW_BLOCK, BLOCK_REVIEW),
    DutyKind.REVIEW_OPENING: (agency_access.REVIEW_OPENING, OPENING_REVIEW),
}


def _age_on(born: date, day: date) -> int:
    """Full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
