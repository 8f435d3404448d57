"""The danger in the case that is followed: asked, what its result asks for begun, a lower result that waits for two."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.cli.acting import as_staff
from qorgan.cli.followed import stepped, transaction_of

if TYPE_CHECKING:
    from qorgan.base.scope import Actor
    from qorgan.cases.models import Case
    from qorgan.risk.models import Assessment

ASKED, TAKEN, LOWER = (timedelta(hours=hours) for hours in (5, 4, 2))


def assess(case: "Case", *, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Assess the danger as the country's demonstration tells, where nobody did before: the step."""
    with as_staff(told["by"]) as by:
        held = _assessed(case, told, by, now=now)
    return {"assessment": stepped(case.number, held.assessed_at, f"risk/{held.id}/", "risk.assess_again")}


def _assessed(case: "Case", told: dict[str, Any], by: "Actor", *, now: datetime) -> "Assessment":
    from qorgan.risk import actions, queries
    from qorgan.risk.engine.answers import Answer
    from qorgan.risk.terms import Gate, Said

    with transaction_of():
        known = queries.of_cases([case.id])
        offer = queries.find_offered(told["instrument"], on=now.date())
    if known:
        return known[-1]
    assert offer is not None  # the country ships it
    answers = {one.code: Answer.NO for one in offer.instrument.items}
    answers |= {code: Answer(said) for said, codes in told["answers"].items() for code in codes}
    gate = Gate(is_safe=True, alone=Said.YES, minutes=told["minutes"])
    made = actions.Made(code=told["instrument"], gate=gate, answers=answers)
    held = actions.assess(case=case, made=made, by=by, now=now - ASKED)
    _taken(held, told["taken"], by, now=now)
    actions.ask_lower(assessment=held, to=told["lower"]["to"], why=told["lower"]["why"], by=by, now=now - LOWER)
    return held


def _taken(held: "Assessment", measures: list[str], by: "Actor", *, now: datetime) -> None:
    """Some of what the result asks for is done already."""
    from qorgan.duties import actions as duties
    from qorgan.duties.queries import of_things
    from qorgan.risk.models import Measure

    with transaction_of():
        ids = list(Measure.objects.filter(assessment=held, action__in=measures).values_list("id", flat=True))
        open_ones = list(of_things(ids))
    for duty in open_ones:
        duties.finish(duty=duty, by=by, now=now - TAKEN)
