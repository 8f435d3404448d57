"""What the investigation of a suspect in uniform leaves: the offer and its receipt, or who is to say it anew."""

from qorgan.base.scope import Actor
from qorgan.cases.actions.military import GIVEN
from qorgan.cases.actions.uniform import JURISDICTION
from qorgan.cases.models import Referral
from qorgan.cases.terms import Aim, Course, Ground, Urgency
from qorgan.duties.actions import Laid
from qorgan.duties.terms import Kind as DutyKind
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.loader.guarded import Guarded
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.rows import Thing
from qorgan.simulation.perform.uniformed import NOT_THEIRS, planned_of

_SECTIONS = sorted(one.value for one in GIVEN)


class Uniformed:
    """Who investigates in a thread's case."""

    def __init__(self, police: Police, guarded: Guarded) -> None:
        self.police = police
        self.guarded = guarded
        self.rows = police.rows
        self.referral: Referral

    @property
    def _military(self) -> Actor:
        return self.guarded.hands.military[self.police.thread.territory]

    def route(self, step: Step) -> None:
        """The offer to military police."""
        case, at = self.police.led, step.at
        made = self.guarded.made(self._military.agency, self.police.words["uniform"], at)
        made.course, made.asked, made.ground = Course.REFERRAL.value, Aim.INVESTIGATION.value, Ground.MILITARY.value
        made.sections, made.urgency = _SECTIONS, Urgency.NOW.value
        self.referral = self.guarded.offered(made, at)
        told = {
            "case": str(case.id),
            "person": str(self.police.persons["suspect"]),
            "number": made.number,
            "on_record": self.police.answers.value(JURISDICTION, at, case.territory_id).decides,
        }
        self.rows.tell("cases.suspect.routed", "case", case.id, self.police.by, at, **told)

    def receive(self, step: Step) -> None:
        """Received; or declined, and it is due again to say who investigates."""
        referral, by, at = self.referral, self._military, step.at
        if planned_of(self.police.thread).accepted:
            self.guarded.accepted(referral, by, at)
            return
        self.guarded.declined(referral, by, at, why=NOT_THEIRS)
        case, number = self.police.led, int(referral.number.rpartition("/")[2])
        laid = Laid(DutyKind.ROUTE_SUSPECT, JURISDICTION, at, None, step=number, to_verify=True)
        about = Thing("case", case.id, case.territory_id, case.thread_id, case.agency_id, None, case.id)
        self.rows.lay([laid], about, by, at)
