"""Who reaches the trust line: thrown apart from the threads, so that nothing that was planned before changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from qorgan.law.engine import deadlines
from qorgan.simulation.engine.calendars import whole
from qorgan.simulation.engine.chance import happens, picked, thrown
from qorgan.simulation.engine.personas import phone
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import PlannedContact, PlannedReport, Thread

LINE = "150"
CHECK = "reports.welfare_check"
SILENT, ANOTHER, SELF = "silent", "another", "self"
TELEPHONE = "telephone"
_ADULT = 18
_LONGEST_PAUSE = timedelta(hours=20)  # a second silence comes within the day in which it counts


def reached(scene: Scene, thread: Thread) -> Thread:
    """The thread with the contact that its report was, where the line took it, and contacts that became nothing."""
    if thread.report is None:
        return thread
    own = replace(scene, chance=thrown(scene.key, "contacts"))
    told = _told(own, thread.report) if _through_the_line(thread.report) else None
    return replace(thread, told=told, contacts=tuple(_others(own, thread.report.registered_at)))


def _through_the_line(report: PlannedReport) -> bool:
    """Taken by the line itself, as one sending, at a known moment, from a place that its words name."""
    known = report.time_known and report.resent_at is None and bool(report.address)
    return report.channel == LINE and known


def _told(scene: Scene, report: PlannedReport) -> PlannedContact:
    answered, victim = report.registered_at, report.victim
    return PlannedContact(
        rang_at=_rang(scene, answered),
        answered_at=answered,
        said=ANOTHER if report.reporter else SELF,
        way=picked(scene.chance, scene.section("contacts")["ways"]),
        number=phone(scene),
        child=victim is not None and victim.age is not None and victim.age < _ADULT,
    )


def _rang(scene: Scene, answered: datetime) -> datetime:
    """When it rang; the moment of the answer where no exchange told it."""
    shares = scene.section("contacts")
    if not happens(scene.chance, shares["rang_known"]):
        return answered
    return answered - timedelta(seconds=scene.chance.randint(1, shares["longest_ring"]))


def _others(scene: Scene, near: datetime) -> Iterator[PlannedContact]:
    shares = scene.section("contacts")
    for _one in range(shares["most"]):
        if not happens(scene.chance, shares["beside"]):
            return
        answered = scene.after(near, "contact")
        said = picked(scene.chance, shares["kinds"])
        way = picked(scene.chance, shares["ways"])
        made = PlannedContact(_rang(scene, answered), answered, said, way, phone(scene))
        yield made
        if said == SILENT and made.number and happens(scene.chance, shares["again"]):
            yield _again(scene, made)


def _again(scene: Scene, first: PlannedContact) -> PlannedContact:
    """The same number is silent once more within the day."""
    answered = whole(first.answered_at + timedelta(minutes=1) + scene.chance.random() * _LONGEST_PAUSE)
    answered = min(answered, scene.horizon)
    checked = _checked(scene, answered)
    found = replace(first, rang_at=answered, answered_at=answered, again=True)
    return replace(found, checked_at=checked if checked and checked <= scene.horizon else None)


def _checked(scene: Scene, since: datetime) -> datetime | None:
    """When her welfare was looked at, before or after the clock of the house; None where nobody did."""
    shares, zone = scene.section("contacts"), scene.district.zone
    done, in_time = happens(scene.chance, shares["checked"]), happens(scene.chance, shares["in_time"])
    part = scene.chance.random()
    due = deadlines.deadline(scene.ground.book, CHECK, start=since, zone=zone, calendar=scene.ground.calendar).due_at
    if not done or due is None:
        return None
    return whole(since + part * (due - since) if in_time else due + timedelta(minutes=1) + part * timedelta(hours=9))
