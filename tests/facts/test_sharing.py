"""Referrals, transfers, withdrawals of consent, records destroyed: told once each, from where they were offered."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from qorgan.agencies import queries as agencies
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.cases.terms import Decline, Why
from qorgan.facts.collect import trace
from qorgan.facts.models import Fact
from qorgan.facts.queries import Selection
from qorgan.facts.terms import CountingUnit, FactKind
from qorgan.shredding import queries as shredding
from tests import factories
from tests.cases import shared
from tests.conftest import actor
from tests.facts.test_collect import collect_all, facts
from tests.roles import as_process
from tests.shredding import made

HOUR = timedelta(hours=1)


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


def _kinds() -> set[str]:
    with as_process(Process.STATISTICS):
        told = Fact.objects.filter(withdrawn=False).exclude(kind__startswith="report.").exclude(kind="case.opened")
        return set(told.values_list("kind", flat=True))


def test_a_referral_is_offered_then_accepted_and_belongs_to_its_thread(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    collect_all(now)
    assert _kinds() == {"referral.offered"}
    shared.answered(referral, "centre", now=now + 5 * HOUR)
    collect_all(now + 6 * HOUR)
    (report,), (offered,), (accepted,) = (
        facts(kind) for kind in (FactKind.REPORT_REGISTERED, FactKind.REFERRAL_OFFERED, FactKind.REFERRAL_ACCEPTED)
    )
    assert offered.link == accepted.link
    assert offered.root == accepted.root == report.link
    assert (offered.code, offered.on, offered.region) == ("refuge", date(2026, 11, 20), 79)
    assert (offered.hours, accepted.hours) == (Decimal("1.000"), Decimal("6.000"))


def test_a_referral_declined_and_one_that_lapsed_were_offered_all_the_same(
    owner: Actor, case: Case, now: datetime
) -> None:
    shared.house_rule("sharing.answer", 48, now=now)
    first = shared.referred(case, by=owner, now=now)
    centre = actor("centre")
    with acting(centre):
        cases.decline(referral_id=first.id, why=Decline.NO_PLACE, by=centre, now=now + HOUR)
    cases.refer(case=case, part=shared.part(now=now), by=owner, now=now + 2 * HOUR)
    system = agencies.system("tests")
    with acting(system):
        cases.lapse(by=system, now=now + 51 * HOUR)
    collect_all(now + 52 * HOUR)
    assert _kinds() == {"referral.offered", "referral.declined", "referral.lapsed"}
    assert len(facts(FactKind.REFERRAL_OFFERED)) == 2


def test_a_transfer_is_told_where_it_was_offered_also_after_the_case_has_moved_and_never_why(
    owner: Actor, case: Case, now: datetime
) -> None:
    head = actor("head")
    whole = cases.Whole(agency_id=actor("abai").agency, why=Why.CONFLICT)
    with acting(head):
        referral = cases.transfer(case=case, whole=whole, by=head, now=now)
    collect_all(now)
    shared.answered(referral, "abai", now=now + HOUR)
    collect_all(now + 2 * HOUR)
    (offered,), (accepted,) = facts(FactKind.TRANSFER_OFFERED), facts(FactKind.TRANSFER_ACCEPTED)
    assert offered.region == accepted.region == 79
    assert offered.code is None and accepted.code is None
    assert FactKind.TRANSFER_OFFERED.unit is CountingUnit.TRANSFER


def test_a_consent_withdrawn_is_one_fact_and_one_that_stands_is_none(owner: Actor, case: Case, now: datetime) -> None:
    consent = shared.consent(case, by=owner, now=now)
    collect_all(now)
    assert _kinds() == set()
    cases.withdraw(case=case, consent_id=consent.id, by=owner, now=now + HOUR)
    collect_all(now + 2 * HOUR)
    assert collect_all(now + 3 * HOUR).facts == 0
    (withdrawn,) = facts(FactKind.CONSENT_WITHDRAWN)
    assert (withdrawn.code, withdrawn.region, withdrawn.hours) == ("refuge", 79, Decimal("2.000"))


def test_figures_of_what_was_shared_lead_to_the_case(owner: Actor, case: Case, now: datetime) -> None:
    consent = shared.consent(case, by=owner, now=now)
    cases.refer(case=case, part=shared.part(now=now), by=owner, now=now)
    cases.withdraw(case=case, consent_id=consent.id, by=owner, now=now + HOUR)
    moment = collect_all(now + 2 * HOUR).as_of
    assert moment is not None
    with as_process(Process.COLLECTOR):
        for kind in (FactKind.REFERRAL_OFFERED, FactKind.CONSENT_WITHDRAWN):
            selection = Selection(kind, date(2026, 11, 1), date(2026, 11, 30), moment)
            assert trace.records_behind(selection) == [case.pk]


def test_a_record_destroyed_is_a_fact_without_a_thread_and_what_it_told_before_stays(
    owner: Actor, now: datetime
) -> None:
    case = made.closed(by=owner, now=now - timedelta(days=3))
    collect_all(now)
    before = _kinds()
    head, prosecutor = actor("head"), actor("prosecutor")
    record = shredding.of_case(case)
    made.destroyed(record, asks=head, confirms=prosecutor, system=agencies.system("tests"), now=now)
    collect_all(now + 2 * HOUR)
    assert _kinds() == before | {"destruction.done"}
    (done,) = facts(FactKind.DESTRUCTION_DONE)
    assert (done.code, done.root, done.region) == ("case", None, 79)
