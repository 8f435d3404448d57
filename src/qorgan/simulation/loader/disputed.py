"""What a dispute leaves: an account, a finding, the mark that they contradict, a review with its clock and answer."""

from typing import Any
from uuid import UUID

from qorgan.agencies import queries as offices
from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases.actions.reviews import SEEN
from qorgan.cases.models import Account, Answer, Contradiction, Examined, Finding, Referral, Review
from qorgan.cases.queries.accounts import ACCOUNT, ANSWER, EXAMINED, EXPERT, INSTITUTION
from qorgan.cases.queries.reviews import REPLY, SET_WHY, TERM, WORDS
from qorgan.cases.terms import Aim, Course, Ground, Object, Said, Section
from qorgan.duties.actions import WHY_MOVED, Laid
from qorgan.duties.models import ClockChange
from qorgan.duties.terms import OFFERED, Cause
from qorgan.duties.terms import Kind as DutyKind
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedDispute
from qorgan.simulation.loader.guarded import Guarded
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.rows import Thing
from qorgan.simulation.perform.disputed import (
    BY_THE_RELATIVE,
    DISCIPLINE,
    KIN,
    OUTCOME,
    SPEAKER,
    THROUGH,
    TOPIC,
    planned_of,
    said_by_the_expert,
)

_SECTIONS = sorted(one.value for one in (Section.CASE, Section.PERSONS, Section.ACCOUNTS))


