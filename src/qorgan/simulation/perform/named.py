"""Planned words as the actions take them."""

from uuid import UUID

from qorgan.courts.rules import Measure
from qorgan.courts.terms import Prohibition
from qorgan.offences.actions import Involved, Written
from qorgan.offences.terms import Completion, Part, Relationship
from qorgan.people.actions import Named
from qorgan.people.terms import Sex
from qorgan.reports.actions import Signal
from qorgan.reports.terms import Channel
from qorgan.simulation.engine.threads import (
    Persona,
    PlannedDecision,
    PlannedOffence,
    PlannedPart,
    PlannedReport,
    Wording,
)


def person(one: Persona | None) -> Named:
    """Somebody as a desk names her."""
    if one is None:
        return Named()
    return Named(written=one.written, phone=one.phone, birth_date=one.birth_date, sex=Sex(one.sex))


def signal(report: PlannedReport) -> Signal:
    """A report as a desk hands it in."""
    return Signal(
        submission=report.submission,
        channel=Channel(report.channel),
        registered_at=report.registered_at,
        time_known=report.time_known,
        kui_no=report.kui_no,
        narrative=report.narrative,
        address=report.address,
        victim=person(report.victim),
        suspect=person(report.suspect),
        reporter=person(report.reporter),
    )


def written(offence: PlannedOffence, wording: Wording) -> Written:
    """What the register says of an act."""
    return Written(
        code=wording.code,
        article=wording.article,
        part=wording.part,
        registered_at=offence.registered_at,
        register_no=wording.register_no,
        acted_on=wording.acted_on,
        completion=Completion(wording.completion),
    )


def involved(part: PlannedPart, person_id: UUID | None) -> Involved:
    """A victim or a suspect as the register takes her."""
    return Involved(
        part=Part(part.part),
        person_id=person_id if part.known else None,
        sex=Sex(part.sex),
        age=part.age,
        relationship=Relationship(part.relationship) if part.relationship else None,
    )


def measure(decision: PlannedDecision) -> Measure:
    """The measure of a decision."""
    return Measure(
        months=decision.months,
        days=decision.days,
        hours=decision.hours,
        visits=decision.visits,
        prohibitions=tuple(Prohibition(one) for one in decision.prohibitions),
        conviction=decision.conviction,
        imprisonment_months=decision.imprisonment_months,
    )
