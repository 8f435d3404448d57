"""Words of facts: what happened, and in what it is counted. No Django here, so that formulas may use them."""

from enum import StrEnum


class CountingUnit(StrEnum):
    """What one fact counts as. Two facts of different units are never added."""

    REPORT = "report"
    ORDER = "order"


class Thing(StrEnum):
    """The records that facts come from; the word is also what the journal calls them."""

    REPORT = "report"
    CASE = "case"
    ORDER = "order"


class FactKind(StrEnum):
    """A kind of happening: thing and what became of it."""

    REPORT_REGISTERED = "report.registered"  # entered in the book; a report written off later was still received
    ORDER_ISSUED = "order.issued"  # signed by the officer; a cancelled order was still issued
    ORDER_SERVED = "order.served"  # handed over, signed for or not
    ORDER_CANCELLED = "order.cancelled"  # by the prosecutor, a court or a higher body

    @property
    def unit(self) -> CountingUnit:
        """What one such fact counts as."""
        return CountingUnit(self.value.partition(".")[0])


KINDS_OF: dict[Thing, tuple[FactKind, ...]] = {
    Thing.REPORT: (FactKind.REPORT_REGISTERED,),
    Thing.CASE: (),  # a case is no fact; it leads its orders to the report they began with
    Thing.ORDER: (FactKind.ORDER_ISSUED, FactKind.ORDER_SERVED, FactKind.ORDER_CANCELLED),
}
