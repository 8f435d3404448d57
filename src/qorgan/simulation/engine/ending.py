"""How reports end otherwise than in a case or in the file: forwarded, joined, entered, an outcome that did not stand.

Thrown apart from the threads: a moment that the totals of a year rest on stays where it was planned.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from qorgan.simulation.engine.calendars import whole
from qorgan.simulation.engine.chance import happens, picked, thrown
from qorgan.simulation.engine.deal import Entry
from qorgan.simulation.engine.ground import District
from qorgan.simulation.engine.personas import FEMALE, MALE, persona, phone
from qorgan.simulation.engine.reaching import LINE
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import (
    Persona,
    PlannedForward,
    PlannedRepeat,
    PlannedReport,
    PlannedUndone,
    Thread,
)

_MINUTE = timedelta(minutes=1)


def ended(scene: Scene, entry: Entry, thread: Thread) -> Thread:
    """The thread with what became of its report on the way to its outcome, and another report joined to it."""
    report = thread.report
    if report is None:
        return thread
    own = replace(scene, chance=thrown(scene.key, "ended"))
    if entry.repeated:
        return replace(thread, repeat=_repeat(own, report))
    shares, chance = own.section("ends"), own.chance
    if thread.offences and not thread.orders and happens(chance, shares["entered"]):
        return _entered(own, thread)
    if happens(chance, shares["forwarded"]):
        return _forwarded(own, report, thread)
    if not thread.offences and not thread.orders and happens(chance, shares["undone"]):
        return _undone(own, report, thread)
    return thread


def between(scene: Scene, first: datetime, last: datetime) -> datetime:
    """A moment between two."""
    return max(whole(first + scene.chance.random() * (last - first)), first)


# Joined


def _repeat(scene: Scene, first: PlannedReport) -> PlannedRepeat:
    """Someone else tells of it too, or the same is sent twice; joined, and now and then to the wrong one at first."""
    chance, shares = scene.chance, scene.section("ends")
    registered = scene.after(first.registered_at, "repeat")
    received = scene.after(max(registered, first.received_at), "receipt")
    joined = scene.after(received, "joined", until=scene.horizon)
    report = another(scene, first, (registered, received), number=2)
    found = PlannedRepeat(report, joined, picked(chance, shares["join_reasons"]))
    if not happens(chance, shares["parted"]):
        return found
    parted = scene.after(joined, "parted", until=scene.horizon)
    return replace(found, parted_at=parted, again_at=scene.after(parted, "joined", until=scene.horizon))


def another(scene: Scene, first: PlannedReport, moments: tuple[datetime, datetime], *, number: int) -> PlannedReport:
    """One more report of the same persons, registered and received at two moments."""
    registered, received = moments
    return replace(
        first,
        submission=f"{first.submission}\0{number}",
        kui_no=f"{first.kui_no}-{number}",
        channel=picked(scene.chance, scene.section("channels")),
        registered_at=registered,
        received_at=received,
        time_known=True,
        narrative=scene.chance.choice(scene.words("told", "narratives")),
        reporter=_neighbour(scene),
        resent_at=None,
        written_off_at=None,
        written_off_for="",
    )


def _neighbour(scene: Scene) -> Persona:
    sex = FEMALE if scene.chance.random() < 0.6 else MALE
    return replace(persona(scene, scene.chance, sex=sex, age=None, on=scene.days.first), phone=phone(scene))


# Entered in a register


def _entered(scene: Scene, thread: Thread) -> Thread:
    """The offence is registered for the report, and no case is opened; where it was a mistake, one is after all."""
    found = replace(thread, case_at=None, child=None, child_at=None, entered=True)
    first, *others = thread.offences
    if thread.court_cases or first.sent_at or first.terminated_at or first.suspended_at or first.corrections:
        return found
    if first.known_later or not happens(scene.chance, scene.section("ends")["annulled"]):
        return found
    annulled = scene.after(first.registered_at, "annulled")
    case_at = scene.after(annulled + _MINUTE, "case", until=scene.horizon)
    return replace(found, offences=(replace(first, annulled_at=annulled), *others), case_at=case_at)


# Forwarded


def _forwarded(scene: Scene, report: PlannedReport, thread: Thread) -> Thread:
    """Taken in elsewhere and forwarded here, or forwarded from here and sent back; all before the outcome.

    One that nobody decides on lies where it was forwarded to. Lines have no place of their own: theirs stay.
    """
    other = _other(scene)
    if other is None or report.resent_at or report.channel == LINE:
        return thread
    decided = thread.case_at or report.written_off_at
    if decided is None:
        at = scene.after(report.received_at, "forward", until=scene.horizon)
        return replace(thread, forward=PlannedForward(other.id, at))
    at = between(scene, report.received_at, decided)
    accepted = happens(scene.chance, scene.section("ends")["accepted"])
    return replace(thread, forward=PlannedForward(other.id, at, between(scene, at, decided), accepted))


def _other(scene: Scene) -> District | None:
    """Another district of the region, under the same clock: a day is the same day in both."""
    own = scene.district
    near = [
        one
        for one in scene.ground.districts
        if one.region == own.region and one.id != own.id and str(one.zone) == str(own.zone)
    ]
    return scene.chance.choice(near) if near else None


# An outcome that did not stand


def _undone(scene: Scene, report: PlannedReport, thread: Thread) -> Thread:
    """Written off first, which the office takes back or the prosecutor cancels; what was planned comes after it."""
    chance, shares = scene.chance, scene.section("ends")
    by_prosecutor = happens(chance, shares["by_prosecutor"])
    at = scene.after(report.received_at, "write_off")
    back = scene.after(at, "returned" if by_prosecutor else "parted")
    undone = PlannedUndone(at, picked(chance, scene.section("write_off_reasons")), back, by_prosecutor)
    if thread.case_at:
        return replace(thread, undone=undone, case_at=scene.after(back, "case"))
    if report.written_off_at is None:
        return replace(thread, undone=undone)
    again = scene.after(back, "write_off", until=scene.horizon)
    return replace(thread, undone=undone, report=replace(report, written_off_at=again))
