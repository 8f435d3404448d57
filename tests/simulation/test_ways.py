"""Made by actions or by the loader, a plan leaves the same rows, and every figure is the ledger's."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from qorgan.base import country
from qorgan.reports.models import Report
from qorgan.simulation import loader, perform, sameness
from qorgan.simulation.engine.assumptions import Stream
from qorgan.simulation.engine.ground import Ground
from qorgan.simulation.engine.threads import Thread
from qorgan.simulation.perform import Hands, Performance
from qorgan.simulation.readers.country import ground
from tests.simulation.grounds import assuming, ledger, plan
from tests.simulation.places import NOW, WORDS, as_if_never, compared, settled

_SEXUAL = frozenset({"120", "121", "122", "123", "124"})

pytestmark = pytest.mark.django_db


def _performed(threads: Iterable[Thread], hands: Hands) -> list[tuple[str, str]]:
    perform.perform(threads, hands, WORDS)
    return list(sameness.lines())


def _loaded(threads: Iterable[Thread], hands: Hands) -> list[tuple[str, str]]:
    loader.load(threads, hands, WORDS)
    return list(sameness.lines())


@pytest.mark.parametrize(("year", "scale"), [(2024, "0.002"), (2026, "0.0003")])
def test_loader_leaves_the_rows_that_the_actions_leave(year: int, scale: str) -> None:
    hands = settled()
    threads = list(plan(year, scale).threads())
    with as_if_never():
        expected = _performed(threads, hands)
    with as_if_never():
        found = _loaded(threads, hands)
    assert len(expected) > 5 * len(threads)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []


def _guarding(**shares: dict[str, float]) -> Ground:
    """The ground with other shares of what is offered and guarded."""
    sections = ground().assumptions.sections
    return assuming(sections={**sections, **{name: {**sections[name], **held} for name, held in shares.items()}})


def test_loader_and_actions_share_and_guard_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    always = _guarding(
        sharing={"referred": 100, "accepted": 40, "declined": 30, "withdrawn": 60, "transferred": 100},
        reviews={"blocked": 100, "opened": 100, "without_ground": 40, "in_time": 60},
    )
    threads = list(plan(2024, "1/2500", on=always).threads())
    told = ledger(threads)
    some = {"referral>accepted", "consent_withdrawn", "transfer", "block>in_time", "block_rejected", "opening_rejected"}
    assert all(told.made[name] for name in some)
    with as_if_never():
        expected = _performed(threads, hands)
    found = _loaded(threads, hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    checked = compared(told, ["2024"], now=NOW)
    assert checked.differences == checked.unchecked == ()


def test_loader_and_actions_seek_children_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    always = _guarding(missing={"children": 100, "alive": 60, "rested": 25})
    threads = [one for one in plan(2024, "1/800", on=always).threads() if one.alarm]
    told = ledger(threads)
    assert all(told.made[name] for name in ("alarm_searched", "alarm>alive_in_a_day"))
    assert told.made["alarm"] > told.made["alarm>alive"] > told.made["alarm>alive_in_a_day"]
    with as_if_never():
        expected = _performed(threads, hands)
    found = _loaded(threads, hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    assert compared(told, ["2024"], now=NOW).differences == ()


def test_loader_and_actions_dispute_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    shares = {"accounts": 100, "findings": 80, "contradictions": 70, "reviews": 80, "answered": 70, "in_time": 50}
    always = _guarding(disputed=shares)
    threads = [one for one in plan(2024, "1/2500", on=always).threads() if one.dispute]
    told = ledger(threads)
    assert told.made["finding"] > told.made["contradiction"] > told.made["review"] > told.made["review>in_time"] > 0
    with as_if_never():
        expected = _performed(threads, hands)
    found = _loaded(threads, hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    checked = compared(told, ["2024"], now=NOW)
    assert checked.differences == checked.unchecked == ()


def test_loader_and_actions_assess_danger_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    always = _guarding(danger={"assessed": 100, "done": 80, "in_time": 60, "lowered": 60, "agreed": 60})
    threads = [one for one in plan(2026, "1/800", on=always).threads() if one.danger]
    told = ledger(threads)
    some = ("measure", "assessed:not_safe", "case>assessed_in_a_day", "lowered")
    assert all(told.made[name] for name in some)
    assert told.made["measure"] > told.made["measure>in_time"] > 0
    with as_if_never():
        expected = _performed(threads, hands)
    found = _loaded(threads, hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    assert compared(told, ["2026"], now=NOW).differences == ()


def test_loader_and_actions_mark_alike_whoever_is_never_named() -> None:
    hands = settled()
    sexual = [
        one for one in plan(2024, "1/20").threads() if any(each.wording.article in _SEXUAL for each in one.offences)
    ]
    alone = [one for one in sexual if one.report is None][:2]
    in_case = [one for one in sexual if one.report is not None][:2]
    assert alone and in_case
    with as_if_never():
        expected = _performed([*alone, *in_case], hands)
    found = _loaded([*alone, *in_case], hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    assert sum(table == "missing.Unnamed" for table, _row in found) == len(alone) + len(in_case)


def test_loader_and_actions_take_contacts_alike_and_the_ledger_knows_them() -> None:
    hands = settled()
    busy = {"beside": 100, "most": 3, "again": 80, "checked": 80, "in_time": 50}
    always = _guarding(contacts=busy, unknown={"address": 0, "time": 0}, channels={"150": 900})
    threads = list(plan(2024, "1/2500", on=always).threads())
    told = ledger(threads)
    some = {"contact:report", "contact:child", "contact:silent", "contact:call", "check", "check>in_time"}
    assert all(told.made[name] for name in some)
    with as_if_never():
        expected = _performed(threads, hands)
    found = _loaded(threads, hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    checked = compared(told, ["2024", "2024-03"], now=NOW)
    assert checked.differences == checked.unchecked == ()


def _restless(stream: Stream) -> Stream:
    """The same stream, in which most of what is registered is corrected or annulled later."""
    return replace(stream, initial=60 if stream.initial_article else 0, annulled=40, attempts=stream.attempts or 0)


def test_figures_agree_with_the_ledger_before_and_after_corrections() -> None:
    hands = settled()
    streams = tuple(_restless(stream) for stream in ground().assumptions.streams)
    threads = list(plan(2024, "1/2000", on=assuming(streams=streams)).threads())
    midsummer = datetime(2024, 8, 1, tzinfo=UTC)
    on_their_way = [Performance(thread, hands, WORDS) for thread in threads]
    with transaction.atomic():
        assert sum(one.go(until=midsummer) for one in on_their_way) > 0
    periods = ["2024", "2024-Q2", "2024-06", "2024-07", "2024-12"]
    first = compared(ledger(threads, until=midsummer), periods, now=NOW)
    with transaction.atomic():
        assert sum(one.go() for one in on_their_way) > 0
    assert all(one.is_over for one in on_their_way)
    second = compared(ledger(threads), periods, now=NOW + timedelta(hours=1))
    assert first.differences == second.differences == ()
    assert min(first.compared, second.compared) > 3000


@pytest.mark.parametrize(("year", "ended", "begun"), [(2018, {51}, {61, 79}), (2022, set(), {10, 33})])
def test_figures_agree_with_the_ledger_across_changes_of_borders(year: int, ended: set[int], begun: set[int]) -> None:
    hands = settled()
    threads = list(plan(year, "1/1000").threads())
    loader.load(threads, hands, WORDS)
    told = ledger(threads)
    assert compared(told, [f"{year}", f"{year}-05", f"{year}-06", f"{year}-07"], now=NOW).differences == ()
    june = year * 12 + 5
    months = {region: {spot.month for spot in told.spots() if spot.region == region} for region in ended | begun}
    assert all(months[region] and max(months[region]) <= june for region in ended)
    assert all(months[region] and min(months[region]) >= june for region in begun)


def test_a_report_that_is_sent_twice_is_one_row_and_one_in_the_figures() -> None:
    hands = settled()
    shares = ground().assumptions.percent_of_reports
    always = {**shares, "resent": dict.fromkeys(shares["resent"], 100.0)}
    threads = list(plan(2024, "1/2000", on=assuming(percent_of_reports=always)).threads())
    reports = [thread.report for thread in threads if thread.report]
    assert all(report.resent_at for report in reports)
    perform.perform(threads, hands, WORDS)
    with transaction.atomic(), perform.sight():
        assert Report.objects.count() == len(reports) == 50
    told = ledger(threads)
    assert told.made["report"] == 50
    assert compared(told, ["2024"], now=NOW).differences == ()


def test_every_number_of_a_simulated_record_says_that_it_is_made_up() -> None:
    hands = settled()
    loader.load(plan(2024, "1/2000").threads(), hands, WORDS)
    mark = country.toml("simulation/words.toml")["mark"]
    with transaction.atomic(), perform.sight():
        numbers = set(Report.objects.values_list("kui_no", flat=True))
    assert numbers
    assert all(number.startswith(mark) for number in numbers)


def test_a_place_without_offices_is_refused_with_a_sentence() -> None:
    with pytest.raises(perform.NobodyThere):
        perform.hands(ground(), now=NOW)


def test_what_people_told_is_not_written_out_of_a_real_place(settings: pytest.FixtureRequest) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]  # pytest-django's settings
    with pytest.raises(sameness.RealRecords):
        next(sameness.lines())


def test_loader_and_actions_contest_orders_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    sections = ground().assumptions.sections
    orders = {**sections["percent_of_orders"], "breach": 40, "cancelled": 0}
    shares = {"annulled": 30, "varied": 60, "appealed": 60}
    often = assuming(sections={**sections, "contested": shares, "percent_of_orders": orders})
    for year in (2024, 2026):
        threads = [one for one in plan(year, "1/1500", on=often).threads() if one.orders]
        told = ledger(threads)
        held = [order for one in threads for order in one.orders]
        assert all(any(getattr(order, name) for order in held) for name in ("varied_at", "left_at", "annulled_at"))
        assert told.made["breach"] > told.made["breach>sent"] >= told.made["breach>arrest"]
        with as_if_never():
            expected = _performed(threads, hands)
        with as_if_never():
            found = _loaded(threads, hands)
            assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
            checked = compared(told, [str(year)], now=NOW)
            assert checked.differences == checked.unchecked == ()


def test_loader_and_actions_tell_again_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    shares, sections = ground().assumptions.percent_of_reports, ground().assumptions.sections
    more = {
        "percent_of_orders": {**sections["percent_of_orders"], "breach": 30},
        "retold": {"warned": 40, "not_confirmed": 60},
        "requirements": {"breached": 60},
        "sharing": {**sections["sharing"], "referred": 70, "accepted": 90, "withdrawn": 50},
    }
    reports = {name: dict.fromkeys(shares[name], 12.0) for name in ("retold", "written_off")}
    often = assuming(percent_of_reports={**shares, **reports}, sections={**sections, **more})
    threads = [one for one in plan(2024, "1/800", on=often).threads() if one.orders]
    told = ledger(threads)
    breaches = [order.breach for one in threads for order in one.orders if order.breach and order.breach.report]
    assert {breach.followed for breach in breaches} == {"protocol", "warned", "not_confirmed", ""}
    assert told.made["case>again"] > 0 and told.made["requirements_breach"] > 0
    with as_if_never():
        expected = _performed(threads, hands)
    found = _loaded(threads, hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    checked = compared(told, ["2024", "2024-03", "2024-Q4"], now=NOW)
    assert checked.differences == checked.unchecked == ()


def test_loader_and_actions_shelter_children_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    sections = ground().assumptions.sections
    tonight = {**sections["tonight"], "is": 60, "may_be": 40, "in_time": 50, "returned": 60}
    orders = {**sections["percent_of_orders"], "children": 60}
    often = assuming(sections={**sections, "tonight": tonight, "percent_of_orders": orders})
    threads = [one for one in plan(2024, "1/1200", on=often).threads() if one.tonight]
    told = ledger(threads)
    assert told.made["telling"] > told.made["telling>in_time"] > 0
    assert {night.stays for one in threads if one.tonight for night in one.tonight.nights} >= {"relatives", "returned"}
    with as_if_never():
        expected = _performed(threads, hands)
    found = _loaded(threads, hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    checked = compared(told, ["2024", "2024-03"], now=NOW)
    assert checked.differences == checked.unchecked == ()


def test_loader_and_actions_route_suspects_in_uniform_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    often = _guarding(uniform={"suspects": 100, "received": 60, "declined": 25}, sharing={"referred": 0})
    threads = [one for one in plan(2024, "1/1500", on=often).threads() if one.uniform]
    told = ledger(threads)
    assert {one.uniform.accepted for one in threads if one.uniform} == {True, False, None}
    with as_if_never():
        expected = _performed(threads, hands)
    found = _loaded(threads, hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    assert compared(told, ["2024"], now=NOW).differences == ()


def test_loader_and_actions_review_deaths_alike_and_the_ledger_knows_it() -> None:
    hands = settled()
    sections = ground().assumptions.sections
    shares = {
        "deaths": {**sections["deaths"], "reviewed": 100, "answered": 70, "in_time": 60},
        "tonight": {**sections["tonight"], "is": 0, "may_be": 0},
        "percent_of_orders": {**sections["percent_of_orders"], "children": 60},
    }
    threads = [one for one in plan(2024, "1/2000", on=assuming(sections={**sections, **shares})).threads() if one.death]
    told = ledger(threads)
    assert told.made["recommendation"] == 2 * len(threads) > told.made["recommendation>in_time"] > 0
    assert any(one.death and one.death.closed_at for one in threads)
    with as_if_never():
        expected = _performed(threads, hands)
    found = _loaded(threads, hands)
    assert [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]] == []
    assert compared(told, ["2024", "2024-09"], now=NOW).differences == ()


def test_a_death_is_so_rare_that_a_small_year_has_none() -> None:
    assert not any(one.death for one in plan(2024, "1/500").threads())
