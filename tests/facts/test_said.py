"""Accounts, findings, contradictions, reviews: that they are there is told; never what was said, nor by whom."""

from datetime import datetime, timedelta
from decimal import Decimal

from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions
from qorgan.cases.terms import Outcome
from qorgan.facts.collect import trace
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from tests import factories
from tests.cases import disputed
from tests.conftest import actor
from tests.facts.test_collect import collect_all, facts
from tests.roles import as_process

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_accounts_findings_and_marks_are_told_by_role_and_kind_alone(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    mark = disputed.contradiction(case, by=owner, now=now)
    collect_all(now + HOUR)
    (account,) = facts(FactKind.ACCOUNT_KEPT)
    (finding,) = facts(FactKind.FINDING_GIVEN)
    (marked,) = facts(FactKind.CONTRADICTION_MARKED)
    assert (account.code, finding.code, marked.code) == ("relative", "forensic_medical", None)
    assert account.root is not None
    assert account.root == finding.root == marked.root
    assert collect_all(now + HOUR).facts == 0
    actions.unmark(case=case, contradiction_id=mark.id, why="басқа күн", by=owner, now=now)
    collect_all(now + 2 * HOUR)
    assert [one.withdrawn for one in facts(FactKind.CONTRADICTION_MARKED)] == [False, True]


def test_a_review_is_told_when_asked_for_and_when_answered_by_the_term_that_was_set(
    owner: Actor, now: datetime
) -> None:
    review = disputed.review(factories.case(by=owner, now=now), by=owner, now=now)
    collect_all(now + HOUR)
    assert (len(facts(FactKind.REVIEW_ASKED)), len(facts(FactKind.REVIEW_ANSWERED))) == (1, 0)
    assert facts(FactKind.REFERRAL_OFFERED) == [], "what opens the file is counted as the review"
    by = actor("ombudsman")
    with acting(by):
        disputed.read(review, now=now)
        actions.set_term(review_id=review.id, due_at=now + DAY, why="заңда жоқ", by=by, now=now)
        actions.answer_review(
            review_id=review.id, outcome=Outcome.PARTLY, reasons="толық емес", by=by, now=now + 2 * HOUR
        )
    collect_all(now + 3 * HOUR)
    (told,) = facts(FactKind.REVIEW_ANSWERED)
    assert (told.stage, told.code, told.hours) == ("in_time", "partly", Decimal("3.000"))


def test_an_answer_without_a_term_is_neither_in_time_nor_late(owner: Actor, now: datetime) -> None:
    review = disputed.review(factories.case(by=owner, now=now), by=owner, now=now)
    by = actor("ombudsman")
    with acting(by):
        actions.answer_review(review_id=review.id, outcome=Outcome.NOT_OURS, reasons="жоқ", by=by, now=now)
    collect_all(now + HOUR)
    assert [one.stage for one in facts(FactKind.REVIEW_ANSWERED)] == [None]


def test_the_collector_leads_a_figure_to_its_case(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    disputed.contradiction(case, by=owner, now=now)
    collect_all(now + HOUR)
    with as_process(Process.COLLECTOR):
        for kind in (FactKind.ACCOUNT_KEPT, FactKind.FINDING_GIVEN, FactKind.CONTRADICTION_MARKED):
            assert trace.records_behind(Selection(kind, now.date(), now.date(), now + 2 * HOUR)) == [case.id]
