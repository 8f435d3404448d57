"""The book of the law: rules, each a row of dated provisions, and the regimes they belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType

from qorgan.law.engine.clock import Duration
from qorgan.law.engine.marks import DURATIONS, Confidence, Doubt, JudgedBy, Proceeding, Standing, Unit

Value = int | bool | str | tuple[str, ...]
Words = Mapping[str, str]  # language code -> text


class UnknownKey(KeyError):
    """No rule of this name: a mistake of the caller, never a silence of the law."""


class Undecided(Exception):
    """A value was needed and the book does not decide it. Carries the answer, so that a duty can name the provision."""

    def __init__(self, answer: "Answer") -> None:
        super().__init__(f"{answer.key} on {answer.on}: {answer.standing}")
        self.answer = answer


class Faulty(ValueError):
    """The data of the law contradict themselves: two provisions for one day, a value of the wrong kind."""


@dataclass(frozen=True)
class Act:
    """An act, an order or a code. `code` is the short name before an article, as `CC`."""

    key: str
    names: Words
    number: str = ""
    adopted_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    certain_from: date | None = None
    address: str = ""
    proceeding: Proceeding | None = None
    confidence: Confidence = Confidence.FOUND
    note: str = ""

    def in_force(self, on: date) -> bool:
        """Whether the act was in force on `on`, as far as its dates are on record."""
        return _within(on, self.valid_from, self.valid_until)


@dataclass(frozen=True)
class Regime:
    """A span of days judged by one state of the law."""

    id: str
    valid_from: date
    valid_until: date | None  # the last day; None while it lasts
    base_law: str
    names: Words
    confidence: Confidence
    source: str
    certain_from: date | None = None
    note: str = ""

    def certain(self, on: date) -> bool:
        """False on days close to a start that is on record only to the month."""
        return self.certain_from is None or on >= self.certain_from


@dataclass(frozen=True)
class Reading:
    """What another source says instead."""

    value: str
    source: str


@dataclass(frozen=True)
class Provision:
    """The value of a rule for a span of days, and where it comes from.

    `value` None is a silence that somebody looked into. `advises` marks words that are no rule: they decide nothing.
    """

    key: str
    value: Value | None
    unit: Unit
    valid_from: date | None
    valid_until: date | None
    act: str
    article: str
    confidence: Confidence
    source: str
    certain_from: date | None = None
    readings: tuple[Reading, ...] = ()
    advises: bool = False
    note: str = ""

    def covers(self, on: date) -> bool:
        """Whether `on` lies in its span."""
        return _within(on, self.valid_from, self.valid_until)

    def doubts(self, on: date) -> tuple[Doubt, ...]:
        """Why an answer from this provision on `on` is to be verified; empty where it need not be."""
        found = {
            Doubt.CONFIDENCE: self.confidence.to_verify,
            Doubt.START: self.certain_from is not None and on < self.certain_from,
            Doubt.CONFLICT: bool(self.readings),
        }
        return tuple(doubt for doubt, holds in found.items() if holds)

    def standing(self, on: date) -> Standing:
        """What an answer from this provision on `on` may be used for."""
        if self.value is None:
            return Standing.NOT_ON_RECORD
        if self.advises or not self.confidence.decides:
            return Standing.VERIFY_FIRST
        return Standing.TO_VERIFY if self.doubts(on) else Standing.DECIDES


@dataclass(frozen=True)
class Answer:
    """What the book says of one rule on one day. `value` is None wherever the book decides nothing."""

    key: str
    on: date
    standing: Standing
    value: Value | None
    provision: Provision | None  # None: no provision covers the day
    doubts: tuple[Doubt, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether anything may rest on this answer."""
        return self.standing in (Standing.DECIDES, Standing.TO_VERIFY)

    @property
    def to_verify(self) -> bool:
        """Whether the page, the paper and the duty must say *to be verified*."""
        return self.standing in (Standing.TO_VERIFY, Standing.VERIFY_FIRST)

    def number(self) -> int:
        """The value as a number. Raises Undecided where the book decides nothing."""
        if not isinstance(self.value, int):
            raise Undecided(self)
        return int(self.value)

    def duration(self) -> Duration:
        """The value as a term. Raises Undecided where the book decides nothing."""
        return Duration(self.number(), self.provision.unit if self.provision else Unit.DAYS)


