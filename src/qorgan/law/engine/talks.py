"""The preventive talk: how long it may be, and who must be there when it is with a child."""

from dataclasses import dataclass
from datetime import date

from qorgan.law.engine.book import LawBook
from qorgan.law.engine.verdicts import Outcome, Reason, Verdict, above, weigh


@dataclass(frozen=True)
class Talk:
    """A talk as it was recorded. `adult_present`: a legal representative or a teacher."""

    on: date
    minutes: int
    with_minor: bool = False
    adult_present: bool = False
    online: bool = False


def check(book: LawBook, talk: Talk) -> Verdict:
    """May the talk stand as it was held? Before the rule was in force it refuses nothing."""
    limit = book.value("prevention.talk_limit", talk.on)
    if limit.provision is None:
        return Verdict(Outcome.NOT_IN_FORCE, (Reason.NOT_IN_FORCE,), (limit,))
    adult = book.value("prevention.talk_adult_with_minor", talk.on)
    online = book.value("prevention.talk_online", talk.on)
    answers = [limit] + [adult] * talk.with_minor + [online] * talk.online
    return weigh(
        [
            (above(talk.minutes, limit), Reason.TALK_TOO_LONG),
            (talk.with_minor and not talk.adult_present and adult.value is True, Reason.MINOR_WITHOUT_ADULT),
            (talk.online and online.value is False, Reason.TALK_ONLINE),
        ],
        answers,
    )
