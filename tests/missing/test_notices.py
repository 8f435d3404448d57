"""The public page: two people, an address that does not last, and a child who is never named again."""

from datetime import datetime, timedelta

import pytest

from qorgan.base.errors import NotAllowed
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.missing import actions, queries, rules
from qorgan.missing.models import Alarm, Notice, Poster, Unnamed
from qorgan.missing.terms import Posted, Words
from qorgan.offences import actions as offences
from tests import factories
from tests.conftest import actor
from tests.missing import made
from tests.roles import as_process

RAPE = {"code": "CC", "article": "120"}


def _page(token: str, *, at: datetime) -> queries.Page:
    found = queries.page_at(token, now=at)
    assert found is not None
    return found


def test_nothing_stands_before_a_second_person_approved_it(owner: Actor, colleague: Actor, now: datetime) -> None:
    notice = made.proposed(by=owner, now=now)
    assert not Poster.objects.exists()
    with pytest.raises(NotAllowed):
        actions.approve(notice=notice, by=owner, now=now)
    stood = actions.approve(notice=notice, by=colleague, now=now)
    assert _page(stood.token, at=now).words == made.TEXTS


def test_whoever_may_approve_does_not_approve_her_own_words(colleague: Actor, now: datetime) -> None:
    with acting(colleague):
        notice = made.proposed(by=colleague, now=now)
        with pytest.raises(rules.SamePerson):
            actions.approve(notice=notice, by=colleague, now=now)


def test_the_address_is_never_used_twice_and_ends_by_itself(owner: Actor, colleague: Actor, now: datetime) -> None:
    first = made.standing(by=owner, second=colleague, now=now)
    token = first.token
    end = now + timedelta(hours=72)
    assert _page(token, at=end - timedelta(seconds=1)).words
    assert _page(token, at=end).is_gone
    again = made.standing(by=owner, second=colleague, now=end, held=Alarm.objects.get())
    assert again.token != token


@pytest.mark.parametrize("how", ["alive", "dead", "rest", "down", "mark"])
def test_the_page_is_gone_with_the_commit_that_ends_it(owner: Actor, colleague: Actor, now: datetime, how: str) -> None:
    notice = made.standing(by=owner, second=colleague, now=now)
    token, alarm = notice.token, notice.alarm
    end = actions.End(place="мектеп", words="табылды", review_on=now.date() + timedelta(days=3))
    match how:
        case "alive":
            actions.found_alive(alarm=alarm, end=end, by=owner, now=now)
        case "dead":
            actions.found_dead(alarm=alarm, end=end, by=owner, now=now)
        case "rest":
            actions.rest(alarm=alarm, end=end, by=owner, now=now)
        case "down":
            actions.take_down(notice=notice, by=owner, now=now)
        case _:
            actions.mark(alarm=alarm, by=owner, now=now)
    with as_process(Process.PUBLIC):
        assert _page(token, at=now).is_gone
    assert Poster.objects.get().words == {}
    assert Notice.objects.get().token == ""


def test_the_public_process_reads_the_approved_words_and_no_record(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    notice = made.standing(by=owner, second=colleague, now=now)
    with as_process(Process.PUBLIC):
        assert _page(notice.token, at=now).words == made.TEXTS
        assert queries.page_at("another", now=now) is None


def test_a_sexual_offence_takes_the_page_down_and_nothing_is_published_again(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    notice = made.standing(by=owner, second=colleague, now=now)
    factories.offence(by=owner, now=now, case=notice.alarm.case, persons=(), **RAPE)
    assert _page(notice.token, at=now).is_gone
    with pytest.raises(rules.NeverNamed):
        actions.propose(alarm=notice.alarm, words=made.WORDS, by=owner, now=now)


def test_words_that_wait_when_the_offence_comes_are_never_approved(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    notice = made.proposed(by=owner, now=now)
    factories.offence(by=owner, now=now, case=notice.alarm.case, persons=(), **RAPE)
    with pytest.raises(rules.NoticeDecided):
        actions.approve(notice=notice, by=colleague, now=now)
    assert not Poster.objects.exists()


def test_an_offence_of_another_kind_changes_nothing_until_it_is_corrected(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    notice = made.standing(by=owner, second=colleague, now=now)
    offence = factories.offence(by=owner, now=now, case=notice.alarm.case, persons=())
    assert not _page(notice.token, at=now).is_gone
    written = offences.Written(code="CC", article="120", registered_at=now, acted_on=offence.acted_on)
    offences.correct(offence=offence, correction=written, why="сараптама", by=owner, now=now)
    assert _page(notice.token, at=now).is_gone


def test_an_offence_that_came_before_the_alarm_forbids_its_page_too(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    factories.offence(by=owner, now=now, report=report, persons=(), **RAPE)
    case = factories.cases.open_from_report(report=report, by=owner, now=now)
    child = factories.case_queries.persons(case)[0][1].id
    alarm = actions.raise_in_case(case=case, child_id=child, told=actions.Told(age=9), by=owner, now=now)
    with pytest.raises(rules.NeverNamed):
        actions.propose(alarm=alarm, words=made.WORDS, by=owner, now=now)


def test_the_mark_is_never_taken_back_by_the_annulment_of_the_offence(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    offence = factories.offence(by=owner, now=now, case=alarm.case, persons=(), **RAPE)
    assert Unnamed.objects.get().thread_id == alarm.thread_id
    offences.annul(offence=offence, why="тергеу", by=owner, now=now)
    with pytest.raises(rules.NeverNamed):
        actions.propose(alarm=alarm, words=made.WORDS, by=owner, now=now)


def test_words_stand_in_every_language_of_the_country_or_not_at_all(owner: Actor, now: datetime) -> None:
    alarm = made.alarm(by=owner, now=now)
    with pytest.raises(rules.NoWords):
        actions.propose(alarm=alarm, words=Words({"kk": "x", "ru": " "}), by=owner, now=now)
    with pytest.raises(rules.WordsTooLong):
        long = dict.fromkeys(made.TEXTS, "ө" * 1001)
        actions.propose(alarm=alarm, words=Words(long), by=owner, now=now)


def test_the_clock_empties_a_page_that_ran_out(owner: Actor, colleague: Actor, now: datetime) -> None:
    made.standing(by=owner, second=colleague, now=now)
    later = now + timedelta(hours=72)
    assert actions.expire(by=owner, now=later) == 1
    assert (Poster.objects.get().words, Notice.objects.get().state) == ({}, Posted.TAKEN_DOWN)


def test_a_page_of_elsewhere_is_no_page(owner: Actor, colleague: Actor, now: datetime) -> None:
    notice = made.proposed(by=owner, now=now)
    with acting(actor("abaihead")):
        assert queries.find_notice(notice.id) is None
