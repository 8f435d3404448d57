"""What is shared of a case, whom it is shut to, who opens it in an emergency: thrown apart from its thread."""

from dataclasses import replace
from datetime import datetime, timedelta

from qorgan.law.engine import deadlines
from qorgan.simulation.engine.calendars import whole
from qorgan.simulation.engine.chance import happens, thrown
from qorgan.simulation.engine.ground import District
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import PlannedOffer, PlannedReview, Thread

ANSWER, BLOCK_REVIEW, OPENING_REVIEW = "sharing.answer", "agencies.block_review", "agencies.opening_review"
_AGREED_FOR = timedelta(days=180)


def guarded(scene: Scene, thread: Thread) -> Thread:
    """The thread with what is offered of its case and how it is guarded; one without a case stays as it is."""
    if thread.case_at is None or thread.report is None:
        return thread
    chance = thrown(scene.key, "guarded")
    own = replace(scene, chance=chance)
    sharing, reviews = scene.section("sharing"), scene.section("reviews")
    refers, transfers = happens(chance, sharing["referred"]), happens(chance, sharing["transferred"])
    blocks, opens = happens(chance, reviews["blocked"]), happens(chance, reviews["opened"])
    since = thread.case_at
    return replace(
        thread,
        referral=_referral(own, since) if refers and thread.report.victim else None,
        transfer=_transfer(own, since) if transfers else None,
        block=_block(own, since) if blocks and not thread.court_cases else None,
        opening=_opening(own, since) if opens else None,
    )


def _referral(scene: Scene, since: datetime) -> PlannedOffer:
    shares = scene.section("sharing")
    at = scene.after(since, "referral")
    found = PlannedOffer(at, until=at + _AGREED_FOR)
    dice = scene.chance.random() * 100
    if dice < shares["accepted"] + shares["declined"]:
        found = replace(found, answered_at=answered(scene, at), accepted=dice < shares["accepted"])
    if found.accepted is False or not happens(scene.chance, shares["withdrawn"]):
        return found
    return replace(found, withdrawn_at=scene.after(found.answered_at or at, "withdrawal", until=scene.horizon))


def _transfer(scene: Scene, since: datetime) -> PlannedOffer:
    at = scene.after(since, "transfer")
    found = PlannedOffer(at, to=_neighbour(scene).id)
    if not happens(scene.chance, scene.section("sharing")["refused"]):
        return found
    return replace(found, answered_at=answered(scene, at), accepted=False)


def answered(scene: Scene, at: datetime, name: str = "answer") -> datetime:
    """The moment of an answer, by the delay of that name, within the clock that the offer lapses by."""
    lapses = _term(scene, ANSWER, at)
    return scene.after(at, name, until=min(scene.horizon, lapses) if lapses else scene.horizon)


def _term(scene: Scene, key: str, at: datetime) -> datetime | None:
    zone, calendar = scene.district.zone, scene.ground.calendar
    return deadlines.deadline(scene.ground.book, key, start=at, zone=zone, calendar=calendar).due_at


def _block(scene: Scene, since: datetime) -> PlannedReview:
    stands = happens(scene.chance, scene.section("reviews")["confirmed"])
    return _weighed(scene, PlannedReview(scene.after(since, "block"), stands=stands), BLOCK_REVIEW)


def _opening(scene: Scene, since: datetime) -> PlannedReview:
    stands = not happens(scene.chance, scene.section("reviews")["without_ground"])
    found = PlannedReview(scene.after(since, "emergency"), by=_neighbour(scene).id, stands=stands)
    return _weighed(scene, found, OPENING_REVIEW)


def _weighed(scene: Scene, found: PlannedReview, key: str) -> PlannedReview:
    """The word on it, before or after the clock of the law; none where the year is over by then."""
    due_at = _term(scene, key, found.at)
    in_time = happens(scene.chance, scene.section("reviews")["in_time"])
    part = scene.chance.random()
    if due_at is None:
        return found
    late = timedelta(minutes=1) + part * timedelta(hours=scene.section("reviews")["late_hours"])
    decided = whole(found.at + part * (due_at - found.at) if in_time else due_at + late)
    return replace(found, decided_at=decided, in_time=in_time) if decided <= scene.end else found


def _neighbour(scene: Scene) -> District:
    """Another district, of the same region where it has one."""
    others = [one for one in scene.ground.districts if one.id != scene.district.id]
    near = [one for one in others if one.region == scene.district.region]
    return scene.chance.choice(near or others)
