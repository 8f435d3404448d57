"""The night proposes pairs to those alone who see both, once, and leaves no file; people say what they are."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from qorgan.agencies import actions as offices
from qorgan.agencies import queries as agencies
from qorgan.agencies.terms import BlockGround
from qorgan.base import ids
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting, beside
from qorgan.people import actions, jobs, queries, rules
from qorgan.people.actions import Named
from qorgan.people.engine import match
from qorgan.people.engine.ranking import Why
from qorgan.people.models import Person, Proposal
from tests.conftest import actor
from tests.roles import as_process

pytest.importorskip("splink", reason="the extra `match` is not installed")
duckdb = pytest.importorskip("duckdb", reason="the extra `match` is not installed")

ENBEKSHI = 7903
BORN = date(1987, 4, 9)
HER = Named(surname="Әбілқасымова", given="Күләш", patronymic="Сәбитқызы", birth_date=BORN)
AGAIN = Named(surname="Абилкасымова", given="Куляш", patronymic="Сабитовна", birth_date=BORN)


def written(*, by: Actor, now: datetime, named: Named = HER, beside_her: Person | None = None) -> Person:
    place = beside(beside_her) if beside_her else {"territory_id": ENBEKSHI, "thread_id": ids.new()}
    return actions.write_down(named=named, **place, by=by, now=now)


def night(now: datetime) -> jobs.Compared:
    with as_process(Process.WORKER):
        return jobs.compare_all(by=agencies.system("people.propose_same"), now=now)


@pytest.fixture
def two(owner: Actor, now: datetime) -> tuple[Person, Person]:
    return written(by=owner, now=now), written(by=owner, now=now, named=AGAIN)


def pair_id() -> object:
    return Proposal.objects.get(leads=True).pair_id


def test_the_night_proposes_two_records_of_one_woman_and_says_why(
    two: tuple[Person, Person], owner: Actor, now: datetime
) -> None:
    written(by=owner, now=now, named=Named(surname="Жүсіпов", given="Марат", birth_date=BORN))
    assert night(now).proposed == 1
    (pair,) = queries.proposed(queries.proposals())
    assert {pair.one.id, pair.other.id} == {one.id for one in two}
    assert {Why.OTHER_SPELLING, Why.SAME_DATE} <= set(pair.why)
    assert queries.same_as(two[0].id) == [], "nothing is joined by the program"
    (entry,) = JournalEntry.objects.filter(kind="people.proposal.made")
    assert (entry.detail["persons"], entry.detail["proposed"]) == (everyone(), 1)


def everyone() -> int:
    with acting(agencies.system("tests")):
        return Person.objects.count()


def test_no_name_is_kept_of_a_proposal(two: tuple[Person, Person], now: datetime) -> None:
    night(now)
    texts = " ".join(str(value) for row in Proposal.objects.values_list() for value in row)
    assert not any(part in texts for part in ("билқасым", "Күләш", "Куляш", "1987"))


def test_nothing_is_written_to_a_disk(
    two: tuple[Person, Person], now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = os.listdir(tmp_path)
    opened: list[str] = []
    real = match._database

    def watched(memory: str) -> Any:
        database = real(memory)
        rows = database.execute("select path from duckdb_databases() where path is not null").fetchall()
        opened.extend(row[0] for row in rows)
        told = database.execute("select value from duckdb_settings() where name = 'temp_directory'").fetchall()
        opened.extend(row[0] for row in told if row[0])
        with pytest.raises(duckdb.Error):
            database.execute(f"copy (select 1) to '{tmp_path}/out.csv'")
        return database

    monkeypatch.setattr(match, "_database", watched)
    assert night(now).proposed == 1
    assert opened == []
    assert os.listdir(tmp_path) == before


def test_what_was_proposed_refused_or_said_is_not_proposed_again(
    two: tuple[Person, Person], owner: Actor, now: datetime
) -> None:
    assert night(now).proposed == 1
    assert night(now).proposed == 0
    actions.refuse_proposal(pair_id=pair_id(), by=owner, now=now)
    assert night(now).proposed == 0
    third = written(by=owner, now=now, named=Named(written="Abilkassymova Kulyash Sabitkyzy", birth_date=BORN))
    for one in two:
        actions.hold_same(person_id=one.id, other_id=third.id, why="бір адам", by=owner, now=now)
    assert night(now).proposed == 0


def test_two_of_one_record_were_told_apart_by_whoever_wrote_them_down(owner: Actor, now: datetime) -> None:
    her = written(by=owner, now=now)
    written(by=owner, now=now, named=AGAIN, beside_her=her)
    assert night(now).proposed == 0


def test_a_pair_is_refused_with_author_and_comes_back(
    two: tuple[Person, Person], owner: Actor, colleague: Actor, now: datetime
) -> None:
    night(now)
    actions.refuse_proposal(pair_id=pair_id(), by=owner, now=now)
    assert list(queries.proposals()) == []
    (row,) = queries.proposals(refused=True)
    assert (row.refused_by, row.refused_at) == (owner.staff, now)
    with pytest.raises(rules.RefusedAlready):
        actions.refuse_proposal(pair_id=row.pair_id, by=owner, now=now)
    with acting(colleague):
        actions.restore_proposal(pair_id=row.pair_id, by=colleague, now=now)
    assert [one.pair_id for one in queries.proposals()] == [row.pair_id]
    with pytest.raises(rules.RestoredAlready):
        actions.restore_proposal(pair_id=row.pair_id, by=owner, now=now)
    kinds = JournalEntry.objects.filter(kind__in=("people.proposal.refused", "people.proposal.restored"))
    assert kinds.count() == 4


def test_a_pair_held_for_one_is_proposed_no_more_until_that_is_taken_back(
    two: tuple[Person, Person], owner: Actor, now: datetime
) -> None:
    night(now)
    said = actions.hold_same(person_id=two[0].id, other_id=two[1].id, why="Анасы айтты", by=owner, now=now)
    assert list(queries.proposals()) == []
    actions.undo_same(said_id=said, why="Қателестім", by=owner, now=now)
    assert queries.proposals().count() == 1


@pytest.fixture
def three(two: tuple[Person, Person], owner: Actor, now: datetime) -> tuple[Person, Person, Person]:
    third = written(by=owner, now=now, named=Named(written="Abilkassymova Kulyash Sabitkyzy", birth_date=BORN))
    return (*two, third)


def hold(one: Person, other: Person, *, by: Actor, now: datetime) -> UUID:
    return actions.hold_same(person_id=one.id, other_id=other.id, why="бір адам", by=by, now=now)


def test_of_three_who_are_held_for_one_nobody_is_asked_about_the_third_pair(
    three: tuple[Person, Person, Person], owner: Actor, now: datetime
) -> None:
    a, b, c = three
    hold(a, b, by=owner, now=now)
    hold(b, c, by=owner, now=now)
    assert night(now).proposed == 0
    assert not Proposal.objects.exists()


def test_what_was_proposed_disappears_once_both_are_held_for_one_over_others(
    three: tuple[Person, Person, Person], owner: Actor, now: datetime
) -> None:
    a, b, c = three
    assert night(now).proposed == 3
    hold(a, b, by=owner, now=now)
    assert queries.proposals().count() == 2
    said = hold(b, c, by=owner, now=now)
    assert list(queries.proposals()) == []
    actions.undo_same(said_id=said, why="Қателестім", by=owner, now=now)
    assert queries.proposals().count() == 1 + 1  # A and C, B and C: two questions again, and B and C was said once
    assert {a.id, c.id} in [{row.person_id, row.other_id} for row in queries.proposals()]
    assert night(now).proposed == 0


def test_two_groups_are_asked_about_and_a_refused_pair_of_one_group_is_not_listed(
    three: tuple[Person, Person, Person], owner: Actor, now: datetime
) -> None:
    a, b, c = three
    assert night(now).proposed == 3
    for row in queries.proposals():
        if {row.person_id, row.other_id} == {a.id, c.id}:
            actions.refuse_proposal(pair_id=row.pair_id, by=owner, now=now)
    assert queries.proposals(refused=True).count() == 1
    hold(a, b, by=owner, now=now)
    assert queries.proposals().count() == 1  # B and C
    hold(b, c, by=owner, now=now)
    assert list(queries.proposals(refused=True)) == []


def test_a_link_over_someone_out_of_sight_hides_no_pair(
    three: tuple[Person, Person, Person], owner: Actor, now: datetime
) -> None:
    a, b, c = three
    assert night(now).proposed == 3
    hold(a, b, by=owner, now=now)
    hold(b, c, by=owner, now=now)
    head = actor("head")
    with acting(head):
        offices.block(staff_id=owner.staff, ground=BlockGround.KIN, **beside(b), by=head, now=now)
    (row,) = queries.proposals()  # what she is not to see says nothing to her
    assert {row.person_id, row.other_id} == {a.id, c.id}


def test_a_stranger_and_whoever_sees_one_record_alone_learn_nothing(
    two: tuple[Person, Person], owner: Actor, stranger: Actor, excluded: Actor, now: datetime
) -> None:
    night(now)
    held = pair_id()
    with acting(stranger):
        assert not Proposal.objects.exists()
        assert (list(queries.proposals()), queries.proposal(held)) == ([], None)
        with pytest.raises((NotFound, NotAllowed)):
            actions.refuse_proposal(pair_id=held, by=stranger, now=now)
    with acting(excluded), pytest.raises(NotAllowed):
        actions.refuse_proposal(pair_id=held, by=excluded, now=now)


@pytest.mark.parametrize("which", [0, 1])
def test_whoever_is_shut_out_of_one_of_the_two_learns_nothing_of_the_pair(
    two: tuple[Person, Person], owner: Actor, now: datetime, which: int
) -> None:
    night(now)
    held, head = pair_id(), actor("head")
    with acting(head):
        place = beside(two[which])
        offices.block(staff_id=owner.staff, ground=BlockGround.KIN, **place, by=head, now=now)
    assert queries.by_ids([one.id for one in two]).keys() == {two[1 - which].id}
    assert (list(queries.proposals()), queries.proposal(held)) == ([], None)
    with pytest.raises(NotFound):
        actions.refuse_proposal(pair_id=held, by=owner, now=now)
    with acting(head):
        assert queries.proposals().count() == 1


def test_without_the_extra_the_job_does_nothing_and_says_so(
    two: tuple[Person, Person], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match, "missing", lambda: True)
    with as_process(Process.WORKER):
        jobs.propose_same(timestamp=0)
        with pytest.raises(rules.NoMatch):
            jobs.compare_all(by=agencies.system("tests"), now=now)
    assert not Proposal.objects.exists()


def test_the_database_refuses_a_second_proposal_and_a_refusal_without_author(
    two: tuple[Person, Person], now: datetime
) -> None:
    night(now)
    row = Proposal.objects.get(leads=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=row.pk).update(refused_at=now)
    with as_process(Process.WORKER), pytest.raises(IntegrityError), transaction.atomic():
        row.id = ids.new()
        row.save(force_insert=True)
