"""What falls to each district of a year: its reports with their courses, its offences with their streams."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from qorgan.simulation.engine.assumptions import Stream
from qorgan.simulation.engine.chance import apportioned, happens, thrown
from qorgan.simulation.engine.courses import OPEN_TO_OFFENCES, WAYS, Course, Court, report_courses, stream_counts
from qorgan.simulation.engine.ground import Ground

_FURTHER = (Course.JOINED, Course.RETOLD)  # reports that belong to the thread of another one


@dataclass(frozen=True, slots=True)
class Item:
    """One offence of a stream: the `index`-th of `count` in its district. `fate`: court, other or annulled."""

    stream: Stream
    fate: str
    index: int
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One report: the `index`-th of `count` of its course in its district, perhaps with an offence of a stream.

    `repeated`: another report of the same event came in, and was joined to it. `retold`: a further report came in
    when its order was in force, and told of a breach.
    """

    course: Course
    index: int
    count: int
    item: Item | None = None
    repeated: bool = False
    retold: bool = False


@dataclass(frozen=True)
class Deal:
    """The threads of a district in a year: first its reports, then the offences that no report led to."""

    entries: tuple[Entry, ...]
    alone: tuple[Item, ...]

    def __len__(self) -> int:
        return len(self.entries) + len(self.alone)


@dataclass(frozen=True)
class Shares:
    """How the counts of the country fall to its districts, in the order of the ground's districts."""

    courses: Mapping[Course, list[int]]
    streams: Mapping[tuple[int, str], list[int]]


def shares(ground: Ground, *, seed: int, year: int, scale: Fraction) -> Shares:
    """Share the year's counts out. Sums over the districts are the country's counts, to the unit."""
    weights = _weights(ground, seed, year)
    assumed = ground.assumptions
    courses = {
        course: apportioned(count, _leaning(ground, weights, seed, course), thrown(seed, year, "course", course))
        for course, count in report_courses(assumed, year, scale).items()
    }
    streams = {}
    for number, stream in enumerate(assumed.streams):
        counts = stream_counts(stream, year, scale)
        for fate in ("court", "other", "annulled"):
            chance = thrown(seed, year, "stream", stream.code, fate)
            streams[number, fate] = apportioned(getattr(counts, fate), weights, chance)
    return Shares(courses, streams)


def _weights(ground: Ground, seed: int, year: int) -> list[float]:
    """The districts' shares in a year: no year is like the other."""
    wide = ground.assumptions.unevenness
    return [
        district.weight * (1 + wide * (2 * thrown(seed, year, district.id, "share").random() - 1))
        for district in ground.districts
    ]


def _leaning(ground: Ground, weights: list[float], seed: int, course: Course) -> list[float]:
    """The same shares where each region has habits of its own, every year: how readily it orders, how often it sues."""
    way, wide = WAYS[course], ground.assumptions.habits

    def habit(region: int) -> float:
        ordering = 1 + wide * (2 * thrown(seed, region, "orders", way.orders > 0).random() - 1)
        suing = 1 + wide * (2 * thrown(seed, region, "court", way.court is not Court.NONE).random() - 1)
        return ordering * suing

    habits = {region: habit(region) for region in {district.region for district in ground.districts}}
    return [weight * habits[one.region] for weight, one in zip(weights, ground.districts, strict=True)]


def dealt(ground: Ground, shared: Shares, *, place: int, chance: Random) -> Deal:
    """What falls to the district at `place` in the ground's order."""
    entries = [
        Entry(course, index, counts[place])
        for course, counts in shared.courses.items()
        if course not in _FURTHER
        for index in range(counts[place])
    ]
    items = [
        Item(ground.assumptions.streams[number], fate, index, counts[place])
        for (number, fate), counts in shared.streams.items()
        for index in range(counts[place])
    ]
    room = [at for at, entry in enumerate(entries) if entry.course in OPEN_TO_OFFENCES]
    chance.shuffle(room)
    alone = []
    for item in items:
        if room and item.fate != "annulled" and happens(chance, item.stream.attached):
            at = room.pop()
            held = entries[at]
            entries[at] = Entry(held.course, held.index, held.count, item)
        else:
            alone.append(item)
    joined, retold = (shared.courses[course][place] for course in _FURTHER)
    return Deal(_with_further(entries, joined, retold, chance), tuple(alone))


def _with_further(entries: list[Entry], joined: int, retold: int, chance: Random) -> tuple[Entry, ...]:
    """So many reports more: each joined to one that a case leads, or telling of the breach of the order of one.

    Where a district has too few of those, each is a case of its own.
    """
    hosts = [at for at, entry in enumerate(entries) if WAYS[entry.course].case]
    chance.shuffle(hosts)
    for at in hosts[:joined]:
        entries[at] = replace(entries[at], repeated=True)
    ordered = [at for at in hosts[joined:] if WAYS[entries[at].course].orders and entries[at].item is None]
    for at in ordered[:retold]:
        entries[at] = replace(entries[at], retold=True)
    left = max(joined - len(hosts), 0) + max(retold - len(ordered), 0)
    return (*entries, *(Entry(Course.TALK, index, left) for index in range(left)))
