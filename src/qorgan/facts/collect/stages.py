"""What is collected: of which records, how they tell it, and what hangs on what.

A new stage is one line here, its words in `engine/words`, and a file of this folder that tells.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import models

from qorgan.agencies.models import Block, Opening
from qorgan.cases.models import (
    Account,
    Case,
    Consent,
    Contradiction,
    Finding,
    Recommendation,
    Referral,
    Review,
    Telling,
)
from qorgan.courts.models import CourtCase
from qorgan.duties.models import Escalation
from qorgan.facts.collect import (
    alarms,
    children,
    contacts,
    courts,
    dangers,
    destructions,
    escalations,
    laws,
    offences,
    orders,
    reports,
    reviews,
    said,
    sharing,
)
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.rows import Told
from qorgan.facts.terms import Thing
from qorgan.law.models import AwaitedReport
from qorgan.missing.models import Alarm
from qorgan.offences.models import Offence
from qorgan.orders.models import Order
from qorgan.reports.models import Contact, Report
from qorgan.risk.models import Assessment, Lowering, Measure
from qorgan.shredding.models import Destruction


class Tell(Protocol):
    """What the records of `ids`, and those that belong to them, tell now."""

    def __call__(self, ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]: ...


Hanging = Callable[[Collection[Id]], list[Id]]
ByMonth = Callable[[date | None], list[Id]]


def _nothing(_ids: Collection[Id]) -> list[Id]:
    return []


@dataclass(frozen=True)
class Stage:
    """One kind of record that tells facts. `thing` is what the journal calls it.

    `of_cases` and `of_reports` name its records that hang on cases, and on reports without a case: when those change,
    so may the thread it tells. `by_month` names those of which something happened since a day that our rooms of the
    journal do not say: reviews, told when the month is over, and contacts and measures whose duty was
    laid or done, duties that were escalated.
    """

    thing: Thing
    model: type[models.Model]
    tell: Tell
    of_cases: Hanging = _nothing
    of_reports: Hanging = _nothing
    by_month: ByMonth | None = None


# Earlier records are told first: what hangs on them is then read at least as new.
STAGES: tuple[Stage, ...] = (
    Stage(Thing.REPORT, Report, reports.tell),
    Stage(Thing.ORDER, Order, orders.tell, orders.of_cases),
    Stage(Thing.OFFENCE, Offence, offences.tell, offences.of_cases, offences.of_reports),
    Stage(Thing.COURT_CASE, CourtCase, courts.tell, courts.of_cases, courts.of_reports),
    Stage(Thing.REFERRAL, Referral, sharing.tell_referrals, sharing.referrals_of_cases),
    Stage(Thing.CONSENT, Consent, sharing.tell_consents, sharing.consents_of_cases),
    Stage(Thing.DESTRUCTION, Destruction, destructions.tell),
    Stage(Thing.CONTACT, Contact, contacts.tell, by_month=contacts.checked_since),
    Stage(Thing.BLOCK, Block, reviews.tell_blocks, by_month=reviews.blocks_since),
    Stage(Thing.OPENING, Opening, reviews.tell_openings, by_month=reviews.openings_since),
    Stage(Thing.ALARM, Alarm, alarms.tell, alarms.of_cases),
    Stage(Thing.CASE, Case, dangers.tell_cases, dangers.cases),
    Stage(Thing.ASSESSMENT, Assessment, dangers.tell_assessments, dangers.of_cases),
    Stage(Thing.MEASURE, Measure, dangers.tell_measures, dangers.measures_of_cases, by_month=dangers.measures_since),
    Stage(Thing.LOWERING, Lowering, dangers.tell_lowerings, dangers.lowerings_of_cases),
    Stage(Thing.AWAITED_REPORT, AwaitedReport, laws.tell),
    Stage(Thing.ESCALATION, Escalation, escalations.tell, by_month=escalations.since),
    Stage(Thing.TELLING, Telling, children.tell_tellings, children.tellings_of_cases),
    Stage(Thing.RECOMMENDATION, Recommendation, children.tell_advice, children.advice_of_cases),
    Stage(Thing.ACCOUNT, Account, said.tell_accounts, said.accounts_of_cases),
    Stage(Thing.FINDING, Finding, said.tell_findings, said.findings_of_cases),
    Stage(Thing.CONTRADICTION, Contradiction, said.tell_contradictions, said.contradictions_of_cases),
    Stage(Thing.REVIEW, Review, said.tell_reviews, said.reviews_of_cases),
)

# Who changes what facts are told from. A look, a duty, a message about a record says nothing new of it.
ROOMS = frozenset({"cases", *(stage.model._meta.app_label for stage in STAGES if stage.by_month is None)})
