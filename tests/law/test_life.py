"""Law in life: what acts oblige someone to do, the money by year, the reports, and what was never reported on."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qorgan.base import country
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, Refused
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.law import actions, queries, rules
from qorgan.law.engine import life, life_shelf, life_told
from qorgan.law.engine.book import Faulty
from qorgan.law.engine.clock import Duration
from qorgan.law.engine.life import Reported
from qorgan.law.engine.marks import Confidence, Unit
from qorgan.law.models import ImplementationReport
from qorgan.law.readers.country import read_book, read_law_in_life
from tests.conftest import actor
from tests.roles import as_process

USE = "castration_use"
WAIT = Duration(3, Unit.MONTHS)
TODAY = date(2026, 11, 23)
LETTER = rules.Report(
    reported_by="Ministry of Health",
    reported_on=date(2019, 8, 1),
    first_day=date(2018, 1, 1),
    last_day=date(2018, 12, 31),
    done="Used once",
    document="Letter No. 7 of 1 August 2019",
    spent=130_000,
)


def course(key: str, today: date, *told: life.Told) -> life.Course:
    held = read_law_in_life(read_book()).requirements[key]
    return life.course(held, told, wait=WAIT, today=today, calendar=queries.calendar())


def report(first: date, last: date, **more: object) -> life.Told:
    words = queries.plain("said")
    given = {"by": words, "done": words, "source": words, "confidence": Confidence.ENTERED, **more}
    return life.Told(first=first, last=last, **given)  # type: ignore[arg-type]  # told by name


def test_in_july_2019_ten_million_a_year_was_promised_and_the_report_on_2018_was_late() -> None:
    seen = course(USE, date(2019, 7, 15))
    assert [(one.year, one.promised, one.spent, one.reported) for one in seen.years] == [
        (2018, 10_000_000, None, Reported.OVERDUE),
        (2019, 10_000_000, None, Reported.AWAITED),
    ]
    assert all(one.about for one in seen.years)
    assert seen.overdue_since == date(2019, 3, 31)
    assert seen.never_reported


def test_a_report_is_late_on_the_day_after_it_was_awaited() -> None:
    assert course(USE, date(2019, 3, 31)).years[0].reported is Reported.AWAITED
    assert course(USE, date(2019, 4, 1)).years[0].reported is Reported.OVERDUE


def test_a_requirement_whose_first_report_is_not_due_yet_was_not_forgotten() -> None:
    seen = course("order_checks", TODAY)
    assert not seen.is_due
    assert not seen.never_reported
    assert [one.reported for one in seen.years] == [Reported.AWAITED]


def test_a_report_counts_for_the_whole_year_only_where_it_covers_all_of_it_in_force() -> None:
    whole = report(date(2024, 6, 16), date(2024, 12, 31))
    part = report(date(2025, 1, 1), date(2025, 6, 30))
    seen = course("battery_criminal", TODAY, whole, part)
    assert [one.reported for one in seen.years] == [Reported.WHOLE, Reported.PART, Reported.AWAITED]
    some = report(date(2024, 1, 1), date(2024, 12, 31), is_part=True)
    assert course("battery_criminal", TODAY, some).years[0].reported is Reported.PART


def test_money_spent_is_counted_only_where_its_year_is_known() -> None:
    one = report(date(2018, 1, 1), date(2018, 12, 31), spent=5)
    two = report(date(2018, 1, 1), date(2019, 12, 31), spent=100)
    assert [year.spent for year in course(USE, date(2019, 12, 31), one, two).years] == [5, None]


def test_an_account_of_somebody_else_is_no_report() -> None:
    held = read_law_in_life(read_book()).requirements[USE]
    assert len(held.accounts) == 2
    assert course(USE, TODAY).never_reported


def test_the_tally_counts_years_that_were_due() -> None:
    laid = read_law_in_life(read_book()).requirements
    found = life.tally(course(key, TODAY) for key in laid)
    # castration use 8, its materials 1, battery 2, life 2, public works 1
    assert found == life.Tally(due=14, whole=1, part=1)


def test_where_the_wait_is_not_on_record_nothing_is_late() -> None:
    held = read_law_in_life(read_book()).requirements[USE]
    seen = life.course(held, (), wait=None, today=TODAY, calendar=queries.calendar())
    assert not seen.overdue


def test_everything_shipped_names_its_source_in_every_language_of_the_pages() -> None:
    laid = read_law_in_life(read_book())
    assert [one.act.key for one in laid.enacted] == ["2016-spring", "castration", "2024-04-15", "KoAP", "245-VIII"]
    assert laid.looked is not None
    for one in laid.requirements.values():
        assert one.source
        assert set(one.what) == {"kk", "ru", "en"}
        assert {told.confidence for told in one.reports} <= {Confidence.FOUND, Confidence.FOUND_WEAK}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key": USE}, "written twice"),
        ({"rule": "orders.no_such"}, "no rule"),
        ({"code": "XX"}, "no act"),
        ({"speed": 1}, "unknown words"),
        ({"money": [{"years": [1999], "amount": 1, "confidence": "F", "source": "x"}]}, "money"),
        ({"who": {"kk": ""}}, "empty"),
    ],
)
def test_a_fault_in_the_data_is_named(change: dict[str, object], words: str) -> None:
    table = country.toml("law/life.toml")
    castration = next(one for one in table["enacted"] if one["act"] == "castration")
    made = {**castration["requirement"][1], **change}
    broken = {"enacted": [{**castration, "requirement": [castration["requirement"][0], made]}]}
    with pytest.raises(Faulty, match=words):
        life_shelf.law_in_life(broken, read_book())


def test_a_country_that_follows_no_act_has_an_empty_page() -> None:
    assert life_shelf.law_in_life({}, read_book()).enacted == ()


# --- what a person enters ---


@pytest.fixture
def ombudsman(db: None) -> Actor:
    return actor("ombudsman")


def enter(by: Actor, now: datetime, **changes: object) -> ImplementationReport:
    told = rules.Report(**{**vars(LETTER), **changes})  # type: ignore[arg-type]  # told by name
    return actions.enter_report(key=USE, told=told, by=by, now=now)


def test_a_report_ends_the_silence_and_is_in_the_journal(ombudsman: Actor, now: datetime) -> None:
    row = enter(ombudsman, now)
    seen = queries.law_in_life(today=TODAY).courses[USE]
    assert not seen.never_reported
    assert (seen.years[0].reported, seen.years[0].spent) == (Reported.WHOLE, 130_000)
    assert seen.years[1].reported is Reported.OVERDUE
    with as_process(Process.WORKER):
        assert JournalEntry.objects.get(kind="law.report.entered").thing_id == str(row.id)


def test_a_report_that_is_withdrawn_counts_no_longer_and_stays_to_be_read(ombudsman: Actor, now: datetime) -> None:
    row = enter(ombudsman, now)
    actions.withdraw_report(report=row, reason="Another law", by=ombudsman, now=now, seen=0)
    assert queries.law_in_life(today=TODAY).courses[USE].never_reported
    assert [one.withdrawn_reason for one in queries.reports_on(USE)] == ["Another law"]
    with pytest.raises(rules.ReportAlreadyWithdrawn):
        actions.withdraw_report(report=row, reason="Again", by=ombudsman, now=now)
    with pytest.raises(ChangedMeanwhile):
        actions.withdraw_report(report=row, reason="Again", by=ombudsman, now=now, seen=0)
    assert enter(ombudsman, now).id != row.id


def test_one_document_is_entered_once_for_the_same_days(ombudsman: Actor, now: datetime) -> None:
    row = enter(ombudsman, now)
    with pytest.raises(rules.ReportStandsAlready):
        enter(ombudsman, now, done="Twice")
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reported_by": " "}, rules.ReporterIsMissing),
        ({"done": ""}, rules.NothingIsReported),
        ({"document": " "}, rules.ReportNamesNoDocument),
        ({"last_day": date(2017, 12, 31)}, rules.DaysAreBackwards),
        ({"first_day": date(2017, 1, 1), "last_day": date(2017, 12, 31)}, rules.BeforeTheAct),
        ({"last_day": date(2019, 8, 2)}, rules.AfterTheReport),
        ({"spent": -1}, rules.SpentLessThanNothing),
    ],
)
def test_a_report_that_cannot_be_is_refused_with_its_sentence(
    ombudsman: Actor, now: datetime, changes: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal) as raised:
        enter(ombudsman, now, **changes)
    assert str(raised.value).endswith(".")
    assert not ImplementationReport.objects.exists()


def test_a_report_of_tomorrow_is_refused(ombudsman: Actor, now: datetime) -> None:
    tomorrow = queries.country_day(now) + timedelta(days=1)
    with pytest.raises(rules.ReportOfTomorrow):
        enter(ombudsman, now, reported_on=tomorrow)


def test_only_those_who_may_enter_a_report(owner: Actor, ombudsman: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        enter(owner, now)
    row = enter(ombudsman, now)
    with pytest.raises(NotAllowed):
        actions.withdraw_report(report=row, reason="No", by=owner, now=now)


def test_an_unknown_requirement_is_not_found(ombudsman: Actor, now: datetime) -> None:
    with pytest.raises(rules.RequirementUnknown):
        actions.enter_report(key="no_such", told=LETTER, by=ombudsman, now=now)


@pytest.mark.django_db
def test_the_table_for_machines_has_a_line_for_every_year_and_act() -> None:
    told = queries.told(queries.law_in_life(today=TODAY), language="kk", today=TODAY)
    rows = list(life_told.rows(told))
    assert {len(row) for row in rows} == {len(life_told.COLUMNS)}
    first = next(row for row in rows if row[1] == USE)
    assert first[7:] == [2018, "2019-03-31", "overdue", 10_000_000, 1, "", 0]
    assert rows[0][1] == ""  # the amendments of 2016: what they oblige to is not on record
