"""Words of facts: what happened, and in what it is counted. No Django here, so that formulas may use them."""

from enum import StrEnum


class CountingUnit(StrEnum):
    """What one fact counts as. Two facts of different units are never added."""

    REPORT = "report"
    ORDER = "order"
    PROTECTED = "protected"  # a person whom an order protects, once for each order
    OFFENCE = "offence"
    VICTIM = "victim"  # once for each offence
    SUSPECT = "suspect"  # once for each offence
    COURT_CASE = "court_case"  # however many decisions it has
    DECISION = "decision"
    REFERRAL = "referral"  # a part of a file offered to another agency, whatever was answered
    TRANSFER = "transfer"  # a whole case offered to another office
    CONSENT = "consent"
    BLOCK = "block"  # of one person of staff to one file, where it has a review of its own
    OPENING = "opening"  # of one file by one person in an emergency
    DESTRUCTION = "destruction"  # of one record, with its certificate
    ALARM = "alarm"  # for one missing child; sought again after a wrong end, it is the same one
    CONTACT = "contact"  # anyone who reached a line, by any means; a call is one of them, a complaint a report
    WELFARE_CHECK = "welfare_check"  # of whoever was silent a second time
    CASE = "case"
    ASSESSMENT = "assessment"  # of the danger in a case; asked again it is another one
    MEASURE = "measure"  # something that a result asks for, once while it is open
    LOWERING = "lowering"  # a lower result that two people agreed to
    BREACH = "breach"  # of an order; told twice it is one once a person said so
    ORDER_CHECK = "order_check"  # of an order in force, each planned one that was made
    AWAITED_REPORT = "awaited_report"  # on what an act obliges someone to do, once for each budget year
    ESCALATION = "escalation"  # of one late duty to one role above
    TELLING = "telling"  # of one case to the guardianship authority, before anyone else, of however many children
    RECOMMENDATION = "recommendation"  # of the review of a child's death, to one agency
    ACCOUNT = "account"  # what someone said, once for each time it was written down
    FINDING = "finding"  # of experts; a second one beside the first is another one
    CONTRADICTION = "contradiction"  # of two statements on one topic, marked by a person
    REVIEW = "review"  # of a case by the ombudsman, asked for by one person
    REQUIREMENTS_BREACH = "requirements_breach"  # of a court's special requirements, each time it was written down


class Thing(StrEnum):
    """The records that facts come from. The journal names the first eight, alarms, assessments, lower results and
    awaited reports so.

    The rest belong to one of them.

    Blocks and openings belong to none: they are read by month, and nothing ties them to a record. Nor do escalations,
    which are read by the day.
    """

    REPORT = "report"
    CASE = "case"
    ORDER = "order"
    OFFENCE = "offence"
    COURT_CASE = "court_case"
    REFERRAL = "referral"
    DESTRUCTION = "destruction"
    CONTACT = "contact"
    CONSENT = "consent"
    PROTECTED = "protected"
    OFFENCE_PERSON = "offence_person"
    DECISION = "decision"
    BLOCK = "block"
    OPENING = "opening"
    ALARM = "alarm"
    ASSESSMENT = "assessment"
    MEASURE = "measure"
    LOWERING = "lowering"
    BREACH = "breach"
    ORDER_CHECK = "order_check"
    AWAITED_REPORT = "awaited_report"
    ESCALATION = "escalation"
    TELLING = "telling"
    RECOMMENDATION = "recommendation"
    ACCOUNT = "account"
    FINDING = "finding"
    CONTRADICTION = "contradiction"
    REVIEW = "review"
    REQUIREMENTS_BREACH = "requirements_breach"


