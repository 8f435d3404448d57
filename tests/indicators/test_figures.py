"""Figures from facts: equal to plain loops over the same rows, and never a false zero."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from qorgan.base.processes import Process
from qorgan.indicators import queries
from qorgan.indicators.engine.definitions import Disclosure
from qorgan.indicators.engine.figures import WhyNone
from qorgan.indicators.engine.periods import parse
from qorgan.indicators.rules import NoSuchIndicator, NoSuchRegion, NotAPeriod, NotCollectedYet
from tests.indicators import oracle
from tests.indicators.oracle import ORDER, REPORT, Row
from tests.indicators.stored import store
from tests.indicators.strategies import START, World, facts
from tests.roles import as_process

OCTOBER = parse("2026-10")
AS_OF = START + timedelta(hours=2)
CODES = sorted(queries.definitions())


def row(kind: str, link: int, on: date, **changes: object) -> Row:
    """A row of facts of Shymkent, collected before `AS_OF`."""
    name = bytes([link]) * 16
    held = {"root": name, "version": 1, "region": 79, "hours": None, "withdrawn": False, "collected_at": START}
    return Row(kind=kind, link=name, on=on, **{**held, **changes})  # type: ignore[arg-type]  # the changes name fields


@pytest.mark.django_db
@given(facts)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_plain_loops_over_the_same_facts_agree_to_the_unit(rows: list[Row]) -> None:
    with transaction.atomic():
        store([*rows, row("order.served", 99, date(2026, 9, 1))], moved_at=AS_OF + timedelta(hours=1))
        with as_process(Process.STATISTICS):
            for code in CODES:
                _agree(code, rows)
        transaction.set_rollback(True)


def _agree(code: str, rows: list[Row]) -> None:
    def expected(region: int | None) -> Decimal | None:
        figure = oracle.figure(code, rows, OCTOBER.first, OCTOBER.last, AS_OF, region)
        told = queries.definition(code)
        nothing = told.decimals == 0 and not figure  # a nought share or median has something under it
        return None if region and nothing and told.disclosure is Disclosure.NATIONAL_ONLY else figure

    assert queries.value(code, period=OCTOBER, as_of=AS_OF).value == expected(None), code
    assert queries.value(code, period=OCTOBER, region=79, as_of=AS_OF).value == expected(79), code
    regions = queries.by_region(code, period=OCTOBER, as_of=AS_OF)
    assert len(regions) == 20
    assert {region: figure.value for region, figure in regions.items()} == {
        region: expected(region) for region in regions
    }, code


@pytest.mark.django_db
def test_nothing_collected_is_no_zero() -> None:
    with as_process(Process.STATISTICS):
        for code in CODES:
            figure = queries.value(code, period="2026-10")
            assert (figure.value, figure.why_none) == (None, WhyNone.NOT_COLLECTED)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("period", "why"),
    [("2024", WhyNone.BEFORE_RECORDS), ("2026-12", WhyNone.NOT_BEGUN), ("2027-Q1", WhyNone.NOT_BEGUN)],
)
def test_period_without_facts_is_no_zero(period: str, why: WhyNone) -> None:
    store([row(REPORT, 1, date(2026, 10, 3))], moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        for code in CODES:
            assert queries.value(code, period=period).why_none is why
            assert {figure.why_none for figure in queries.by_region(code, period=period).values()} == {why}


@pytest.mark.django_db
def test_zero_denominator_and_unknown_hours_say_why() -> None:
    rows = [row(REPORT, 1, date(2026, 9, 3)), row(ORDER, 2, date(2026, 10, 5))]
    store(rows, moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        assert queries.value("reports_registered", period="2026-10").value == 0
        assert queries.value("orders_per_100_reports_cohort", period="2026-10").why_none is WhyNone.NO_DENOMINATOR
        assert queries.value("hours_report_to_order_median", period="2026-10").why_none is WhyNone.UNKNOWN
        assert queries.value("hours_report_to_order_median", period="2026-09").why_none is WhyNone.NO_DENOMINATOR


@pytest.mark.django_db
def test_cohort_takes_orders_of_later_months_and_other_regions_with_their_report() -> None:
    rows = [
        row(REPORT, 1, date(2026, 9, 30)),
        row(REPORT, 2, date(2026, 9, 30)),
        row(ORDER, 3, date(2026, 10, 2), root=b"\1" * 16, region=71),
        row(ORDER, 4, date(2026, 9, 2), root=None),
    ]
    store(rows, moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        figure = queries.value("orders_per_100_reports_cohort", period="2026-09", region=79)
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("50.0"), 1, 2)


@pytest.mark.django_db
def test_figure_as_of_a_moment_never_changes() -> None:
    early = row(REPORT, 1, date(2026, 10, 3))
    store([early], moved_at=AS_OF)
    late = row(REPORT, 1, date(2026, 10, 3), version=2, withdrawn=True, collected_at=AS_OF + timedelta(hours=1))
    store([late], moved_at=late.collected_at)
    with as_process(Process.STATISTICS):
        assert queries.value("reports_registered", period="2026-10", as_of=AS_OF).value == 1
        assert queries.value("reports_registered", period="2026-10").value == 0


@pytest.mark.django_db
def test_running_period_is_preliminary_by_the_clock_of_the_country() -> None:
    then = datetime(2026, 10, 31, 18, 59, tzinfo=UTC)
    store([row(REPORT, 1, date(2026, 10, 3), collected_at=then)], moved_at=then)
    with as_process(Process.STATISTICS):
        assert not queries.value("reports_registered", period="2026-10").complete
    store([], moved_at=then + timedelta(minutes=1))
    with as_process(Process.STATISTICS):
        assert queries.value("reports_registered", period="2026-10").complete


@pytest.mark.django_db
def test_region_that_no_longer_exists_keeps_its_figures() -> None:
    store([row(REPORT, 1, date(2018, 3, 3), region=51), row(REPORT, 2, date(2018, 9, 3), region=79)], moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        year = queries.by_region("reports_registered", period="2018")
        assert (year[51].value, year[79].value) == (Decimal(1), Decimal(1))
        assert 10 not in year
        assert queries.value("reports_registered", period="2018", region=51).value == 1


@pytest.mark.django_db
def test_what_is_told_of_the_country_only_is_no_zero_of_a_region() -> None:
    store([row(REPORT, 1, date(2026, 3, 3), region=79)], moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        asked = queries.value("conflict_blocks_laid", period="2026", region=79)
        assert (asked.value, asked.why_none) == (None, WhyNone.COUNTRY_ONLY)
        assert {one.value for one in queries.by_region("conflict_blocks_laid", period="2026").values()} == {None}
        assert queries.value("conflict_blocks_laid", period="2026").value == 0


@pytest.mark.django_db
def test_region_has_no_figure_of_a_time_when_it_did_not_stand() -> None:
    store([row(REPORT, 1, date(2018, 3, 3), region=51), row(REPORT, 2, date(2026, 3, 3), region=79)], moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        for code in CODES:
            assert queries.value(code, period="2026", region=51).why_none is WhyNone.NO_REGION
        assert queries.value("reports_registered", period="2018", region=10).why_none is WhyNone.NO_REGION
        assert queries.value("reports_registered", period="2019", region=79).value == 0


@pytest.mark.django_db
def test_fact_written_under_a_region_of_another_time_is_not_lost() -> None:
    store([row(REPORT, 1, date(2026, 3, 3), region=51)], moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        assert queries.value("reports_registered", period="2026", region=51).value == 1
        assert queries.by_region("reports_registered", period="2026")[51].value == 1


@pytest.mark.django_db
@pytest.mark.parametrize("region", [7903, 1, 99999])
def test_place_that_is_no_region_is_refused(region: int) -> None:
    with pytest.raises(NoSuchRegion):
        queries.value("reports_registered", period="2026", region=region)


@pytest.mark.django_db
def test_figure_as_of_a_moment_after_the_last_collection_is_refused() -> None:
    store([row(REPORT, 1, date(2026, 10, 3))], moved_at=AS_OF)
    with as_process(Process.STATISTICS), pytest.raises(NotCollectedYet):
        queries.value("reports_registered", period="2026-10", as_of=AS_OF + timedelta(seconds=1))


@pytest.mark.django_db
def test_correction_collected_late_changes_the_figure_of_its_own_period() -> None:
    rows = [
        row(REPORT, 1, date(2026, 10, 3)),
        row(REPORT, 1, date(2026, 9, 30), version=2),
        row(REPORT, 2, date(2026, 10, 5)),
        row(REPORT, 2, date(2026, 10, 5), version=2, withdrawn=True),
        row(REPORT, 2, date(2026, 10, 5), version=3, region=71),
    ]
    store(rows, moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        assert queries.value("reports_registered", period="2026-10").value == 1
        assert queries.value("reports_registered", period="2026-09").value == 1
        assert queries.value("reports_registered", period="2026-10", region=71).value == 1
        assert queries.value("reports_registered", period="2026-10", region=79).value == 0


@pytest.mark.django_db
def test_what_is_not_known_is_neither_woman_nor_child_nor_domestic() -> None:
    offence = row("offence.registered", 1, date(2026, 10, 3), traits="|criminal|violent|", stage="completed")
    about = {"part_of": offence.link, "traits": offence.traits, "stage": "completed", "iccs": "03011"}
    victim = row("offence.victim", 2, date(2026, 10, 3), sex="unknown", age=None, relation="unknown", **about)
    suspect = row("offence.suspect", 3, date(2026, 10, 3), sex="male", age=None, **about)
    store([offence, victim, suspect], moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        for code in ("offences_against_women", "child_victims", "offences_by_minors", "criminal_offences_domestic"):
            figure = queries.value(code, period="2026-10")
            assert (figure.value, figure.why_none) == (0, None)


@pytest.mark.django_db
def test_parts_never_exceed_their_whole() -> None:
    held = queries.definitions()
    for seed in range(4):
        with transaction.atomic():
            store(World(Random(seed), 9).rows(), moved_at=AS_OF + timedelta(hours=1))
            with as_process(Process.STATISTICS):
                for code, found in held.items():
                    whole = queries.by_region(code, period="2026") if found.parts else {}
                    for part in found.parts:
                        for region, figure in queries.by_region(part, period="2026").items():
                            assert (figure.numerator or 0) <= (whole[region].numerator or 0), (part, code)
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_report_placed_in_no_region_is_counted_and_shown_apart() -> None:
    store([row(REPORT, 1, date(2026, 10, 3), region=0)], moved_at=AS_OF)
    with as_process(Process.STATISTICS):
        assert queries.by_region("reports_registered", period="2026-10")[0].value == 1


def test_unknown_indicator_and_period_are_refused() -> None:
    with pytest.raises(NoSuchIndicator):
        queries.value("children_prone_to_crime", period="2026")
    with pytest.raises(NotAPeriod):
        queries.value("orders_issued", period="October")


@pytest.mark.django_db
def test_series_that_the_law_did_not_yet_ask_for_has_no_figure_and_no_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    store([row(ORDER, 1, date(2026, 9, 5))], moved_at=AS_OF)
    monkeypatch.setattr(queries, "_since", lambda _country: {"orders_breached": date(2026, 10, 2)})
    with as_process(Process.STATISTICS):
        before = queries.value("orders_breached", period="2026-09")
        assert (before.value, before.numerator, before.why_none) == (None, None, WhyNone.NOT_MEASURED)
        assert queries.behind(before) is None
        regions = queries.by_region("orders_breached", period="2026-09").values()
        assert {figure.why_none for figure in regions} == {WhyNone.NOT_MEASURED}
        assert queries.value("orders_breached", period="2026-10").value == 0
