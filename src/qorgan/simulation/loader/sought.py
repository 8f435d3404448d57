"""What the search for the child of a case leaves: the alarm, whom it was told, what was searched, its end."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from qorgan.agencies.models import Agency
from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import beside
from qorgan.duties.actions import Laid
from qorgan.duties.terms import Kind as DutyKind
from qorgan.missing import queries
from qorgan.missing.actions.begin import FIRST_SEARCH
from qorgan.missing.actions.end import HEAR, REVIEW
from qorgan.missing.actions.tell import LOOK_OUT
from qorgan.missing.models import Alarm, Bulletin, Search
from qorgan.missing.terms import State
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.rows import Thing
from qorgan.simulation.perform import named
from qorgan.simulation.perform.sought import RESULT, planned_of, told_of

Near = dict[tuple[int, UUID], list[Agency]]


class Sought:
    """A thread's search. `near`: the offices near a place that were asked for before."""

    def __init__(self, police: Police, near: Near) -> None:
        self.police = police
        self.rows = police.rows
        self.near = near
        self.alarm: Alarm
        self.bulletins: list[Bulletin] = []

    def begin(self, step: Step) -> None:
        """The alarm, its first duty, and what the offices near by were told."""
        case, at, told = self.police.led, step.at, told_of(self.police.thread, self.police.words)
        self.alarm = self.rows.add(
            Alarm(
                id=ids.new(),
                case=case,
                child_id=self.police.persons["child"],
                **beside(case),
                agency_id=case.agency_id,
                key_id=case.key_id,
                age=told.age,
                last_seen_at=told.last_seen_at,
                last_place=self._sealed(told.place.strip(), "alarm.last_place"),
                wearing=self._sealed(told.wearing.strip(), "alarm.wearing"),
                dangers=[str(one) for one in told.dangers],
                raised_at=at,
                raised_by=self.police.by.staff,
            )
        )
        self._told("raised", at)
        self._lay(DutyKind.FIRST_SEARCH, FIRST_SEARCH, at)
        self._tell(told.place.strip(), told.wearing.strip(), at)

    def _sealed(self, text: str, at: str) -> Any:
        return vault.seal(self.police.led.key_id, text, at=f"missing.{at}")

    def _told(self, act: str, at: datetime, /, **detail: Any) -> None:
        alarm, case = self.alarm, self.police.led
        said = {"case": case.number, "version": alarm.version, **detail}
        self.rows.tell(f"missing.alarm.{act}", "alarm", alarm.id, self.police.by, at, **said)

    def _lay(self, kind: DutyKind, key: str, at: datetime, *, due_at: datetime | None = None) -> None:
        alarm = self.alarm
        term = self.police.answers.deadline(key, at, alarm.territory_id)
        laid = Laid(kind, key, at, due_at or term.due_at, to_verify=term.to_verify)
        place = alarm.territory_id, alarm.thread_id, alarm.agency_id
        self.rows.lay([laid], Thing("alarm", alarm.id, *place, alarm.key_id, alarm.case_id), self.police.by, at)

    def _tell(self, place: str, wearing: str, at: datetime) -> None:
        alarm, name = self.alarm, named.person(self.police.thread.child).written
        offices = self._offices()
        for office in offices:
            made = Bulletin(
                id=ids.new(),
                alarm_id=alarm.id,
                territory_id=office.territory_id,
                thread_id=alarm.thread_id,
                agency=office,
                from_agency_id=alarm.agency_id,
                key_id=alarm.key_id,
                name=self._sealed(name, "bulletin.name"),
                age=alarm.age,
                last_seen_at=alarm.last_seen_at,
                last_place=self._sealed(place, "bulletin.last_place"),
                wearing=self._sealed(wearing, "bulletin.wearing"),
                dangers=alarm.dangers,
                told_at=at,
            )
            self.bulletins.append(self.rows.add(made))
            term = self.police.answers.deadline(LOOK_OUT, at, office.territory_id)
            laid = Laid(DutyKind.LOOK_OUT, LOOK_OUT, at, term.due_at, to_verify=term.to_verify)
            about = Thing("bulletin", made.id, office.territory_id, alarm.thread_id, office.id, alarm.key_id)
            self.rows.lay([laid], about, self.police.by, at)
        said = [office.code for office in offices]
        self.rows.tell("missing.alarm.told", "alarm", alarm.id, self.police.by, at, offices=said)

    def _offices(self) -> list[Agency]:
        place = self.alarm.territory_id, self.alarm.agency_id
        if place not in self.near:
            self.near[place] = queries.near(place[0], besides=place[1])
        return self.near[place]

    def search(self, step: Step) -> None:
        """A first place, and its duty done."""
        words = self.police.words
        self.rows.add(
            Search(
                id=ids.new(),
                alarm=self.alarm,
                **beside(self.alarm),
                place=self._sealed(words["searched"], "search.place"),
                searchers=self._sealed(words["searchers"], "search.searchers"),
                result=RESULT.value,
                note=self._sealed("", "search.note"),
                searched_at=step.at,
                written_at=step.at,
                written_by=self.police.by.staff,
            )
        )
        self.rows.done(self.alarm.id, DutyKind.FIRST_SEARCH, self.police.by, step.at)
        self.alarm.version += 1
        self._told("searched", step.at, result=RESULT.value)

    def find(self, step: Step) -> None:
        """The child found alive, and the duty to hear the child."""
        self._end(State.FOUND_ALIVE, step.at, place=self.police.words["found"])
        self._lay(DutyKind.HEAR_CHILD, HEAR, step.at)

    def rest(self, step: Step) -> None:
        """The search at rest, and the duty to look at it again."""
        day, zone = planned_of(self.police.thread).review_on, self.police.answers.zone(self.alarm.territory_id)
        assert day is not None, "a search rests until a day"
        self.alarm.review_on = day
        self._end(State.NOT_FOUND, step.at, words=self.police.words["rested"])
        self._lay(DutyKind.REVIEW_SEARCH, REVIEW, step.at, due_at=datetime.combine(day, time(23, 59, 59), zone))

    def _end(self, state: State, at: datetime, *, place: str = "", words: str = "") -> None:
        """Nobody looks out any more, and no duty of the search is open."""
        alarm, by = self.alarm, self.police.by
        alarm.state, alarm.ended_at, alarm.ended_by = state.value, at, by.staff
        alarm.ended_place = self._sealed(place, "alarm.ended_place")
        alarm.ended_words = self._sealed(words, "alarm.ended_words")
        alarm.version += 1
        self._told(state.value, at)
        for told in reversed(self.bulletins):
            told.over_at = at
            told.version += 1
            self.rows.drop(told.id, "search_over", by, at)
        self.rows.drop(alarm.id, state.value, by, at)
