"""Facts as a careless world might leave them: late, corrected, withdrawn, on the edge of a period, without a root.

A world holds things that are told at several moments, some changed in between. What belongs to an offence is told with
it, as the collector does.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from tests.indicators.oracle import Row

START = datetime(2026, 11, 1, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 28), date(2026, 11, 3)
REGIONS = (10, 71, 79)
_HOURS = (None, Decimal("2.25"), Decimal("2.35"), Decimal("0.000"), Decimal("99.999"))
_TRAITS = ("homicide", "grievous_harm", "theft", "robbery", "homicidal")
_ICCS = (None, "0101", "0102", "020111", "0301", "03011", "030113", "0502")
_RELATIONS = ("spouse", "former_partner", "parent", "stranger", "unknown")
_SAID = (
    "self",
    "another",
    "professional",
    "silent",
    "silent",
    "information",
    "wrong_number",
    "prank",
    "abusive",
    "test",
)
_CHANNELS = ("102", "web", "web_child")
_OUTCOMES = ("taken_up", "pre_trial", "pre_trial", "administrative", "joined", "written_off")
_DECISIONS = ("special_requirements", "arrest", "public_works", "psychological_help", "sentence", "fine")


class Rows(list[Row]):
    """Rows that are said in a word: a failure is told by its seed and its size, and thousands of rows say no more."""

    def __init__(self, seed: int, size: int) -> None:
        super().__init__(World(Random(seed), size).rows())
        self.of = (seed, size)

    def __repr__(self) -> str:
        return f"Rows{self.of}"


facts = st.builds(Rows, st.integers(0, 10**9), st.integers(3, 16))


class World:
    """Up to `size` reports, orders, offences, court cases, offers, reviews of access, endings, alarms, contacts,
    cases and their danger, and what is disputed in them."""

    def __init__(self, chance: Random, size: int) -> None:
        self.chance = chance
        self.things = [
            (tell, bytes([number, n]) * 8)
            for number, tell in enumerate(
                (
                    *(self.report, self.order, self.offence, self.court_case),
                    *(self.offer, self.review, self.ended, self.alarm, self.contact, self.danger, self.child),
                    self.disputed,
                )
            )
            for n in range(chance.randint(size // 2, size))
        ]

    def rows(self) -> list[Row]:
        """All versions of all facts that four collections leave behind; one of them is later than `AS_OF`."""
        stored: dict[tuple[str, bytes], Row] = {}
        told: dict[bytes, list[Row]] = {}
        found = []
        for moment in (0, 45, 90, 150):
            at = START + timedelta(minutes=moment, microseconds=1)
            for tell, link in self.things:
                if link not in told or self.chance.random() < 0.3:
                    told[link] = [] if moment and self.chance.random() < 0.2 else list(tell(link))
            found += _news([row for rows in told.values() for row in rows], stored, at)
        return found

    def report(self, link: bytes) -> Iterator[Row]:
        yield self.row("report.registered", link, root=link, code=self.chance.choice(_CHANNELS))
        if self.chance.random() < 0.4:
            yield self.row("report.written_off", link, root=link)
        if self.chance.random() < 0.7:
            stage = self.chance.choice((None, "in_time", "in_time", "late"))
            yield self.row("report.decided", link, root=link, code=self.chance.choice(_OUTCOMES), stage=stage)
        for kind in ("report.forwarded", "report.returned"):
            if self.chance.random() < 0.2:
                yield self.row(kind, link, root=link)

    def order(self, link: bytes) -> Iterator[Row]:
        held = {"root": self.some("report"), "hours": self.chance.choice(_HOURS)}
        yield (issued := self.row("order.issued", link, **held))
        if self.chance.random() < 0.8:
            yield self.row("order.served", link, stage=self.chance.choice(("signed", "refused")), **held)
        for kind in ("order.cancelled", "order.breached", "order.served_after_call"):
            if self.chance.random() < 0.4:
                yield self.row(kind, link, **held)
        for number in range(self.chance.randint(0, 2)):
            yield self.row("order_check.made", _own(link, 30 + number), stage=self.chance.choice(("in_time", "late")))
            yield self.row("breach.noted", _own(link, 40 + number), part_of=link)
            for kind in ("answered", "registered", "sent", "arrest"):
                if self.chance.random() < 0.5:
                    yield self.row(f"breach.{kind}", _own(link, 40 + number), part_of=link)
        for number in range(self.chance.randint(0, 2)):
            yield replace(issued, kind="protected.issued", link=_own(link, number), part_of=link)

    def offence(self, link: bytes) -> Iterator[Row]:
        register = self.chance.choice(("criminal", "criminal", "criminal", "administrative"))
        words = [
            register,
            *self.chance.sample(_TRAITS, 2),
            *self.chance.sample(("violent",), self.chance.randint(0, 1)),
        ]
        offence = self.row(
            "offence.registered",
            link,
            traits="|" + "".join(f"{word}|" for word in sorted(words)),
            iccs=self.chance.choice(_ICCS),
            stage=self.chance.choice(("completed", "completed", "attempt", "preparation")),
            domestic=self.chance.choice((None, True, False)),
        )
        yield offence
        for number in range(self.chance.randint(0, 6)):
            part = "victim" if number % 2 else "suspect"
            yield replace(
                offence,
                kind=f"offence.{part}",
                link=_own(link, number),
                part_of=link,
                sex=self.chance.choice(("female", "female", "male", "unknown")),
                age=self.chance.choice((None, 0, 13, 17, 18, 40)),
                relation=self.chance.choice(_RELATIONS) if part == "victim" else None,
            )

    def court_case(self, link: bytes) -> Iterator[Row]:
        about = self.some("order")
        yield self.row("court_case.sent", link, part_of=about)
        if self.chance.random() < 0.7:
            yield self.row("court_case.decided", link, part_of=about)
        for number in range(self.chance.randint(0, 3)):
            code = self.chance.choice(_DECISIONS)
            yield self.row("court_decision.made", _own(link, number), part_of=link, code=code)
            for kind in ("noted", "registered", "sent")[: self.chance.randint(0, 3)]:
                yield self.row(f"requirements_breach.{kind}", _own(link, 50 + number))

    def offer(self, link: bytes) -> Iterator[Row]:
        course = self.chance.choice(("referral", "referral", "transfer"))
        yield self.row(f"{course}.offered", link, code="refuge")
        if answer := self.chance.choice(("accepted", "accepted", "declined", "lapsed", "")):
            yield self.row(f"{course}.{answer}", link, code="refuge")

    def review(self, link: bytes) -> Iterator[Row]:
        begun, decided, words = self.chance.choice(
            (
                ("block.laid", "block.decided", ("confirmed", "lifted")),
                ("opening.made", "opening.reviewed", ("upheld", "without_ground")),
            )
        )
        yield self.row(begun, link)
        if self.chance.random() < 0.7:
            stage = self.chance.choice((None, "in_time", "in_time", "late"))
            yield self.row(decided, link, code=self.chance.choice(words), stage=stage)

    def ended(self, link: bytes) -> Iterator[Row]:
        yield self.row(self.chance.choice(("consent.withdrawn", "destruction.done")), link)
        if self.chance.random() < 0.5:
            yield self.row("awaited_report.fell_due", link, stage=self.chance.choice(("whole", "part", "overdue")))

    def alarm(self, link: bytes) -> Iterator[Row]:
        yield self.row("alarm.raised", link)
        for kind in ("alarm.searched", "alarm.found_alive"):
            if self.chance.random() < 0.6:
                hours = self.chance.choice((*_HOURS[1:], Decimal("24.000"), Decimal("24.001")))
                yield self.row(kind, link, hours=hours)

    def contact(self, link: bytes) -> Iterator[Row]:
        words = self.chance.sample(("telephone", "chat", "child_rights", "child_harm", "telephones"), 2)
        yield self.row(
            "contact.taken",
            link,
            code=self.chance.choice(_SAID),
            traits=f"|{'|'.join(words)}|",
            stage=self.chance.choice((None, "report")),
            hours=self.chance.choice(_HOURS),
        )
        if self.chance.random() < 0.5:
            yield self.row("welfare_check.laid", link)
            if self.chance.random() < 0.7:
                yield self.row("welfare_check.done", link, stage=self.chance.choice((None, "in_time", "late")))

    def danger(self, link: bytes) -> Iterator[Row]:
        yield self.row("case.opened", link)
        if self.chance.random() < 0.7:
            yield self.row("case.assessed", link, hours=self.chance.choice((*_HOURS[1:], Decimal("24.001"))))
        if self.chance.random() < 0.5:
            yield self.row("case.recontacted", link, hours=self.chance.choice((*_HOURS[1:], Decimal("168.001"))))
        for number in range(self.chance.randint(0, 3)):
            said = self.chance.choice(("asked", "asked", "not_safe"))
            yield self.row("assessment.made", _own(link, number), stage=said)
            yield self.row("measure.laid", _own(link, 10 + number))
            if self.chance.random() < 0.6:
                stage = self.chance.choice((None, "in_time", "late"))
                yield self.row("measure.done", _own(link, 10 + number), stage=stage)
        if self.chance.random() < 0.2:
            yield self.row("result.lowered", _own(link, 20))
        for number in range(self.chance.randint(0, 2)):
            role = self.chance.choice(("unit_head", "prosecutor"))
            yield self.row("duty.escalated", _own(link, 30 + number), code="check_order", stage=role)

    def child(self, link: bytes) -> Iterator[Row]:
        begun, ended = self.chance.choice(
            (("night.asked", "night.decided"), ("recommendation.made", "recommendation.answered"))
        )
        yield self.row(begun, link)
        if self.chance.random() < 0.7:
            yield self.row(ended, link, stage=self.chance.choice((None, "in_time", "late")))

    def disputed(self, link: bytes) -> Iterator[Row]:
        yield self.row("review.asked", link)
        if self.chance.random() < 0.6:
            yield self.row("review.answered", link, stage=self.chance.choice((None, "in_time", "late")))
        for number, kind in enumerate(("finding.given", "contradiction.marked", "account.kept")):
            if self.chance.random() < 0.5:
                yield self.row(kind, _own(link, number))

    def some(self, kind: str) -> bytes | None:
        """The link of a report or an order, which may not be there."""
        number = {"report": 0, "order": 1}[kind]
        return self.chance.choice((None, bytes([number, self.chance.randint(0, 9)]) * 8))

    def row(self, kind: str, link: bytes, **columns: object) -> Row:
        held: dict[str, object] = {"root": None, "hours": None, "region": self.chance.choice(REGIONS)}
        held |= {"on": FIRST + timedelta(days=self.chance.randint(0, (LAST - FIRST).days))}
        held |= {"version": 0, "withdrawn": False, "collected_at": START}
        return Row(kind=kind, link=link, **{**held, **columns})  # type: ignore[arg-type]  # the columns name fields


def _own(link: bytes, number: int) -> bytes:
    return link[:14] + bytes([255, number])


def _news(told: list[Row], stored: dict[tuple[str, bytes], Row], at: datetime) -> Iterator[Row]:
    """New versions of what differs, and of what is told no more."""
    now = {(row.kind, row.link): row for row in told}
    for key in now.keys() | stored.keys():
        last = stored.get(key)
        row = now[key] if key in now else replace(stored[key], withdrawn=True)
        if last is None or replace(row, version=last.version, collected_at=last.collected_at) != last:
            stored[key] = replace(row, version=last.version + 1 if last else 1, collected_at=at)
            yield stored[key]
