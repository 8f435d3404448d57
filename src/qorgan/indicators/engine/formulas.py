"""The formula of every indicator, in the words of its definition.

Conditions speak of what facts hold for every country: ICCS, sex, age, relation, and traits that a country's catalogue
of offences gives to its articles. None names an article.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qorgan.facts.engine.words import KINDS_OF, FactKind, Thing
from qorgan.indicators.engine import cuts
from qorgan.indicators.engine.cuts import Condition, Known, Shape
from qorgan.indicators.engine.families import (
    Formula,
    cohort,
    counted,
    having,
    median_days,
    median_hours,
    minutes,
    share,
    share_of_all,
)

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table

REPORT, WRITTEN_OFF = FactKind.REPORT_REGISTERED, FactKind.REPORT_WRITTEN_OFF
OUTCOME = FactKind.REPORT_DECIDED
FORWARDED, RETURNED = FactKind.REPORT_FORWARDED, FactKind.REPORT_RETURNED
ORDER, SERVED, CANCELLED = FactKind.ORDER_ISSUED, FactKind.ORDER_SERVED, FactKind.ORDER_CANCELLED
BREACHED, PROTECTED = FactKind.ORDER_BREACHED, FactKind.PROTECTED_ISSUED
OFFENCE, VICTIM, SUSPECT = FactKind.OFFENCE_REGISTERED, FactKind.OFFENCE_VICTIM, FactKind.OFFENCE_SUSPECT
SENT, DECIDED, DECISION = FactKind.COURT_CASE_SENT, FactKind.COURT_CASE_DECIDED, FactKind.COURT_DECISION_MADE
REFERRED, REFERRAL_ACCEPTED = FactKind.REFERRAL_OFFERED, FactKind.REFERRAL_ACCEPTED
TRANSFER, WITHDRAWN, DESTROYED = FactKind.TRANSFER_OFFERED, FactKind.CONSENT_WITHDRAWN, FactKind.DESTRUCTION_DONE
BLOCK, BLOCK_DECIDED = FactKind.BLOCK_LAID, FactKind.BLOCK_DECIDED
OPENING, OPENING_REVIEWED = FactKind.OPENING_MADE, FactKind.OPENING_REVIEWED
ALARM, SEARCHED, FOUND_ALIVE = FactKind.ALARM_RAISED, FactKind.ALARM_SEARCHED, FactKind.ALARM_FOUND_ALIVE
CONTACT, CHECK, CHECKED = FactKind.CONTACT_TAKEN, FactKind.WELFARE_CHECK_LAID, FactKind.WELFARE_CHECK_DONE

OPENED, FIRST_ASSESSED, ASSESSED = FactKind.CASE_OPENED, FactKind.CASE_ASSESSED, FactKind.ASSESSMENT_MADE
ESCALATED = FactKind.DUTY_ESCALATED
REVIEW, REVIEW_ANSWERED = FactKind.REVIEW_ASKED, FactKind.REVIEW_ANSWERED
MEASURE, MEASURE_DONE, LOWERED = FactKind.MEASURE_LAID, FactKind.MEASURE_DONE, FactKind.RESULT_LOWERED
REPORT_DUE = FactKind.REPORT_FELL_DUE

BREACH, BREACH_ANSWERED, BREACH_REGISTERED = (
    FactKind.BREACH_NOTED,
    FactKind.BREACH_ANSWERED,
    FactKind.BREACH_REGISTERED,
)
BREACH_SENT, BREACH_ARREST = FactKind.BREACH_SENT, FactKind.BREACH_ARREST
RECONTACTED, SERVED_AFTER_CALL = FactKind.CASE_RECONTACTED, FactKind.ORDER_SERVED_AFTER_CALL
ORDER_CHECK = FactKind.CHECK_MADE
REQUIRED, REQUIRED_REGISTERED, REQUIRED_SENT = KINDS_OF[Thing.REQUIREMENTS_BREACH]

A_WEEK = 7 * 24  # hours: so soon a further report is a re-contact, by the word of its indicator
NIGHT, NIGHT_DECIDED = FactKind.NIGHT_ASKED, FactKind.NIGHT_DECIDED
ADVICE, ADVICE_ANSWERED = FactKind.RECOMMENDATION_MADE, FactKind.RECOMMENDATION_ANSWERED

A_DAY = 24  # hours: what is asked of a search, or of a first assessment, by the word of its indicator
ADULT_AT = 18  # full years: Convention on the Rights of the Child, Art. 1


def said(column: str, *words: str) -> Condition:
    """The column holds one of the words."""
    return lambda facts: facts[column].isin(words)


def trait(word: str) -> Condition:
    """The catalogue of offences gives the article this trait, or the offence stands in this register."""
    return lambda facts: facts.traits.contains(f"|{word}|")


def iccs(branch: str) -> Condition:
    """The offence belongs to this branch of the International Classification of Crime for Statistical Purposes."""
    return lambda facts: facts.iccs.startswith(branch)


def domestic(facts: Table) -> BooleanValue:
    """Within the family or household, by what is written of the relation."""
    return facts.domestic


def under_age(facts: Table) -> BooleanValue:
    """Younger than 18 on the day of the act. Whose age is not known is not taken for a child."""
    return facts.age < ADULT_AT


def within_a_day(facts: Table) -> BooleanValue:
    """At most 24 hours after what it followed."""
    return facts.hours <= A_DAY


def within_a_week(facts: Table) -> BooleanValue:
    """At most 7 x 24 hours after what it followed."""
    return facts.hours <= A_WEEK


criminal, administrative = trait("criminal"), trait("administrative")
violent, homicide, grievous_harm = trait("violent"), trait("homicide"), trait("grievous_harm")
theft, robbery, rape = trait("theft"), trait("robbery"), iccs("03011")
completed, refused = said("stage", "completed"), said("stage", "refused")
female = said("sex", "female")
by_partner = said("relation", "spouse", "former_spouse", "partner", "former_partner")
in_time, without_ground = said("stage", "in_time"), said("code", "without_ground")
entered = said("code", "pre_trial", "administrative")
heard = said("code", "self", "another", "professional")
not_meant = said("code", "wrong_number", "prank", "abusive", "test")
silent, asked, by_telephone = said("code", "silent"), said("code", "information"), trait("telephone")
done_late, had_a_term = said("stage", "late"), said("stage", "in_time", "late")
to_prosecutor = said("stage", "prosecutor")
became_report, not_safe = said("stage", "report"), said("stage", "not_safe")
in_whole = said("stage", "whole")
women, minors = having(VICTIM, female), having(SUSPECT, under_age)

FORMULAS: dict[str, Formula] = {
    "reports_registered": counted(REPORT),
    "reports_written_off_share": cohort(REPORT, WRITTEN_OFF, by="link"),
    "reports_decided_in_time_share": cohort(REPORT, OUTCOME, in_time, by="link"),
    "reports_entered_in_time_share": share(OUTCOME, in_time, among=(entered,)),
    "reports_led_by_case": counted(OUTCOME, said("code", "taken_up")),
    "reports_entered_pretrial": counted(OUTCOME, said("code", "pre_trial")),
    "reports_entered_administrative": counted(OUTCOME, said("code", "administrative")),
    "reports_joined": counted(OUTCOME, said("code", "joined")),
    "reports_written_off": counted(OUTCOME, said("code", "written_off")),
    "reports_forwarded": counted(FORWARDED),
    "write_offs_cancelled": counted(RETURNED),
    "reports_through_web_door": counted(REPORT, said("code", "web")),
    "reports_through_childrens_door": counted(REPORT, said("code", "web_child")),
    "orders_issued": counted(ORDER),
    "orders_served": counted(SERVED),
    "orders_refused_share": share(SERVED, refused),
    "orders_cancelled": counted(CANCELLED),
    "orders_breached": counted(BREACHED),
    "persons_protected": counted(PROTECTED),
    "orders_per_100_reports_cohort": cohort(REPORT, ORDER, by="root"),
    "breaches_per_100_orders_cohort": cohort(ORDER, BREACHED, by="link"),
    "hours_report_to_order_median": median_hours(ORDER),
    "hours_report_to_service_median": median_hours(SERVED),
    "court_cases_sent": counted(SENT),
    "court_cases_decided": counted(DECIDED),
    "court_decisions": counted(DECISION),
    "special_requirements_decisions": counted(DECISION, said("code", "special_requirements")),
    "arrest_decisions": counted(DECISION, said("code", "arrest")),
    "public_works_decisions": counted(DECISION, said("code", "public_works")),
    "psychological_help_decisions": counted(DECISION, said("code", "psychological_help")),
    "sentences": counted(DECISION, said("code", "sentence")),
    "court_cases_per_100_orders_cohort": cohort(ORDER, SENT, by="part_of"),
    "days_order_to_court_median": median_days(SENT, since=ORDER),
    "criminal_offences_domestic": counted(OFFENCE, criminal, domestic),
    "administrative_offences_domestic": counted(OFFENCE, administrative, domestic),
    "offences_against_women": counted(OFFENCE, criminal, women),
    "violent_offences_against_women": counted(OFFENCE, criminal, violent, women),
    "homicides_of_women": counted(OFFENCE, criminal, violent, homicide, completed, women),
    "grievous_harm_to_women": counted(OFFENCE, criminal, violent, grievous_harm, completed, women),
    "women_victims_of_homicide_by_partner": counted(VICTIM, criminal, homicide, completed, female, by_partner),
    "children_raped": counted(VICTIM, criminal, rape, completed, under_age),
    "child_victims": counted(VICTIM, criminal, under_age),
    "offences_by_minors": counted(OFFENCE, criminal, minors),
    "homicides_by_minors": counted(OFFENCE, criminal, homicide, completed, minors),
    "thefts_by_minors": counted(OFFENCE, criminal, theft, minors),
    "robberies_by_minors": counted(OFFENCE, criminal, robbery, minors),
    "referrals_made": counted(REFERRED),
    "referrals_accepted_share": cohort(REFERRED, REFERRAL_ACCEPTED, by="link"),
    "transfers_made": counted(TRANSFER),
    "consents_withdrawn": counted(WITHDRAWN),
    "conflict_blocks_laid": counted(BLOCK),
    "conflict_blocks_decided_in_time_share": cohort(BLOCK, BLOCK_DECIDED, in_time, by="link"),
    "emergency_openings": counted(OPENING),
    "emergency_openings_reviewed_in_time_share": cohort(OPENING, OPENING_REVIEWED, in_time, by="link"),
    "emergency_openings_without_ground_share": share(OPENING_REVIEWED, without_ground),
    "records_destroyed": counted(DESTROYED),
    "children_reported_missing": counted(ALARM),
    "missing_children_found_alive_within_24h_share": cohort(ALARM, FOUND_ALIVE, within_a_day, by="link"),
    "hours_alarm_to_first_search_median": median_hours(SEARCHED),
    "contacts_taken": counted(CONTACT),
    "contacts_heard": counted(CONTACT, heard),
    "contacts_silent": counted(CONTACT, silent),
    "contacts_information": counted(CONTACT, asked),
    "contacts_not_meant": counted(CONTACT, not_meant),
    "calls_taken": counted(CONTACT, by_telephone),
    "contacts_reported_share": share(CONTACT, became_report),
    "contacts_child_rights_share": share(CONTACT, trait("child_rights")),
    "calls_child_harm_share": share(CONTACT, trait("child_harm"), among=(by_telephone,)),
    "minutes_to_answer_median": median_hours(CONTACT, finish=minutes),
    "silent_checked_in_time_share": cohort(CHECK, CHECKED, in_time, by="link"),
    "cases_opened": counted(OPENED),
    "danger_assessments": counted(ASSESSED),
    "cases_assessed_within_24h_share": cohort(OPENED, FIRST_ASSESSED, within_a_day, by="link"),
    "danger_not_safe_to_ask_share": share(ASSESSED, not_safe),
    "danger_results_lowered": counted(LOWERED),
    "danger_measures_laid": counted(MEASURE),
    "danger_measures_in_time_share": cohort(MEASURE, MEASURE_DONE, in_time, by="link"),
    "breaches_noted": counted(BREACH),
    "breaches_answered_share": cohort(BREACH, BREACH_ANSWERED, by="link"),
    "breaches_registered_share": cohort(BREACH, BREACH_REGISTERED, by="link"),
    "breaches_to_court_share": cohort(BREACH, BREACH_SENT, by="link"),
    "breaches_arrest_share": cohort(BREACH, BREACH_ARREST, by="link"),
    "cases_recontact_7_days_share": cohort(OPENED, RECONTACTED, within_a_week, by="link"),
    "hours_ring_to_service_median": median_hours(SERVED_AFTER_CALL),
    "order_checks_made": counted(ORDER_CHECK),
    "order_checks_late_share": share(ORDER_CHECK, said("stage", "late")),
    "law_reports_made_share": share(REPORT_DUE, in_whole),
    "duties_done_late_share": share_of_all((OUTCOME, MEASURE_DONE, CHECKED), done_late, among=(had_a_term,)),
    "duties_escalated": counted(ESCALATED),
    "duties_escalated_to_prosecutor_share": share(ESCALATED, to_prosecutor),
    "guardianship_told": counted(NIGHT),
    "nights_decided_in_time_share": cohort(NIGHT, NIGHT_DECIDED, in_time, by="link"),
    "review_recommendations": counted(ADVICE),
    "review_recommendations_answered_in_time_share": cohort(ADVICE, ADVICE_ANSWERED, in_time, by="link"),
    "findings_given": counted(FactKind.FINDING_GIVEN),
    "contradictions_marked": counted(FactKind.CONTRADICTION_MARKED),
    "reviews_asked": counted(REVIEW),
    "reviews_answered_in_time_share": cohort(REVIEW, REVIEW_ANSWERED, in_time, by="link"),
    "requirements_breaches": counted(REQUIRED),
    "requirements_breaches_registered_share": cohort(REQUIRED, REQUIRED_REGISTERED, by="link"),
    "requirements_breaches_to_court_share": cohort(REQUIRED, REQUIRED_SENT, by="link"),
}


@cache
def sql(code: str, shape: Shape, dialect: str = "postgres") -> str:
    """The formula as SQL of an engine, with the values of a cut as named parameters."""
    return cuts.compiled(FORMULAS[code].rows(Known(cuts.table(), shape)), dialect)


@cache
def links_sql(code: str, shape: Shape) -> str:
    """SQL of PostgreSQL for the links of the facts behind a figure, in the order of their days."""
    found = FORMULAS[code].behind.rows(Known(cuts.table(), shape))
    return cuts.compiled(found.order_by("on", "id").select("link"), "postgres")
