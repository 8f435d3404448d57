"""What a value would change is told before it is entered: day by day, and for its withdrawal too."""

from datetime import date, datetime
from itertools import pairwise

import pytest

from qorgan.base.errors import ChangedMeanwhile
from qorgan.base.scope import Actor
from qorgan.law import queries, rules
from qorgan.law.actions import Citation, enter_value, withdraw_value
from qorgan.law.engine import effects
from qorgan.law.engine.book import Faulty, LawBook, Provision
from qorgan.law.engine.marks import Confidence, Standing, Unit
from tests.conftest import actor

CHECKS = "orders.check_interval"
FIRST_OF_LAW = date(2026, 3, 2)  # before it no interval of checks is on record


def _value(first: date, last: date | None = None, value: int = 7) -> Provision:
    return Provision(CHECKS, value, Unit.DAYS, first, last, "", "5", Confidence.ENTERED, "Order No. 7")


def test_a_value_over_a_silence_and_over_a_provision_tells_both(kz: LawBook) -> None:
    found = effects.entering(kz, _value(date(2025, 1, 1), value=5))
    assert [(one.first, one.last) for one in found][-1] == (FIRST_OF_LAW, None)
    assert found[0].first == date(2025, 1, 1)
    assert found[0].before.standing is Standing.NOT_ON_RECORD
    assert {one.after.value for one in found} == {5}
    assert found[-1].before.value == 7


def test_each_day_is_told_once_and_none_is_left_out(kz: LawBook) -> None:
    found = effects.entering(kz, _value(date(2010, 1, 1), date(2027, 1, 1)))
    assert found[0].first == date(2010, 1, 1)
    assert found[-1].last == date(2027, 1, 1)
    for one, following in pairwise(found):
        assert one.last is not None
        assert (following.first - one.last).days == 1


def test_a_withdrawal_gives_the_days_back(kz: LawBook) -> None:
    value = _value(date(2025, 1, 1), date(2025, 6, 30))
    book = kz.with_entered([value])
    (only,) = effects.withdrawing(book, value)
    assert (only.first, only.last, only.before.value) == (date(2025, 1, 1), date(2025, 6, 30), 7)
    assert only.after.standing is Standing.NOT_ON_RECORD


def test_two_values_for_a_day_have_no_effect_to_tell(kz: LawBook) -> None:
    with pytest.raises(Faulty):
        effects.entering(kz.with_entered([_value(date(2025, 1, 1))]), _value(date(2025, 6, 1)))


@pytest.fixture
def keeper(db: None) -> Actor:
    return actor("admin")


def test_a_proposal_is_refused_like_the_entry_itself(keeper: Actor, now: datetime) -> None:
    citation, first = Citation(document="Order No. 7"), date(2025, 1, 1)
    enter_value(key=CHECKS, value=7, valid_from=first, valid_until=first, citation=citation, by=keeper, now=now)
    with pytest.raises(rules.AnotherValueStands):
        queries.proposed(key=CHECKS, value=5, valid_from=first, document="Order No. 8")
    with pytest.raises(rules.RuleUnknown):
        queries.proposed(key="orders.chekc", value=5, valid_from=first, document="Order No. 8")
    found = queries.proposed(key=CHECKS, value=5, valid_from=date(2025, 1, 2), document="Order No. 8")
    assert queries.effect(found)[0].after.value == 5


def test_who_was_shown_a_value_as_standing_is_told_that_it_was_withdrawn(
    keeper: Actor, owner: Actor, now: datetime
) -> None:
    citation = Citation(document="Order No. 7")
    row = enter_value(key=CHECKS, value=7, valid_from=date(2025, 1, 1), citation=citation, by=keeper, now=now)
    withdraw_value(entered=row, reason="read in a draft", by=keeper, now=now, seen=0)
    with pytest.raises(ChangedMeanwhile) as refused:
        withdraw_value(entered=row, reason="again", by=keeper, now=now, seen=0)
    assert refused.value.by == keeper.staff_id