@dataclass(frozen=True)
class Rule:
    """One question that the law answers, and its answers over time, earliest first."""

    key: str
    unit: Unit
    judged_by: JudgedBy
    names: Words
    provisions: tuple[Provision, ...]

    def __post_init__(self) -> None:
        _refuse_overlap(self.key, self.provisions)

    def on(self, day: date) -> Provision | None:
        """The provision of that day."""
        return next((provision for provision in self.provisions if provision.covers(day)), None)


@dataclass(frozen=True)
class Obligation:
    """What a provision lays on someone: who must do what, under which rule."""

    key: str
    bearer: str
    rule: str
    names: Words


@dataclass(frozen=True)
class LawBook:
    """Everything on record about the law of one country. Deployment-entered provisions win over the country's."""

    acts: Mapping[str, Act]
    regimes: tuple[Regime, ...]
    rules: Mapping[str, Rule]
    obligations: tuple[Obligation, ...] = ()
    entered: Mapping[str, tuple[Provision, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def regime(self, on: date) -> Regime | None:
        """The regime of `on`; None before the first on record."""
        _refuse_moment(on)
        return next((r for r in self.regimes if _within(on, r.valid_from, r.valid_until)), None)

    def rule(self, key: str) -> Rule:
        """The rule of that key. Raises UnknownKey."""
        try:
            return self.rules[key]
        except KeyError:
            raise UnknownKey(key) from None

    def provision(self, key: str, on: date) -> Provision | None:
        """The provision that governs `key` on `on`: one that the deployment entered, or the country's."""
        _refuse_moment(on)
        rule = self.rule(key)
        entered = next((p for p in self.entered.get(key, ()) if p.covers(on)), None)
        return entered or rule.on(on)

    def value(self, key: str, on: date) -> Answer:
        """What the law says of `key` on `on`. Raises UnknownKey; never guesses."""
        provision = self.provision(key, on)
        if provision is None:
            return Answer(key, on, Standing.NOT_ON_RECORD, None, None)
        standing = provision.standing(on)
        decided = standing in (Standing.DECIDES, Standing.TO_VERIFY)
        return Answer(key, on, standing, provision.value if decided else None, provision, provision.doubts(on))

    def keys(self, prefix: str = "") -> tuple[str, ...]:
        """The keys of all rules under `prefix`, in order."""
        return tuple(sorted(key for key in self.rules if key.startswith(prefix)))

    def with_entered(self, provisions: Iterable[Provision]) -> "LawBook":
        """The same book with what the deployment entered. A key the country no longer has is left aside."""
        by_key: dict[str, list[Provision]] = {}
        for provision in provisions:
            if provision.key in self.rules:
                by_key.setdefault(provision.key, []).append(provision)
        for key, found in by_key.items():
            _refuse_overlap(key, found)
        entered = MappingProxyType({key: tuple(found) for key, found in by_key.items()})
        return LawBook(self.acts, self.regimes, self.rules, self.obligations, entered)


def check_value(value: Value | None, unit: Unit) -> None:
    """Raise Faulty where a value cannot be one of its unit. None, a silence, fits every unit."""
    if value is None:
        return
    if unit is Unit.YES_NO:
        fits = isinstance(value, bool)
    elif unit in (Unit.ARTICLES, Unit.LIST):
        fits = isinstance(value, tuple) and all(isinstance(part, str) for part in value)
    elif unit in (Unit.ARTICLE, Unit.TEXT):
        fits = isinstance(value, str) and bool(value)
    else:
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if not fits:
        raise Faulty(f"{value!r} is no value in {unit}")


def same_kind(one: Unit, other: Unit) -> bool:
    """Whether a value in `other` may stand for one in `one`: any unit of time for a term, else the same unit."""
    return one is other or (one in DURATIONS and other in DURATIONS)


def _within(on: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)


def _refuse_moment(on: date) -> None:
    # A datetime is a date to Python; its date in UTC is the wrong day of the law for six hours out of 24.
    if isinstance(on, datetime):
        raise TypeError("the book needs the date in the place: clock.local_day(moment, zone)")


def _refuse_overlap(key: str, provisions: Iterable[Provision]) -> None:
    spans = sorted((p.valid_from or date.min, p.valid_until or date.max) for p in provisions)
    for first, last in spans:
        if last < first:
            raise Faulty(f"{key}: a provision ends on {last} before it begins on {first}")
    for (_, last), (first, _end) in pairwise(spans):
        if first <= last:
            raise Faulty(f"{key}: two provisions for {first}")


def day_before(day: date) -> date:
    """The last day of what ended when something else began on `day`."""
    return day - timedelta(days=1)
