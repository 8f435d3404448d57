"""The ledger: what was made, when, where, counted how. It reads planned threads and nothing else.

It shares no line with facts, indicators or their formulas; that the two agree to the unit is what the check proves.
Marks are kept by month and region, so that a year of the country fits into a few thousand numbers.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from qorgan.simulation.engine.acts import Act, Known, said, told
from qorgan.simulation.engine.articles import Articles
from qorgan.simulation.engine.borders import Borders
from qorgan.simulation.engine.children import PlannedTonight
from qorgan.simulation.engine.outcomes import Outcome, joined, outcome_of, place_of
from qorgan.simulation.engine.threads import (
    REFUTED,
    PlannedAlarm,
    PlannedBreach,
    PlannedContact,
    PlannedCourtCase,
    PlannedDanger,
    PlannedDispute,
    PlannedOffence,
    PlannedOrder,
    PlannedReport,
    PlannedReview,
    Thread,
)

_A_DAY, _A_WEEK = 24_000, 168_000  # thousandths of hours
_ENTERED = frozenset({"pre_trial", "administrative"})
_CHECK = timedelta(hours=1)  # so soon a check of welfare is done in time
_COUNTRY = 0  # where reviews of access and contacts of lines are counted
_HEARD = frozenset({"self", "another", "professional"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A month (years times twelve and months from 0) and a region: what a mark is kept under."""

    month: int
    region: int


def month_of(day: date) -> int:
    """The number of a month."""
    return day.year * 12 + day.month - 1


