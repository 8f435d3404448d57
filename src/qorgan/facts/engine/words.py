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


class Thing(StrEnum):
    """The records that facts come from. The journal calls the first five so; the rest belong to one of them."""

    REPORT = "report"
    CASE = "case"
    ORDER = "order"
    OFFENCE = "offence"
    COURT_CASE = "court_case"
    PROTECTED = "protected"
    OFFENCE_PERSON = "offence_person"
    DECISION = "decision"


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
}
_THINGS: dict[FactKind, Thing] = {kind: thing for thing, kinds in KINDS_OF.items() for kind in kinds}
_UNITS: dict[FactKind, CountingUnit] = {
    kind: CountingUnit(thing.value) for kind, thing in _THINGS.items() if thing is not Thing.OFFENCE_PERSON
} | {FactKind.OFFENCE_VICTIM: CountingUnit.VICTIM, FactKind.OFFENCE_SUSPECT: CountingUnit.SUSPECT}
