"""What is shared of a case and how it is guarded, act by act."""

from typing import TYPE_CHECKING
from uuid import UUID

from qorgan.agencies import access as agency_access
from qorgan.agencies.engine.likeness import TraitKind
from qorgan.agencies.models import Opening
from qorgan.agencies.queries import Suspicion
from qorgan.agencies.terms import BlockGround, OpeningReason
from qorgan.base import clock
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case, Referral
from qorgan.cases.terms import Aim, Decline, Giver, How, Section, Why
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind
from qorgan.people import actions as people
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.perform.hands import reviewer, sight

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

AIM, SECTIONS = Aim.REFUGE, (Section.CASE, Section.PERSONS)
LANGUAGE = "kk"
DECLINED = Decline.NO_PLACE


class Guard:
    """What became of the case of a performance beside its course. Admissions end by the clock of the step."""

    def __init__(self, thread: "Performance") -> None:
        self._thread = thread
        self._consent: UUID
        self._referral: Referral
        self._transfer: Referral
        self._block: UUID
        self._opening: Opening

    @property
    def _case(self) -> Case:
        assert self._thread.case is not None, "it is of a case"
        return self._thread.case

    @property
    def _police(self) -> Actor:
        return self._thread.hands.police[self._thread.thread.territory]

    @property
    def _specialist(self) -> Actor:
        return self._thread.hands.specialists[self._thread.thread.territory]

    def refer(self, step: Step) -> None:
        """She agrees to a place in the crisis centre of the region; the part of the file for it is offered."""
        planned, words = self._thread.thread.referral, self._thread.words
        assert planned is not None and planned.until is not None
        centre = self._specialist.agency
        asked = cases.Asked(
            person_id=self._thread.persons["victim"],
            giver=Giver.HERSELF,
            aim=AIM,
            sections=SECTIONS,
            agency_id=centre,
            until=planned.until,
            how=How.IN_PERSON,
            language=LANGUAGE,
            why=words["asked"],
        )
        self._consent = cases.keep_consent(case=self._case, asked=asked, said_yes=True, by=self._police, now=step.at).id
        part = cases.Part(agency_id=centre, aim=AIM, sections=SECTIONS, until=planned.until, note=words["referral"])
        self._referral = cases.refer(case=self._case, part=part, by=self._police, now=step.at)

    def answer(self, step: Step) -> None:
        """The centre says yes or no."""
        planned, by = self._thread.thread.referral, self._specialist
        assert planned is not None
        with clock.frozen(step.at), acting(by):
            if planned.accepted:
                cases.accept(referral_id=self._referral.id, by=by, now=step.at)
            else:
                cases.decline(referral_id=self._referral.id, why=DECLINED, by=by, now=step.at)

    def withdraw(self, step: Step) -> None:
        """She takes her consent back."""
        cases.withdraw(case=self._case, consent_id=self._consent, by=self._police, now=step.at)

    def transfer(self, step: Step) -> None:
        """The whole case is offered to another district."""
        planned = self._thread.thread.transfer
        assert planned is not None and planned.to is not None
        whole = cases.Whole(agency_id=self._thread.hands.police[planned.to].agency, why=Why.MOVED)
        self._transfer = cases.transfer(case=self._case, whole=whole, by=self._police, now=step.at)

    def refuse(self, step: Step) -> None:
        """That district says no."""
        planned = self._thread.thread.transfer
        assert planned is not None and planned.to is not None
        by = self._thread.hands.police[planned.to]
        with acting(by):
            cases.decline(referral_id=self._transfer.id, why=DECLINED, by=by, now=step.at)

    def block(self, step: Step) -> None:
        """The clerk of the region may be near to a party: the case is shut to her."""
        clerk = self._thread.hands.clerks[self._thread.thread.territory]
        suspicion = Suspicion(clerk.staff, BlockGround.KIN, frozenset({TraitKind.NAME}))
        (made,) = people.keep_apart(suspicions=[suspicion], **beside(self._case), by=self._police, now=step.at)
        self._block = made.id

    def weigh(self, step: Step) -> None:
        """An office elsewhere confirms it or lifts it."""
        planned = self._thread.thread.block
        assert planned is not None
        by = self._reviewer(self._block, DutyKind.REVIEW_BLOCK, step)
        with acting(by):
            why = self._thread.words["weighed"]
            people.review_block(block_id=self._block, stands=planned.stands, why=why, by=by, now=step.at)

    def break_in(self, step: Step) -> None:
        """An officer of another district opens the case in an emergency."""
        planned = self._thread.thread.opening
        assert planned is not None and planned.by is not None
        by = self._thread.hands.police[planned.by]
        reason, why = OpeningReason.CALL, self._thread.words["emergency"]
        with acting(by):
            opening = cases.open_by_number(number=self._case.number, reason=reason, why=why, by=by, now=step.at)
        assert opening is not None, "neither sealed nor shut"
        self._opening = opening

    def review(self, step: Step) -> None:
        """An office elsewhere says whether it was right."""
        planned, words = self._thread.thread.opening, self._thread.words
        assert planned is not None
        by = self._reviewer(self._opening.id, DutyKind.REVIEW_OPENING, step)
        with acting(by):
            cases.review_opening(
                opening_id=self._opening.id, was_right=planned.stands, why=words["weighed"], by=by, now=step.at
            )

    def _reviewer(self, thing: UUID, kind: DutyKind, step: Step) -> Actor:
        permission = agency_access.REVIEW_BLOCK if kind is DutyKind.REVIEW_BLOCK else agency_access.REVIEW_OPENING
        with sight():
            office = Duty.objects.values_list("agency_id", flat=True).get(thing_id=thing, kind=kind)
        return reviewer(office, permission, now=step.at)
