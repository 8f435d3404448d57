"""The ledger read as indicators: every figure of the plan's list, for any months, in the country or in one region."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from qorgan.simulation.engine.ledger import Ledger, Spot


@dataclass(frozen=True)
class Span:
    """Months from the first to the last, both inside; in one region or in all."""

    first: int
    last: int
    region: int | None = None

    def holds(self, spot: Spot) -> bool:
        """Whether what happened there and then belongs to it."""
        return self.first <= spot.month <= self.last and (self.region is None or self.region == spot.region)


@dataclass(frozen=True)
class Account:
    """A figure: whole numbers, and the value rounded once; None where there is nothing to divide by or to measure."""

    numerator: int
    denominator: int | None
    value: Decimal | None


Read = Callable[[Ledger, Span, int], Account]


def _sum(ledger: Ledger, name: str, span: Span) -> int:
    return sum(times for (held, spot), times in ledger.counts.items() if held == name and span.holds(spot))


def _rounded(value: Fraction, decimals: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _count(*names: str) -> Read:
    def read(ledger: Ledger, span: Span, decimals: int) -> Account:
        found = sum(_sum(ledger, name, span) for name in names)
        return Account(found, None, _rounded(Fraction(found), decimals))

    return read


def _per_100(part: str, whole: str) -> Read:
    def read(ledger: Ledger, span: Span, decimals: int) -> Account:
        found, of = _sum(ledger, part, span), _sum(ledger, whole, span)
        return Account(found, of, _rounded(Fraction(100 * found, of), decimals) if of else None)

    return read


def _median(measure: str, counted: str, *, times: int = 1) -> Read:
    """The middle of thousandths, in a unit so many times smaller."""

    def read(ledger: Ledger, span: Span, decimals: int) -> Account:
        held = (values for (name, spot), values in ledger.measured.items() if name == measure and span.holds(spot))
        values = sorted(value for values in held for value in values)
        found = _sum(ledger, counted, span)
        return Account(found, len(values), _rounded(_middle(values) * times / 1000, decimals) if values else None)

    return read


def _middle(values: list[int]) -> Fraction:
    half = len(values) // 2
    return Fraction(values[half]) if len(values) % 2 else Fraction(values[half - 1] + values[half], 2)


ACCOUNTS: dict[str, Read] = {
    "reports_registered": _count("report"),
    "reports_written_off_share": _per_100("report>written_off", "report"),
    "reports_decided_in_time_share": _per_100("report>decided_in_time", "report"),
    "reports_entered_in_time_share": _per_100("entered>in_time", "entered"),
    "reports_led_by_case": _count("outcome:taken_up"),
    "reports_entered_pretrial": _count("outcome:pre_trial"),
    "reports_entered_administrative": _count("outcome:administrative"),
    "reports_joined": _count("outcome:joined"),
    "reports_written_off": _count("outcome:written_off"),
    "reports_forwarded": _count("forwarded"),
    "write_offs_cancelled": _count("returned"),
    "reports_through_web_door": _count("report:web"),
    "reports_through_childrens_door": _count("report:web_child"),
    "orders_issued": _count("order"),
    "orders_served": _count("served"),
    "orders_refused_share": _per_100("refused", "served"),
    "orders_cancelled": _count("cancelled"),
    "orders_breached": _count("breached"),
    "persons_protected": _count("protected"),
    "orders_per_100_reports_cohort": _per_100("report>order", "report"),
    "breaches_per_100_orders_cohort": _per_100("order>breached", "order"),
    "hours_report_to_order_median": _median("hours", "order"),
    "hours_report_to_service_median": _median("hours_to_service", "served"),
    "court_cases_sent": _count("sent"),
    "court_cases_decided": _count("decided"),
    "court_decisions": _count("decision"),
    "special_requirements_decisions": _count("decision:special_requirements"),
    "arrest_decisions": _count("decision:arrest"),
    "public_works_decisions": _count("decision:public_works"),
    "psychological_help_decisions": _count("decision:psychological_help"),
    "sentences": _count("decision:sentence"),
    "court_cases_per_100_orders_cohort": _per_100("order>sent", "order"),
    "days_order_to_court_median": _median("days", "sent_about_order"),
    "criminal_offences_domestic": _count("criminal_domestic"),
    "administrative_offences_domestic": _count("administrative_domestic"),
    "offences_against_women": _count("woman"),
    "violent_offences_against_women": _count("woman_violent"),
    "homicides_of_women": _count("woman_killed"),
    "grievous_harm_to_women": _count("woman_harmed"),
    "women_victims_of_homicide_by_partner": _count("woman_killed_by_partner"),
    "children_raped": _count("child_raped"),
    "child_victims": _count("child_victim"),
    "offences_by_minors": _count("minor"),
    "homicides_by_minors": _count("minor_homicide"),
    "thefts_by_minors": _count("minor_theft"),
    "robberies_by_minors": _count("minor_robbery"),
    "referrals_made": _count("referral"),
    "referrals_accepted_share": _per_100("referral>accepted", "referral"),
    "transfers_made": _count("transfer"),
    "consents_withdrawn": _count("consent_withdrawn"),
    "conflict_blocks_laid": _count("block"),
    "conflict_blocks_decided_in_time_share": _per_100("block>in_time", "block"),
    "emergency_openings": _count("opening"),
    "emergency_openings_reviewed_in_time_share": _per_100("opening>in_time", "opening"),
    "emergency_openings_without_ground_share": _per_100("opening_rejected", "opening_reviewed"),
    "records_destroyed": _count("destroyed"),
    "children_reported_missing": _count("alarm"),
    "missing_children_found_alive_within_24h_share": _per_100("alarm>alive_in_a_day", "alarm"),
    "hours_alarm_to_first_search_median": _median("alarm_hours", "alarm_searched"),
    "contacts_taken": _count("contact"),
    "contacts_heard": _count("contact:heard"),
    "contacts_silent": _count("contact:silent"),
    "contacts_information": _count("contact:information"),
    "contacts_not_meant": _count("contact:wrong_number", "contact:prank", "contact:abusive", "contact:test"),
    "calls_taken": _count("contact:call"),
    "contacts_reported_share": _per_100("contact:report", "contact"),
    "contacts_child_rights_share": _per_100("contact:child", "contact"),
    "calls_child_harm_share": _per_100("contact:call_child", "contact:call"),
    "minutes_to_answer_median": _median("answer", "contact", times=60),
    "silent_checked_in_time_share": _per_100("check>in_time", "check"),
    "cases_opened": _count("case"),
    "danger_assessments": _count("assessed"),
    "cases_assessed_within_24h_share": _per_100("case>assessed_in_a_day", "case"),
    "danger_not_safe_to_ask_share": _per_100("assessed:not_safe", "assessed"),
    "danger_results_lowered": _count("lowered"),
    "danger_measures_laid": _count("measure"),
    "danger_measures_in_time_share": _per_100("measure>in_time", "measure"),
    "breaches_noted": _count("breach"),
    "breaches_answered_share": _per_100("breach>answered", "breach"),
    "breaches_registered_share": _per_100("breach>registered", "breach"),
    "breaches_to_court_share": _per_100("breach>sent", "breach"),
    "breaches_arrest_share": _per_100("breach>arrest", "breach"),
    "cases_recontact_7_days_share": _per_100("case>again", "case"),
    "hours_ring_to_service_median": _median("ring", "served_after_call"),
    "order_checks_made": _count("order_check"),
    "order_checks_late_share": _per_100("order_check>late", "order_check"),
    "duties_done_late_share": _per_100("done_late", "done"),
    "requirements_breaches": _count("requirements_breach"),
    "requirements_breaches_registered_share": _per_100("requirements_breach>registered", "requirements_breach"),
    "requirements_breaches_to_court_share": _per_100("requirements_breach>sent", "requirements_breach"),
    "duties_escalated": _count("escalated"),  # by the worker alone: no plan has any
    "duties_escalated_to_prosecutor_share": _per_100("escalated:prosecutor", "escalated"),
    "guardianship_told": _count("telling"),
    "nights_decided_in_time_share": _per_100("telling>in_time", "telling"),
    "review_recommendations": _count("recommendation"),
    "review_recommendations_answered_in_time_share": _per_100("recommendation>in_time", "recommendation"),
    "findings_given": _count("finding"),
    "contradictions_marked": _count("contradiction"),
    "reviews_asked": _count("review"),
    "reviews_answered_in_time_share": _per_100("review>in_time", "review"),
}

# Acts and what is reported on them are the country's data and what people enter, no events: no year makes them up.
NOT_OF_A_YEAR = frozenset({"law_reports_made_share"})


def account(ledger: Ledger, code: str, span: Span, *, decimals: int) -> Account:
    """One figure as the ledger has it. Raises KeyError for an indicator that it does not keep."""
    return ACCOUNTS[code](ledger, span, decimals)


def regions(ledger: Ledger, span: Span) -> Iterable[int]:
    """The regions in which anything was marked in the months."""
    return {spot.region for spot in ledger.spots() if span.holds(spot)}
