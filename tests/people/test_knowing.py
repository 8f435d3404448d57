"""A person is found by her name within sight only, her marks say nothing without a key, and two may be held for one."""

from datetime import date, datetime
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction

from qorgan.agencies import queries as agencies
from qorgan.base import ids
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.keys import vault
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.people import actions, queries, rules
from qorgan.people.actions import Named
from qorgan.people.engine.ranking import Fact, Why
from qorgan.people.engine.tokens import Born
from qorgan.people.models import NameMark, Person, Sameness

ENBEKSHI = 7903
HER = Named(surname="Әбілқасымова", given="Күләш", patronymic="Сәбитқызы", birth_date=date(1987, 4, 9))


def written(*, by: Actor, now: datetime, named: Named = HER) -> Person:
    return actions.write_down(named=named, territory_id=ENBEKSHI, thread_id=ids.new(), by=by, now=now)


def test_she_is_found_in_another_alphabet_and_surely_with_her_date(owner: Actor, now: datetime) -> None:
    her = written(by=owner, now=now)
    written(by=owner, now=now, named=Named(surname="Ахметов", given="Ерлан", birth_date=date(1987, 4, 9)))
    told = queries.known("Kulyash Abilkassymova", born=Born(1987, 4, 9))
    assert [(match.view.id, match.rank, match.confident) for match in told.matches] == [(her.id, 1, True)]
    assert {Why.OTHER_ALPHABET, Why.SAME_DATE} <= set(told.matches[0].why)
    assert told.asks is None
    assert not queries.known("Kulyash Abilkassymova").matches[0].confident


def test_a_name_that_was_written_as_one_line_is_found_too(owner: Actor, now: datetime) -> None:
    her = written(by=owner, now=now, named=Named(written="Абилкасымова Куляш"))
    assert [match.view.id for match in queries.known("Әбілқасымова Күләш Сәбитқызы").matches] == [her.id]


def test_an_exact_number_finds_her_under_whatever_name(owner: Actor, now: datetime) -> None:
    her = written(by=owner, now=now, named=Named(surname="Әбілқасымова", given="Күләш", iin="870409400017"))
    told = queries.known("Куляш Абилкасымова", iin="870409 400017")
    assert [(match.view.id, match.confident) for match in told.matches] == [(her.id, True)]
    assert queries.known("Мүлде Басқа", iin="870409400017").matches[0].confident is False
    assert [match.view.id for match in queries.known("", iin="870409400017").matches] == [her.id]


def test_namesakes_are_shown_and_the_date_is_asked_for(owner: Actor, now: datetime) -> None:
    for year in (1980, 1990):
        written(by=owner, now=now, named=Named(surname="Ахметова", given="Әсел", birth_date=date(year, 5, 6)))
    told = queries.known("Ахметова Асель")
    assert (len(told.matches), told.asks) == (2, Fact.BORN)
    assert not any(match.confident for match in told.matches)


def test_a_stranger_finds_nobody_and_reads_no_mark(owner: Actor, stranger: Actor, now: datetime) -> None:
    written(by=owner, now=now)
    with acting(stranger):
        assert queries.known("Әбілқасымова Күләш", born=Born(1987, 4, 9)) == queries.Answer()
        assert not NameMark.objects.exists()


def test_the_policy_leaves_the_walk_along_the_index_possible(owner: Actor, now: datetime) -> None:
    written(by=owner, now=now)
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("explain select person_id from people_namemark where token = any(%s)", [[1, 2, 3]])
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("select bool_and(proleakproof) from pg_proc where proname = 'int8eq'")
        assert cursor.fetchone() == (True,)
    assert "Index Cond" in plan and "token = ANY" in plan.partition("Filter")[0]


def test_marks_hold_nothing_that_can_be_read_and_depend_on_the_key(owner: Actor, now: datetime) -> None:
    her = written(by=owner, now=now)
    held = set(NameMark.objects.filter(person=her).values_list("token", flat=True))
    assert len(held) > 12
    assert all(-(2**63) <= token < 2**63 for token in held)
    other = vault.Vault(vault.vault()._store, {}, index=b"\x02" * 32)
    assert other.blind("p", at="person.name") != vault.blind("p", at="person.name")


def test_names_of_before_are_marked_and_all_are_marked_anew(owner: Actor, now: datetime) -> None:
    her, system = written(by=owner, now=now), agencies.system("tests")
    before = set(NameMark.objects.values_list("token", flat=True))
    with acting(system):
        assert actions.forget_indexes(by=system, now=now) == 1
        assert queries.known("Әбілқасымова Күләш") == queries.Answer()
        assert actions.fill_indexes(after=None, by=system, now=now).count == 1
        assert actions.fill_indexes(after=None, by=system, now=now).count == 0
        assert set(NameMark.objects.values_list("token", flat=True)) == before
        assert queries.known("Әбілқасымова Күләш").matches[0].view.id == her.id