class FactKind(StrEnum):
    """A kind of happening: thing and what became of it."""

    REPORT_REGISTERED = "report.registered"  # entered in the book; a report written off later was still received
    REPORT_WRITTEN_OFF = "report.written_off"  # to the nomenclature file, without a case
    REPORT_DECIDED = "report.decided"  # the outcome that stands, of any kind; one forwarded awaits it still
    REPORT_FORWARDED = "report.forwarded"  # another office took it over, and decides
    REPORT_RETURNED = "report.returned"  # the prosecutor cancelled its write-off
    ORDER_ISSUED = "order.issued"  # signed by the officer; a cancelled order was still issued
    ORDER_SERVED = "order.served"  # handed over, signed for or not
    ORDER_CANCELLED = "order.cancelled"  # by the prosecutor, a court or a higher body
    ORDER_BREACHED = "order.breached"  # the first breach noticed, at a check, by a report or by an officer
    ORDER_SERVED_AFTER_CALL = "order.served_after_call"  # handed over, where the thread began with a call
    CHECK_MADE = "order_check.made"  # a planned check, in time or late
    BREACH_NOTED = "breach.noted"  # one that was not confirmed, or that a decision put outside the order, is none
    BREACH_ANSWERED = "breach.answered"  # the first thing that followed, of whatever kind
    BREACH_REGISTERED = "breach.registered"  # by protocol or in the register of pre-trial investigations
    BREACH_SENT = "breach.sent"  # the materials about it went to court, for the first time
    BREACH_ARREST = "breach.arrest"  # a court decided on arrest for it: one end among others
    PROTECTED_ISSUED = "protected.issued"  # an order was issued for this person
    OFFENCE_REGISTERED = "offence.registered"  # in the criminal register or by protocol; an annulled one is withdrawn
    OFFENCE_VICTIM = "offence.victim"
    OFFENCE_SUSPECT = "offence.suspect"
    COURT_CASE_SENT = "court_case.sent"  # the material went to court
    COURT_CASE_DECIDED = "court_case.decided"  # the first decision of the case
    COURT_DECISION_MADE = "court_decision.made"  # announced; an appeal does not unmake it
    COURT_DECISION_IN_FORCE = "court_decision.in_force"
    REFERRAL_OFFERED = "referral.offered"  # one that was taken back later was still offered
    REFERRAL_ACCEPTED = "referral.accepted"  # within its clock: what is not answered by then lapses
    REFERRAL_DECLINED = "referral.declined"
    REFERRAL_LAPSED = "referral.lapsed"
    TRANSFER_OFFERED = "transfer.offered"
    TRANSFER_ACCEPTED = "transfer.accepted"
    TRANSFER_DECLINED = "transfer.declined"
    TRANSFER_LAPSED = "transfer.lapsed"
    CONSENT_WITHDRAWN = "consent.withdrawn"  # by whoever gave it; one that ran out was not withdrawn
    BLOCK_LAID = "block.laid"  # a suspicion that an office elsewhere is to weigh
    BLOCK_DECIDED = "block.decided"  # confirmed or lifted
    OPENING_MADE = "opening.made"  # alone, in an emergency; asking for a sealed file is no fact
    OPENING_REVIEWED = "opening.reviewed"
    DESTRUCTION_DONE = "destruction.done"  # the keys are gone, and a certificate says so
    ALARM_RAISED = "alarm.raised"  # for a missing child, however the search ended
    ALARM_SEARCHED = "alarm.searched"  # the first place that was searched
    ALARM_FOUND_ALIVE = "alarm.found_alive"  # one sought again after a wrong end was not found
    CONTACT_TAKEN = "contact.taken"  # it was said what it is; one that was taken back within seconds was not
    WELFARE_CHECK_LAID = "welfare_check.laid"  # after a second silent call from one number
    WELFARE_CHECK_DONE = "welfare_check.done"
    CASE_OPENED = "case.opened"
    CASE_ASSESSED = "case.assessed"  # the first assessment of the danger in it
    CASE_RECONTACTED = "case.recontacted"  # a further report of the same case was registered, for the first time
    ASSESSMENT_MADE = "assessment.made"  # also where it was not safe to ask
    MEASURE_LAID = "measure.laid"  # one that a person took back was not to be done
    MEASURE_DONE = "measure.done"
    RESULT_LOWERED = "result.lowered"  # by a second person, who neither assessed nor asked for it
    REPORT_FELL_DUE = "awaited_report.fell_due"  # on a law, made or not; its stage says which
    DUTY_ESCALATED = "duty.escalated"  # late for as long as the rule says; undone by a corrected clock, it is none
    NIGHT_ASKED = "night.asked"  # the authority was told of a child whose parent is, or may be, complained of
    NIGHT_DECIDED = "night.decided"  # every such child of the case had a place to sleep, for the first time
    RECOMMENDATION_MADE = "recommendation.made"
    RECOMMENDATION_ANSWERED = "recommendation.answered"  # for the first time: accepted, done, or refused
    ACCOUNT_KEPT = "account.kept"  # written down beside the others; the words of the report are none
    FINDING_GIVEN = "finding.given"
    CONTRADICTION_MARKED = "contradiction.marked"  # one that was withdrawn does not count
    REVIEW_ASKED = "review.asked"
    REVIEW_ANSWERED = "review.answered"
    REQUIREMENTS_BREACH_NOTED = "requirements_breach.noted"
    REQUIREMENTS_BREACH_REGISTERED = "requirements_breach.registered"  # an offence that stands was registered for it
    REQUIREMENTS_BREACH_SENT = "requirements_breach.sent"  # that offence went to court, for the first time

    @property
    def unit(self) -> CountingUnit:
        """What one such fact counts as."""
        return _UNITS[self]

    @property
    def thing(self) -> Thing:
        """The record that `link` stands for."""
        return _THINGS[self]