class Ledger:
    """Counts of one or more plans, known up to a moment or for good."""

    def __init__(self, borders: Borders, articles: Articles, zones: Mapping[int, tzinfo], *, country: tzinfo) -> None:
        self._borders = borders
        self._articles = articles
        self._zones = zones
        self._country = country
        self.counts: Counter[tuple[str, Spot]] = Counter()
        self.measured: dict[tuple[str, Spot], array[int]] = {}
        self.made: Counter[str] = Counter()

    def spots(self) -> set[Spot]:
        """Every month and region in which something was marked."""
        return {spot for _name, spot in self.counts}

    def add_all(self, threads: Iterable[Thread], *, until: datetime | None = None) -> None:
        """Add many threads."""
        for thread in threads:
            self.add(thread, until=until)

    def add(self, thread: Thread, *, until: datetime | None = None) -> None:
        """Add what a thread tells; only what is known at `until` where a moment is given."""
        known = Known(until)
        if thread.report and known(thread.report.received_at):
            outcome = outcome_of(thread, known, self._articles.registers)
            self._report(place_of(thread, known), thread.report, outcome)
            self._on_the_way(thread, known)
        if thread.repeat and known(thread.repeat.report.received_at):
            self._report(thread.territory, thread.repeat.report, joined(thread.repeat, known))
        for order in thread.orders:
            if known(order.issued_at):
                self._order(thread, order, known)
        self._again(thread, known)
        for offence in thread.offences:
            if known(offence.registered_at) and not known(offence.annulled_at):
                self._offence(thread.territory, offence, known)
        for case in thread.court_cases:
            if known(case.sent_at):
                self._court_case(thread, case, known)
        self._shared(thread, known)
        self._reviewed("block", thread.block, known)
        self._reviewed("opening", thread.opening, known)
        if thread.alarm and known(thread.alarm.at):
            self._alarm(thread.territory, thread.alarm, known)
        if thread.case_at and known(thread.case_at):
            self._mark("case", self._spot(thread.territory, thread.case_at))
            if thread.danger and known(thread.danger.at):
                self._danger(thread.territory, thread.case_at, thread.danger, known)
        self._child(thread, known)
        if thread.dispute:
            self._dispute(thread.territory, thread.dispute, known)
        if thread.told and thread.report and known(thread.told.answered_at):
            self._contact(thread.territory, thread.told, known, reported=known(thread.report.received_at))
        for contact in thread.contacts:
            if known(contact.answered_at):
                self._contact(thread.territory, contact, known)

    def _spot(self, place: int, moment: datetime) -> Spot:
        day = self._day(place, moment)
        return Spot(month_of(day), self._borders.region(place, day))

    def _day(self, place: int, moment: datetime) -> date:
        return moment.astimezone(self._zones[place]).date()

    def _mark(self, name: str, spot: Spot, times: int = 1) -> None:
        self.counts[name, spot] += times
        self.made[name] += times

    def _done(self, spot: Spot, *, in_time: bool) -> None:
        """A duty with a clock was done."""
        self._mark("done", spot)
        if not in_time:
            self._mark("done_late", spot)

    def _measure(self, name: str, spot: Spot, value: int) -> None:
        self.measured.setdefault((name, spot), array("q")).append(value)

    def _report(self, place: int, report: PlannedReport, outcome: Outcome | None) -> None:
        spot = self._spot(place, report.registered_at)
        self._mark("report", spot)
        self._mark(f"report:{report.channel}", spot)
        if outcome is None:
            return
        decided = self._spot(place, outcome.at)
        self._mark(f"outcome:{outcome.state}", decided)
        if outcome.state == "written_off":
            self._mark("report>written_off", spot)
        self._done(decided, in_time=outcome.in_time)
        if outcome.in_time:
            self._mark("report>decided_in_time", spot)
        if outcome.state in _ENTERED:
            self._mark("entered", decided)
            self._mark("entered>in_time", decided, int(outcome.in_time))

    def _on_the_way(self, thread: Thread, known: Known) -> None:
        """What happened to a report before the outcome that stands."""
        forward, undone = thread.forward, thread.undone
        if forward and forward.accepted and forward.answered_at and known(forward.answered_at):
            self._mark("forwarded", self._spot(thread.territory, forward.answered_at))
        if undone and undone.by_prosecutor and known(undone.back_at):
            self._mark("returned", self._spot(thread.territory, undone.back_at))

    def _order(self, thread: Thread, order: PlannedOrder, known: Known) -> None:
        place, report = thread.territory, thread.report
        assert report is not None, "an order comes out of a report"
        spot = self._spot(place, order.issued_at)
        self._mark("order", spot)
        self._mark("report>order", self._spot(place, report.registered_at))
        self._mark("protected", spot, 1 + (thread.child is not None))
        if report.time_known and order.issued_at >= report.registered_at:
            self._measure("hours", spot, _thousandths_of_hours(report.registered_at, order.issued_at))
        stood = not known(order.annulled_at)
        if stood and order.served_at and known(order.recorded_at):
            served = self._spot(place, order.served_at)
            self._mark("served", served)
            if report.time_known and order.served_at >= report.registered_at:
                self._measure("hours_to_service", served, _thousandths_of_hours(report.registered_at, order.served_at))
            if order.refused:
                self._mark("refused", served)
            if thread.told:
                self._mark("served_after_call", served)
                self._measure("ring", served, _thousandths_of_hours(thread.told.rang_at, order.served_at))
        if order.cancelled_at and known(order.cancelled_at):
            self._mark("cancelled", self._spot(place, order.cancelled_at))
        self._checked(place, order, known)
        if stood:
            self._breached(thread, order, spot, known)

    def _checked(self, place: int, order: PlannedOrder, known: Known) -> None:
        for check in order.checks:
            if known(check.at):
                made = self._spot(place, check.at)
                self._mark("order_check", made)
                if check.late:
                    self._mark("order_check>late", made)

    def _breached(self, thread: Thread, order: PlannedOrder, issued: Spot, known: Known) -> None:
        place = thread.territory
        breaches = [check.at for check in order.checks if check.finding == "breach" and known(check.at)]
        for moment in breaches:
            self._mark("breach", self._spot(place, moment))
        found = order.breach
        if found and known(found.noted_at) and not (found.followed == REFUTED and known(found.followed_at)):
            breaches.append(found.noticed_at)
            self._followed(thread, found, known)
        if breaches:
            self._mark("breached", self._spot(place, min(breaches)))
            self._mark("order>breached", issued)

    def _followed(self, thread: Thread, breach: PlannedBreach, known: Known) -> None:
        noticed = self._spot(thread.territory, breach.noticed_at)
        answered = bool(breach.followed) and known(breach.followed_at)
        about = [case for case in thread.court_cases if breach.registers and case.offence == 0 and known(case.sent_at)]
        arrested = any(one.kind == "arrest" and known(one.at) for case in about for one in case.decisions)
        marks = {"": True, ">answered": answered, ">registered": answered and breach.registers}
        for name, counts in (marks | {">sent": bool(about), ">arrest": arrested}).items():
            if counts:
                self._mark(f"breach{name}", noticed)

    def _again(self, thread: Thread, known: Known) -> None:
        """A further report of the case, from the moment on at which the case leads it."""
        for breach in (order.breach for order in thread.orders if order.breach):
            report, first = breach.report, thread.report
            if report is None or first is None or thread.case_at is None or not known(report.received_at):
                continue
            led = known(breach.noted_at)
            outcome = Outcome("taken_up", breach.noted_at, report.registered_at) if led else None
            self._report(thread.territory, report, outcome)
            passed = _thousandths_of_hours(first.registered_at, report.registered_at)
            if led and first.time_known and passed <= _A_WEEK:
                self._mark("case>again", self._spot(thread.territory, thread.case_at))

    def _offence(self, place: int, offence: PlannedOffence, known: Known) -> None:
        spot = self._spot(place, offence.registered_at)
        wording, parts = said(offence, known)
        on = wording.acted_on or self._day(place, offence.registered_at)
        row = self._articles.row(wording.code, wording.article, wording.part, on=on)
        traits = row.traits if row else frozenset()
        criminal = self._articles.registers[wording.code] == "criminal"
        act = Act(criminal, traits, row.iccs if row else "", wording.completion == "completed")
        for name, times in told(act, parts):
            if times:
                self._mark(name, spot, times)

    def _court_case(self, thread: Thread, case: PlannedCourtCase, known: Known) -> None:
        place = thread.territory
        sent = self._spot(place, case.sent_at)
        self._mark("sent", sent)
        if case.order is not None:
            issued_at = thread.orders[case.order].issued_at
            self._mark("order>sent", self._spot(place, issued_at))
            self._mark("sent_about_order", sent)
            days = (self._day(place, case.sent_at) - self._day(place, issued_at)).days
            if days >= 0:
                self._measure("days", sent, days * 1000)
        made = [decision for decision in case.decisions if known(decision.at)]
        if made:
            self._mark("decided", self._spot(place, min(decision.at for decision in made)))
        for decision in made:
            spot = self._spot(place, decision.at)
            self._mark("decision", spot)
            self._mark(f"decision:{decision.kind}", spot)
            if decision.breached_at and known(decision.breached_at):
                self._mark("requirements_breach", self._spot(place, decision.breached_at))

    def _shared(self, thread: Thread, known: Known) -> None:
        place, transfer = thread.territory, thread.transfer
        for referral in (thread.referral, thread.uniform):
            if referral is None or not known(referral.at):
                continue
            spot = self._spot(place, referral.at)
            self._mark("referral", spot)
            if referral.accepted and known(referral.answered_at):
                self._mark("referral>accepted", spot)
            if referral.withdrawn_at and known(referral.withdrawn_at):
                self._mark("consent_withdrawn", self._spot(place, referral.withdrawn_at))
        if transfer and known(transfer.at):
            self._mark("transfer", self._spot(place, transfer.at))

    def _child(self, thread: Thread, known: Known) -> None:
        """Where the child of the case sleeps, and what the review of a death recommends."""
        if thread.tonight and known(thread.tonight.said_at):
            self._tonight(thread.territory, thread.tonight, known)
        for advice in thread.death.advice if thread.death else ():
            if not known(advice.at):
                continue
            spot = self._spot(thread.territory, advice.at)
            self._mark("recommendation", spot)
            if advice.answered_at and known(advice.answered_at) and advice.answered_at <= advice.due_at:
                self._mark("recommendation>in_time", spot)

    def _tonight(self, place: int, tonight: PlannedTonight, known: Known) -> None:
        """The authority is told by a part of the file offered, which it accepts."""
        spot = self._spot(place, tonight.said_at)
        first = tonight.nights[0].at if tonight.nights else None
        accepted, in_time = known(tonight.accepted_at), first and known(first) and first <= tonight.due_at
        marks = {"telling": True, "referral": True, "referral>accepted": accepted, "telling>in_time": in_time}
        for name in (one for one, counts in marks.items() if counts):
            self._mark(name, spot)

    def _alarm(self, place: int, alarm: PlannedAlarm, known: Known) -> None:
        spot = self._spot(place, alarm.at)
        self._mark("alarm", spot)
        if alarm.searched_at and known(alarm.searched_at):
            searched = self._spot(place, alarm.searched_at)
            self._mark("alarm_searched", searched)
            self._measure("alarm_hours", searched, _thousandths_of_hours(alarm.at, alarm.searched_at))
        if alarm.ended_at and alarm.review_on is None and known(alarm.ended_at):
            self._mark("alarm>alive", spot)
            if _thousandths_of_hours(alarm.at, alarm.ended_at) <= _A_DAY:
                self._mark("alarm>alive_in_a_day", spot)

    def _danger(self, place: int, case_at: datetime, danger: PlannedDanger, known: Known) -> None:
        spot = self._spot(place, danger.at)
        self._mark("assessed", spot)
        if not danger.safe:
            self._mark("assessed:not_safe", spot)
        if _thousandths_of_hours(case_at, danger.at) <= _A_DAY:
            self._mark("case>assessed_in_a_day", self._spot(place, case_at))
        for measure in danger.measures:
            self._mark("measure", spot)
            if measure.done_at and known(measure.done_at):
                self._done(self._spot(place, measure.done_at), in_time=measure.in_time)
                if measure.in_time:
                    self._mark("measure>in_time", spot)
        if danger.agreed and danger.decided_at and known(danger.decided_at):
            self._mark("lowered", self._spot(place, danger.decided_at))

    def _dispute(self, place: int, dispute: PlannedDispute, known: Known) -> None:
        for name, moment in (("finding", dispute.found_at), ("contradiction", dispute.marked_at)):
            if moment and known(moment):
                self._mark(name, self._spot(place, moment))
        if dispute.asked_at and known(dispute.asked_at):
            spot = self._spot(place, dispute.asked_at)
            self._mark("review", spot)
            answered_at, due_at = dispute.answered_at, dispute.due_at
            if answered_at and due_at and known(answered_at) and answered_at <= due_at:
                self._mark("review>in_time", spot)

    def _contact(self, place: int, contact: PlannedContact, known: Known, *, reported: bool = False) -> None:
        """For the country, on the day it rang; what became of it is known later."""
        spot = Spot(month_of(self._day(place, contact.rang_at)), _COUNTRY)
        call, harmed = contact.way == "telephone", contact.child and reported
        self._mark("contact", spot)
        self._mark(f"contact:{'heard' if contact.said in _HEARD else contact.said}", spot)
        for name, counts in (("call", call), ("report", reported), ("child", harmed), ("call_child", call and harmed)):
            if counts:
                self._mark(f"contact:{name}", spot)
        if contact.rang_at < contact.answered_at:
            self._measure("answer", spot, _thousandths_of_hours(contact.rang_at, contact.answered_at))
        if contact.again:
            laid = Spot(month_of(self._day(place, contact.answered_at)), _COUNTRY)
            self._mark("check", laid)
            if contact.checked_at and known(contact.checked_at):
                in_time = contact.checked_at - contact.answered_at <= _CHECK
                self._done(Spot(month_of(self._day(place, contact.checked_at)), _COUNTRY), in_time=in_time)
                if in_time:
                    self._mark("check>in_time", laid)

    def _reviewed(self, name: str, review: PlannedReview | None, known: Known) -> None:
        """By the month, for the country, and not before the month is over."""
        spot = self._month_over(review.at, known) if review else None
        if review is None or spot is None:
            return
        self._mark(name, spot)
        decided = self._month_over(review.decided_at, known) if review.decided_at else None
        if decided is None:
            return
        self._mark(f"{name}_reviewed", decided)
        if review.in_time:
            self._mark(f"{name}>in_time", spot)
        if not review.stands:
            self._mark(f"{name}_rejected", decided)

    def _month_over(self, moment: datetime, known: Known) -> Spot | None:
        day = moment.astimezone(self._country).date()
        over = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        ended = datetime.combine(over, time(0), self._country)
        return Spot(month_of(day), _COUNTRY) if known(ended) else None


def _thousandths_of_hours(first: datetime, last: datetime) -> int:
    """Hours between two moments in thousandths, half up."""
    passed = last - first
    micros = (passed.days * 86400 + passed.seconds) * 1_000_000 + passed.microseconds
    whole, rest = divmod(micros, 3_600_000)
    return whole + (2 * rest >= 3_600_000)