def test_whoever_is_to_be_destroyed_is_found_by_nothing(owner: Actor, now: datetime) -> None:
    her = written(by=owner, now=now)
    kept = written(by=owner, now=now)
    actions.forget_person(person_id=her.id, by=owner, now=now)
    assert [match.view.id for match in queries.known("Әбілқасымова Күләш").matches] == [kept.id]
    assert actions.fill_indexes(after=None, by=owner, now=now).count == 0


def test_a_person_is_like_another_record_of_her_and_not_like_herself(owner: Actor, now: datetime) -> None:
    one = written(by=owner, now=now)
    other = written(by=owner, now=now, named=Named(written="Абилкасымова Куляш", birth_date=date(1987, 4, 9)))
    told = queries.like(queries.by_ids([one.id])[one.id])
    assert [(match.view.id, match.confident) for match in told.matches] == [(other.id, True)]


@pytest.fixture
def two(owner: Actor, now: datetime) -> tuple[Person, Person]:
    return written(by=owner, now=now), written(by=owner, now=now, named=Named(written="Куляш"))


def as_kept() -> list[tuple[object, ...]]:
    return [tuple(map(str, row)) for row in Person.objects.order_by("id").values_list()]


def test_two_are_held_for_one_with_author_and_reason_and_parted_again(
    two: tuple[Person, Person], owner: Actor, now: datetime
) -> None:
    one, other = two
    before = as_kept()
    said = actions.hold_same(person_id=one.id, other_id=other.id, why="Анасы  айтты", by=owner, now=now)
    for here, there in ((one, other), (other, one)):
        (held,) = queries.same_as(here.id)
        assert (held.other.id, held.why, held.said_by, held.said_at) == (there.id, "Анасы айтты", owner.staff, now)
        assert queries.one_person(here.id) == {one.id, other.id}
    with pytest.raises(rules.SaidAlready):
        actions.hold_same(person_id=other.id, other_id=one.id, why="тағы", by=owner, now=now)
    actions.undo_same(said_id=said, why="Қателестім", by=owner, now=now)
    assert queries.same_as(one.id) == queries.same_as(other.id) == []
    assert queries.one_person(one.id) == {one.id}
    assert as_kept() == before
    with pytest.raises(rules.UndoneAlready):
        actions.undo_same(said_id=said, why="тағы", by=owner, now=now)
    kinds = JournalEntry.objects.filter(kind__in=("people.person.held_same", "people.person.parted"))
    assert kinds.count() == 4
    actions.hold_same(person_id=one.id, other_id=other.id, why="Иә, сол", by=owner, now=now)


def test_one_person_is_known_over_any_number_of_links(owner: Actor, now: datetime) -> None:
    held = [written(by=owner, now=now) for _number in range(4)]
    for one, other in pairwise(held[:3]):
        actions.hold_same(person_id=one.id, other_id=other.id, why="бір адам", by=owner, now=now)
    assert queries.one_person(held[2].id) == {person.id for person in held[:3]}


def test_who_does_not_see_both_neither_says_nor_parts_nor_learns(
    two: tuple[Person, Person], owner: Actor, stranger: Actor, excluded: Actor, now: datetime
) -> None:
    one, other = two
    with acting(stranger), pytest.raises((NotFound, NotAllowed)):
        actions.hold_same(person_id=one.id, other_id=other.id, why="бір адам", by=stranger, now=now)
    with acting(excluded), pytest.raises(NotAllowed):
        actions.hold_same(person_id=one.id, other_id=other.id, why="бір адам", by=excluded, now=now)
    said = actions.hold_same(person_id=one.id, other_id=other.id, why="бір адам", by=owner, now=now)
    with connection.cursor() as cursor:  # the other record went to another region
        cursor.execute("update people_sameness set thread_id = %s where person_id = %s", [ids.new(), other.id])
    with acting(stranger):
        assert not Sameness.objects.exists()
        with pytest.raises((NotFound, NotAllowed)):
            actions.undo_same(said_id=said, why="жоқ", by=stranger, now=now)


@pytest.mark.parametrize("why", ["", "  ", "х" * 301])
def test_nothing_is_said_without_a_reason(two: tuple[Person, Person], owner: Actor, now: datetime, why: str) -> None:
    with pytest.raises(rules.NoReason):
        actions.hold_same(person_id=two[0].id, other_id=two[1].id, why=why, by=owner, now=now)
    with pytest.raises(rules.OnePersonAlready):
        actions.hold_same(person_id=two[0].id, other_id=two[0].id, why="бір адам", by=owner, now=now)


def test_the_database_refuses_a_second_saying_and_an_undoing_without_author(
    two: tuple[Person, Person], owner: Actor, now: datetime
) -> None:
    actions.hold_same(person_id=two[0].id, other_id=two[1].id, why="бір адам", by=owner, now=now)
    row = Sameness.objects.get(person=two[0])
    row.id = ids.new()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sameness.objects.update(undone_at=now)
