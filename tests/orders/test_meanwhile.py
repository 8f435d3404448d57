"""Two people at one record: the second is told who was first and when, and writes over nobody."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from qorgan.base.errors import ChangedMeanwhile
from qorgan.base.scope import Actor
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.cases.rules import CaseClosed
from qorgan.cases.terms import Role, Speaker
from qorgan.orders import actions, queries, rules
from qorgan.orders.models import Order
from qorgan.orders.terms import Finding, Receipt, State
from qorgan.people.actions import Named
from qorgan.reports import actions as reports
from qorgan.reports.terms import State as ReportState
from tests import factories


def _told(refused: pytest.ExceptionInfo[ChangedMeanwhile]) -> tuple[datetime | None, UUID | None]:
    return refused.value.at, refused.value.by


def test_an_order_served_meanwhile_is_not_cancelled_by_who_saw_it_unserved(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    order = factories.issued(by=owner, now=now)
    later = now + timedelta(hours=1)
    service = actions.Service(at=later, receipt=Receipt.SIGNED)
    actions.serve(order=order, service=service, by=colleague, now=later, seen=order.version)
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.cancel(order=order, why="прокурор", by=owner, now=later, seen=order.version)
    assert _told(refused) == (later, colleague.staff_id)
    held = Order.objects.get(pk=order.pk)
    assert (held.state, refused.value.stands) == (State.SERVED, held.version)
    assert actions.cancel(order=held, why="прокурор", by=owner, now=later, seen=held.version).state == State.CANCELLED


def test_every_act_on_an_order_asks_what_was_seen(owner: Actor, now: datetime) -> None:
    draft = factories.draft(by=owner, now=now)
    with pytest.raises(ChangedMeanwhile):
        actions.issue(order=draft, by=owner, now=now, seen=draft.version + 1)
    issued = actions.issue(order=draft, by=owner, now=now, seen=draft.version)
    service = actions.Service(at=now, receipt=Receipt.SIGNED)
    with pytest.raises(ChangedMeanwhile):
        actions.serve(order=issued, service=service, by=owner, now=now, seen=draft.version)
    served = actions.serve(order=issued, service=service, by=owner, now=now, seen=issued.version)
    found = {"step": 1, "finding": Finding.NO_BREACH, "note": ""}
    with pytest.raises(ChangedMeanwhile):
        actions.check(order=served, by=owner, now=now, seen=issued.version, **found)  # type: ignore[arg-type]  # told by name
    actions.check(order=served, by=owner, now=now, seen=served.version, **found)  # type: ignore[arg-type]  # as above


def test_what_was_never_shown_is_not_compared(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    actions.check(order=order, step=1, finding=Finding.NO_BREACH, note="", by=owner, now=now)
    actions.cancel(order=order, why="прокурор", by=owner, now=now)


def test_a_second_draft_in_a_case_says_that_there_is_a_first(owner: Actor, colleague: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    seen = queries.count_of_case(case.id)
    first = factories.draft(by=colleague, now=now, held=case)
    parts = {role: person.id for role, person in case_queries.persons(case)}
    written = actions.Draft(parts[Role.OFFENDER], (parts[Role.VICTIM],), factories.WORDS)
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.draft(case=case, draft=written, by=owner, now=now, seen=seen)
    assert _told(refused) == (first.drafted_at, colleague.staff_id)
    with pytest.raises(rules.DraftStands, match=first.number):
        actions.draft(case=case, draft=written, by=owner, now=now, seen=refused.value.stands)
    actions.issue(order=first, by=owner, now=now)
    actions.draft(case=case, draft=written, by=owner, now=now, seen=refused.value.stands)


def test_a_person_named_meanwhile_is_told_and_an_account_is_no_hindrance(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    case = factories.case(by=owner, now=now)
    seen = case_queries.stands(case)
    said = {"speaker": Speaker.WITNESS, "words": "Естідім.", "source": "қоңырау", "said_at": now}
    cases.write_account(case=case, by=colleague, now=now, seen=seen.accounts, **said)  # type: ignore[arg-type]  # told by name
    child, role = Named(written="Сәрсенбай Аяла Нұрлыбекқызы"), Role.CHILD
    cases.add_person(case=case, named=child, role=role, by=colleague, now=now, seen=seen.people)
    with pytest.raises(ChangedMeanwhile) as refused:
        cases.add_person(case=case, named=child, role=role, by=owner, now=now, seen=seen.people)
    assert _told(refused) == (now, colleague.staff_id)
    with pytest.raises(ChangedMeanwhile):
        cases.write_account(case=case, by=owner, now=now, seen=seen.accounts, **said)  # type: ignore[arg-type]  # told by name
    with pytest.raises(ChangedMeanwhile):
        cases.close(case=case, by=owner, now=now, seen=seen.whole)
    cases.close(case=case, by=owner, now=now, seen=case_queries.stands(case).whole)


def test_a_case_closed_meanwhile_says_who_closed_it(owner: Actor, colleague: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    seen = case_queries.stands(case)
    cases.close(case=case, by=colleague, now=now)
    named = {"named": Named(written="Сәрсенбай Аяла"), "role": Role.CHILD}
    with pytest.raises(ChangedMeanwhile) as refused:
        cases.add_person(case=case, by=owner, now=now, seen=seen.people, **named)  # type: ignore[arg-type]  # told by name
    assert _told(refused) == (now, colleague.staff_id)
    with pytest.raises(CaseClosed):
        cases.add_person(case=case, by=owner, now=now, seen=refused.value.stands, **named)  # type: ignore[arg-type]  # told by name


def test_a_report_decided_meanwhile_says_who_decided(owner: Actor, colleague: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    cases.open_from_report(report=report, by=colleague, now=now, seen=report.version)
    with pytest.raises(ChangedMeanwhile) as refused:
        reports.decide(report_id=report.id, state=ReportState.WRITTEN_OFF, by=owner, now=now, seen=report.version)
    assert _told(refused) == (now, colleague.staff_id)
