"""Offences: of the streams, with a report or without one, and the administrative protocols that reports lead to."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from qorgan.simulation.engine.assumptions import ArticleChoice, Faulty
from qorgan.simulation.engine.chance import happens, picked
from qorgan.simulation.engine.deal import Item
from qorgan.simulation.engine.personas import FEMALE, MALE, UNKNOWN
from qorgan.simulation.engine.scene import DAYS_TO_SENTENCE, Scene
from qorgan.simulation.engine.threads import PlannedOffence, PlannedPart, Wording

COMPLETED, ATTEMPT = "completed", "attempt"
_DAY_UNKNOWN = 2  # percent of the offences of which the day of the act is found out later
_AGE_LATER = 3  # percent of the victims whose age is found out later
_SUSPENDED, _RESUMED, _TERMINATED = 22, 30, 15  # percent of what goes to no court; of what was suspended
_ADULT = 18
_GROUNDS = {"reconciled": 40, "no_elements": 25, "no_event": 15, "limitation": 8, "death": 6, "other": 6}


@dataclass(frozen=True)
class Act:
    """What was done: under which article, between which days it may be registered, by whom to whom."""

    article: ArticleChoice
    first: date
    last: date
    parts: tuple[PlannedPart, ...]


def act(scene: Scene, item: Item) -> Act:
    """The act of an offence of a stream. Raises Faulty where none of its articles is in force in the year."""
    spans = {}
    for choice in item.stream.articles:
        span = scene.ground.articles.span(choice, scene.days.first, scene.days.last)
        if span is not None:
            spans[choice] = span
    if not spans:
        raise Faulty(f"No article of {item.stream.code} is in force in {scene.days.year}.")
    choice = picked(scene.chance, {choice: choice.weight for choice in spans})
    first, last = spans[choice]
    if item.fate == "court":
        last = max(first, min(last, scene.days.last - timedelta(days=DAYS_TO_SENTENCE)))
    return Act(choice, first, last, _parts(scene, item, choice))


def _parts(scene: Scene, item: Item, choice: ArticleChoice) -> tuple[PlannedPart, ...]:
    stream, chance = item.stream, scene.chance
    found = []
    sex = picked(chance, stream.victims.sexes)
    for _one in range(0 if sex == "none" else 2 if happens(chance, stream.victims.pairs) else 1):
        youngest = max(stream.victims.youngest, choice.youngest)
        age = chance.randint(youngest, min(stream.victims.oldest, choice.oldest))
        known = None if happens(chance, stream.unknown_age) else age
        found.append(PlannedPart("victim", sex, known, picked(chance, stream.relationships)))
    if happens(chance, stream.suspects.known):
        sex = MALE if happens(chance, stream.suspects.men) else FEMALE
        found.append(PlannedPart("suspect", sex, chance.randint(stream.suspects.youngest, stream.suspects.oldest)))
    elif happens(chance, 20):
        found.append(PlannedPart("suspect", UNKNOWN, None))  # somebody was seen
    return tuple(found)


def registered_day(scene: Scene, item: Item, planned: Act) -> date:
    """The day on which an offence of a stream is registered."""
    part = (item.index + scene.chance.random()) / item.count
    return scene.days.day(part, planned.first, planned.last)


def offence(scene: Scene, item: Item, planned: Act, *, registered: datetime, told_on: date | None) -> PlannedOffence:
    """An offence of a stream, with what becomes of it. `told_on` is the day of the report that it came out of."""
    day = told_on or scene.local_day(registered)
    final = Wording(
        code=planned.article.code,
        article=planned.article.article,
        part=planned.article.part,
        acted_on=_acted_on(scene, planned, day),
        completion=ATTEMPT if happens(scene.chance, item.stream.attempts) else COMPLETED,
        register_no=scene.register_no(scene.words("kinds", "criminal")),
    )
    found = PlannedOffence(registered, final, planned.parts)
    if told_on is None:  # whom a case knows by her birth date has no age that is found out later
        found = _known_later(scene, found)
    return _fate(scene, item, _corrected(scene, item, found))


def _acted_on(scene: Scene, planned: Act, day: date) -> date:
    """Some days before it was told of, under the same article."""
    chance = scene.chance
    acted = day - timedelta(days=0 if chance.random() < 0.55 else min(int(chance.expovariate(1 / 9)), 300))
    choice = planned.article
    held = scene.ground.articles.row(choice.code, choice.article, choice.part, on=acted)
    now = scene.ground.articles.row(choice.code, choice.article, choice.part, on=min(day, planned.last))
    return acted if held is not None and held == now else max(min(day, planned.last), planned.first)


def _known_later(scene: Scene, found: PlannedOffence) -> PlannedOffence:
    """The age of a victim may be found out later."""
    at = next((index for index, one in enumerate(found.parts) if one.part == "victim" and one.age is not None), None)
    if at is None or not happens(scene.chance, _AGE_LATER):
        return found
    moment = scene.after(found.registered_at, "correction", until=scene.horizon)
    first = tuple(replace(one, age=None) if index == at else one for index, one in enumerate(found.parts))
    return replace(found, parts=first, known_later=((moment, at, found.parts[at]),))


def _corrected(scene: Scene, item: Item, found: PlannedOffence) -> PlannedOffence:
    """First registered otherwise: under another article, as completed, or without the day."""
    final, on = found.wording, found.wording.acted_on or scene.local_day(found.registered_at)
    first = final
    if happens(scene.chance, item.stream.initial):
        other = replace(final, article=item.stream.initial_article, part="")
        if scene.ground.articles.row(other.code, other.article, "", on=on) is not None:
            first = other
    elif final.completion == ATTEMPT and happens(scene.chance, 15):
        first = replace(final, completion=COMPLETED)
    elif happens(scene.chance, _DAY_UNKNOWN) and _same_today(scene, found):
        first = replace(final, acted_on=None)
    if first == final:
        return found
    moment = scene.after(found.registered_at, "correction", until=scene.horizon)
    return replace(found, wording=first, corrections=((moment, final),))


def _same_today(scene: Scene, found: PlannedOffence) -> bool:
    """Whether the article was the same on the day of registration, which stands for a day that is not known."""
    said = found.wording
    row = scene.ground.articles.row
    day = scene.local_day(found.registered_at)
    return said.acted_on is not None and row(said.code, said.article, said.part, on=day) == row(
        said.code, said.article, said.part, on=said.acted_on
    )


def _fate(scene: Scene, item: Item, found: PlannedOffence) -> PlannedOffence:
    since = max([found.registered_at, *(at for at, _said in found.corrections), *(at for at, *_ in found.known_later)])
    if item.fate == "annulled":
        return replace(found, annulled_at=scene.after(since, "end", until=scene.horizon))
    if item.fate == "court":
        return replace(found, sent_at=scene.after(found.registered_at, "criminal_to_court"))
    if happens(scene.chance, _SUSPENDED):
        suspended = scene.after(found.registered_at, "end", until=scene.horizon)
        resumed = scene.after(suspended, "pause", until=scene.horizon) if happens(scene.chance, _RESUMED) else None
        return replace(found, suspended_at=suspended, resumed_at=resumed)
    if happens(scene.chance, _TERMINATED):
        ended = scene.after(found.registered_at, "end", until=scene.horizon)
        return replace(found, terminated_at=ended, ground=picked(scene.chance, _grounds(found)))
    return found


def _grounds(found: PlannedOffence) -> dict[str, float]:
    """In a crime against a child the parties are not reconciled, whatever the day."""
    parts = (*found.parts, *(part for _at, _number, part in found.known_later))
    children = any(one.part == "victim" and one.age is not None and one.age < _ADULT for one in parts)
    return {ground: weight for ground, weight in _GROUNDS.items() if not (children and ground == "reconciled")}


def protocol(
    scene: Scene, moment: datetime, parts: tuple[PlannedPart, ...], *, told_on: date, breach: bool, court: bool
) -> PlannedOffence:
    """An administrative offence of a report: its article by the day of the act; or the breach of an order."""
    acted = told_on - timedelta(days=0 if breach or scene.chance.random() < 0.8 else 1)
    choices = (scene.ground.assumptions.breach,) if breach else scene.ground.assumptions.protocols
    row = scene.ground.articles.row
    if all(row(one.code, one.article, one.part, on=acted) is None for one in choices):
        acted = told_on
    held = {one: one.weight for one in choices if row(one.code, one.article, one.part, on=acted) is not None}
    if not held:
        raise Faulty(f"No article of a protocol is in force on {acted}.")
    choice = picked(scene.chance, held)
    registered = scene.after(moment, "protocol")
    number = scene.register_no(scene.words("kinds", "administrative"))
    found = PlannedOffence(registered, Wording(*choice.cited, acted, COMPLETED, number), parts)
    if court:
        return replace(found, sent_at=scene.after(registered, "hearing" if breach else "protocol"))
    shares = dict(scene.section("protocols"))
    shares.pop("alone")
    if happens(scene.chance, shares.pop("ended")):
        ended = scene.after(registered, "end", until=scene.horizon)
        return replace(found, terminated_at=ended, ground=picked(scene.chance, shares))
    return found
