"""What the guardianship authority leaves: whose child it is, that it was told, where the child sleeps."""

from typing import Any

from qorgan.agencies import queries as offices
from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import access
from qorgan.cases.actions.first import PLACEMENT, TONIGHT
from qorgan.cases.models import Night, Parenthood, Referral, Telling
from qorgan.cases.queries.nights import OFFICE, SAID_WHY, TOLD_OFFICE, TOLD_WHY, WHOM, WHY
from qorgan.cases.terms import Aim, Course, Ground, Section, Stays, Urgency
from qorgan.duties.actions import Laid
from qorgan.duties.terms import OFFERED
from qorgan.duties.terms import Kind as DutyKind
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.loader.guarded import Guarded
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.rows import Thing
from qorgan.simulation.perform.sheltered import planned_of, whom

_SECTIONS = sorted((Section.CASE.value, Section.PERSONS.value))


class Sheltered:
    """The nights of the child of a thread's case."""

    def __init__(self, police: Police, guarded: Guarded) -> None:
        self.police = police
        self.guarded = guarded
        self.rows = police.rows
        self.nights: list[Night] = []
        self.referral: Referral

    @property
    def _guardian(self) -> Actor:
        return self.guarded.hands.guardians[self.police.thread.territory]

    def _sealed(self, text: str, at: str) -> Any:
        return vault.seal(self.police.led.key_id, text, at=at)

    def say(self, step: Step) -> None:
        """The word on a parent, the part of the file offered, the authority told, and its duty."""
        case, by, at, word = self.police.led, self.police.by, step.at, planned_of(self.police.thread).word
        said = Parenthood(
            id=ids.new(),
            case=case,
            **beside(case),
            child_id=self.police.persons["child"],
            offender_id=self.police.persons["suspect"],
            word=word,
            why=self._sealed("", SAID_WHY),
            said_at=at,
            said_by=by.staff,
        )
        self.rows.add(said)
        self.rows.tell("cases.parenthood.said", "case", case.id, by, at, case=str(case.id), word=word)
        made = self.guarded.made(self._guardian.agency, "", at)
        made.course, made.asked, made.ground = Course.REFERRAL.value, Aim.GUARDIANSHIP.value, Ground.CHILD_TONIGHT.value
        made.sections, made.urgency = _SECTIONS, Urgency.NOW.value
        self.referral = self.guarded.told(made, at)
        told = Telling(id=ids.new(), case=case, **beside(case), referral=made, told_at=at, told_by=by.staff)
        told.office, told.why = self._sealed("", TOLD_OFFICE), self._sealed("", TOLD_WHY)
        self.rows.add(told)
        self.rows.tell("cases.telling.made", "case", case.id, by, at, case=str(case.id), by_hand=False)
        term = self.police.answers.deadline(TONIGHT, at, case.territory_id)
        verify = term.to_verify or term.due_at is None
        self._lay(Laid(DutyKind.DECIDE_NIGHT, TONIGHT, at, term.due_at, to_verify=verify), by, step)

    def _lay(self, laid: Laid, by: Actor, step: Step) -> None:
        referral, to = self.referral, self.referral.to_agency_id
        about = Thing(OFFERED, referral.id, offices.place_of(to), referral.thread_id, to, None)
        self.rows.lay([laid], about, by, step.at)

    def accept(self, step: Step) -> None:
        """The authority let in, to decide."""
        self.guarded.accepted(self.referral, self._guardian, step.at, more={access.NIGHT})

    def decide(self, step: Step) -> None:
        """A decision, which ends the one before; and when the next is due."""
        planned, case, by, at = (
            planned_of(self.police.thread).nights[step.one],
            self.police.led,
            self._guardian,
            step.at,
        )
        for before in self.nights:
            before.ended_at = before.ended_at or at
        on_record = self.police.answers.value(PLACEMENT, at, case.territory_id).decides
        made = Night(
            id=ids.new(),
            case=case,
            **beside(case),
            child_id=self.police.persons["child"],
            stays=Stays(planned.stays).value,
            whom=self._sealed(whom(planned.stays, self.police.words), WHOM),
            since=at,
            until=planned.until,
            why=self._sealed(self.police.words["night_why"], WHY),
            office=self._sealed("", OFFICE),
            agency_id=by.agency,
            provision=PLACEMENT,
            is_on_record=on_record,
            decided_at=at,
            decided_by=by.staff,
        )
        self.nights.append(self.rows.add(made))
        told = {"case": str(case.id), "stays": planned.stays, "on_record": on_record}
        self.rows.tell("cases.night.decided", "case", case.id, by, at, **told)
        self.rows.done(self.referral.id, DutyKind.DECIDE_NIGHT, by, at, step=len(self.nights) - 1)
        if planned.until:
            again = Laid(DutyKind.DECIDE_NIGHT, TONIGHT, at, planned.until, step=len(self.nights), to_verify=False)
            self._lay(again, by, step)
