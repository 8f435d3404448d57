"""What a rule says of a set of facts: an outcome, the reasons, and the answers of the book that it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qorgan.law.engine.book import Answer


class Outcome(StrEnum):
    """The outcome of a rule."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    NOT_IN_FORCE = "not_in_force"  # the rule did not exist, or did not apply yet: it refuses nothing
    UNDECIDED = "undecided"  # the law on record does not say; a person routes


class Reason(StrEnum):
    """Why a rule refuses or cannot decide."""

    TALK_TOO_LONG = "talk_too_long"
    MINOR_WITHOUT_ADULT = "minor_without_adult"
    TALK_ONLINE = "talk_online"
    TOO_YOUNG = "too_young"
    AGE_UNKNOWN = "age_unknown"
    TERM_TOO_SHORT = "term_too_short"
    TERM_TOO_LONG = "term_too_long"
    TOO_FEW_VISITS = "too_few_visits"
    TOO_MANY_VISITS = "too_many_visits"
    ARTICLE_NOT_LISTED = "article_not_listed"
    TOO_MANY_HOURS = "too_many_hours"
    STAY_TOO_LONG = "stay_too_long"
    RECONCILED_BEFORE = "reconciled_before"
    RECONCILED_WITHIN_YEAR = "reconciled_within_year"
    VIOLENCE_AGAINST_MINOR = "violence_against_minor"
    NOT_ON_RECORD = "not_on_record"
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True)
class Verdict:
    """An outcome with its reasons, and the answers it rests on."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def allowed(self) -> bool:
        """True only where the rule is in force and satisfied; an undecided matter is not allowed by itself."""
        return self.outcome is Outcome.ALLOWED

    @property
    def to_verify(self) -> bool:
        """Whether any answer below it is to be verified."""
        return any(answer.to_verify for answer in self.answers)


def weigh(faults: Iterable[tuple[bool, Reason]], answers: Iterable[Answer]) -> Verdict:
    """Refused for every reason that holds; else undecided where an answer decides nothing; else allowed."""
    found = tuple(answers)
    reasons = tuple(reason for holds, reason in faults if holds)
    if reasons:
        return Verdict(Outcome.REFUSED, reasons, found)
    if not all(answer.decides for answer in found):
        return Verdict(Outcome.UNDECIDED, (Reason.NOT_ON_RECORD,), found)
    return Verdict(Outcome.ALLOWED, (), found)


def above(amount: int, limit: Answer) -> bool:
    """Whether an amount breaks an upper limit; a limit that decides nothing is not broken."""
    return limit.decides and amount > limit.number()


def below(amount: int, limit: Answer) -> bool:
    """Whether an amount breaks a lower limit; a limit that decides nothing is not broken."""
    return limit.decides and amount < limit.number()
