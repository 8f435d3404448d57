"""What the steps of an inquiry leave: registered offences, their persons, their corrections."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.missing import terms as missing
from qorgan.missing.models import Unnamed
from qorgan.offences import queries as offences
from qorgan.offences.actions import Written
from qorgan.offences.models import WHY, Correction, Offence, OffencePerson
from qorgan.offences.terms import Ground, Register, State
from qorgan.reports.models import Report
from qorgan.reports.terms import State as ReportState
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.loader.ended import Ended
from qorgan.simulation.loader.police import Police
from qorgan.simulation.perform import named

_PERSON_IDS = "offences_offenceperson_id_seq"


class Registers:
    """A thread's offences."""

    def __init__(self, police: Police, registers: Mapping[str, str], ends: Ended) -> None:
        self.police = police
        self.ends = ends
        self.rows = police.rows
        self.by: Actor = police.by
        self.registers = registers
        self.offences: list[Offence] = []
        self.persons: list[list[OffencePerson]] = []
        self.unnamed: set[UUID] = set()

    def register(self, step: Step) -> None:
        """An offence with its persons."""
        planned = self.police.thread.offences[step.one]
        said, case = named.written(planned, planned.wording), self.police.case
        report = self.police.report if case is None and self.police.thread.report else None
        begun = case or report
        territory = begun.territory_id if begun else self.police.thread.territory
        offence_id = ids.new()
        offence = Offence(
            id=offence_id,
            thread_id=begun.thread_id if begun else offence_id,
            number=self.police.number("offence", planned.registered_at, territory),
            register=self.registers[said.code],
            register_no=said.register_no,
            code=said.code,
            article=said.article,
            part=said.part,
            acted_on=said.acted_on,
            registered_at=said.registered_at,
            registered_by=self.by.staff,
            completion=said.completion.value,
            territory_id=territory,
            agency_id=self.by.agency,
            case=case,
            report=report,
            key_id=begun.key_id if begun else None,
        )
        self.offences.append(self.rows.add(offence))
        told = {"article": f"{offence.code} {offence.article}", "persons": len(planned.parts)}
        offence.version = 0
        self._told("registered", offence, step.at, **told)
        if report is not None:
            self._enter(report, offence, step.at)
        self.persons.append([self._person(offence, part) for part in planned.parts])
        self._keep_unnamed(offence, step.at)

    def _enter(self, report: Report, offence: Offence, at: datetime) -> None:
        """The offence is the outcome of the report that it was registered for."""
        report.offence_id = offence.id
        state = ReportState.PRE_TRIAL if offence.register == Register.CRIMINAL else ReportState.ADMINISTRATIVE
        self.police.decided(report, state, self.by, at)

    def _keep_unnamed(self, offence: Offence, at: datetime) -> None:
        """No child of a thread with a sexual offence is named to the public: once for a thread, as the act does it."""
        if offence.thread_id in self.unnamed or not offences.is_sexual(offence):
            return
        self.unnamed.add(offence.thread_id)
        ground = missing.Ground.OFFENCE
        self.rows.add(Unnamed(**beside(offence), ground=ground, marked_at=at, marked_by=self.by.staff))
        told = {"ground": str(ground)}
        self.rows.tell("missing.alarm.never_named", "thread", offence.thread_id, self.by, at, **told)

    def _person(self, offence: Offence, part: Any) -> OffencePerson:
        return self.rows.add(
            OffencePerson(
                id=self.police.stock.next(_PERSON_IDS),
                offence=offence,
                person_id=self.police.persons.get(part.part) if part.known else None,
                part=part.part,
                sex=part.sex,
                age=part.age,
                relationship=part.relationship,
                **beside(offence),
            )
        )

    def _told(self, act: str, offence: Offence, at: datetime, /, **detail: Any) -> None:
        offence.version += 1
        told = {"number": offence.number, "version": offence.version, **detail}
        self.rows.tell(f"offences.offence.{act}", "offence", offence.id, self.by, at, **told)

    def _note(
        self,
        offence: Offence,
        changes: Mapping[str, tuple[str, str]],
        why: str,
        at: datetime,
        person: OffencePerson | None = None,
    ) -> None:
        offence.key_id = offence.key_id or vault.new_key()
        sealed = vault.seal(offence.key_id, why, at=WHY)
        for field, (old, new) in changes.items():
            self.rows.add(
                Correction(
                    offence=offence,
                    person=person,
                    **beside(offence),
                    field=field,
                    old=old,
                    new=new,
                    why=sealed,
                    corrected_at=at,
                    corrected_by=self.by.staff,
                )
            )

    def correct(self, step: Step) -> None:
        """What the register says of the act, with what it said before."""
        planned, offence = self.police.thread.offences[step.one], self.offences[step.one]
        said = named.written(planned, planned.corrections[step.part][1])
        pairs = {
            one.name: (_text(getattr(offence, one.name)), _text(getattr(said, one.name))) for one in fields(Written)
        }
        changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        for name in changes:
            setattr(offence, name, getattr(said, name))
        offence.completion, offence.register = str(offence.completion), self.registers[offence.code]
        why = self.police.words["corrected"]
        told = {name: list(pair) for name, pair in changes.items()}
        self._note(offence, changes, why, step.at)
        self._keep_unnamed(offence, step.at)
        self._told("corrected", offence, step.at, changes=told)

    def describe(self, step: Step) -> None:
        """What the register says of a person, with what it said before."""
        offence = self.offences[step.one]
        _at, index, part = self.police.thread.offences[step.one].known_later[step.part]
        person, why = self.persons[step.one][index], self.police.words["completed"]
        new = {"sex": part.sex, "age": part.age, "relationship": part.relationship}
        pairs = {name: (_text(getattr(person, name)), _text(value)) for name, value in new.items()}
        changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        for name in changes:
            setattr(person, name, new[name])
        self._note(offence, changes, why, step.at, person)
        self._told("person_corrected", offence, step.at, person=person.id, changed=sorted(changes))

    def suspend(self, step: Step) -> None:
        """The inquiry stands still."""
        self._moved(step, State.SUSPENDED, "suspended")

    def resume(self, step: Step) -> None:
        """It goes on."""
        before = self.offences[step.one].state
        self._moved(step, State.REGISTERED, "resumed", after=before)

    def send(self, step: Step) -> None:
        """The inquiry is over."""
        self._moved(step, State.IN_COURT, "sent_to_court")

    def terminate(self, step: Step) -> None:
        """It ended on a ground of the law."""
        ground = self.police.thread.offences[step.one].ground
        self._end(self.offences[step.one], ground, step.at)
        self._moved(step, State.TERMINATED, "terminated", ground=ground)

    def annul(self, step: Step) -> None:
        """It should never have been registered."""
        offence, ground, why = self.offences[step.one], Ground.MISTAKE.value, self.police.words["annulled"]
        self._end(offence, ground, step.at)
        self._note(offence, {"state": (offence.state, State.ANNULLED.value)}, why, step.at)
        self._moved(step, State.ANNULLED, "annulled", ground=ground)
        if offence.report is not None:
            self.ends.annulled(step)

    def _end(self, offence: Offence, ground: str, at: datetime) -> None:
        offence.ended_at, offence.ended_by, offence.ground = at, self.by.staff, ground

    def _moved(self, step: Step, state: State, act: str, **detail: Any) -> None:
        offence = self.offences[step.one]
        offence.state = state.value
        self._told(act, offence, step.at, **detail)


def _text(value: object) -> str:
    """A value as the history keeps it."""
    if value is None:
        return ""
    return value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
