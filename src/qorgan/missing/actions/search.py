"""Writing down what was searched, by whom, when, and what it gave."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties.terms import Kind as DutyKind
from qorgan.missing import access, rules
from qorgan.missing.actions import held
from qorgan.missing.models import Alarm, Search
from qorgan.missing.terms import Result


@dataclass(frozen=True)
class Searched:
    """One place that was searched."""

    place: str = field(repr=False)
    searchers: str = field(repr=False)
    at: datetime
    result: Result
    note: str = field(default="", repr=False)


@transaction.atomic
def note_search(*, alarm: Alarm, searched: Searched, by: Actor, now: datetime, seen: int | None = None) -> Search:
    """Write down a place that was searched. Raises WrongState, NoPlace, ImpossibleMoment, ChangedMeanwhile."""
    access.check_may(by, access.SEARCH)
    found = held.locked(alarm, seen=seen)
    rules.check_is_sought(found.state)
    place = rules.check_place(searched.place)
    rules.check_moment(searched.at, after=found.last_seen_at, now=now)
    made = Search(
        id=ids.new(),
        alarm=found,
        **beside(found),
        place=vault.seal(found.key_id, place, at="missing.search.place"),
        searchers=vault.seal(found.key_id, searched.searchers.strip(), at="missing.search.searchers"),
        result=searched.result,
        note=vault.seal(found.key_id, searched.note.strip(), at="missing.search.note"),
        searched_at=searched.at,
        written_at=now,
        written_by=by.staff,
    )
    made.save(force_insert=True)
    held.done(alarm=found, kind=DutyKind.FIRST_SEARCH, by=by, now=now)
    held.keep(alarm=found, act="searched", by=by, now=now, result=str(searched.result))
    return made
