"""What the office above reads of a late duty, and says to it; whoever else asks is told nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.terms import BlockGround
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.duties import jobs, queries
from qorgan.duties.models import Duty, Escalation
from qorgan.duties.terms import Answer, Kind
from tests import factories
from tests.conftest import actor
from tests.roles import as_process
from tests.web.pages import signed_in

WORDS = "Жол жабық болды"


@pytest.fixture
def late(owner: Actor) -> Duty:
    """A report of four days ago without a decision, escalated to the head and to the prosecutor."""
    report = factories.report(by=owner, now=datetime.now(UTC) - timedelta(days=4))
    with as_process(Process.WORKER):
        jobs.escalate_all(by=offices.system("duties.escalate"))
    return Duty.objects.get(thing_id=report.id, kind=Kind.DECIDE_REPORT)


def _of(duty: Duty, role: str) -> Escalation:
    return next(one for one in queries.escalations_of(duty) if one.role == role)


@pytest.mark.parametrize(("who", "role"), [("head", "unit_head"), ("prosecutor", "prosecutor")])
def test_the_day_of_each_office_shows_what_waits_for_its_answer_until_it_has_one(
    late: Duty, who: str, role: str
) -> None:
    browser, held = signed_in(who), _of(late, role)
    address = f"/duties/escalated/{held.id}/"
    assert address in browser.get("/").content.decode()
    assert address in browser.get("/duties/escalated/").content.decode()
    page = browser.get(address).content.decode()
    assert "Late for longer than the rule allows" in page
    assert "a rule of the house" in page
    answer = browser.post(address, {"answer": "explained", "reason": WORDS, "seen": "0"})
    assert answer.status_code == 303
    assert address not in browser.get("/").content.decode()
    history = browser.get(f"/duties/{late.id}/").content.decode()
    assert WORDS in history
    assert "there is a reason" in history


def test_words_that_are_missing_are_asked_for_and_nothing_is_lost(late: Duty) -> None:
    browser, held = signed_in("head"), _of(late, "unit_head")
    address = f"/duties/escalated/{held.id}/"
    answer = browser.post(address, {"answer": "reassigned", "reason": "", "seen": "0"})
    assert answer.status_code == 422
    assert "Say to whom it went, or why it is late." in answer.content.decode()
    answer = browser.post(address, {"reason": WORDS, "seen": "0"})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()


def test_an_answer_that_was_overtaken_shows_both(late: Duty) -> None:
    browser, held, head = signed_in("head"), _of(late, "unit_head"), actor("head")
    with acting(head):
        from qorgan.duties import actions

        actions.answer(escalation_id=held.id, answer=Answer.EXPLAINED, reason="Науқас", by=head, now=datetime.now(UTC))
    answer = browser.post(f"/duties/escalated/{held.id}/", {"answer": "noted", "reason": WORDS, "seen": "0"})
    assert answer.status_code == 409
    assert WORDS in answer.content.decode()
    assert "Науқас" in answer.content.decode()


def test_a_colleague_a_stranger_and_who_is_shut_out_are_told_nothing(late: Duty) -> None:
    address = f"/duties/escalated/{_of(late, 'unit_head').id}/"
    assert signed_in("inspector").get(address).status_code == 403
    assert signed_in("prosecutor").get(address).status_code == 404
    assert signed_in("abaihead").get(address).status_code == 404
    head = actor("head")
    agencies.block(
        staff_id=head.staff, **beside(late), ground=BlockGround.KIN, by=actor("inspector"), now=datetime.now(UTC)
    )
    shut = signed_in("head")
    assert shut.get(address).status_code == 404
    assert address not in shut.get("/").content.decode()
    assert address not in shut.get("/duties/escalated/").content.decode()


def test_the_duty_shows_the_one_whose_it_is_to_whom_it_was_escalated(late: Duty) -> None:
    page = signed_in("inspector").get(f"/duties/{late.id}/").content.decode()
    assert "To whom it was escalated" in page
    assert "not answered yet" in page
