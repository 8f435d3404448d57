"""Cases worked out by hand from the texts of the law: facts, the question, the answer."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qorgan.law.engine import articles, measures, money, petitions, stays
from qorgan.law.engine.book import LawBook, Undecided
from qorgan.law.engine.deadlines import deadline, deadline_on
from qorgan.law.engine.marks import Proceeding, Standing
from qorgan.law.engine.petitions import Addressee
from qorgan.law.engine.talks import Talk, check
from qorgan.law.engine.verdicts import Outcome, Reason
from qorgan.law.engine.workdays import WorkCalendar


def at(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_talks_are_judged_by_article_50_from_its_first_day(kz: LawBook) -> None:
    talks = [
        Talk(date(2026, 3, 2), 70),
        Talk(date(2026, 3, 2), 60),
        Talk(date(2026, 2, 27), 70),
        Talk(date(2026, 5, 12), 40, with_minor=True),
        Talk(date(2026, 5, 12), 40, with_minor=True, adult_present=True, online=True),
    ]
    verdicts = [check(kz, talk) for talk in talks]
    assert [(v.outcome, v.reasons) for v in verdicts] == [
        (Outcome.REFUSED, (Reason.TALK_TOO_LONG,)),
        (Outcome.ALLOWED, ()),
        (Outcome.NOT_IN_FORCE, (Reason.NOT_IN_FORCE,)),
        (Outcome.REFUSED, (Reason.MINOR_WITHOUT_ADULT,)),
        (Outcome.ALLOWED, ()),
    ]


def test_a_talk_may_be_refused_for_two_reasons_at_once(kz: LawBook) -> None:
    verdict = check(kz, Talk(date(2026, 6, 1), 61, with_minor=True))
    assert verdict.reasons == (Reason.TALK_TOO_LONG, Reason.MINOR_WITHOUT_ADULT)


def test_an_order_of_2026_is_checked_at_7_14_21_and_28_days(kz: LawBook, days: WorkCalendar, almaty: ZoneInfo) -> None:
    clock = measures.order_clock(kz, served_at=at("2026-04-06T09:00", almaty), zone=almaty, calendar=days)
    assert [moment.date().isoformat() for moment in clock.checks] == [
        "2026-04-13",
        "2026-04-20",
        "2026-04-27",
        "2026-05-04",
    ]
    assert clock.ends_at is not None
    assert clock.ends_at.isoformat() == "2026-05-06T09:00:00+05:00"
    assert clock.to_verify


def test_an_order_of_2024_has_no_planned_checks(kz: LawBook, days: WorkCalendar, almaty: ZoneInfo) -> None:
    clock = measures.order_clock(kz, served_at=at("2024-12-02T09:00", almaty), zone=almaty, calendar=days)
    assert clock.checks == ()
    assert clock.interval.standing is Standing.NOT_ON_RECORD
    assert clock.ends_at is not None and clock.ends_at.date() == date(2025, 1, 1)
    assert clock.changes_on is None


def test_an_order_that_lives_across_the_border_says_that_checks_change(
    kz: LawBook, days: WorkCalendar, almaty: ZoneInfo
) -> None:
    clock = measures.order_clock(kz, served_at=at("2026-02-20T09:00", almaty), zone=almaty, calendar=days)
    assert clock.checks == ()
    assert clock.changes_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("day", "regime", "base_law"),
    [
        ("2010-01-01", "R0", "214-IV"),
        ("2014-02-28", "R0", "214-IV"),
        ("2014-04-01", "R1", "214-IV"),
        ("2017-07-02", "R1", "214-IV"),
        ("2017-07-03", "R2", "214-IV"),
        ("2017-12-31", "R2", "214-IV"),
        ("2018-01-01", "R3", "214-IV"),
        ("2019-07-23", "R3", "214-IV"),
        ("2023-06-30", "R3", "214-IV"),
        ("2023-07-01", "R4", "214-IV"),
        ("2024-06-15", "R4", "214-IV"),
        ("2024-06-16", "R5", "214-IV"),
        ("2025-08-31", "R5", "214-IV"),
        ("2025-09-01", "R6", "214-IV"),
        ("2026-03-01", "R6", "214-IV"),
        ("2026-03-02", "R7", "245-VIII"),
    ],
)
def test_each_day_has_its_regime_and_base_law(kz: LawBook, day: str, regime: str, base_law: str) -> None:
    found = kz.regime(date.fromisoformat(day))
    assert found is not None
    assert (found.id, found.base_law) == (regime, base_law)


def test_before_the_first_law_there_is_no_regime(kz: LawBook) -> None:
    assert kz.regime(date(2009, 11, 30)) is None


def test_a_month_without_a_day_on_record_is_not_certain(kz: LawBook) -> None:
    found = kz.regime(date(2014, 3, 10))
    assert found is not None and found.id == "R1" and not found.certain(date(2014, 3, 10))
    assert found.certain(date(2014, 4, 1))


def test_petitions_have_a_statute_from_4_april_2024(kz: LawBook) -> None:
    assert not petitions.applies(kz, date(2024, 4, 3))
    assert petitions.applies(kz, date(2024, 4, 4))
    assert petitions.statute(kz, date(2019, 7, 23)) == "pre_2024"


def test_an_order_of_2019_in_the_capital_ends_after_30_days(kz: LawBook, days: WorkCalendar, almaty: ZoneInfo) -> None:
    clock = measures.order_clock(kz, served_at=at("2019-07-23T10:15", almaty), zone=almaty, calendar=days)
    assert clock.ends_at is not None
    assert clock.ends_at.isoformat(timespec="minutes") == "2019-08-22T10:15+06:00"
    assert clock.ends_at - clock.served_at == timedelta(days=30)


def test_an_order_of_before_2014_ends_after_10_days(kz: LawBook, days: WorkCalendar, almaty: ZoneInfo) -> None:
    clock = measures.order_clock(kz, served_at=at("2013-05-01T08:00", almaty), zone=almaty, calendar=days)
    assert clock.ends_at is not None and clock.ends_at.date() == date(2013, 5, 11)


def test_an_order_served_before_the_change_of_the_clock_ends_an_hour_earlier_by_the_wall(
    kz: LawBook, days: WorkCalendar, almaty: ZoneInfo
) -> None:
    served = at("2024-02-10T10:00", almaty)
    clock = measures.order_clock(kz, served_at=served, zone=almaty, calendar=days)
    assert clock.ends_at is not None
    assert clock.ends_at.isoformat(timespec="minutes") == "2024-03-11T09:00+05:00"
    assert clock.ends_at.astimezone(UTC) - served.astimezone(UTC) == timedelta(hours=720)


@pytest.mark.parametrize(("form_hours", "outcome"), [(5, Outcome.ALLOWED), (6, Outcome.ALLOWED), (7, Outcome.REFUSED)])
def test_the_day_form_holds_six_hours(kz: LawBook, form_hours: int, outcome: Outcome) -> None:
    assert stays.day_plan(kz, hours=form_hours, on=date(2026, 1, 10)).outcome is outcome


@pytest.mark.parametrize(
    ("moment", "proceeding", "article"),
    [
        ("2016-05-01T12:00", Proceeding.CRIMINAL, "CC 108"),
        ("2017-07-02T23:59", Proceeding.CRIMINAL, "CC 108"),
        ("2017-07-03T00:00", Proceeding.ADMINISTRATIVE, "KoAP 73-1"),
        ("2024-06-15T23:50", Proceeding.ADMINISTRATIVE, "KoAP 73-1"),
        ("2024-06-16T00:10", Proceeding.CRIMINAL, "CC 108-1"),
    ],
)
def test_light_harm_is_judged_by_the_local_day_of_the_act(
    kz: LawBook, almaty: ZoneInfo, moment: str, proceeding: Proceeding, article: str
) -> None:
    found = articles.article_at(kz, "light_harm", at=at(moment, almaty), zone=almaty)
    assert (found.proceeding, found.article) == (proceeding, article)
    # The same moment written in UTC falls on another date, and is the same act.
    assert articles.article_at(kz, "light_harm", at=at(moment, almaty).astimezone(UTC), zone=almaty) == found


def test_battery_follows_light_harm_under_its_own_numbers(kz: LawBook) -> None:
    days = (date(2016, 1, 1), date(2024, 6, 15), date(2024, 6, 16))
    assert [articles.article_of(kz, "battery", on=day).article for day in days] == ["CC 109", "KoAP 73-2", "CC 109-1"]


def test_an_act_of_unknown_day_across_a_border_has_two_articles(kz: LawBook) -> None:
    found = articles.articles_between(kz, "battery", first=date(2024, 6, 1), last=date(2024, 6, 20))
    assert [item.article for item in found] == ["KoAP 73-2", "CC 109-1"]
    one = articles.articles_between(kz, "battery", first=date(2024, 6, 17), last=date(2024, 6, 20))
    assert [item.article for item in one] == ["CC 109-1"]


def test_stalking_was_no_offence_before_2025(kz: LawBook) -> None:
    assert articles.article_of(kz, "stalking", on=date(2024, 12, 31)).article is None
    assert articles.article_of(kz, "stalking", on=date(2026, 2, 1)).article == "CC 115-1"
    assert articles.article_of(kz, "stalking", on=date(2025, 3, 1)).answer.standing is Standing.TO_VERIFY


@pytest.mark.parametrize(
    ("addressee", "population", "needed"),
    [
        (Addressee.GOVERNMENT, None, 50_000),
        (Addressee.REGION_AKIMAT, 634_401, 6_345),
        (Addressee.REGION_AKIMAT, 634_400, 6_344),
        (Addressee.REGION_MASLIKHAT, 634_400, 12_688),
        (Addressee.REGION_AKIMAT, None, None),
        (Addressee.LOCAL_AKIMAT, 50_001, 2_500),
        (Addressee.LOCAL_MASLIKHAT, 120_000, 5_000),
        (Addressee.LOCAL_AKIMAT, 50_000, None),
        (Addressee.LOCAL_MASLIKHAT, 12_000, None),
        (Addressee.PRESIDENT, None, None),
    ],
)
def test_a_petition_needs_the_signatures_of_its_addressee(
    kz: LawBook, addressee: Addressee, population: int | None, needed: int | None
) -> None:
    found = petitions.threshold(kz, addressee, on=date(2024, 12, 1), population=population)
    assert found.signatures == needed


def test_the_small_place_and_the_president_are_not_on_record(kz: LawBook) -> None:
    for addressee in (Addressee.LOCAL_AKIMAT, Addressee.PRESIDENT):
        found = petitions.threshold(kz, addressee, on=date(2024, 12, 1), population=30_000)
        assert found.answer.standing is Standing.NOT_ON_RECORD


def test_working_day_terms_of_petitions(kz: LawBook, days: WorkCalendar, almaty: ZoneInfo) -> None:
    # 2024: 1, 7, 8 (for Saturday the 4th, worked) and 9 May are days of rest.
    start = at("2024-04-29T16:00", almaty)
    moderation = deadline(kz, "petitions.moderation", start=start, zone=almaty, calendar=days)
    assert moderation.due_at is not None and moderation.due_at.isoformat() == "2024-05-30T23:59:59+05:00"
    assert not moderation.to_verify
    review = deadline(kz, "petitions.review_central", start=start, zone=almaty, calendar=days)
    assert review.due_at is not None and review.due_at.date() == date(2024, 6, 27)
    assert review.to_verify, "public sources disagree on this term"
    limited = deadline(kz, "petitions.limited_phase_term", start=start, zone=almaty, calendar=days)
    assert limited.due_at is None and limited.answer.standing is Standing.VERIFY_FIRST


def test_a_stay_lasts_six_months_to_the_end_of_a_short_month(kz: LawBook, days: WorkCalendar, almaty: ZoneInfo) -> None:
    limit = stays.stay_limit(kz, admitted_at=at("2024-08-31T22:40", almaty), zone=almaty, calendar=days)
    assert limit.until is not None and limit.until.isoformat(timespec="minutes") == "2025-02-28T22:40+05:00"
    longer = stays.planned_stay(kz, first=date(2024, 8, 31), last=date(2025, 3, 1), calendar=days)
    assert longer.reasons == (Reason.STAY_TOO_LONG,)
    assert stays.planned_stay(kz, first=date(2024, 8, 31), last=date(2025, 2, 28), calendar=days).allowed


def test_a_stay_of_before_the_standard_of_2023_is_left_to_a_person(
    kz: LawBook, days: WorkCalendar, almaty: ZoneInfo
) -> None:
    limit = stays.stay_limit(kz, admitted_at=at("2022-08-31T22:40", almaty), zone=almaty, calendar=days)
    assert limit.until is None and limit.answer.standing is Standing.NOT_ON_RECORD


def test_the_unified_register_is_due_24_hours_after_receipt_holiday_or_not(
    kz: LawBook, days: WorkCalendar, almaty: ZoneInfo
) -> None:
    for start, end in (("2024-12-31T23:30", "2025-01-01T23:30"), ("2024-02-29T20:00", "2024-03-01T19:00")):
        found = deadline(kz, "reports.erdr_deadline", start=at(start, almaty), zone=almaty, calendar=days)
        assert found.due_at is not None and found.due_at.replace(tzinfo=None).isoformat(timespec="minutes") == end


@pytest.mark.parametrize(("day", "needed"), [("2023-06-30", True), ("2023-07-01", False)])
def test_from_july_2023_no_statement_of_the_victim_is_needed(kz: LawBook, day: str, needed: bool) -> None:
    assert kz.value("reports.victim_statement_needed", date.fromisoformat(day)).value is needed


def test_terms_of_the_other_branches(kz: LawBook, days: WorkCalendar, almaty: ZoneInfo) -> None:
    friday = at("2025-02-14T17:00", almaty)
    for key, end in (
        ("personal_data.breach_notice", "2025-02-17T23:59:59+05:00"),
        ("online.cyberbullying_decision", "2025-02-19T23:59:59+05:00"),
        ("online.platform_request", "2025-02-15T17:00:00+05:00"),
    ):
        found = deadline(kz, key, start=friday, zone=almaty, calendar=days)
        assert found.due_at is not None and found.due_at.isoformat() == end


def test_a_breach_before_july_2024_has_no_term_on_record(kz: LawBook, days: WorkCalendar) -> None:
    due, answer = deadline_on(kz, "personal_data.breach_notice", start=date(2024, 6, 30), calendar=days)
    assert due is None and answer.standing is Standing.NOT_ON_RECORD


@pytest.mark.parametrize(("age", "outcome"), [(15, Outcome.REFUSED), (16, Outcome.ALLOWED), (None, Outcome.UNDECIDED)])
def test_an_order_is_given_from_sixteen(kz: LawBook, age: int | None, outcome: Outcome) -> None:
    assert measures.addressee(kz, on=date(2026, 5, 1), age=age).outcome is outcome


def test_an_addressee_is_sixteen_on_the_birthday_and_not_the_day_before(kz: LawBook) -> None:
    born = date(2010, 5, 1)
    assert not measures.addressee(kz, on=date(2026, 4, 30), birth_date=born).allowed
    assert measures.addressee(kz, on=date(2026, 5, 1), birth_date=born).allowed


@pytest.mark.parametrize(
    ("months", "visits", "reasons"),
    [
        (2, None, (Reason.TERM_TOO_SHORT,)),
        (3, 1, ()),
        (12, 4, ()),
        (13, 5, (Reason.TERM_TOO_LONG, Reason.TOO_MANY_VISITS)),
        (6, 0, (Reason.TOO_FEW_VISITS,)),
    ],
)
def test_special_requirements_last_3_to_12_months_with_1_to_4_visits(
    kz: LawBook, months: int, visits: int | None, reasons: tuple[Reason, ...]
) -> None:
    verdict = measures.requirements(kz, on=date(2024, 12, 1), months=months, visits_a_month=visits)
    assert verdict.reasons == reasons


def test_special_requirements_by_article_are_on_record_to_the_end_of_2023_only(kz: LawBook) -> None:
    assert measures.requirements_for(kz, on=date(2019, 7, 1), article="KoAP 73-1").allowed
    refused = measures.requirements_for(kz, on=date(2019, 7, 1), article="KoAP 669")
    assert refused.reasons == (Reason.ARTICLE_NOT_LISTED,)
    assert measures.requirements_for(kz, on=date(2025, 7, 1), article="KoAP 73").outcome is Outcome.UNDECIDED


def test_a_copy_to_the_prosecutor_decides_nothing_until_someone_verifies_it(kz: LawBook) -> None:
    answer = kz.value("orders.copy_to_prosecutor", date(2026, 5, 1))
    assert not answer.decides and answer.to_verify and answer.value is None
    assert answer.provision is not None and answer.provision.value == 24
    with pytest.raises(Undecided):
        answer.duration()


def test_advice_is_no_rule(kz: LawBook) -> None:
    assert kz.value("orders.issue_within", date(2026, 5, 1)).standing is Standing.VERIFY_FIRST


def test_reconciliation_in_administrative_cases_is_once_from_july_2023(kz: LawBook) -> None:
    facts = measures.Reconciliation(date(2024, 1, 1), Proceeding.ADMINISTRATIVE, earlier=0)
    again = measures.Reconciliation(date(2024, 1, 1), Proceeding.ADMINISTRATIVE, earlier=1)
    before = measures.Reconciliation(date(2023, 6, 30), Proceeding.ADMINISTRATIVE, earlier=1)
    assert measures.reconcile(kz, facts).allowed
    assert measures.reconcile(kz, again).reasons == (Reason.RECONCILED_BEFORE,)
    assert measures.reconcile(kz, before).outcome is Outcome.UNDECIDED


def test_reconciliation_in_crimes_excludes_children_and_repeats_within_a_year(kz: LawBook) -> None:
    def facts(**more: object) -> measures.Reconciliation:
        return measures.Reconciliation(date(2025, 6, 1), Proceeding.CRIMINAL, **more)  # type: ignore[arg-type]  # told by name

    assert measures.reconcile(kz, facts()).allowed
    child = measures.reconcile(kz, facts(violence_against_minor=True))
    assert child.reasons == (Reason.VIOLENCE_AGAINST_MINOR,)
    soon = measures.reconcile(kz, facts(last_on=date(2024, 6, 1)))
    assert soon.reasons == (Reason.RECONCILED_WITHIN_YEAR,)
    assert measures.reconcile(kz, facts(last_on=date(2024, 5, 31))).allowed


def test_forty_indexes_of_2025_are_157280_tenge(kz: LawBook) -> None:
    assert money.in_tenge(kz, 40, on=date(2025, 6, 1)) == 157_280
    with pytest.raises(Undecided):
        money.in_tenge(kz, 40, on=date(2023, 6, 1))


def test_public_works_and_castration_have_their_first_days(kz: LawBook) -> None:
    assert kz.value("penalties.public_works", date(2025, 8, 31)).value is False
    assert kz.value("penalties.public_works", date(2025, 9, 1)).value is True
    assert kz.value("castration.usable", date(2017, 12, 31)).value is False
    assert kz.value("castration.usable", date(2018, 1, 1)).value is True


def test_no_sanction_is_derived(kz: LawBook) -> None:
    assert kz.value("penalties.rape_of_minor", date(2024, 12, 1)).standing is Standing.VERIFY_FIRST
    assert kz.value("penalties.koap_461_arrest", date(2026, 2, 1)).standing is Standing.VERIFY_FIRST
