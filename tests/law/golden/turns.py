"""What the engine answers where the law turns from one day to the next, in the words of the golden cases."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from qorgan.law.engine import articles, measures, stays
from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.deadlines import deadline
from qorgan.law.engine.marks import Proceeding, Standing
from qorgan.law.engine.workdays import WorkCalendar

FILE = Path(__file__).with_name("turns.toml")
ALMATY = "Asia/Almaty"


@dataclass(frozen=True)
class Turn:
    """One question at one moment, or on one day, with the answer worked out by hand."""

    asks: str
    question: str
    of: str
    zone: ZoneInfo
    when: str
    answer: str

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.when).replace(tzinfo=self.zone)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.when[:10])


def turns() -> Iterator[Turn]:
    """All of them, question by question."""
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["turn"]:
        zone = ZoneInfo(row.get("zone", ALMATY))
        for when, answer in row["answers"]:
            yield Turn(row["asks"], row["question"], row.get("of", ""), zone, when, answer)


def answered(turn: Turn, *, book: LawBook, calendar: WorkCalendar) -> str:
    """What the engine says."""
    return _ASKED[turn.question](turn, book, calendar)


def _told(answer: Answer) -> str:
    if answer.standing is Standing.VERIFY_FIRST:
        return "a person routes"
    if not answer.decides:
        return "not on record"
    value = {True: "yes", False: "no"}[answer.value] if isinstance(answer.value, bool) else str(answer.value)
    return f"{value}, to be verified" if answer.to_verify else value


def _regime(turn: Turn, book: LawBook, _calendar: WorkCalendar) -> str:
    found = book.regime(turn.day)
    return f"{found.id}, {found.base_law}" if found else "none"


def _order(turn: Turn, book: LawBook, calendar: WorkCalendar) -> str:
    clock = measures.order_clock(book, served_at=turn.at, zone=turn.zone, calendar=calendar)
    assert clock.ends_at is not None  # no case asks on a day without a term
    days = ", ".join(f"{moment:%m-%d}" for moment in clock.checks)
    told = f"{clock.ends_at.isoformat(timespec='minutes')}, {f'checks {days}' if days else 'no checks on record'}"
    return f"{told}; other law from {clock.changes_on}" if clock.changes_on else told


def _article(turn: Turn, book: LawBook, _calendar: WorkCalendar) -> str:
    found = articles.article_at(book, turn.of, at=turn.at, zone=turn.zone)
    if found.article is None:
        return "none"
    told = f"{found.proceeding}, {found.article}"
    return f"{told}, to be verified" if found.answer.to_verify else told


def _between(turn: Turn, book: LawBook, _calendar: WorkCalendar) -> str:
    first, last = (date.fromisoformat(day) for day in turn.when.split("/"))
    found = [str(one.article) for one in articles.articles_between(book, turn.of, first=first, last=last)]
    return found[0] if len(found) == 1 else f"{' or '.join(found)}, a person routes"


def _term(turn: Turn, book: LawBook, calendar: WorkCalendar) -> str:
    found = deadline(book, turn.of, start=turn.at, zone=turn.zone, calendar=calendar)
    return found.due_at.isoformat(timespec="minutes") if found.due_at else "not on record"


def _stay(turn: Turn, book: LawBook, calendar: WorkCalendar) -> str:
    found = stays.stay_limit(book, admitted_at=turn.at, zone=turn.zone, calendar=calendar)
    return found.until.isoformat(timespec="minutes") if found.until else "not on record"


def _months(turn: Turn, book: LawBook, _calendar: WorkCalendar) -> str:
    months = int(turn.when.rsplit(", ", 1)[1])
    return str(measures.requirements(book, on=turn.day, months=months).outcome)


def _reconciled(turn: Turn, book: LawBook, proceeding: Proceeding) -> str:
    """`again` after one before, `pause` after one on the day `of`, `child` where the violence was against a child."""
    facts = measures.Reconciliation(
        turn.day,
        proceeding,
        earlier=int(turn.question == "again"),
        last_on=date.fromisoformat(turn.of) if turn.of else None,
        violence_against_minor=turn.question == "child",
    )
    return str(measures.reconcile(book, facts).outcome)


_ASKED: dict[str, Callable[[Turn, LawBook, WorkCalendar], str]] = {
    "regime": _regime,
    "order": _order,
    "value": lambda turn, book, _calendar: _told(book.value(turn.of, turn.day)),
    "article": _article,
    "between": _between,
    "term": _term,
    "stay": _stay,
    "months": _months,
    "listed": lambda turn, book, _: str(measures.requirements_for(book, on=turn.day, article=turn.of).outcome),
    "addressee": lambda turn, book, _: str(
        measures.addressee(book, on=turn.day, birth_date=date.fromisoformat(turn.of)).outcome
    ),
    "again": lambda turn, book, _: _reconciled(turn, book, Proceeding.ADMINISTRATIVE),
    "pause": lambda turn, book, _: _reconciled(turn, book, Proceeding.CRIMINAL),
    "child": lambda turn, book, _: _reconciled(turn, book, Proceeding.CRIMINAL),
}
