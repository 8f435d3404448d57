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


def _count(name: str) -> Read:
    def read(ledger: Ledger, span: Span, decimals: int) -> Account:
        found = _sum(ledger, name, span)
        return Account(found, None, _rounded(Fraction(found), decimals))

    return read


def _per_100(part: str, whole: str) -> Read:
    def read(ledger: Ledger, span: Span, decimals: int) -> Account:
        found, of = _sum(ledger, part, span), _sum(ledger, whole, span)
        return Account(found, of, _rounded(Fraction(100 * found, of), decimals) if of else None)

    return read


def _median(measure: str, counted: str) -> Read:
    """The middle of thousandths."""

    def read(ledger: Ledger, span: Span, decimals: int) -> Account:
        held = (values for (name, spot), values in ledger.measured.items() if name == measure and span.holds(spot))
        values = sorted(value for values in held for value in values)
        found = _sum(ledger, counted, span)
        return Account(found, len(values), _rounded(_middle(values) / 1000, decimals) if values else None)

    return read


def _middle(values: list[int]) -> Fraction:
    half = len(values) // 2
    return Fraction(values[half]) if len(values) % 2 else Fraction(values[half - 1] + values[half], 2)


ACCOUNTS: dict[str, Read] = {
    "reports_registered": _count("report"),
    "reports_written_off_share": _per_100("report>written_off", "report"),
    "orders_issued": _count("order"),
    "orders_served": _count("served"),
    "orders_refused_share": _per_100("refused", "served"),
    "orders_cancelled": _count("cancelled"),
    "orders_breached": _count("breached"),
    "persons_protected": _count("protected"),
    "orders_per_100_reports_cohort": _per_100("report>order", "report"),
    "breaches_per_100_orders_cohort": _per_100("order>breached", "order"),
    "hours_report_to_order_median": _median("hours", "order"),
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
}


def account(ledger: Ledger, code: str, span: Span, *, decimals: int) -> Account:
    """One figure as the ledger has it. Raises KeyError for an indicator that it does not keep."""
    return ACCOUNTS[code](ledger, span, decimals)


def regions(ledger: Ledger, span: Span) -> Iterable[int]:
    """The regions in which anything was marked in the months."""
    return {spot.region for spot in ledger.spots() if span.holds(spot)}
