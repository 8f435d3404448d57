"""The ledger against small plans made by hand, where every figure can be counted on fingers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from qorgan.simulation.engine.accounts import Span, account
from qorgan.simulation.engine.children import PlannedAdvice, PlannedDeath, PlannedNight, PlannedTonight
from qorgan.simulation.engine.threads import (
    REFUTED,
    WARNED,
    Persona,
    PlannedAlarm,
    PlannedBreach,
    PlannedCheck,
    PlannedContact,
    PlannedCourtCase,
    PlannedDanger,
    PlannedDecision,
    PlannedDispute,
    PlannedMeasure,
    PlannedOffence,
    PlannedOffer,
    PlannedOrder,
    PlannedPart,
    PlannedReport,
    PlannedReview,
    Thread,
    Wording,
)
from qorgan.simulation.readers.country import borders
from tests.simulation.grounds import ledger

ENBEKSHI, SEMEY = 7903, 1001
AT = datetime(2024, 5, 10, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
WOMAN, MAN = Persona("A", "female", 34), Persona("B", "male", 40)
YEAR = Span(2024 * 12, 2024 * 12 + 11)


def _report(at: datetime = AT, **changes: object) -> PlannedReport:
    held = PlannedReport("s", "n", "102", at, at, True, "said", "", WOMAN, MAN, None)
    return replace(held, **changes)  # type: ignore[arg-type]  # names of its fields


def _order(at: datetime = AT + 3 * HOUR, **changes: object) -> PlannedOrder:
    held = PlannedOrder(at, at, "said", served_at=at + HOUR, recorded_at=at + HOUR)
    return replace(held, **changes)  # type: ignore[arg-type]  # names of its fields


def _thread(place: int = ENBEKSHI, **parts: object) -> Thread:
    return Thread("t", place, case_at=AT, **parts)  # type: ignore[arg-type]  # names of its fields


def _value(threads: list[Thread], code: str, span: Span = YEAR, until: datetime | None = None) -> Decimal | None:
    return account(ledger(threads, until=until), code, span, decimals=1).value


def _killed(relationship: str = "spouse", **changes: object) -> PlannedOffence:
    wording = Wording("CC", "99", "", date(2024, 5, 9), "completed", "")
    parts = (PlannedPart("victim", "female", 34, relationship), PlannedPart("suspect", "male", 40))
    return replace(PlannedOffence(AT, wording, parts), **changes)  # type: ignore[arg-type]  # names of its fields


def test_a_report_sent_twice_is_one_report() -> None:
    assert _value([_thread(report=_report(resent_at=AT + HOUR))], "reports_registered") == 1


def test_an_order_that_protects_two_is_one_order_and_two_persons() -> None:
    threads = [_thread(report=_report(), orders=(_order(),), child=Persona("C", "female", 5))]
    assert _value(threads, "orders_issued") == 1
    assert _value(threads, "persons_protected") == 2
    assert _value(threads, "hours_report_to_order_median") == 3


def test_the_hours_to_service_are_those_of_orders_that_were_served() -> None:
    served = replace(_order(), served_at=AT + 7 * HOUR, recorded_at=AT + 8 * HOUR)
    waits = replace(_order(), served_at=None, recorded_at=None, checks=())
    threads = [_thread(report=_report(), orders=(served,)), _thread(report=_report(), orders=(waits,))]
    assert _value(threads, "orders_served") == 1
    assert _value(threads, "hours_report_to_service_median") == 7


def test_two_orders_of_one_report_are_two_in_its_cohort() -> None:
    threads = [
        _thread(report=_report(), orders=(_order(), _order(AT + 800 * HOUR))),
        _thread(report=_report()),
        replace(_thread(report=_report(written_off_at=AT + HOUR)), case_at=None),
    ]
    assert _value(threads, "orders_per_100_reports_cohort") == Decimal("66.7")
    assert _value(threads, "reports_written_off_share") == Decimal("33.3")
    assert _value(threads, "reports_written_off") == 1
    assert _value(threads, "reports_decided_in_time_share") == 100


def test_a_report_without_its_hour_has_no_part_in_the_median() -> None:
    threads = [_thread(report=_report(time_known=False), orders=(_order(),))]
    assert _value(threads, "orders_issued") == 1
    assert _value(threads, "hours_report_to_order_median") is None


def test_an_order_counts_as_breached_once_on_the_day_of_the_first_breach() -> None:
    checks = tuple(
        PlannedCheck(step, AT + timedelta(days=7 * step), finding)
        for step, finding in enumerate(("no_breach", "breach", "breach"), start=1)
    )
    threads = [_thread(report=_report(), orders=(_order(checks=checks),))]
    assert _value(threads, "orders_breached", Span(2024 * 12 + 4, 2024 * 12 + 4)) == 1
    assert _value(threads, "orders_breached") == 1
    assert _value(threads, "breaches_per_100_orders_cohort") == 100


def test_a_further_report_is_a_report_of_its_own_a_recontact_and_tells_of_a_breach() -> None:
    def told(hours: int, followed: str = "") -> Thread:
        again = _report(AT + hours * HOUR, submission="again")
        after = AT + (hours + 9) * HOUR if followed else None
        breach = PlannedBreach(AT + (hours + 3) * HOUR, report=again, followed=followed, followed_at=after)
        return _thread(report=_report(), orders=(_order(breach=breach),))

    threads = [told(168, WARNED), told(169, REFUTED), _thread(report=_report())]
    counted = ("reports_registered", "reports_led_by_case", "cases_opened", "breaches_noted", "orders_breached")
    assert [_value(threads, code) for code in counted] == [5, 5, 3, 1, 1]
    assert _value(threads, "cases_recontact_7_days_share") == Decimal("33.3")
    assert _value(threads, "breaches_answered_share") == 100
    assert _value(threads, "breaches_noted", until=AT + 173 * HOUR) == 2
    assert _value(threads, "reports_led_by_case", until=AT + 170 * HOUR) == 3
    assert _value(threads, "cases_recontact_7_days_share", until=AT + 170 * HOUR) == 0


def test_refusals_are_a_share_of_the_orders_served() -> None:
    threads = [
        _thread(report=_report(), orders=(_order(refused=True),)),
        _thread(report=_report(), orders=(_order(),)),
        _thread(report=_report(), orders=(_order(served_at=None, recorded_at=None),)),
    ]
    assert _value(threads, "orders_refused_share") == 50
    assert _value(threads, "orders_served") == 2


def test_a_homicide_is_counted_inside_everything_that_holds_it() -> None:
    threads = [_thread(offences=(_killed(),)), _thread(offences=(_killed("stranger"),))]
    for code in ("offences_against_women", "violent_offences_against_women", "homicides_of_women"):
        assert _value(threads, code) == 2
    assert _value(threads, "women_victims_of_homicide_by_partner") == 1
    assert _value(threads, "criminal_offences_domestic") == 1


def test_an_attempt_is_no_homicide_but_violence_all_the_same() -> None:
    wording = replace(_killed().wording, completion="attempt")
    threads = [_thread(offences=(_killed(wording=wording),))]
    assert _value(threads, "homicides_of_women") == 0
    assert _value(threads, "violent_offences_against_women") == 1


def test_a_correction_changes_figures_from_its_moment_on() -> None:
    final = replace(_killed().wording, article="106")
    corrected = _killed(corrections=((AT + 400 * HOUR, final),))
    threads = [_thread(offences=(corrected,))]
    assert _value(threads, "homicides_of_women", until=AT + HOUR) == 1
    assert _value(threads, "homicides_of_women") == 0
    assert _value(threads, "grievous_harm_to_women") == 1


def test_an_annulled_offence_counts_until_it_is_annulled() -> None:
    threads = [_thread(offences=(_killed(annulled_at=AT + 400 * HOUR),))]
    assert _value(threads, "homicides_of_women", until=AT + HOUR) == 1
    assert _value(threads, "homicides_of_women") == 0


def test_an_age_found_out_later_makes_a_child_of_a_victim() -> None:
    wording = Wording("CC", "120", "4", date(2024, 5, 9), "completed", "")
    first, known = (
        PlannedPart("victim", "female", None, "acquaintance"),
        PlannedPart("victim", "female", 9, "acquaintance"),
    )
    offence = PlannedOffence(AT, wording, (first,), known_later=((AT + HOUR, 0, known),))
    threads = [_thread(offences=(offence,))]
    assert _value(threads, "children_raped", until=AT) == 0
    assert _value(threads, "children_raped") == 1
    assert _value(threads, "child_victims") == 1


def test_breaches_of_requirements_are_counted_on_the_day_they_were_noticed() -> None:
    late = AT + 1000 * HOUR
    decision = PlannedDecision(AT + 60 * HOUR, "special_requirements", months=3, breached_at=late)
    case = PlannedCourtCase("special_requirements", AT + 51 * HOUR, order=0, decisions=(decision,))
    threads = [_thread(report=_report(), orders=(_order(),), court_cases=(case,))]
    assert _value(threads, "requirements_breaches", Span(2024 * 12 + 5, 2024 * 12 + 5)) == 1
    assert _value(threads, "requirements_breaches", until=late - HOUR) == 0
    assert _value(threads, "requirements_breaches_registered_share") == 0


def test_a_court_case_with_two_decisions_is_one_case() -> None:
    decisions = (
        PlannedDecision(AT + 60 * HOUR, "special_requirements", months=3),
        PlannedDecision(AT + 61 * HOUR, "psychological_help", months=2),
    )
    case = PlannedCourtCase("special_requirements", AT + 51 * HOUR, order=0, decisions=decisions)
    threads = [_thread(report=_report(), orders=(_order(),), court_cases=(case,))]
    assert _value(threads, "court_cases_decided") == 1
    assert _value(threads, "court_decisions") == 2
    assert _value(threads, "court_cases_per_100_orders_cohort") == 100
    assert _value(threads, "days_order_to_court_median") == 2


def test_a_referral_is_counted_when_it_is_made_and_accepted_where_it_was() -> None:
    yes, no = PlannedOffer(AT, answered_at=AT + HOUR, accepted=True), PlannedOffer(AT, answered_at=AT, accepted=False)
    threads = [_thread(report=_report(), referral=one) for one in (yes, no, PlannedOffer(AT), PlannedOffer(AT))]
    assert _value(threads, "referrals_made") == 4
    assert _value(threads, "referrals_accepted_share") == 25
    assert _value(threads, "referrals_accepted_share", until=AT) == 0


def test_a_consent_taken_back_counts_on_its_own_day() -> None:
    threads = [_thread(report=_report(), referral=PlannedOffer(AT, withdrawn_at=AT + 800 * HOUR))]
    assert _value(threads, "consents_withdrawn", Span(2024 * 12 + 5, 2024 * 12 + 5)) == 1
    assert _value(threads, "consents_withdrawn", Span(2024 * 12 + 4, 2024 * 12 + 4)) == 0


def test_an_alarm_is_counted_when_it_is_raised_and_its_end_where_it_was() -> None:
    def alarm(hours: int, **held: Any) -> PlannedAlarm:
        return PlannedAlarm(AT, AT - HOUR, "", ended_at=AT + hours * HOUR, **held)

    rested = alarm(5, review_on=date(2024, 6, 1))
    ends = [alarm(24, searched_at=AT + 2 * HOUR), alarm(25, searched_at=AT + HOUR), rested, PlannedAlarm(AT, AT, "")]
    threads = [_thread(report=_report(), alarm=one) for one in ends]
    assert _value(threads, "children_reported_missing") == 4
    assert _value(threads, "missing_children_found_alive_within_24h_share") == 25
    assert _value(threads, "missing_children_found_alive_within_24h_share", until=AT + 23 * HOUR) == 0
    assert _value(threads, "hours_alarm_to_first_search_median") == Decimal("1.5")


def test_what_is_disputed_is_counted_on_its_own_days_and_a_review_is_in_time_by_its_term() -> None:
    day = timedelta(days=1)
    whole = PlannedDispute(AT, AT + day, AT + 2 * day, AT + 3 * day, AT + 4 * day, AT + 10 * day, AT + 9 * day)
    late = replace(whole, answered_at=AT + 11 * day)
    threads = [_thread(report=_report(), dispute=one) for one in (whole, late, PlannedDispute(AT), None)]
    assert [_value(threads, code) for code in ("findings_given", "contradictions_marked", "reviews_asked")] == [2, 2, 2]
    assert _value(threads, "reviews_answered_in_time_share") == 50
    assert _value(threads, "reviews_answered_in_time_share", until=AT + 8 * day) == 0
    assert _value(threads, "contradictions_marked", until=AT + day) == 0


def test_a_night_is_counted_where_the_authority_was_told_and_in_time_by_its_clock() -> None:
    due = AT + 3 * HOUR
    nights = [(PlannedNight(due, "shelter", AT + 99 * HOUR), PlannedNight(AT + 90 * HOUR, "returned")), (), ()]
    nights[1] = (PlannedNight(due + HOUR, "hospital", AT + 99 * HOUR),)
    threads = [_thread(report=_report(), tonight=PlannedTonight(AT, "is", due, AT + HOUR, held)) for held in nights]
    assert [_value(threads, code) for code in ("guardianship_told", "referrals_made")] == [3, 3]
    assert _value(threads, "nights_decided_in_time_share") == Decimal("33.3")
    assert _value(threads, "nights_decided_in_time_share", until=AT + 2 * HOUR) == 0
    assert _value(threads, "referrals_accepted_share", until=AT) == 0


def test_what_a_review_of_a_death_recommends_is_counted_and_in_time_by_its_clock() -> None:
    due = AT + 700 * HOUR
    advice = [PlannedAdvice(AT + 9 * HOUR, due, "centre", "done", due), PlannedAdvice(AT + 9 * HOUR, due, "centre")]
    advice.append(replace(advice[0], answered_at=due + HOUR))
    threads = [_thread(report=_report(), death=PlannedDeath(AT, (AT, AT, AT), tuple(advice)))]
    assert _value(threads, "review_recommendations") == 3
    assert _value(threads, "review_recommendations_answered_in_time_share") == Decimal("33.3")
    assert _value(threads, "review_recommendations", until=AT + 8 * HOUR) == 0


def test_danger_is_counted_when_it_is_assessed_and_in_time_for_its_case() -> None:
    measures = (PlannedMeasure("doctor", AT + 26 * HOUR, in_time=True), PlannedMeasure("see_her", AT + 90 * HOUR))
    calm = PlannedDanger(AT + 24 * HOUR, True, (), ())
    grave = PlannedDanger(AT + 25 * HOUR, True, (), measures, "raised", AT + 26 * HOUR, AT + 27 * HOUR, agreed=True)
    blind = PlannedDanger(AT, False, (), ())
    threads = [_thread(report=_report(), danger=one) for one in (calm, grave, blind, None)]
    assert [_value(threads, code) for code in ("cases_opened", "danger_assessments")] == [4, 3]
    assert _value(threads, "cases_assessed_within_24h_share") == 50
    assert _value(threads, "danger_not_safe_to_ask_share") == Decimal("33.3")
    assert [_value(threads, code) for code in ("danger_measures_laid", "danger_results_lowered")] == [2, 1]
    assert _value(threads, "danger_measures_in_time_share") == 50
    assert _value(threads, "danger_measures_in_time_share", until=AT + 25 * HOUR) == 0


def test_reviews_are_counted_for_the_country_alone_and_when_their_month_is_over() -> None:
    late = PlannedReview(AT, decided_at=AT + 600 * HOUR, stands=False, in_time=False)
    threads = [_thread(report=_report(), block=PlannedReview(AT, decided_at=AT + HOUR), opening=late)]
    june = datetime(2024, 6, 1, tzinfo=UTC)
    assert _value(threads, "conflict_blocks_laid", until=june - timedelta(days=1)) == 0
    assert _value(threads, "conflict_blocks_laid", until=june) == 1
    assert _value(threads, "conflict_blocks_laid", replace(YEAR, region=79)) == 0
    assert _value(threads, "conflict_blocks_decided_in_time_share") == 100
    assert _value(threads, "emergency_openings_reviewed_in_time_share") == 0
    assert _value(threads, "emergency_openings_without_ground_share", until=june) is None
    assert _value(threads, "emergency_openings_without_ground_share") == 100


@pytest.mark.parametrize(
    ("place", "day", "region"),
    [
        (ENBEKSHI, date(2018, 6, 18), 51),
        (ENBEKSHI, date(2018, 6, 19), 79),
        (SEMEY, date(2022, 6, 7), 63),
        (SEMEY, date(2022, 6, 8), 10),
        (6117, date(2013, 1, 1), 51),
        (3301, date(2021, 1, 1), 19),
        (6201, date(2021, 1, 1), 35),
        (7502, date(2013, 1, 1), 75),
    ],
)
def test_a_record_lies_in_the_region_of_its_day(place: int, day: date, region: int) -> None:
    assert borders().region(place, day) == region


def test_the_local_day_decides_and_not_the_day_in_greenwich() -> None:
    eve = datetime(2023, 12, 31, 19, 30, tzinfo=UTC)  # half past one in the new year's night in Shymkent
    threads = [_thread(report=_report(eve))]
    assert _value(threads, "reports_registered") == 1
    assert _value(threads, "reports_registered", Span(2023 * 12, 2023 * 12 + 11)) == 0
    assert _value(threads, "reports_registered", replace(YEAR, region=79)) == 1
    assert _value(threads, "reports_registered", replace(YEAR, region=61)) == 0


def test_a_contact_is_counted_for_the_country_and_as_a_report_once_it_is_one() -> None:
    told = PlannedContact(AT - timedelta(seconds=90), AT, "self", "telephone", child=True)
    silent = PlannedContact(AT, AT, "silent", "chat")
    again = replace(silent, way="telephone", again=True, checked_at=AT + 2 * HOUR)
    threads = [_thread(report=_report(), told=told, contacts=(silent, again))]
    assert [_value(threads, code) for code in ("contacts_taken", "calls_taken", "contacts_silent")] == [3, 2, 2]
    assert _value(threads, "contacts_taken", replace(YEAR, region=79)) == 0
    assert _value(threads, "minutes_to_answer_median") == Decimal("1.5")
    assert _value(threads, "calls_child_harm_share") == 50
    assert _value(threads, "contacts_reported_share", until=AT - timedelta(seconds=1)) is None
    assert _value(threads, "silent_checked_in_time_share") == 0
