"""The book: what decides, what is carried to be verified, what nobody may rest on; and data that contradict."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgan.law.engine import shelf
from qorgan.law.engine.book import Faulty, LawBook, Provision, UnknownKey
from qorgan.law.engine.marks import Confidence, Doubt, Standing, Unit
from qorgan.law.engine.measures import addressee, order_clock
from qorgan.law.engine.workdays import WorkCalendar

ACTS = {"act": [{"key": "A", "name": {"en": "An act"}}]}
NAME = {"en": "A rule"}


def provision(**more: Any) -> dict[str, Any]:
    return {"value": 1, "act": "A", "confidence": "F", "source": "a source", **more}


def bound(*provisions: dict[str, Any], unit: str = "count", **rule: Any) -> LawBook:
    row = {"key": "some.rule", "unit": unit, "judged_by": "event", "name": NAME, "provision": provisions, **rule}
    return shelf.bind(acts=ACTS, regimes={}, provisions=[{"rule": [row]}], obligations={})


def entered(key: str, value: int, first: date, last: date | None = None) -> Provision:
    return Provision(key, value, Unit.HOURS, first, last, "", "", Confidence.ENTERED, "letter No. 7")


@pytest.mark.parametrize(
    ("mark", "standing"),
    [
        ("F", Standing.DECIDES),
        ("K-H", Standing.DECIDES),
        ("F*", Standing.TO_VERIFY),
        ("K-M", Standing.TO_VERIFY),
        ("K-L", Standing.VERIFY_FIRST),
    ],
)
def test_the_mark_says_what_may_rest_on_a_provision(mark: str, standing: Standing) -> None:
    answer = bound(provision(confidence=mark)).value("some.rule", date(2026, 1, 1))
    assert answer.standing is standing
    assert (answer.value == 1) is answer.decides
    assert answer.provision is not None and answer.provision.value == 1


def test_a_silence_that_was_looked_into_is_not_on_record() -> None:
    answer = bound({"not_on_record": True}).value("some.rule", date(2026, 1, 1))
    assert answer.standing is Standing.NOT_ON_RECORD and answer.provision is not None and not answer.to_verify


def test_a_start_known_to_the_month_and_sources_that_disagree_are_doubts() -> None:
    book = bound(
        provision(**{"from": date(2014, 3, 1)}, certain_from=date(2014, 4, 1), readings=[{"value": 2, "source": "b"}])
    )
    assert book.value("some.rule", date(2014, 3, 5)).doubts == (Doubt.START, Doubt.CONFLICT)
    assert book.value("some.rule", date(2014, 4, 1)).doubts == (Doubt.CONFLICT,)


def test_a_word_nobody_wrote_is_a_mistake_and_no_silence(kz: LawBook) -> None:
    with pytest.raises(UnknownKey):
        kz.value("orders.trem", date(2026, 1, 1))


def test_the_book_takes_the_date_of_the_place_and_no_moment(kz: LawBook) -> None:
    with pytest.raises(TypeError):
        kz.value("orders.term", datetime(2026, 3, 1, 20, tzinfo=UTC))
    with pytest.raises(TypeError):
        kz.regime(datetime(2026, 3, 1, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        ([provision(until=date(2020, 1, 1)), provision(**{"from": date(2020, 1, 1)})], "count"),
        ([provision(), provision()], "count"),
        ([provision(**{"from": date(2020, 2, 1), "until": date(2020, 1, 1)})], "count"),
        ([provision(value=-1)], "count"),
        ([provision(value=True)], "count"),
        ([provision(value="yes")], "yes_no"),
        ([provision(value=[])], "text"),
        ([provision(value=1)], "list"),
        ([provision(act="B")], "count"),
        ([provision(confidence="sure")], "count"),
        ([provision(unit="tenge")], "days"),
        ([provision(colour="red")], "count"),
        ([provision(not_on_record=True)], "count"),
        ([{"act": "A", "confidence": "F", "source": "s"}], "count"),
        ([{"value": 1, "confidence": "F"}], "count"),
        ([provision(**{"from": datetime(2020, 1, 1, tzinfo=UTC)})], "count"),
    ],
)
def test_data_that_contradict_themselves_are_refused_on_load(rows: list[dict[str, Any]], unit: str) -> None:
    with pytest.raises(Faulty):
        bound(*rows, unit=unit)


def test_a_rule_without_a_name_or_written_twice_is_refused() -> None:
    with pytest.raises(Faulty):
        bound(provision(), name={})
    row = {"key": "k", "unit": "count", "judged_by": "event", "name": NAME, "provision": [provision()]}
    with pytest.raises(Faulty, match="twice"):
        shelf.bind(acts=ACTS, regimes={}, provisions=[{"rule": [row]}, {"rule": [row]}], obligations={})


def test_what_the_deployment_entered_wins_and_only_in_its_span(kz: LawBook) -> None:
    key = "orders.copy_to_prosecutor"
    book = kz.with_entered([entered(key, 12, date(2026, 6, 1), date(2026, 6, 30))])
    assert book.value(key, date(2026, 6, 1)).number() == 12
    assert book.value(key, date(2026, 6, 30)).standing is Standing.DECIDES
    assert book.value(key, date(2026, 7, 1)).standing is Standing.VERIFY_FIRST
    assert kz.value(key, date(2026, 6, 1)).value is None, "the country's own book stays as it was"


def test_two_entered_values_of_one_day_are_refused_and_unknown_keys_left_aside(kz: LawBook) -> None:
    key = "orders.copy_to_prosecutor"
    with pytest.raises(Faulty):
        kz.with_entered([entered(key, 12, date(2026, 6, 1)), entered(key, 24, date(2026, 7, 1))])
    assert kz.with_entered([entered("gone.rule", 1, date(2026, 1, 1))]).entered == {}


def test_an_entered_interval_plans_checks_where_none_was_on_record(
    kz: LawBook, days: WorkCalendar, almaty: Any
) -> None:
    own = Provision(
        "orders.check_interval", 10, Unit.DAYS, date(2024, 1, 1), date(2026, 3, 1), "", "", Confidence.ENTERED, "order"
    )
    served = datetime(2024, 12, 2, 9, tzinfo=almaty)
    clock = order_clock(kz.with_entered([own]), served_at=served, zone=almaty, calendar=days)
    assert [moment.day for moment in clock.checks] == [12, 22, 1]


def test_every_text_of_the_country_is_there_in_three_languages(kz: LawBook) -> None:
    names = [act.names for act in kz.acts.values()] + [rule.names for rule in kz.rules.values()]
    names += [regime.names for regime in kz.regimes] + [item.names for item in kz.obligations]
    assert all(set(words) == {"kk", "ru", "en"} for words in names)


def test_every_deciding_provision_names_a_source_and_every_article_a_known_code(kz: LawBook) -> None:
    for rule in kz.rules.values():
        for found in rule.provisions:
            assert found.value is None or found.source, rule.key
            if rule.unit is Unit.ARTICLE and found.value:
                assert str(found.value).split()[0] in kz.acts, rule.key


def test_regimes_follow_one_another_without_a_gap(kz: LawBook) -> None:
    for earlier, later in pairwise(kz.regimes):
        assert earlier.valid_until == later.valid_from - timedelta(days=1)
    assert kz.regimes[-1].valid_until is None


@given(day=st.dates(date(2000, 1, 1), date(2035, 1, 1)))
def test_no_day_has_two_provisions_and_every_key_answers(day: date) -> None:
    book = bound(provision(until=date(2019, 12, 31)), provision(value=2, **{"from": date(2020, 1, 1)}))
    assert book.value("some.rule", day).number() == (1 if day.year < 2020 else 2)


def test_the_other_country_has_its_own_orders(zz: LawBook, zz_days: WorkCalendar, almaty: Any) -> None:
    served = datetime(2026, 4, 6, 9, tzinfo=almaty)
    clock = order_clock(zz, served_at=served, zone=almaty, calendar=zz_days)
    assert clock.ends_at is not None and clock.ends_at.date() == date(2026, 4, 26)
    assert clock.checks == () and not clock.to_verify
    assert not addressee(zz, on=date(2026, 4, 6), age=17).allowed
    assert zz.regime(date(2023, 12, 31)).id == "Z0"  # type: ignore[union-attr]  # it is there


def test_an_order_binds_from_service_to_its_end_and_not_at_the_end(
    kz: LawBook, days: WorkCalendar, almaty: Any
) -> None:
    served = datetime(2026, 4, 6, 9, tzinfo=almaty)
    clock = order_clock(kz, served_at=served, zone=almaty, calendar=days)
    assert clock.ends_at is not None
    assert clock.in_force(served) and clock.in_force(clock.ends_at - timedelta(seconds=1))
    assert not clock.in_force(clock.ends_at) and not clock.in_force(served - timedelta(seconds=1))
