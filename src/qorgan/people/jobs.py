"""Background work on persons."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from qorgan.agencies import queries as agencies
from qorgan.base import clock, journal, logs
from qorgan.base.keys import blind
from qorgan.base.scope import Actor, acting
from qorgan.people import actions, queries, rules
from qorgan.people.actions import Likely
from qorgan.people.engine import iin, match, ranking, spelling, tokens
from qorgan.people.engine.habits import habits
from qorgan.people.engine.ranking import Known, Why
from qorgan.people.engine.spelling import Reading, Word
from qorgan.people.models import Person
from qorgan.people.terms import Sex

_OPENED = 2000  # persons that are opened with one question to the key store
_KEPT = 500  # pairs that are written in one transaction
_MOST = 5000  # pairs a night: an old register is not poured out over those who are to read it


@app.periodic(cron="10 21 * * *")
@app.task(name="people.fill_indexes", queueing_lock="people.fill_indexes")
def fill_indexes(timestamp: int) -> None:
    """Index the numbers of before, step by step, until none is left (02:10 in Astana)."""
    system = agencies.system("people.fill_indexes")
    after: UUID | None = None
    with acting(system):
        while True:
            after = actions.fill_indexes(after=after, by=system, now=clock.now()).last
            if after is None:
                return


@app.periodic(cron="40 22 * * *")
@app.task(name="people.propose_same", queueing_lock="people.propose_same")
def propose_same(timestamp: int) -> None:
    """Compare all persons with all others, in memory, and propose who may be one, once a night (03:40 in Astana)."""
    try:
        compare_all(by=agencies.system("people.propose_same"), now=clock.now())
    except rules.NoMatch:
        logs.say("extra_match_not_installed", job="people.propose_same")


@app.task(name="people.compare_named")
def compare_named(person_id: str) -> None:
    """Propose who a person may be who was given a name in her place, or forget it where that was taken back."""
    compare_one(person_id=UUID(person_id), by=agencies.system("people.compare_named"), now=clock.now())


def compare_one(*, person_id: UUID, by: Actor, now: datetime) -> int:
    """Propose the pairs of one person, also with another of her own record; how many. `by` sees every place."""
    with acting(by), transaction.atomic():
        held = {person.id: person for person in Person.objects.filter(pk=person_id)}
        view = queries.opened(held.values()).get(person_id)
        if view is None or view.is_destroyed:
            return 0
        if not view.name:
            actions.forget_proposals(persons=[person_id], by=by, now=now)
            return 0
        said = queries.one_person(person_id)
        alike = [match for match in queries.like(view).matches if match.view.id not in said]
        threads = queries.threads_of([person_id, *(match.view.id for match in alike)])
        meant = [one for one in alike if one.confident or _is_meant(one, view, threads)]
        pairs = [Likely(person_id, one.view.id, one.why) for one in meant]
        return actions.propose(pairs=pairs, by=by, now=now)


def _is_meant(found: queries.Match, view: queries.PersonView, threads: Mapping[UUID, UUID]) -> bool:
    """By the same IIN; or by the same name in one record, where she was written down once more beside herself."""
    if view.iin and iin.read(view.iin).digits == iin.read(found.view.iin).digits:
        return True
    return threads.get(found.view.id) == threads[view.id] and Why.SAME_NAME in found.why


@dataclass(frozen=True)
class Compared:
    """How many persons were compared, and how many pairs of them are proposed for the first time."""

    persons: int
    proposed: int


@dataclass
class _Register:
    """All persons, opened, in this process's memory and nowhere else, for as long as they are compared."""

    frame: match.Frame = field(default_factory=match.Frame)
    known: list[Known] = field(default_factory=list)
    held: list[tuple[UUID, UUID]] = field(default_factory=list)  # the person, her thread
    numbers: list[tuple[str, str]] = field(default_factory=list)
    gone: set[UUID] = field(default_factory=set)
    met: dict[str, Word] = field(default_factory=dict)

    def add(self, person: Person, view: queries.PersonView) -> None:
        """One more; of one who was destroyed only that."""
        if view.is_destroyed:
            self.gone.add(person.id)
            return
        parts = {part: getattr(view, part) for part in ("written", "surname", "given", "patronymic")}
        name = tokens.name_of(**parts, habits=habits(), met=self.met)
        born = tokens.born_on(view.birth_date) or (tokens.Born(view.birth_year) if view.birth_year else None)
        numbers = iin.read(view.iin).digits, blind.telephone(view.phone)
        sex = "" if view.sex == Sex.UNKNOWN else view.sex
        self.frame.add(name, born=born, iin=numbers[0], phone=numbers[1], sex=sex, habits=habits())
        self.known.append(Known(name, born))
        self.held.append((person.id, person.thread_id))
        self.numbers.append(numbers)

    def pairs(self, *, but: set[frozenset[UUID]], groups: Mapping[UUID, UUID]) -> Iterator[Likely]:
        """Those who may be one, the likeliest first: of two records, and of whom nothing was said before.

        Two of one of the `groups` are held for one person already, over others.
        """
        for pair in match.pairs(self.frame):
            (one, here), (other, there) = self.held[pair.one], self.held[pair.other]
            if here == there or frozenset((one, other)) in but:
                continue
            if one not in groups or groups[one] != groups.get(other):
                yield Likely(one, other, self._why(pair.one, pair.other))

    def _why(self, one: int, other: int) -> tuple[Why, ...]:
        """Why they are alike, in the words of a search: the one is sought by the other's name."""
        asked = [spelling.asked(part.text, habits()) for part in self.known[other].name.parts if part]
        same = any(a and a == b for a, b in zip(self.numbers[one], self.numbers[other], strict=True))
        ranker = ranking.Ranker([Reading(tuple(asked))], self.known[other].born)
        return ranker.rank(replace(self.known[one], same_number=same)).why


def compare_all(*, by: Actor, now: datetime, read: Callable[[int], None] = lambda _count: None) -> Compared:
    """Compare every person whom `by` sees with every other, and keep who may be one; `by` sees every place.

    No name leaves this process. `read` is told how many were read so far. Raises NoMatch.
    """
    if match.missing():
        raise rules.NoMatch
    begun = time.monotonic()
    with acting(by):
        register = _read(read)
        with transaction.atomic():
            but, groups = queries.spoken_of(), queries.groups()
        pairs = register.pairs(but=but, groups=groups)
        made = [pair for pair, _place in zip(pairs, range(_MOST), strict=False)][::-1]
        kept = 0
        for place in range(0, len(made), _KEPT):
            kept += actions.propose(pairs=made[place : place + _KEPT], by=by, now=now)
        with transaction.atomic():
            actions.forget_proposals(persons=register.gone, by=by, now=now)
            told = {"persons": len(register.held), "proposed": kept, "seconds": round(time.monotonic() - begun)}
            journal.write(kind="people.proposal.made", by=by, now=now, detail=told)
    return Compared(len(register.held), kept)


def _read(read: Callable[[int], None]) -> _Register:
    register, after = _Register(), UUID(int=0)
    while True:
        with transaction.atomic():
            batch = queries.after(after, limit=_OPENED)
            views = queries.opened(batch)
        if not batch:
            return register
        for person in batch:
            register.add(person, views[person.id])
        read(len(register.held))
        after = batch[-1].id