class Disputed:
    """What is disputed in a thread's case."""

    def __init__(self, police: Police, guarded: Guarded) -> None:
        self.police = police
        self.guarded = guarded
        self.rows = police.rows
        self.account: Account
        self.finding: Finding
        self.review: Review
        self.referral: Referral

    @property
    def _planned(self) -> PlannedDispute:
        return planned_of(self.police.thread)

    @property
    def _ombudsman(self) -> Actor:
        return self.guarded.hands.ombudsman

    def _sealed(self, word: str, at: str) -> Any:
        return vault.seal(self.police.led.key_id, self.police.words[word] if word else "", at=at)

    def _answered(self, said: Said, **side: Any) -> None:
        case = self.police.led
        row = Answer(id=ids.new(), case=case, **beside(case), topic=TOPIC.value, said=said.value, **side)
        row.words = self._sealed("", ANSWER)
        self.rows.add(row)

    def hear(self, step: Step) -> None:
        """What a relative said."""
        case, by = self.police.led, self.police.by
        self.account = self.rows.add(
            Account(
                id=ids.new(),
                case=case,
                **beside(case),
                speaker=SPEAKER.value,
                through=THROUGH.value,
                words=self._sealed("relative_said", ACCOUNT),
                source=self.police.words["relative_source"],
                said_at=step.at,
                written_at=step.at,
                written_by=by.staff,
            )
        )
        self._answered(BY_THE_RELATIVE, account=self.account)
        told = {"speaker": SPEAKER.value, "account": str(self.account.id)}
        self.rows.tell("cases.account.written", "case", case.id, by, step.at, **told)

    def find(self, step: Step) -> None:
        """What the experts found."""
        case, by = self.police.led, self.police.by
        self.finding = self.rows.add(
            Finding(
                id=ids.new(),
                case=case,
                **beside(case),
                discipline=DISCIPLINE.value,
                institution=self._sealed("institution", INSTITUTION),
                expert=self._sealed("expert", EXPERT),
                number=self.police.words["finding_number"],
                asked_at=self._planned.heard_at,
                given_at=step.at,
                written_at=step.at,
                written_by=by.staff,
            )
        )
        self._answered(said_by_the_expert(self._planned), finding=self.finding)
        looked = Examined(id=ids.new(), finding=self.finding, **beside(case), kind=Object.NAMED.value)
        looked.words = self._sealed("examined", EXAMINED)
        self.rows.add(looked)
        told = {"finding": str(self.finding.id), "discipline": DISCIPLINE.value}
        self.rows.tell("cases.finding.written", "case", case.id, by, step.at, **told)

    def contradict(self, step: Step) -> None:
        """That the two contradict each other: the account is the older."""
        case, by = self.police.led, self.police.by
        made = Contradiction(
            id=ids.new(),
            case=case,
            **beside(case),
            topic=TOPIC.value,
            one_account=self.account,
            other_finding=self.finding,
            marked_at=step.at,
            marked_by=by.staff,
            withdrawn_why=b"",
        )
        self.rows.add(made)
        told = {"contradiction": str(made.id), "topic": TOPIC.value}
        self.rows.tell("cases.contradiction.marked", "case", case.id, by, step.at, **told)

    def ask_review(self, step: Step) -> None:
        """The file opened to the ombudsman, what is asked, and the duty to answer it."""
        case, by, at = self.police.led, self.police.by, step.at
        to = self._ombudsman.agency
        self.referral = opened_for_review(self.guarded, to, at)
        self.review = self.rows.add(
            Review(
                id=ids.new(),
                number=f"{case.number}/R1",
                case=case,
                **beside(case),
                referral=self.referral,
                key_id=case.key_id,
                to_agency_id=to,
                asker_id=self.police.persons["victim"],
                kin=KIN.value,
                words=self._sealed("review", WORDS),
                asked_at=at,
                written_at=at,
                written_by=by.staff,
                set_why=b"",
                answer=b"",
            )
        )
        about = Thing(OFFERED, self.review.id, offices.place_of(to), case.thread_id, to, case.key_id)
        laid = Laid(DutyKind.ANSWER_REVIEW, TERM, at, None, to_verify=True)
        self.rows.lay([laid], about, by, at)
        self._tell("asked", by, step)

    def set_term(self, step: Step) -> None:
        """The term that the office sets."""
        review, by, due_at = self.review, self._ombudsman, self._planned.due_at
        review.due_at, review.set_at, review.set_by = due_at, step.at, by.staff
        review.set_why = self._sealed("term", SET_WHY)
        review.version += 1
        change = ClockChange(
            thing=OFFERED,
            thing_id=review.id,
            territory_id=offices.place_of(review.to_agency_id),
            thread_id=review.thread_id,
            clock=DutyKind.ANSWER_REVIEW.value,
            provision=TERM,
            became=due_at,
            cause=Cause.SET.value,
            key_id=review.key_id,
            why=self._sealed("term", WHY_MOVED),
            changed_at=step.at,
            author=by.staff_id,
        )
        self.rows.add(change)
        self.rows.move_duty(review.id, DutyKind.ANSWER_REVIEW, due_at)
        told = {"kind": DutyKind.ANSWER_REVIEW.value, "changed": 1}
        self.rows.tell("duties.clock.moved", OFFERED, review.id, by, step.at, **told)
        self._tell("term_set", by, step)

    def answer(self, step: Step) -> None:
        """The file taken and opened; the answer with its reasons, which closes it."""
        review, referral, by, at = self.review, self.referral, self._ombudsman, step.at
        self.guarded.taken(referral, by, at)
        review.opened_at = at
        self.rows.tell(SEEN, "case", review.case_id, by, at)
        review.answered_at, review.answered_by, review.outcome = at, by.staff, OUTCOME.value
        review.answer = self._sealed("reasons", REPLY)
        review.version += 1
        self.rows.done(review.id, DutyKind.ANSWER_REVIEW, by, at)
        self._tell("answered", by, step, outcome=OUTCOME.value)
        self.guarded.closed(referral, by, at)

    def _tell(self, act: str, by: Actor, step: Step, **more: str) -> None:
        review = self.review
        told = {"number": review.number, "case": str(review.case_id), "version": review.version, **more}
        self.rows.tell(f"cases.review.{act}", "review", review.id, by, step.at, **told)


def opened_for_review(guarded: Guarded, to: UUID, at: Any) -> Referral:
    """The offer on which the ombudsman reads the file."""
    made = guarded.made(to, "", at)
    made.course, made.asked, made.ground = Course.REFERRAL.value, Aim.REVIEW.value, Ground.REVIEW_ASKED.value
    made.sections = _SECTIONS
    return guarded.told(made, at)
