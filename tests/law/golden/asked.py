"""What the engine answers to each question of the golden cases, in the words in which they are written down."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from qorgan.law.engine import articles, measures, petitions, talks
from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.deadlines import deadline
from qorgan.law.engine.marks import Proceeding
from qorgan.law.engine.verdicts import Verdict
from qorgan.law.engine.workdays import WorkCalendar

FILE = Path(__file__).with_name("cases.toml")
YEARS = ("2019", "2024", "2026")


@dataclass(frozen=True)
class Case:
    """One question on one day, with the answer worked out by hand."""

    question: str
    asks: str
    rule: str
    year: str
    at: datetime
    answer: str
    decides: str


def cases() -> Iterator[Case]:
    """All cases, question by question."""
    book = tomllib.loads(FILE.read_text(encoding="utf-8"))
    zone = ZoneInfo(book["zone"])
    for row in book["question"]:
        for year in YEARS:
            at = datetime.fromisoformat(book["days"][year]).replace(tzinfo=zone)
            told = row[year]
            yield Case(row["id"], row["asks"], row.get("rule", ""), year, at, told["answer"], told["decides"])


@dataclass(frozen=True)
class Asker:
    """The book, the calendar and the clock of the place."""

    book: LawBook
    calendar: WorkCalendar

    def answer(self, case: Case) -> str:
        """What the engine says to the question on the day of the case."""
        return _ASKED[case.question](self, case)

    def provision(self, case: Case) -> Answer | None:
        """The provision behind the answer, where one rule gives it."""
        return self.book.value(case.rule, case.at.date()) if case.rule else None

    def regime(self, case: Case) -> str:
        found = self.book.regime(case.at.date())
        return f"{found.id}, {found.base_law}" if found else "none"

    def clock(self, case: Case) -> measures.OrderClock:
        zone = case.at.tzinfo
        assert zone is not None  # every case has its place
        return measures.order_clock(self.book, served_at=case.at, zone=zone, calendar=self.calendar)

    def end(self, case: Case) -> str:
        ends_at = self.clock(case).ends_at
        return ends_at.isoformat(timespec="minutes") if ends_at else "not on record"

    def checks(self, case: Case) -> str:
        return ", ".join(moment.date().isoformat() for moment in self.clock(case).checks) or "not on record"

    def age(self, years: int) -> Callable[[Case], str]:
        def asked(case: Case) -> str:
            on = case.at.date()
            return _said(measures.addressee(self.book, on=on, birth_date=date(on.year - years, on.month, on.day)))

        return asked

    def value(self, case: Case) -> str:
        found = self.book.value(case.rule, case.at.date())
        if isinstance(found.value, bool):
            return "yes" if found.value else "no"
        return str(found.value) if found.decides else str(found.standing).replace("_", " ")

    def article(self, act: str) -> Callable[[Case], str]:
        def asked(case: Case) -> str:
            found = articles.article_of(self.book, act, on=case.at.date())
            return f"{found.proceeding}, {found.article}" if found.article else "none"

        return asked

    def register(self, case: Case) -> str:
        zone = case.at.tzinfo
        assert zone is not None  # as above
        found = deadline(self.book, case.rule, start=case.at, zone=zone, calendar=self.calendar)
        return found.due_at.isoformat(timespec="minutes") if found.due_at else "not on record"

    def reconciled(self, case: Case) -> str:
        facts = measures.Reconciliation(case.at.date(), Proceeding.ADMINISTRATIVE, earlier=1)
        return _said(measures.reconcile(self.book, facts))

    def two_months(self, case: Case) -> str:
        return _said(measures.requirements(self.book, on=case.at.date(), months=2))

    def talk(self, case: Case) -> str:
        return _said(talks.check(self.book, talks.Talk(case.at.date(), 70)))

    def petition(self, case: Case) -> str:
        return "yes" if petitions.applies(self.book, case.at.date()) else "no"


def _said(verdict: Verdict) -> str:
    return str(verdict.outcome).replace("_", " ")


_ASKED: dict[str, Callable[[Asker, Case], str]] = {
    "regime": Asker.regime,
    "end": Asker.end,
    "checks": Asker.checks,
    "minor": lambda asker, case: asker.age(15)(case),
    "sixteen": lambda asker, case: asker.age(16)(case),
    "longer": Asker.value,
    "prosecutor": Asker.value,
    "suspends": Asker.value,
    "breach": Asker.value,
    "battery": lambda asker, case: asker.article("battery")(case),
    "light_harm": lambda asker, case: asker.article("light_harm")(case),
    "stalking": lambda asker, case: asker.article("stalking")(case),
    "statement": Asker.value,
    "register": Asker.register,
    "reconciled": Asker.reconciled,
    "works": Asker.value,
    "two_months": Asker.two_months,
    "talk": Asker.talk,
    "petition": Asker.petition,
}
