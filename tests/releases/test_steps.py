"""The life of a release: built by one person, checked and published by another, revised or withdrawn with reasons."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import translation

from qorgan.base.errors import NotAllowed
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.releases import actions, queries
from qorgan.releases.models import BuildAnswer, BuildRequest, Release, ReleaseStep
from qorgan.releases.rules import (
    AlreadyDone,
    NoSuchRelease,
    NotNow,
    Overtaken,
    OwnRelease,
    ReasonNeeded,
    RevisionNeedsReason,
)
from qorgan.releases.terms import PUBLIC, TRANSITIONS, Stage, State
from tests.indicators.stored import store
from tests.indicators.strategies import START
from tests.releases.made import drafted
from tests.releases.test_build import CHECKER, LATER, SIGNER, STATISTICIAN, build, publish, rows
from tests.roles import as_process

pytestmark = pytest.mark.django_db
BOTH = Actor(name="Екеуі де", staff_id=UUID(int=1), permissions=STATISTICIAN.permissions | CHECKER.permissions)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


@pytest.fixture
def country(db: None) -> None:
    """A month with much in two regions, little in one, nothing elsewhere."""
    store(rows({75: 60, 79: 40, 10: 3}), moved_at=START)


@pytest.fixture
def draft(db: None) -> Release:
    """A draft of October, without the facts that it was drawn up from."""
    return drafted()


@pytest.fixture
def built(country: None) -> Release:
    """A draft of October, and its facts."""
    return build()


def state(release: Release) -> State:
    return queries.life(release).state


def test_release_is_drawn_up_checked_and_published_by_two_people(built: Release) -> None:
    assert state(built) is State.DRAFT
    actions.check(release=built, by=CHECKER, now=START)
    assert state(built) is State.CHECKED
    actions.publish(release=built, by=CHECKER, now=LATER)
    life = queries.life(built)
    assert life.state is State.PUBLISHED
    assert [(step.stage, step.name, step.role) for step in life.steps] == [
        ("built", "Статистик", "statistician"),
        ("checked", "Тексеруші", "checker"),
        ("published", "Тексеруші", "checker"),
    ]
    kinds = JournalEntry.objects.filter(thing_id=str(built.pk)).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == [f"releases.release.{stage}" for stage in ("built", "checked", "published")]


def test_nobody_checks_or_publishes_his_own_release(draft: Release) -> None:
    with pytest.raises(OwnRelease, match="second person"):
        actions.check(release=draft, by=BOTH, now=START)
    with pytest.raises(OwnRelease):
        actions.send_back(release=draft, reason="жоқ", by=BOTH, now=START)
    actions.check(release=draft, by=CHECKER, now=START)
    with pytest.raises(OwnRelease):
        actions.publish(release=draft, by=BOTH, now=START)


@pytest.mark.parametrize("stage", ["checked", "sent_back", "published"])
def test_database_itself_refuses_the_step_of_the_same_person(draft: Release, stage: str) -> None:
    with pytest.raises(IntegrityError, match="second person"), transaction.atomic():
        ReleaseStep.objects.create(
            release=draft, stage=stage, staff_id=STATISTICIAN.staff, name="x", role="checker", at=START, reason="x"
        )


def test_steps_are_never_changed_and_each_is_taken_once(draft: Release) -> None:
    publish(draft)
    with pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
        ReleaseStep.objects.filter(release=draft).update(name="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseStep.objects.create(
            release=draft, stage="published", staff_id=UUID(int=9), name="x", role="checker", at=START
        )


def test_statistician_publishes_nothing_and_checker_builds_nothing(draft: Release) -> None:
    for act in (actions.check, actions.publish):
        with pytest.raises(NotAllowed):
            act(release=draft, by=STATISTICIAN, now=START)
    with pytest.raises(NotAllowed):
        actions.withdraw(release=draft, reason="x", by=STATISTICIAN, now=START)
    with pytest.raises(NotAllowed):
        actions.ask(period="2026-10", reason="", language="kk", by=CHECKER, now=START)


def test_unchecked_release_is_not_published_and_a_draft_is_not_withdrawn(draft: Release) -> None:
    with pytest.raises(NotNow, match="draft"):
        actions.publish(release=draft, by=CHECKER, now=START)
    with pytest.raises(NotNow):
        actions.withdraw(release=draft, reason="қате", by=CHECKER, now=START)


def test_release_that_was_sent_back_ends_there_and_a_new_one_is_drawn_up(built: Release) -> None:
    with pytest.raises(ReasonNeeded):
        actions.send_back(release=built, reason="  ", by=CHECKER, now=START)
    actions.send_back(release=built, reason="Қостанай бойынша деректер толық емес", by=CHECKER, now=START)
    assert state(built) is State.SENT_BACK
    with pytest.raises(NotNow):
        actions.check(release=built, by=CHECKER, now=START)
    again = build()
    assert again.number == "2026-10-2"
    assert again.pk != built.pk


def test_second_publisher_is_told_who_was_first(draft: Release) -> None:
    publish(draft)
    second = Actor(name="Екінші", staff_id=UUID(int=3), permissions=CHECKER.permissions)
    with pytest.raises(AlreadyDone) as told:
        actions.publish(release=draft, by=second, now=LATER)
    assert str(told.value) == "Release 2026-10-1 was already published by Тексеруші."


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_publish_at_once_one_does_and_the_other_gets_one_sentence() -> None:
    store(rows({75: 60, 79: 40}), moved_at=START)
    release = build()
    actions.check(release=release, by=CHECKER, now=START)
    said: list[str] = []
    gate = threading.Barrier(2)

    def one(number: int) -> None:
        by = Actor(name=f"Тексеруші {number}", staff_id=UUID(int=number), permissions=CHECKER.permissions)
        try:
            translation.activate("en")
            gate.wait(10)
            actions.publish(release=release, by=by, now=START)
            said.append("published")
        except AlreadyDone as refused:
            said.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in (5, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said)[1] == "published"
    assert "was already published by Тексеруші" in sorted(said)[0]
    assert ReleaseStep.objects.filter(stage=Stage.PUBLISHED).count() == 1


def test_draft_is_nothing_to_the_public_and_a_withdrawn_release_is_a_notice(draft: Release) -> None:
    with as_process(Process.PUBLIC):
        assert Release.objects.count() == 0
        assert ReleaseStep.objects.count() == 0
        with pytest.raises(NoSuchRelease):
            queries.get("2026-10-1")
    publish(draft)
    with as_process(Process.PUBLIC):
        assert queries.latest() == draft
        assert [step.stage for step in ReleaseStep.objects.all()] == ["published"]
    actions.withdraw(release=draft, reason="Қате дерек", by=CHECKER, now=LATER)
    with as_process(Process.PUBLIC):
        assert queries.latest() is None
        life = queries.life(queries.get("2026-10-1"))
        assert life.is_withdrawn
        assert life.withdrawn is not None
        assert life.withdrawn.reason == "Қате дерек"


def test_public_may_not_read_names_of_requests_nor_write_a_step(draft: Release) -> None:
    with as_process(Process.PUBLIC):
        for model in (BuildAnswer, BuildRequest):
            with pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
                model.objects.count()


def test_revision_takes_the_place_of_the_release_when_it_is_published_and_not_before(built: Release) -> None:
    publish(built)
    store(rows({79: 5}, first=500, at=LATER), moved_at=LATER)
    revised = build(now=LATER, reason="кеш түскен хабарламалар")
    assert state(built) is State.PUBLISHED
    assert queries.latest() == built
    publish(revised, now=LATER)
    life = queries.life(built)
    assert (life.state, life.revised_by) == (State.REVISED, "2026-10-2")
    assert queries.latest() == revised


def test_draft_that_another_release_has_overtaken_is_not_published(built: Release) -> None:
    store(rows({79: 5}, first=500, at=LATER), moved_at=LATER)
    second = build(now=LATER)
    publish(built)
    with pytest.raises(Overtaken, match="2026-10-1"):
        actions.check(release=second, by=CHECKER, now=LATER)


def test_after_a_withdrawal_the_next_release_says_what_it_replaces(built: Release) -> None:
    publish(built)
    actions.withdraw(release=built, reason="Қате дерек", by=CHECKER, now=LATER)
    with pytest.raises(RevisionNeedsReason):
        build(now=LATER)
    again = build(now=LATER, reason="Қате түзетілді")
    assert again.revises == built.number
    publish(again, now=LATER)
    assert queries.latest() == again


def ask(reason: str = "", period: str = "2026-10") -> BuildAnswer:
    asked = actions.ask(period=period, reason=reason, language="en", by=STATISTICIAN, now=START)
    system = Actor(name="releases.work", role="system")
    with as_process(Process.STATISTICS):
        assert queries.unanswered() == asked
        return actions.answer(request=asked, signer=SIGNER, by=system, now=LATER)


def test_what_the_pages_ask_for_is_built_in_the_name_of_the_person_who_asked(country: None) -> None:
    found = ask()
    assert found.release is not None
    assert queries.life(found.release).steps[0].staff_id == STATISTICIAN.staff_id
    with as_process(Process.STATISTICS):
        assert queries.unanswered() is None
        assert actions.answer(request=found.request, signer=SIGNER, by=STATISTICIAN, now=LATER) == found


def test_refusal_is_an_answer_too_in_the_words_of_the_person_who_asked(country: None) -> None:
    publish(build())
    store(rows({79: 5}, first=500, at=LATER), moved_at=LATER)
    found = ask()
    assert found.release is None
    assert found.refusal == "The figures differ from release 2026-10-1. Say why they are revised."


def test_build_that_ends_half_way_leaves_nothing_and_the_request_waits(
    country: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(**_named: object) -> None:
        raise Killed

    asked = actions.ask(period="2026-10", reason="", language="kk", by=STATISTICIAN, now=START)
    monkeypatch.setattr("qorgan.base.journal.write", killed)  # the last thing that a build does
    with as_process(Process.STATISTICS), pytest.raises(Killed), transaction.atomic():
        actions.answer(request=asked, signer=SIGNER, by=STATISTICIAN, now=START)
    monkeypatch.undo()
    assert Release.objects.count() == ReleaseStep.objects.count() == BuildAnswer.objects.count() == 0
    with as_process(Process.STATISTICS):
        assert queries.unanswered() == asked
        assert actions.answer(request=asked, signer=SIGNER, by=STATISTICIAN, now=START).release is not None


def test_dates_are_announced_and_a_moved_one_says_why(country: None) -> None:
    due = START + timedelta(days=30)
    actions.announce(period="2026-11", due_at=due, reason="", by=STATISTICIAN, now=START)
    with pytest.raises(ReasonNeeded):
        actions.announce(period="2026-11", due_at=due + timedelta(days=1), reason="", by=STATISTICIAN, now=START)
    moved = actions.announce(
        period="2026-11", due_at=due + timedelta(days=1), reason="Мереке", by=STATISTICIAN, now=START
    )
    with as_process(Process.PUBLIC):
        assert [(date.period, date.due_at, date.reason) for date in queries.calendar()] == [
            ("2026-11", moved.due_at, "Мереке")
        ]


def test_every_state_says_what_may_follow_and_ends_somewhere() -> None:
    assert set(TRANSITIONS) == set(State)
    reached = {state for states in TRANSITIONS.values() for state in states} | {State.DRAFT}
    assert reached == set(State)
    assert {State.PUBLISHED, State.REVISED, State.WITHDRAWN} == PUBLIC
