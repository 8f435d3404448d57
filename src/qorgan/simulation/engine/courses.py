"""How many threads of a year take which course: the totals of the country shared out without a remainder."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from qorgan.simulation.engine.assumptions import Assumptions, Faulty, Stream
from qorgan.simulation.engine.chance import scaled


class Court(StrEnum):
    """What a thread's materials ask a court for."""

    NONE = ""
    REQUIREMENTS = "requirements"  # special requirements, about an order
    PROTOCOL = "protocol"  # an administrative offence
    UNDECIDED = "undecided"  # sent, and returned or still waiting


class Course(StrEnum):
    """What becomes of a report."""

    UNDECIDED = "undecided"
    WRITTEN_OFF = "written_off"
    JOINED = "joined"  # to a report of the same district that a case leads
    RETOLD = "retold"  # a further report in a case with an order: it tells of a breach, and the case leads it too
    TALK = "talk"  # a case and nothing that is counted
    PROTOCOL = "protocol"
    PROTOCOL_COURT = "protocol_court"
    ORDER = "order"
    ORDER_PROTOCOL = "order_protocol"
    ORDER_PROTOCOL_COURT = "order_protocol_court"
    ORDER_BREACH = "order_breach"
    ORDER_BREACH_COURT = "order_breach_court"
    ORDER_REQUIREMENTS = "order_requirements"
    ORDER_SENT = "order_sent"
    TWO = "two"
    TWO_REQUIREMENTS = "two_requirements"


@dataclass(frozen=True)
class Way:
    """A course in parts."""

    case: bool = True
    orders: int = 0
    protocol: bool = False
    breach: bool = False
    court: Court = Court.NONE


WAYS: Mapping[Course, Way] = {
    Course.UNDECIDED: Way(case=False),
    Course.WRITTEN_OFF: Way(case=False),
    Course.JOINED: Way(case=False),
    Course.RETOLD: Way(case=False),
    Course.TALK: Way(),
    Course.PROTOCOL: Way(protocol=True),
    Course.PROTOCOL_COURT: Way(protocol=True, court=Court.PROTOCOL),
    Course.ORDER: Way(orders=1),
    Course.ORDER_PROTOCOL: Way(orders=1, protocol=True),
    Course.ORDER_PROTOCOL_COURT: Way(orders=1, protocol=True, court=Court.PROTOCOL),
    Course.ORDER_BREACH: Way(orders=1, breach=True),
    Course.ORDER_BREACH_COURT: Way(orders=1, breach=True, court=Court.PROTOCOL),
    Course.ORDER_REQUIREMENTS: Way(orders=1, court=Court.REQUIREMENTS),
    Course.ORDER_SENT: Way(orders=1, court=Court.UNDECIDED),
    Course.TWO: Way(orders=2),
    Course.TWO_REQUIREMENTS: Way(orders=2, court=Court.REQUIREMENTS),
}

OPEN_TO_OFFENCES = (Course.ORDER, Course.TALK)  # threads in which an offence of a stream may lie


@dataclass(frozen=True)
class StreamCounts:
    """The offences of a stream in a year: those that reach a decision of a court, the others, and those annulled."""

    court: int
    other: int
    annulled: int


def _percent(whole: int, percent: float) -> int:
    return scaled(whole, Fraction(str(percent)) / 100)


def stream_counts(stream: Stream, year: int, scale: Fraction) -> StreamCounts:
    """The counts of a stream at a scale; those that count are together the total of the year, scaled."""
    total = scaled(stream.totals[year], scale)
    court = _percent(total, stream.court)
    return StreamCounts(court, total - court, _percent(total, stream.annulled))


def report_courses(assumed: Assumptions, year: int, scale: Fraction) -> dict[Course, int]:
    """How many reports of the year take each course. Raises Faulty where the assumptions leave no room."""
    reports, orders, court_cases = (
        scaled(assumed.totals[name][year], scale) for name in ("reports", "orders", "court_cases")
    )
    in_criminal = sum(stream_counts(stream, year, scale).court for stream in assumed.streams)
    shares = assumed.percent_of_reports
    found = {
        Course.UNDECIDED: _percent(reports, shares["undecided"][year]),
        Course.WRITTEN_OFF: _percent(reports, shares["written_off"][year]),
        Course.JOINED: _percent(reports, shares["joined"][year]),
        Course.RETOLD: _percent(reports, shares["retold"][year]),
    }
    protocols = _percent(reports, shares["protocol"][year])
    found |= _with_court(assumed, orders, protocols, max(court_cases - in_criminal, 0))
    found |= _without_court(assumed, orders, protocols, found)
    found[Course.ORDER_SENT] = _percent(court_cases, assumed.section("percent_of_court_cases")["further"])
    singles = orders - 2 * (found[Course.TWO] + found[Course.TWO_REQUIREMENTS])
    found[Course.ORDER] = singles - sum(found[one] for one in found if WAYS[one].orders == 1)
    found[Course.TALK] = reports - sum(found.values())
    short = [course.value for course, count in found.items() if count < 0]
    if short:
        raise Faulty(f"The totals of {year} leave no room for: {', '.join(short)}.")
    return found


def _with_court(assumed: Assumptions, orders: int, protocols: int, decided: int) -> dict[Course, int]:
    """The courses that end in a court's decision; without protocols all of them are about orders."""
    shares = assumed.section("percent_of_court_cases")
    requirements = _percent(decided, shares["requirements"]) if protocols else decided
    sent = decided - requirements
    alone, breaches = _percent(sent, shares["protocol_alone"]), _percent(sent, shares["breach"])
    second = min(_percent(requirements, shares["second_order"]), _seconds(assumed, orders))
    return {
        Course.PROTOCOL_COURT: alone,
        Course.ORDER_BREACH_COURT: breaches,
        Course.ORDER_PROTOCOL_COURT: sent - alone - breaches,
        Course.ORDER_REQUIREMENTS: requirements - second,
        Course.TWO_REQUIREMENTS: second,
    }


def _without_court(assumed: Assumptions, orders: int, protocols: int, found: Mapping[Course, int]) -> dict[Course, int]:
    """The protocols, breaches and second orders of which no court decides."""
    left = max(protocols - found[Course.PROTOCOL_COURT] - found[Course.ORDER_PROTOCOL_COURT], 0)
    alone = _percent(left, assumed.section("protocols")["alone"])
    breaches = _percent(orders, assumed.section("percent_of_orders")["breach"]) if protocols else 0
    return {
        Course.PROTOCOL: alone,
        Course.ORDER_PROTOCOL: left - alone,
        Course.ORDER_BREACH: max(breaches - found[Course.ORDER_BREACH_COURT], 0),
        Course.TWO: _seconds(assumed, orders) - found[Course.TWO_REQUIREMENTS],
    }


def _seconds(assumed: Assumptions, orders: int) -> int:
    return _percent(orders, assumed.section("percent_of_orders")["second"])
