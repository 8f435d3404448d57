"""What a value entered or withdrawn would change, stretch of days by stretch of days, before anybody writes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from qorgan.law.engine.book import Answer, LawBook, Provision


@dataclass(frozen=True)
class Change:
    """From `first` to `last` (None: without end) the book answers `after` instead of `before`."""

    first: date
    last: date | None
    before: Answer
    after: Answer


def entering(book: LawBook, proposed: Provision) -> tuple[Change, ...]:
    """What `proposed` would change on the days it is for. Raises Faulty where another entered value stands there."""
    after = book.with_entered(chain(_entered(book), [proposed]))
    return _between(book, after, proposed)


def withdrawing(book: LawBook, standing: Provision) -> tuple[Change, ...]:
    """What would be changed on its days by taking an entered value out of the book."""
    after = book.with_entered(one for one in _entered(book) if one != standing)
    return _between(book, after, standing)


def _entered(book: LawBook) -> Iterable[Provision]:
    return chain.from_iterable(book.entered.values())


def _between(before: LawBook, after: LawBook, about: Provision) -> tuple[Change, ...]:
    assert about.valid_from is not None  # an entered value has a first day
    starts = sorted({about.valid_from, *_cuts(before, about), *_cuts(after, about)})
    ends = [start - timedelta(days=1) for start in starts[1:]]
    return tuple(
        Change(start, end, before.value(about.key, start), after.value(about.key, start))
        for start, end in zip(starts, [*ends, about.valid_until], strict=True)
    )


def _cuts(book: LawBook, about: Provision) -> Iterable[date]:
    """The days inside the span on which the answer may become another one."""
    for one in (*book.rule(about.key).provisions, *book.entered.get(about.key, ())):
        begins = (one.valid_from, one.certain_from, one.valid_until and one.valid_until + timedelta(days=1))
        yield from (day for day in begins if day is not None and day != date.max and about.covers(day))
