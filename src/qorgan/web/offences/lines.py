"""Offences as lists show them: the register, and the page of a case."""

from collections.abc import Iterable
from typing import Any

from qorgan.base.scope import Actor
from qorgan.cases.models import Case
from qorgan.cases.terms import State as CaseState
from qorgan.offences import access, queries
from qorgan.offences.queries import OffenceView
from qorgan.offences.terms import Completion, Register, State
from qorgan.places import queries as places
from qorgan.reports.models import Report
from qorgan.web.offences import words


def line(view: OffenceView) -> dict[str, Any]:
    """An offence as a list shows it."""
    offence = view.offence
    return {
        "view": view,
        "offence": offence,
        "state": State(offence.state),
        "tone": words.TONES[State(offence.state)],
        "article": words.cited(offence, view.article),
        "stage": "" if offence.completion == Completion.COMPLETED else Completion(offence.completion).label,
        "register": words.NUMBERS[Register(offence.register)],
        "victims": words.persons(view.victims),
        "suspects": words.persons(view.suspects),
        "zone": places.zone(offence.territory_id),
    }


def of_case(case: Case, views: Iterable[OffenceView], *, actor: Actor) -> dict[str, Any]:
    """What the page of a case shows of its offences: None where the reader may see none."""
    return {
        "offences": [line(view) for view in views] if actor.can(access.SEE) else None,
        "may_register": case.state == CaseState.OPEN and actor.can(access.REGISTER),
    }


def of_report(report: Report, *, actor: Actor) -> dict[str, Any]:
    """What the page of a report shows of the offences registered with it: None where the reader may see none."""
    seen = actor.can(access.SEE)
    return {
        "offences": [line(view) for view in queries.opened(queries.of_report(report.id))] if seen else None,
        "may_register": actor.can(access.REGISTER),
    }
