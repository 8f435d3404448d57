"""Every list of the pages with the most questions it may ask of the database. A new list adds its line here.

The number is a ceiling, not a target: what a list asks today, and a little room. `lengthen` makes the list one row
longer by the real actions, called with `by=` and `now=`.
"""

from datetime import datetime

from qorgan.agencies import actions as agencies
from qorgan.agencies.terms import AdmissionGround, Purpose
from qorgan.base.scope import Actor, beside
from tests import factories
from tests.architecture.guards.queries import Listed
from tests.cases import shared
from tests.courts import made


def _late(owner: Actor) -> str:
    return f"/courts/late/?agency={owner.agency}&kind=decide_report"


def _entrusted(*, by: Actor, now: datetime) -> None:
    report = factories.report(by=by, now=now)
    agencies.admit(
        **beside(report),
        ground=AdmissionGround.ROUTED,
        purpose=Purpose.CHILDREN,
        until=None,
        staff_id=by.staff,
        by=by,
        now=now,
    )


def _referred(*, by: Actor, now: datetime) -> None:
    shared.referred(factories.case(by=by, now=now), by=by, now=now)


LISTS: tuple[Listed, ...] = (
    Listed("duties:index", "/", 32, factories.issued),
    Listed("duties:section", "/duties/no-term/", 26, factories.issued),
    Listed("reports:index", "/reports/", 16, factories.report),
    Listed("cases:index", "/cases/", 16, factories.case),
    Listed("offences:index", "/offences/", 16, factories.offence),
    Listed("orders:index", "/orders/", 18, factories.served),
    Listed("courts:index", "/courts/", 20, made.sent, login="clerk"),
    Listed("entrusted:index", "/entrusted/", 16, _entrusted),
    Listed("referrals:index", "/referrals/", 20, _referred, login="centre"),
    Listed("courts:late", _late, 20, factories.report, login="prosecutor"),
)
