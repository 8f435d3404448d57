"""The figures a second time: plain loops over rows of facts, sharing nothing with the formulas."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

REPORT, ORDER, CONTACT = "report.registered", "order.issued", "contact.taken"
OUTCOME = "report.decided"
REQUIRED = "requirements_breach.noted"
PARTNERS = {"spouse", "former_spouse", "partner", "former_partner"}


@dataclass(frozen=True)
class Row:
    """A row of facts, as far as figures care."""

    kind: str
    link: bytes
    root: bytes | None
    version: int
    on: date
    region: int
    hours: Decimal | None
    withdrawn: bool
    collected_at: datetime
    part_of: bytes | None = None
    code: str | None = None
    iccs: str | None = None
    traits: str | None = None
    sex: str | None = None
    age: int | None = None
    relation: str | None = None
    stage: str | None = None
    domestic: bool | None = None

    def has(self, *words: str) -> bool:
        return set(words) <= set((self.traits or "").split("|"))

    @property
    def is_child(self) -> bool:
        return self.age is not None and self.age in range(18)


def standing(rows: list[Row], as_of: datetime) -> list[Row]:
    """The last version of each fact known at `as_of`, where it still counts."""
    last: dict[tuple[str, bytes], Row] = {}
    for row in rows:
        if row.collected_at > as_of:
            continue
        held = last.get((row.kind, row.link))
        if held is None or held.version < row.version:
            last[row.kind, row.link] = row
    return [row for row in last.values() if not row.withdrawn]


@dataclass
class Oracle:
    """The facts that stood at a moment, and the cut of one figure."""

    facts: list[Row]
    first: date
    last: date
    region: int | None

    def mine(self, kind: str) -> list[Row]:
        """Facts of a kind in the period and the region."""
        return [
            row
            for row in self.facts
            if row.kind == kind and self.first <= row.on <= self.last and self.region in (None, row.region)
        ]

    def count(self, kind: str, test: Callable[[Row], bool] = lambda row: True) -> Decimal:
        return Decimal(sum(1 for row in self.mine(kind) if test(row)))

    def offences(self, test: Callable[[Row], bool], part: str, whose: Callable[[Row], bool]) -> Decimal:
        """Criminal offences that pass the test and have such a victim or suspect."""
        having = {row.part_of for row in self.facts if row.kind == f"offence.{part}" and whose(row)}
        return self.count("offence.registered", lambda row: row.has("criminal") and test(row) and row.link in having)

    def against_women(self, test: Callable[[Row], bool]) -> Decimal:
        return self.offences(test, "victim", lambda row: row.sex == "female")

    def by_minors(self, test: Callable[[Row], bool]) -> Decimal:
        return self.offences(test, "suspect", lambda row: row.is_child)

    def victims(self, test: Callable[[Row], bool]) -> Decimal:
        return self.count("offence.victim", lambda row: row.has("criminal") and test(row))

    def decisions(self, kind: str) -> Decimal:
        return self.count("court_decision.made", lambda row: row.code == kind)

    def per_100(self, kind: str, came: Callable[[set[bytes]], int]) -> Decimal | None:
        begun = {row.link for row in self.mine(kind)}
        return _tenths(Fraction(100 * came(begun), len(begun))) if begun else None

    def led(self, kind: str, led_to: str, name: Callable[[Row], bytes | None]) -> Decimal | None:
        return self.per_100(
            kind, lambda begun: sum(1 for row in self.facts if row.kind == led_to and name(row) in begun)
        )

    def required(self, followed: str) -> Decimal | None:
        """Of 100 breaches of what a court required, how many were followed so."""
        return self.led(REQUIRED, f"requirements_breach.{followed}", lambda row: row.link)

    def in_time(self, kind: str, decided: str) -> Decimal | None:
        """Of 100 of a kind, how many were decided before their clock ran out."""
        done = [row.link for row in self.facts if row.kind == decided and row.stage == "in_time"]
        return self.per_100(kind, lambda begun: sum(1 for link in done if link in begun))

    def among(self, whole: Callable[[Row], bool], part: Callable[[Row], bool], kind: str = CONTACT) -> Decimal | None:
        """Of 100 contacts, or others, of a kind, how many are of another too."""
        of = [row for row in self.mine(kind) if whole(row)]
        return _tenths(Fraction(100 * sum(map(part, of)), len(of))) if of else None

    def late(self, *kinds: str) -> Decimal | None:
        """Of 100 that had a clock, how many were done after it ran out."""
        stages = [row.stage for kind in kinds for row in self.mine(kind) if row.stage in {"in_time", "late"}]
        return _tenths(Fraction(100 * stages.count("late"), len(stages))) if stages else None

    def hours(self, kind: str = ORDER) -> Decimal | None:
        return _median([Fraction(row.hours) for row in self.mine(kind) if row.hours is not None])

    def days(self) -> Decimal | None:
        issued = {row.link: row.on for row in self.facts if row.kind == ORDER}
        passed = [(row.on - issued[row.part_of]).days for row in self.mine("court_case.sent") if row.part_of in issued]
        return _median([Fraction(one) for one in passed if one >= 0])


FIGURES: dict[str, Callable[[Oracle], Decimal | None]] = {
    "reports_registered": lambda o: o.count(REPORT),
    "reports_written_off_share": lambda o: o.led(REPORT, "report.written_off", lambda row: row.link),
    "reports_decided_in_time_share": lambda o: o.in_time(REPORT, OUTCOME),
    "reports_entered_in_time_share": lambda o: o.among(
        lambda r: r.code in {"pre_trial", "administrative"}, lambda r: r.stage == "in_time", OUTCOME
    ),
    "reports_led_by_case": lambda o: o.count(OUTCOME, lambda r: r.code == "taken_up"),
    "reports_entered_pretrial": lambda o: o.count(OUTCOME, lambda r: r.code == "pre_trial"),
    "reports_entered_administrative": lambda o: o.count(OUTCOME, lambda r: r.code == "administrative"),
    "reports_joined": lambda o: o.count(OUTCOME, lambda r: r.code == "joined"),
    "reports_written_off": lambda o: o.count(OUTCOME, lambda r: r.code == "written_off"),
    "reports_forwarded": lambda o: o.count("report.forwarded"),
    "write_offs_cancelled": lambda o: o.count("report.returned"),
    "reports_through_web_door": lambda o: o.count(REPORT, lambda r: r.code == "web"),
    "reports_through_childrens_door": lambda o: o.count(REPORT, lambda r: r.code == "web_child"),
    "orders_issued": lambda o: o.count(ORDER),
    "orders_served": lambda o: o.count("order.served"),
    "orders_refused_share": lambda o: o.per_100(
        "order.served", lambda _all: sum(1 for row in o.mine("order.served") if row.stage == "refused")
    ),
    "orders_cancelled": lambda o: o.count("order.cancelled"),
    "orders_breached": lambda o: o.count("order.breached"),
    "persons_protected": lambda o: o.count("protected.issued"),
    "orders_per_100_reports_cohort": lambda o: o.led(REPORT, ORDER, lambda row: row.root),
    "breaches_per_100_orders_cohort": lambda o: o.led(ORDER, "order.breached", lambda row: row.link),
    "hours_report_to_order_median": Oracle.hours,
    "hours_report_to_service_median": lambda o: o.hours("order.served"),
    "court_cases_sent": lambda o: o.count("court_case.sent"),
    "court_cases_decided": lambda o: o.count("court_case.decided"),
    "court_decisions": lambda o: o.count("court_decision.made"),
    "special_requirements_decisions": lambda o: o.decisions("special_requirements"),
    "arrest_decisions": lambda o: o.decisions("arrest"),
    "public_works_decisions": lambda o: o.decisions("public_works"),
    "psychological_help_decisions": lambda o: o.decisions("psychological_help"),
    "sentences": lambda o: o.decisions("sentence"),
    "court_cases_per_100_orders_cohort": lambda o: o.led(ORDER, "court_case.sent", lambda row: row.part_of),
    "days_order_to_court_median": Oracle.days,
    "criminal_offences_domestic": lambda o: o.count(
        "offence.registered", lambda r: r.has("criminal") and r.domestic is True
    ),
    "administrative_offences_domestic": lambda o: o.count(
        "offence.registered", lambda r: r.has("administrative") and r.domestic is True
    ),
    "offences_against_women": lambda o: o.against_women(lambda r: True),
    "violent_offences_against_women": lambda o: o.against_women(lambda r: r.has("violent")),
    "homicides_of_women": lambda o: o.against_women(lambda r: r.has("violent", "homicide") and r.stage == "completed"),
    "grievous_harm_to_women": lambda o: o.against_women(
        lambda r: r.has("violent", "grievous_harm") and r.stage == "completed"
    ),
    "women_victims_of_homicide_by_partner": lambda o: o.victims(
        lambda r: r.has("homicide") and r.stage == "completed" and r.sex == "female" and r.relation in PARTNERS
    ),
    "children_raped": lambda o: o.victims(
        lambda r: (r.iccs or "").startswith("03011") and r.stage == "completed" and r.is_child
    ),
    "child_victims": lambda o: o.victims(lambda r: r.is_child),
    "offences_by_minors": lambda o: o.by_minors(lambda r: True),
    "homicides_by_minors": lambda o: o.by_minors(lambda r: r.has("homicide") and r.stage == "completed"),
    "thefts_by_minors": lambda o: o.by_minors(lambda r: r.has("theft")),
    "robberies_by_minors": lambda o: o.by_minors(lambda r: r.has("robbery")),
    "referrals_made": lambda o: o.count("referral.offered"),
    "referrals_accepted_share": lambda o: o.led("referral.offered", "referral.accepted", lambda row: row.link),
    "transfers_made": lambda o: o.count("transfer.offered"),
    "consents_withdrawn": lambda o: o.count("consent.withdrawn"),
    "conflict_blocks_laid": lambda o: o.count("block.laid"),
    "conflict_blocks_decided_in_time_share": lambda o: o.in_time("block.laid", "block.decided"),
    "emergency_openings": lambda o: o.count("opening.made"),
    "emergency_openings_reviewed_in_time_share": lambda o: o.in_time("opening.made", "opening.reviewed"),
    "emergency_openings_without_ground_share": lambda o: o.per_100(
        "opening.reviewed", lambda _all: sum(1 for row in o.mine("opening.reviewed") if row.code == "without_ground")
    ),
    "law_reports_made_share": lambda o: o.per_100(
        "awaited_report.fell_due",
        lambda _all: sum(1 for row in o.mine("awaited_report.fell_due") if row.stage == "whole"),
    ),
    "records_destroyed": lambda o: o.count("destruction.done"),
    "children_reported_missing": lambda o: o.count("alarm.raised"),
    "missing_children_found_alive_within_24h_share": lambda o: o.led(
        "alarm.raised", "alarm.found_alive", lambda row: row.link if (row.hours or Decimal()) <= 24 else None
    ),
    "hours_alarm_to_first_search_median": lambda o: o.hours("alarm.searched"),
    "contacts_taken": lambda o: o.count(CONTACT),
    "contacts_heard": lambda o: o.count(CONTACT, lambda r: r.code in {"self", "another", "professional"}),
    "contacts_silent": lambda o: o.count(CONTACT, lambda r: r.code == "silent"),
    "contacts_information": lambda o: o.count(CONTACT, lambda r: r.code == "information"),
    "contacts_not_meant": lambda o: o.count(CONTACT, lambda r: r.code in {"wrong_number", "prank", "abusive", "test"}),
    "calls_taken": lambda o: o.count(CONTACT, lambda r: r.has("telephone")),
    "contacts_reported_share": lambda o: o.among(lambda r: True, lambda r: r.stage == "report"),
    "contacts_child_rights_share": lambda o: o.among(lambda r: True, lambda r: r.has("child_rights")),
    "calls_child_harm_share": lambda o: o.among(lambda r: r.has("telephone"), lambda r: r.has("child_harm")),
    "minutes_to_answer_median": lambda o: _median(
        [60 * Fraction(row.hours) for row in o.mine(CONTACT) if row.hours is not None]
    ),
    "silent_checked_in_time_share": lambda o: o.in_time("welfare_check.laid", "welfare_check.done"),
    "cases_opened": lambda o: o.count("case.opened"),
    "danger_assessments": lambda o: o.count("assessment.made"),
    "cases_assessed_within_24h_share": lambda o: o.led(
        "case.opened", "case.assessed", lambda row: row.link if (row.hours or Decimal()) <= 24 else None
    ),
    "danger_not_safe_to_ask_share": lambda o: o.per_100(
        "assessment.made", lambda _all: sum(1 for row in o.mine("assessment.made") if row.stage == "not_safe")
    ),
    "danger_results_lowered": lambda o: o.count("result.lowered"),
    "danger_measures_laid": lambda o: o.count("measure.laid"),
    "danger_measures_in_time_share": lambda o: o.in_time("measure.laid", "measure.done"),
    "breaches_noted": lambda o: o.count("breach.noted"),
    "breaches_answered_share": lambda o: o.led("breach.noted", "breach.answered", lambda row: row.link),
    "breaches_registered_share": lambda o: o.led("breach.noted", "breach.registered", lambda row: row.link),
    "breaches_to_court_share": lambda o: o.led("breach.noted", "breach.sent", lambda row: row.link),
    "breaches_arrest_share": lambda o: o.led("breach.noted", "breach.arrest", lambda row: row.link),
    "requirements_breaches": lambda o: o.count(REQUIRED),
    "requirements_breaches_registered_share": lambda o: o.required("registered"),
    "requirements_breaches_to_court_share": lambda o: o.required("sent"),
    "cases_recontact_7_days_share": lambda o: o.led(
        "case.opened", "case.recontacted", lambda row: row.link if (row.hours or Decimal()) <= 168 else None
    ),
    "hours_ring_to_service_median": lambda o: o.hours("order.served_after_call"),
    "order_checks_made": lambda o: o.count("order_check.made"),
    "order_checks_late_share": lambda o: o.per_100(
        "order_check.made", lambda _all: sum(1 for row in o.mine("order_check.made") if row.stage == "late")
    ),
    "duties_done_late_share": lambda o: o.late(OUTCOME, "measure.done", "welfare_check.done"),
    "duties_escalated": lambda o: o.count("duty.escalated"),
    "duties_escalated_to_prosecutor_share": lambda o: o.among(
        lambda r: True, lambda r: r.stage == "prosecutor", "duty.escalated"
    ),
    "guardianship_told": lambda o: o.count("night.asked"),
    "nights_decided_in_time_share": lambda o: o.in_time("night.asked", "night.decided"),
    "review_recommendations": lambda o: o.count("recommendation.made"),
    "review_recommendations_answered_in_time_share": lambda o: o.in_time(
        "recommendation.made", "recommendation.answered"
    ),
    "findings_given": lambda o: o.count("finding.given"),
    "contradictions_marked": lambda o: o.count("contradiction.marked"),
    "reviews_asked": lambda o: o.count("review.asked"),
    "reviews_answered_in_time_share": lambda o: o.in_time("review.asked", "review.answered"),
}


def figure(code: str, rows: list[Row], first: date, last: date, as_of: datetime, region: int | None) -> Decimal | None:
    """The value of one indicator; None where there is nothing to divide by or to measure."""
    return FIGURES[code](Oracle(standing(rows, as_of), first, last, region))


def _median(values: list[Fraction]) -> Decimal | None:
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return _tenths(ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2)


def _tenths(value: Fraction) -> Decimal:
    """To one decimal, half up."""
    exact = Decimal(value.numerator * 10) / Decimal(value.denominator)
    return exact.quantize(Decimal(1), rounding=ROUND_HALF_UP) / 10
