"""What the assessment of a case leaves: the instrument at its first use, answers, measures, a lower result of two."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties.actions import Laid
from qorgan.duties.terms import Kind as DutyKind
from qorgan.risk import queries
from qorgan.risk.actions.assess import AGAIN, ASK_AGAIN
from qorgan.risk.actions.lower import DECIDED
from qorgan.risk.engine import result
from qorgan.risk.engine.answers import Answer
from qorgan.risk.engine.instrument import Band
from qorgan.risk.models import Alleged, Assessment, Kept, Lowering, Measure
from qorgan.risk.queries import Offered
from qorgan.risk.terms import Decision, Origin
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedDanger
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.rows import Thing
from qorgan.simulation.perform.endangered import CODE, answers_of, gate_of, planned_of

KeptOnce = dict[str, tuple[Offered, Kept]]


class Endangered:
    """A thread's assessment. `kept`: the instrument, once it was used; `second`: the second officer of the office."""

    def __init__(self, police: Police, second: Actor, kept: KeptOnce) -> None:
        self.police = police
        self.rows = police.rows
        self.second = second
        self.kept = kept
        self.measures: list[Measure] = []
        self.assessment: Assessment
        self.lowering: Lowering

    @property
    def _planned(self) -> PlannedDanger:
        return planned_of(self.police.thread)

    def assess(self, step: Step) -> None:
        """The assessment, from whom the danger comes, what its result asks for, and the duty to assess again."""
        planned, at = self._planned, step.at
        offer, kept = self._kept(at)
        used = offer.instrument
        answers = answers_of(planned, used) if planned.safe else result.not_now(used)
        scored = result.score(used, answers)
        self._row(kept, answers, scored.band, at)
        if "suspect" in self.police.persons:
            named = {"assessment": self.assessment, "person_id": self.police.persons["suspect"]}
            self.rows.add(Alleged(id=ids.new(), **named, **beside(self.assessment)))
        for asked in result.asked_for(used, scored.band, answers, cannot_ask=not planned.safe):
            measure = Measure(id=ids.new(), assessment=self.assessment, action=asked.code, **beside(self.assessment))
            self.measures.append(self.rows.add(measure))
            self._lay(DutyKind.TAKE_MEASURE, asked.provision, "measure", measure.id, at)
        again = AGAIN if planned.safe else ASK_AGAIN
        due_at = self.assessment.expires_at
        self._lay(DutyKind.ASSESS_AGAIN, again, "assessment", self.assessment.id, at, due_at=due_at)

    def _kept(self, at: datetime) -> tuple[Offered, Kept]:
        if CODE not in self.kept:
            offer = queries.find_offered(CODE, on=at.date())
            assert offer is not None, "the country ships it"
            self.kept[CODE] = offer, offer.kept or self._first_use(offer, at)
        return self.kept[CODE]

    def _first_use(self, offer: Offered, at: datetime) -> Kept:
        made, by = offer.instrument, self.police.by
        kept = self.rows.add(
            Kept(
                id=ids.new(),
                code=made.code,
                version=made.version,
                content_hash=made.content_hash,
                content=dict(offer.content),
                origin=Origin.SHIPPED.value,
                kept_at=at,
                kept_by=by.staff,
            )
        )
        told = {"code": made.code, "version": made.version, "hash": made.content_hash, "origin": Origin.SHIPPED.value}
        self.rows.tell("risk.instrument.kept", "instrument", kept.id, by, at, **told)
        return kept

    def _row(self, kept: Kept, answers: dict[str, Answer], band: Band, at: datetime) -> None:
        case, planned, by = self.police.led, self._planned, self.police.by
        self.assessment = self.rows.add(
            Assessment(
                id=ids.new(),
                case=case,
                **beside(case),
                agency_id=by.agency,
                instrument=kept,
                content_hash=kept.content_hash,
                key_id=case.key_id,
                has_asked=planned.safe,
                gate=self._sealed(json.dumps(asdict(gate_of(planned)), ensure_ascii=False), "assessment.gate"),
                answers=self._sealed(
                    json.dumps({code: str(one) for code, one in answers.items()}), "assessment.answers"
                ),
                why=self._sealed("", "assessment.why"),
                computed=band.rank,
                result=band.rank,
                assessed_at=at,
                assessed_by=by.staff,
                expires_at=self._expires(band, at),
            )
        )
        told = {"case": case.number, "instrument": f"{kept.code} {kept.version}", "asked": planned.safe}
        self.rows.tell("risk.assessment.made", "assessment", self.assessment.id, by, at, **told)

    def _expires(self, band: Band, at: datetime) -> datetime:
        assert band.hours is not None, "each band of the triage says how long it is relied on"
        until = at + timedelta(hours=band.hours)
        soon = None if self._planned.safe else self._due(ASK_AGAIN, at)
        return min(until, soon) if soon else until

    def _due(self, key: str, at: datetime) -> datetime | None:
        return self.police.answers.deadline(key, at, self.police.led.territory_id).due_at

    def _sealed(self, text: str, at: str) -> Any:
        return vault.seal(self.police.led.key_id, text, at=f"risk.{at}")

    def _lay(
        self, kind: DutyKind, key: str, thing: str, thing_id: UUID, at: datetime, *, due_at: datetime | None = None
    ) -> None:
        case, by = self.police.led, self.police.by
        term = self.police.answers.deadline(key, at, case.territory_id)
        laid = Laid(kind, key, at, due_at or term.due_at, to_verify=term.to_verify)
        about = Thing(thing, thing_id, case.territory_id, case.thread_id, case.agency_id, case.key_id, case.id)
        self.rows.lay([laid], about, by, at)

    def take_measure(self, step: Step) -> None:
        """Something that the result asks for, done."""
        self.rows.done(self.measures[step.one].id, DutyKind.TAKE_MEASURE, self.police.by, step.at)

    def ask_lower(self, step: Step) -> None:
        """The lower result that waits, and the duty to decide on it."""
        used = self.kept[CODE][0].instrument
        self.lowering = self.rows.add(
            Lowering(
                id=ids.new(),
                assessment=self.assessment,
                **beside(self.assessment),
                was=self.assessment.result,
                to=used.band(self._planned.lower).rank,
                why=self._sealed(self.police.words["lower"], "lowering.why"),
                words=b"",
                asked_at=step.at,
                asked_by=self.police.by.staff,
            )
        )
        self._lay(DutyKind.CONFIRM_LOWER, DECIDED, "lowering", self.lowering.id, step.at)
        told = {"case": self.police.led.number, "assessment": str(self.assessment.id)}
        self.rows.tell("risk.lowering.asked", "lowering", self.lowering.id, self.police.by, step.at, **told)

    def decide_lower(self, step: Step) -> None:
        """The word of the second person."""
        held, by, at = self.lowering, self.second, step.at
        decision = Decision.AGREED if self._planned.agreed else Decision.DECLINED
        held.words = self._sealed(self.police.words["lower_word"], "lowering.words")
        held.decision, held.decided_at, held.decided_by = decision.value, at, by.staff
        held.version += 1
        told = {"decision": decision.value, "version": held.version}
        self.rows.tell(f"risk.lowering.{decision.value}", "lowering", held.id, by, at, **told)
        self.rows.done(held.id, DutyKind.CONFIRM_LOWER, by, at)
