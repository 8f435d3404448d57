"""Court cases made through the real actions, as the clerk of the court and the inspector make them."""

from datetime import datetime, timedelta
from typing import Any

from qorgan.agencies.models import Agency
from qorgan.base.scope import Actor, acting
from qorgan.courts import actions
from qorgan.courts.models import CourtCase, Decision
from qorgan.courts.rules import Measure
from qorgan.courts.terms import DecisionKind, Kind, Prohibition
from qorgan.orders.models import Order
from tests import factories
from tests.conftest import actor

CONTENTS = "Нұсқама, түсініктеме, тексеру хаттамасы № 17."
NOTE = "Алты ай мерзімге ерекше талаптар белгіленсін."
SIX_MONTHS = Measure(months=6, visits=2, prohibitions=(Prohibition.CONTACT_WITH_VICTIM, Prohibition.ALCOHOL))


def clerk() -> Actor:
    """The clerk of the court on administrative offences of Shymkent."""
    return actor("clerk")


def court(code: str = "shymkent-admin-court") -> Agency:
    return Agency.objects.get(code=code)


def material(order: Order | None = None, **changes: Any) -> actions.Material:
    """Materials about an order, for special requirements."""
    held: dict[str, Any] = {"kind": Kind.SPECIAL_REQUIREMENTS, "court_id": court().id, "contents": CONTENTS}
    return actions.Material(**{**held, "order": order, **changes})


def sent(*, by: Actor, now: datetime, kind: Kind = Kind.SPECIAL_REQUIREMENTS, order: Order | None = None) -> CourtCase:
    """Materials about a served order, sent by whoever acts."""
    about = order or factories.served(by=by, now=now)
    return actions.send(material=material(about, kind=kind), by=by, now=now)


def scheduled(*, by: Actor, now: datetime, at: datetime | None = None) -> CourtCase:
    """The same, with a hearing set for the next day or for `at`."""
    held = sent(by=by, now=now)
    with acting(clerk()):
        actions.schedule(court_case=held, at=at or now + timedelta(days=1), by=clerk(), now=now)
    return held


def ruling(kind: DecisionKind = DecisionKind.SPECIAL_REQUIREMENTS, *, at: datetime, **changes: Any) -> actions.Ruling:
    """Special requirements of six months, or a decision of another kind with the measure given."""
    measure = changes.pop("measure", SIX_MONTHS)
    return actions.Ruling(kind=kind, at=at, measure=measure, note=NOTE, **changes)


def decided(*, by: Actor, now: datetime, kind: Kind = Kind.SPECIAL_REQUIREMENTS) -> Decision:
    """Special requirements of six months, announced now."""
    held = sent(by=by, now=now, kind=kind)
    with acting(clerk()):
        return actions.decide(court_case=held, ruling=ruling(at=now), by=clerk(), now=now)
