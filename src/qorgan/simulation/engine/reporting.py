"""The first part of a thread: a report comes in, a case is opened or the report is written off."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from qorgan.simulation.engine.calendars import at
from qorgan.simulation.engine.chance import delay, happens, picked, thrown
from qorgan.simulation.engine.courses import WAYS, Course, Court
from qorgan.simulation.engine.deal import Entry
from qorgan.simulation.engine.personas import FEMALE, MALE, household, persona, phone
from qorgan.simulation.engine.scene import DAYS_TO_DECIDE, DAYS_TO_RETELL, Scene
from qorgan.simulation.engine.threads import Persona, PlannedPart, PlannedReport

_LEAST_ADDRESSEE = 18


@dataclass(frozen=True)
class Parties:
    """Who it is about. `relationship` is the suspect's to the victim."""

    victim: Persona
    suspect: Persona
    relationship: str


def registered_at(scene: Scene, entry: Entry) -> datetime:
    """When the book took the report: early enough for what the year's totals count of it."""
    way = WAYS[entry.course]
    last = scene.days.last
    if way.court in (Court.REQUIREMENTS, Court.PROTOCOL):
        last -= timedelta(days=DAYS_TO_DECIDE)
    elif way.orders or way.protocol:
        last -= timedelta(days=1)
    if entry.retold:
        last = min(last, scene.days.last - timedelta(days=DAYS_TO_RETELL))
    day = scene.days.day((entry.index + scene.chance.random()) / entry.count, scene.days.first, last)
    return scene.days.moment(day, scene.district.zone, scene.chance)


def parties(scene: Scene, on: date, parts: tuple[PlannedPart, ...] = ()) -> Parties:
    """The victim and the suspect of a report: as an offence of the thread says, or by the country's shares."""
    said = {one.part: one for one in parts}
    family = household(scene)
    shares = scene.section("parties")
    chance = scene.chance
    victim, suspect = said.get("victim"), said.get("suspect")
    if victim is None:
        relationship = picked(chance, shares["relationships"])
        woman = happens(chance, shares["woman"])
        age = chance.randint(3, 17) if happens(chance, shares["child"]) else chance.randint(18, 78)
        if age < _LEAST_ADDRESSEE:
            relationship = "parent" if chance.random() < 0.7 else "step_parent"
        victim = PlannedPart("victim", FEMALE if woman else MALE, age, relationship)
    if suspect is None:
        man = happens(chance, shares["man_accused"])
        suspect = PlannedPart("suspect", MALE if man else FEMALE, chance.randint(19, 66))
    surname = family.choice(scene.words("names", "surnames"))
    own = {"surname": surname if victim.relationship in ("spouse", "parent", "child", "sibling") else ""}
    hers = persona(scene, family, sex=victim.sex, age=victim.age, on=on, surname=surname)
    his = persona(scene, family, sex=suspect.sex, age=suspect.age, on=on, **own)
    return Parties(replace(hers, phone=phone(scene)), his, victim.relationship)


def report(scene: Scene, entry: Entry, moment: datetime, who: Parties) -> PlannedReport:
    """The report as the desk writes it, with what nobody knew left out."""
    chance, unknown = scene.chance, scene.section("unknown")
    zone = scene.district.zone
    counted = bool(WAYS[entry.course].orders or WAYS[entry.course].protocol or entry.item)
    time_known = not happens(chance, unknown["time"])
    late = not counted and happens(chance, unknown["late"])
    received = scene.after(moment, "late_receipt" if late else "receipt")
    no_victim = not counted and happens(chance, unknown["victim"])
    no_suspect = not counted and happens(chance, unknown["suspect"])
    return PlannedReport(
        submission=f"simulation\0{scene.key}",
        kui_no=scene.register_no(scene.words("kinds", "report")),
        channel=picked(chance, scene.section("channels")),
        registered_at=moment if time_known else at(scene.local_day(moment), zone),
        received_at=received,
        time_known=time_known,
        narrative=chance.choice(scene.words("told", "narratives")),
        address="" if happens(chance, unknown["address"]) else _address(scene),
        victim=None if no_victim else who.victim,
        suspect=None if no_suspect else who.suspect,
        reporter=_reporter(scene),
        resent_at=_resent(scene, received),
        written_off_at=scene.after(received, "write_off", until=scene.horizon)
        if entry.course is Course.WRITTEN_OFF
        else None,
        written_off_for=_reason(scene) if entry.course is Course.WRITTEN_OFF else "",
    )


def _reason(scene: Scene) -> str:
    """Why it is written off, by a chance of its own."""
    reason: str = picked(thrown(scene.key, "written off"), scene.section("write_off_reasons"))
    return reason


def _resent(scene: Scene, received: datetime) -> datetime | None:
    """Some desks send the same message again."""
    if not happens(scene.chance, scene.ground.assumptions.percent_of_reports["resent"][scene.days.year]):
        return None
    passed = delay(scene.chance, scene.ground.assumptions.delays["receipt"])
    return received + max(timedelta(seconds=round(passed.total_seconds())), timedelta(seconds=1))


def _reporter(scene: Scene) -> Persona | None:
    """A neighbour or a relative who called."""
    if not happens(scene.chance, scene.section("reporter")["named"]):
        return None
    sex = FEMALE if scene.chance.random() < 0.6 else MALE
    someone = persona(scene, scene.chance, sex=sex, age=None, on=scene.days.first)
    return replace(someone, phone=phone(scene))


def _address(scene: Scene) -> str:
    words = scene.words("addresses")
    written: str = words["line"].format(
        region=scene.district.region_name,
        district=scene.district.name,
        street=scene.chance.choice(words["streets"]),
        house=scene.chance.randint(1, 120),
        flat=scene.chance.randint(1, 90),
    )
    return written
