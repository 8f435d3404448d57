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


class Thing(StrEnum):
    """The records that facts come from. The journal calls the first seven so; the rest belong to one of them.

    Blocks and openings belong to none: they are read by month, and nothing ties them to a record.
    """

    REPORT = "report"
    CASE = "case"
    ORDER = "order"
    OFFENCE = "offence"
    COURT_CASE = "court_case"
    REFERRAL = "referral"
    DESTRUCTION = "destruction"
    CONSENT = "consent"
    PROTECTED = "protected"
    OFFENCE_PERSON = "offence_person"
    DECISION = "decision"
    BLOCK = "block"
    OPENING = "opening"


class FactKind(StrEnum):
    """A kind of happening: thing and what became of it."""

    REPORT_REGISTERED = "report.registered"  # entered in the book; a report written off later was still received
    REPORT_WRITTEN_OFF = "report.written_off"  # to the nomenclature file, without a case
    ORDER_ISSUED = "order.issued"  # signed by the officer; a cancelled order was still issued
    ORDER_SERVED = "order.served"  # handed over, signed for or not
    ORDER_CANCELLED = "order.cancelled"  # by the prosecutor, a court or a higher body
    ORDER_BREACHED = "order.breached"  # the first check that found a breach
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

    @property
    def unit(self) -> CountingUnit:
        """What one such fact counts as."""
        return _UNITS[self]

    @property
    def thing(self) -> Thing:
        """The record that `link` stands for."""
        return _THINGS[self]


KINDS_OF: dict[Thing, tuple[FactKind, ...]] = {
    Thing.REPORT: (FactKind.REPORT_REGISTERED, FactKind.REPORT_WRITTEN_OFF),
    Thing.CASE: (),  # a case is no fact; it leads what hangs on it to the report it began with
    Thing.ORDER: (FactKind.ORDER_ISSUED, FactKind.ORDER_SERVED, FactKind.ORDER_CANCELLED, FactKind.ORDER_BREACHED),
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
}
