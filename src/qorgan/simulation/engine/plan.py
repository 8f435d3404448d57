"""The plan: from seed, year and scale to a stream of threads. No thread depends on the order they are asked in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache

from qorgan.simulation.engine import judging, offending, ordering, reporting
from qorgan.simulation.engine.assumptions import Faulty
from qorgan.simulation.engine.calendars import YearOfDays
from qorgan.simulation.engine.chance import thrown
from qorgan.simulation.engine.contested import contested
from qorgan.simulation.engine.courses import WAYS, Course, Court
from qorgan.simulation.engine.deal import Deal, Entry, Item, Shares, dealt, shares
from qorgan.simulation.engine.disputed import disputed
from qorgan.simulation.engine.endangered import endangered
from qorgan.simulation.engine.ending import ended
from qorgan.simulation.engine.ground import Ground
from qorgan.simulation.engine.guarding import guarded
from qorgan.simulation.engine.reaching import reached
from qorgan.simulation.engine.requiring import required
from qorgan.simulation.engine.reviewing import reviewed
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.seeking import sought
from qorgan.simulation.engine.sheltering import sheltered
from qorgan.simulation.engine.threads import PlannedCourtCase, PlannedOffence, PlannedPart, Thread
from qorgan.simulation.engine.uniformed import uniformed


@dataclass(frozen=True, eq=False)
class Plan:
    """One year of a country at a scale. The same seed gives the same threads, all of them or one alone."""

    ground: Ground
    seed: int
    year: int
    scale: Fraction

    def __post_init__(self) -> None:
        if self.year not in self.ground.assumptions.years:
            known = self.ground.assumptions.years
            raise Faulty(f"The years {known[0]} to {known[-1]} can be simulated, not {self.year}.")
        if not 0 < self.scale <= 1:
            raise Faulty("A scale lies above 0 and is at most 1.")

    def __len__(self) -> int:
        """How many threads there are."""
        return sum(len(self.deal(place)) for place in range(len(self.ground.districts)))

    @cached_property
    def _shares(self) -> Shares:
        return shares(self.ground, seed=self.seed, year=self.year, scale=self.scale)

    @cached_property
    def days(self) -> YearOfDays:
        """The days of the year."""
        assumed = self.ground.assumptions
        months, hours = assumed.section("months")["weights"], assumed.section("hours")["weights"]
        return YearOfDays(self.year, assumed.last_day(self.year), months=months, hours=hours)

    def deal(self, place: int) -> Deal:
        """What falls to the district at `place` in the ground's order."""
        return _deal(self, place)

    def threads(self) -> Iterator[Thread]:
        """All threads, district by district."""
        for place in range(len(self.ground.districts)):
            yield from self.of_district(place)

    def of_district(self, place: int) -> Iterator[Thread]:
        """The threads of one district."""
        for number in range(len(self.deal(place))):
            yield self.thread(place, number)

    def thread(self, place: int, number: int) -> Thread:
        """One thread."""
        district = self.ground.districts[place]
        chance = thrown(self.seed, self.year, district.id, number)
        scene = Scene(self.ground, self.days, district, self.seed, number, chance)
        held = self.deal(place)
        if number < len(held.entries):
            entry = held.entries[number]
            found = contested(scene, ended(scene, entry, _reported(scene, entry)), retold=entry.retold)
            found = required(scene, found)
            found = sought(scene, guarded(scene, found))
            found = sheltered(scene, uniformed(scene, disputed(scene, endangered(scene, found))))
            return reached(scene, reviewed(scene, found))
        return _alone(scene, held.alone[number - len(held.entries)])


@lru_cache(maxsize=4)
def _deal(plan: Plan, place: int) -> Deal:
    chance = thrown(plan.seed, plan.year, plan.ground.districts[place].id, "deal")
    return dealt(plan.ground, plan._shares, place=place, chance=chance)


def _alone(scene: Scene, item: Item) -> Thread:
    """An offence that no report led to."""
    act = offending.act(scene, item)
    day = offending.registered_day(scene, item, act)
    moment = scene.days.moment(day, scene.district.zone, scene.chance)
    offence = offending.offence(scene, item, act, registered=moment, told_on=None)
    return Thread(scene.key, scene.district.id, offences=(offence,), court_cases=_sentenced(scene, item, offence))


def _sentenced(scene: Scene, item: Item, offence: PlannedOffence) -> tuple[PlannedCourtCase, ...]:
    if offence.sent_at is None:
        return ()
    known_from: date = scene.section("courts")["requirements_after_conviction_from"]
    return (judging.about_crime(scene, offence, 0, item.stream.sentences, requirements_from=known_from),)


def _reported(scene: Scene, entry: Entry) -> Thread:
    """A report and what came of it."""
    act = offending.act(scene, entry.item) if entry.item else None
    if act is not None and entry.item is not None:
        day = offending.registered_day(scene, entry.item, act)
        moment = scene.days.moment(day, scene.district.zone, scene.chance)
    else:
        moment = reporting.registered_at(scene, entry)
    told_on = scene.local_day(moment)
    who = reporting.parties(scene, told_on, act.parts if act else ())
    report = reporting.report(scene, entry, moment, who)
    found = Thread(scene.key, scene.district.id, report)
    way = WAYS[entry.course]
    if not way.case:
        return found
    case_at = scene.after(report.received_at, "case")
    surely = way.breach or entry.retold
    orders = ordering.orders(scene, case_at, way.orders, report.narrative, breached=surely)
    child = ordering.child(scene) if orders else None
    found = replace(found, case_at=case_at, orders=orders, child=child, child_at=case_at if child else None)
    if act is not None and entry.item is not None:
        registered = scene.after(case_at, "protocol")
        offence = offending.offence(scene, entry.item, act, registered=registered, told_on=told_on)
        offence = replace(offence, parts=_known(offence.parts))
        return replace(found, offences=(offence,), court_cases=_sentenced(scene, entry.item, offence))
    return _with_court(scene, entry.course, found, who, told_on)


def _known(parts: tuple[PlannedPart, ...]) -> tuple[PlannedPart, ...]:
    """The first victim and the first suspect are those whom the report names."""
    seen: set[str] = set()
    found = []
    for one in parts:
        found.append(replace(one, known=one.part not in seen))
        seen.add(one.part)
    return tuple(found)


def _with_court(scene: Scene, course: Course, found: Thread, who: reporting.Parties, told_on: date) -> Thread:
    way = WAYS[course]
    if way.protocol or way.breach:
        parts = (
            PlannedPart("victim", who.victim.sex, who.victim.age, who.relationship, known=True),
            PlannedPart("suspect", who.suspect.sex, who.suspect.age, known=True),
        )
        order = found.orders[0] if way.breach else None
        moment = (order.recorded_at if order else None) or found.case_at
        assert moment is not None, "a protocol is drawn up in a case"
        day = scene.local_day(moment) if way.breach else told_on
        court = way.court is Court.PROTOCOL
        offence = offending.protocol(scene, moment, parts, told_on=day, breach=way.breach, court=court)
        cases = (judging.about_protocol(scene, offence, 0, breach=way.breach),) if court else ()
        return replace(found, offences=(offence,), court_cases=cases)
    if way.court is not Court.NONE:
        number = len(found.orders) - 1
        decided = way.court is Court.REQUIREMENTS
        issued = found.orders[number].issued_at
        return replace(found, court_cases=(judging.about_order(scene, issued, number, decided=decided),))
    return found
