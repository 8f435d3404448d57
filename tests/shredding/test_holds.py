"""An office forbids that a case is destroyed; who is asked to confirm a destruction has a duty to answer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from qorgan.agencies import actions as staff
from qorgan.agencies.terms import BlockGround
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.keys import vault
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Case
from qorgan.duties import queries as due
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.shredding import actions, queries, rules
from qorgan.shredding.models import Destruction, LegalHold
from qorgan.shredding.terms import Hold, Thing
from tests.conftest import actor
from tests.shredding import made

WHY = "Апелляциялық сот істі сұратты, № 3-114"


@pytest.fixture
def head(db: None) -> Actor:
    return actor("head")


@pytest.fixture
def prosecutor(db: None) -> Actor:
    return actor("prosecutor")


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    """A case at its end."""
    return made.closed(by=owner, now=now - timedelta(days=3))


def forbidden(case: Case, *, by: Actor, now: datetime, until: datetime | None = None) -> LegalHold:
    with acting(by):
        return actions.hold(case=case, reason=WHY, until=until, by=by, now=now)


def holds(case: Case, *, by: Actor, now: datetime) -> list[Hold]:
    with acting(by):
        return queries.holds(queries.of_case(case), now=now)


@pytest.mark.parametrize("login", ["head", "prosecutor", "clerk"])
def test_the_head_a_prosecutor_and_a_court_forbid_and_nothing_of_the_case_is_destroyed(
    case: Case, head: Actor, login: str, now: datetime
) -> None:
    held = forbidden(case, by=actor(login), now=now)
    assert queries.why_held(held) == (WHY, "")
    with acting(head), translation.override("en"):
        for record in queries.records_of(case):
            with pytest.raises(rules.StillNeeded, match=r"^Nothing is destroyed yet: .*forbidden to destroy it\.$"):
                made.asked(record, by=head, now=now)
    told = JournalEntry.objects.get(kind="shredding.legal_hold.laid")
    assert told.detail["case"] == str(case.id)
    assert WHY not in str(told.detail)


@pytest.mark.parametrize("login", ["inspector", "desk", "admin", "calltaker"])
def test_nobody_else_forbids(case: Case, login: str, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        forbidden(case, by=actor(login), now=now)


def test_what_was_asked_before_is_not_confirmed_while_it_is_forbidden(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    with acting(head):
        asked = made.asked(queries.of_case(case), by=head, now=now)
    clerk = actor("clerk")
    held = forbidden(case, by=clerk, now=now)
    with acting(prosecutor), pytest.raises(rules.StillNeeded):
        actions.confirm(destruction=asked, by=prosecutor, now=now)
    with acting(clerk):
        actions.lift(hold=held, why="Іс қайтарылды", by=clerk, now=now)
    with acting(prosecutor):
        actions.confirm(destruction=asked, by=prosecutor, now=now)


def test_a_ban_ends_at_its_moment_by_itself(case: Case, head: Actor, now: datetime) -> None:
    forbidden(case, by=head, now=now, until=now + timedelta(days=30))
    assert holds(case, by=head, now=now + timedelta(days=30, seconds=-1)) == [Hold.BANNED]
    assert holds(case, by=head, now=now + timedelta(days=30)) == []


def test_each_office_lifts_its_own_and_only_the_last_one_frees_the_case(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    own, other = forbidden(case, by=head, now=now), forbidden(case, by=prosecutor, now=now)
    with acting(prosecutor), pytest.raises(rules.NotYourHold):
        actions.lift(hold=own, why="Қажет емес", by=prosecutor, now=now)
    with acting(head):
        lifted = actions.lift(hold=own, why="Қажет емес", by=head, now=now, seen=1)
        assert queries.why_held(lifted) == (WHY, "Қажет емес")
        with pytest.raises(rules.HoldLifted):
            actions.lift(hold=own, why="Қажет емес", by=head, now=now)
        with pytest.raises(ChangedMeanwhile):
            actions.lift(hold=own, why="Қажет емес", by=head, now=now, seen=1)
    assert holds(case, by=head, now=now) == [Hold.BANNED]
    with acting(prosecutor):
        actions.lift(hold=other, why="Қажет емес", by=prosecutor, now=now)
    assert holds(case, by=head, now=now) == []


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"reason": " "}, rules.HoldWithoutReason), ({"until": -1}, rules.HoldEndsBefore)],
)
def test_a_ban_has_a_reason_and_an_end_that_is_ahead(
    case: Case, head: Actor, now: datetime, said: dict[str, Any], refusal: type[Exception]
) -> None:
    until = now + timedelta(days=said["until"]) if "until" in said else None
    with acting(head), pytest.raises(refusal):
        actions.hold(case=case, reason=said.get("reason", WHY), until=until, by=head, now=now)


def test_what_two_people_have_confirmed_is_no_longer_forbidden(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    with acting(head):
        asked = made.asked(queries.of_case(case), by=head, now=now)
    with acting(prosecutor):
        actions.confirm(destruction=asked, by=prosecutor, now=now)
        with pytest.raises(rules.TooLateToHold):
            actions.hold(case=case, reason=WHY, until=None, by=prosecutor, now=now)


def test_of_a_ban_in_another_region_nothing_is_seen(case: Case, head: Actor, stranger: Actor, now: datetime) -> None:
    held = forbidden(case, by=head, now=now)
    there = actor("abaihead")
    with acting(there):
        assert queries.find_hold(held.id) is None
        with pytest.raises(NotFound):
            actions.lift(hold=held, why="Қажет емес", by=there, now=now)
        with pytest.raises(NotFound):
            actions.hold(case=case, reason=WHY, until=None, by=there, now=now)


def test_why_it_was_forbidden_goes_with_the_case(case: Case, head: Actor, prosecutor: Actor, now: datetime) -> None:
    from qorgan.agencies import queries as agencies

    forbidden(case, by=head, now=now - timedelta(days=1), until=now)
    made.destroyed(queries.of_case(case), asks=head, confirms=prosecutor, system=agencies.system("tests"), now=now)
    with acting(head):
        held = LegalHold.objects.get()
        with pytest.raises(vault.Shredded):
            vault.open(held.reason, at="shredding.legal_hold.reason")
        assert WHY not in str(queries.why_held(held))


# The duty to answer


def laid(asked: Destruction, *, by: Actor) -> Duty:
    with acting(by):
        return Duty.objects.get(kind=Kind.CONFIRM_DESTRUCTION, thing_id=asked.id)


@pytest.mark.parametrize("answer", ["confirm", "decline"])
def test_to_answer_is_a_duty_of_the_prosecutors_office_until_it_is_answered(
    case: Case, head: Actor, prosecutor: Actor, now: datetime, answer: str
) -> None:
    with acting(head):
        asked = made.asked(queries.of_case(case), by=head, now=now)
    duty = laid(asked, by=prosecutor)
    assert (duty.agency_id, duty.thing, duty.due_at, duty.done_at) == (prosecutor.agency, "destruction", None, None)
    with acting(prosecutor):
        assert list(due.laid_on(prosecutor.agency, kind=Kind.CONFIRM_DESTRUCTION)) == [duty]
        label = queries.for_duties([asked.id])[asked.id]
        assert (label.case_number, label.about) == (case.number, str(Thing.CASE.label))
        getattr(actions, answer)(destruction=asked, by=prosecutor, now=now + timedelta(hours=2))
    done = laid(asked, by=prosecutor)
    assert (done.done_at, done.done_by) == (now + timedelta(hours=2), prosecutor.staff)


def test_a_term_that_the_deployment_entered_is_the_clock_of_the_answer(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    from qorgan.law import actions as law

    admin = actor("admin")
    with acting(admin):
        law.enter_value(
            key=queries.ANSWERED,
            value=3,
            valid_from=now.date() - timedelta(days=30),
            citation=law.Citation(document="Бұйрық № 12, 01.10.2026", article="4"),
            by=admin,
            now=now,
        )
    with acting(head):
        asked = made.asked(queries.of_case(case), by=head, now=now)
    duty = laid(asked, by=prosecutor)
    assert duty.due_at is not None
    assert timedelta(days=2) < duty.due_at - now < timedelta(days=8)


def test_a_prosecutor_shut_out_of_the_file_is_not_asked(
    case: Case, head: Actor, prosecutor: Actor, now: datetime
) -> None:
    with acting(head):
        staff.block(
            staff_id=prosecutor.staff,
            thread_id=case.thread_id,
            territory_id=case.territory_id,
            ground=BlockGround.KIN,
            by=head,
            now=now,
        )
        asked = made.asked(queries.of_case(case), by=head, now=now)
        found = Duty.objects.filter(kind=Kind.CONFIRM_DESTRUCTION, thing_id=asked.id)
        assert prosecutor.agency not in set(found.values_list("agency_id", flat=True))
