"""A case from its report to its end: one owner, every voice beside the others, nothing after the close."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries, rules
from qorgan.cases.models import Account, Case
from qorgan.cases.terms import Role, Speaker, State
from qorgan.duties.models import Duty
from qorgan.people.actions import Named
from qorgan.reports.models import Report
from qorgan.reports.rules import AlreadyDecided
from tests import factories
from tests.conftest import actor


def _account(case: Case, words: str, *, by: Actor, now: datetime, speaker: Speaker = Speaker.VICTIM) -> Account:
    return actions.write_account(case=case, speaker=speaker, words=words, source="әңгіме", said_at=now, by=by, now=now)


def test_a_case_takes_its_report_up_with_everyone_named_in_it(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now, reporter=Named(written="Көрші"))
    case = actions.open_from_report(report=report, by=owner, now=now)
    assert case.number.startswith("ШЫМ-26-")
    assert (case.owner_id, case.opened_by, case.territory_id) == (owner.staff_id, owner.staff_id, report.territory_id)
    assert [(role, person.name) for role, person in queries.persons(case)] == [
        (Role.VICTIM, factories.WOMAN.written),
        (Role.OFFENDER, factories.MAN.written),
        (Role.WITNESS, "Көрші"),
    ]
    assert queries.report_ids(case) == [report.id]
    assert queries.case_of_report(report.id) == case
    held = Report.objects.get(pk=report.pk)
    assert (held.state, held.decided_at) == ("taken_up", now)
    assert Duty.objects.get(thing_id=report.id).done_at == now


def test_the_desks_words_stand_as_the_first_account_and_under_the_key_of_the_case(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    (account,) = queries.accounts(case)
    assert (account.speaker, account.words) == (Speaker.DESK, factories.WORDS)
    report = Report.objects.get(pk=queries.report_ids(case)[0])
    assert (account.source, account.said_at) == (report.kui_no, report.registered_at)
    assert case.key_id != report.key_id


def test_a_report_without_a_text_gives_a_case_without_an_account(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now, narrative="")
    assert queries.accounts(actions.open_from_report(report=report, by=owner, now=now)) == []


def test_the_regime_is_that_of_the_day_of_the_report(owner: Actor, now: datetime) -> None:
    then = datetime(2026, 3, 1, 18, 30, tzinfo=now.tzinfo)  # half past eleven at night, the day before the new law
    report = factories.report(by=owner, now=then, registered_at=then)
    old = actions.open_from_report(report=report, by=owner, now=now)
    assert old.regime != factories.case(by=owner, now=now).regime


def test_a_report_is_taken_up_once(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    actions.open_from_report(report=report, by=owner, now=now)
    with pytest.raises(AlreadyDecided):
        actions.open_from_report(report=report, by=owner, now=now)
    assert Case.objects.count() == 1


def test_accounts_stand_side_by_side_and_none_overwrites_another(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    said = {Speaker.VICTIM: "Ол ұрды", Speaker.OFFENDER: "Мен тиіскен жоқпын", Speaker.WITNESS: "Айғай естідім"}
    for minutes, (speaker, words) in enumerate(said.items(), start=1):
        _account(case, words, by=owner, now=now + timedelta(minutes=minutes), speaker=speaker)
    _account(case, "Ол итерді", by=owner, now=now + timedelta(days=1))
    voices = [(account.speaker, account.words) for account in queries.accounts(case)]
    assert voices == [(Speaker.DESK, factories.WORDS), *said.items(), (Speaker.VICTIM, "Ол итерді")]


def test_an_account_without_words_is_refused(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    for nothing in ("", " \n\t"):
        with pytest.raises(rules.NothingWasSaid):
            _account(case, nothing, by=owner, now=now)
    assert len(queries.accounts(case)) == 1


def test_one_more_person_joins_with_her_part(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    child = actions.add_person(case=case, named=Named(written="Айша"), role=Role.CHILD, by=owner, now=now)
    assert queries.persons(case)[-1][0] is Role.CHILD
    entry = JournalEntry.objects.get(kind="cases.person.joined")
    assert entry.detail == {"role": "child", "person": str(child.id)}


def _writes(case: Case, by: Actor, now: datetime) -> dict[str, Callable[[], object]]:
    """Everything that can be written into a case."""
    return {
        "account": lambda: _account(case, "кейін", by=by, now=now),
        "person": lambda: actions.add_person(case=case, named=factories.MAN, role=Role.WITNESS, by=by, now=now),
        "close": lambda: actions.close(case=case, by=by, now=now),
        "order": lambda: factories.draft(by=by, now=now, held=case),
    }


@pytest.mark.parametrize("write", ["account", "person", "close", "order"])
def test_nothing_is_written_into_a_closed_case_not_even_from_a_page_opened_before(
    owner: Actor, now: datetime, write: str
) -> None:
    opened_before = factories.case(by=owner, now=now)
    closed = actions.close(case=Case.objects.get(pk=opened_before.pk), by=owner, now=now)
    assert (closed.state, closed.closed_at, closed.closed_by, closed.version) == (State.CLOSED, now, owner.staff_id, 2)
    assert opened_before.state == State.OPEN  # as the page still believes
    with pytest.raises(rules.CaseClosed, match=closed.number):
        _writes(opened_before, owner, now)[write]()


@pytest.mark.parametrize("write", ["account", "person", "close"])
def test_for_a_stranger_there_is_no_such_case(owner: Actor, stranger: Actor, now: datetime, write: str) -> None:
    case = factories.case(by=owner, now=now)
    with acting(stranger):
        with pytest.raises(NotFound):
            _writes(case, stranger, now)[write]()
        assert queries.find(case.id) is None
        assert queries.by_number(case.number) is None
        assert list(queries.newest()) == []


@pytest.mark.parametrize("write", ["account", "person", "close", "order"])
def test_the_prosecutor_sees_the_case_and_changes_nothing(
    owner: Actor, excluded: Actor, now: datetime, write: str
) -> None:
    case = factories.case(by=owner, now=now)
    with acting(excluded):
        assert queries.find(case.id) == case
        with pytest.raises(NotAllowed):
            _writes(case, excluded, now)[write]()


def test_a_call_taker_opens_no_case(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    with acting(caller := actor("calltaker")), pytest.raises(NotAllowed):
        actions.open_from_report(report=report, by=caller, now=now)


def test_the_timeline_tells_report_opening_and_close_in_order(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    closed = actions.close(case=case, by=owner, now=now + timedelta(days=1))
    lines = sorted(queries.timeline(closed), key=lambda line: line.at)
    assert [line.kind for line in lines] == ["report_registered", "case_opened", "case_closed"]
    assert lines[0].detail["number"] == Report.objects.get().number