KINDS_OF: dict[Thing, tuple[FactKind, ...]] = {
    Thing.REPORT: (
        FactKind.REPORT_REGISTERED,
        FactKind.REPORT_WRITTEN_OFF,
        FactKind.REPORT_DECIDED,
        FactKind.REPORT_FORWARDED,
        FactKind.REPORT_RETURNED,
    ),
    Thing.CASE: (FactKind.CASE_OPENED, FactKind.CASE_ASSESSED, FactKind.CASE_RECONTACTED),
    Thing.ORDER: (
        FactKind.ORDER_ISSUED,
        FactKind.ORDER_SERVED,
        FactKind.ORDER_CANCELLED,
        FactKind.ORDER_BREACHED,
        FactKind.ORDER_SERVED_AFTER_CALL,
    ),
    Thing.ORDER_CHECK: (FactKind.CHECK_MADE,),
    Thing.BREACH: (
        FactKind.BREACH_NOTED,
        FactKind.BREACH_ANSWERED,
        FactKind.BREACH_REGISTERED,
        FactKind.BREACH_SENT,
        FactKind.BREACH_ARREST,
    ),
    Thing.PROTECTED: (FactKind.PROTECTED_ISSUED,),
    Thing.OFFENCE: (FactKind.OFFENCE_REGISTERED,),
    Thing.OFFENCE_PERSON: (FactKind.OFFENCE_VICTIM, FactKind.OFFENCE_SUSPECT),
    Thing.COURT_CASE: (FactKind.COURT_CASE_SENT, FactKind.COURT_CASE_DECIDED),
    Thing.DECISION: (FactKind.COURT_DECISION_MADE, FactKind.COURT_DECISION_IN_FORCE),
    Thing.REFERRAL: (
        FactKind.REFERRAL_OFFERED,
        FactKind.REFERRAL_ACCEPTED,
        FactKind.REFERRAL_DECLINED,
        FactKind.REFERRAL_LAPSED,
        FactKind.TRANSFER_OFFERED,
        FactKind.TRANSFER_ACCEPTED,
        FactKind.TRANSFER_DECLINED,
        FactKind.TRANSFER_LAPSED,
    ),
    Thing.CONSENT: (FactKind.CONSENT_WITHDRAWN,),
    Thing.BLOCK: (FactKind.BLOCK_LAID, FactKind.BLOCK_DECIDED),
    Thing.OPENING: (FactKind.OPENING_MADE, FactKind.OPENING_REVIEWED),
    Thing.DESTRUCTION: (FactKind.DESTRUCTION_DONE,),
    Thing.ALARM: (FactKind.ALARM_RAISED, FactKind.ALARM_SEARCHED, FactKind.ALARM_FOUND_ALIVE),
    Thing.CONTACT: (FactKind.CONTACT_TAKEN, FactKind.WELFARE_CHECK_LAID, FactKind.WELFARE_CHECK_DONE),
    Thing.ASSESSMENT: (FactKind.ASSESSMENT_MADE,),
    Thing.MEASURE: (FactKind.MEASURE_LAID, FactKind.MEASURE_DONE),
    Thing.LOWERING: (FactKind.RESULT_LOWERED,),
    Thing.AWAITED_REPORT: (FactKind.REPORT_FELL_DUE,),
    Thing.ESCALATION: (FactKind.DUTY_ESCALATED,),
    Thing.TELLING: (FactKind.NIGHT_ASKED, FactKind.NIGHT_DECIDED),
    Thing.RECOMMENDATION: (FactKind.RECOMMENDATION_MADE, FactKind.RECOMMENDATION_ANSWERED),
    Thing.ACCOUNT: (FactKind.ACCOUNT_KEPT,),
    Thing.FINDING: (FactKind.FINDING_GIVEN,),
    Thing.CONTRADICTION: (FactKind.CONTRADICTION_MARKED,),
    Thing.REVIEW: (FactKind.REVIEW_ASKED, FactKind.REVIEW_ANSWERED),
    Thing.REQUIREMENTS_BREACH: (
        FactKind.REQUIREMENTS_BREACH_NOTED,
        FactKind.REQUIREMENTS_BREACH_REGISTERED,
        FactKind.REQUIREMENTS_BREACH_SENT,
    ),
}
_THINGS: dict[FactKind, Thing] = {kind: thing for thing, kinds in KINDS_OF.items() for kind in kinds}
_UNITS: dict[FactKind, CountingUnit] = {
    kind: CountingUnit(thing.value) for kind, thing in _THINGS.items() if thing is not Thing.OFFENCE_PERSON
} | {
    FactKind.OFFENCE_VICTIM: CountingUnit.VICTIM,
    FactKind.OFFENCE_SUSPECT: CountingUnit.SUSPECT,
    FactKind.TRANSFER_OFFERED: CountingUnit.TRANSFER,
    FactKind.TRANSFER_ACCEPTED: CountingUnit.TRANSFER,
    FactKind.TRANSFER_DECLINED: CountingUnit.TRANSFER,
    FactKind.TRANSFER_LAPSED: CountingUnit.TRANSFER,
    FactKind.WELFARE_CHECK_LAID: CountingUnit.WELFARE_CHECK,
    FactKind.WELFARE_CHECK_DONE: CountingUnit.WELFARE_CHECK,
}
