"""Which collected rows are news, and what a pseudonym gives away."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgan.facts.engine.pseudonyms import LENGTH, NoKey, link, resolve
from qorgan.facts.engine.rows import COLUMNS, FactRow, Told, news, traits
from qorgan.facts.terms import KINDS_OF, CountingUnit, FactKind, Thing

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NAME = b"n" * LENGTH
ISSUED = FactRow(
    kind=FactKind.ORDER_ISSUED,
    link=NAME,
    root=b"r" * LENGTH,
    on=date(2026, 10, 31),
    root_on=date(2026, 10, 30),
    region=79,
    record_version=2,
)
ids = st.uuids()


def _told(*rows: FactRow) -> Told:
    return Told(link=NAME, kinds=KINDS_OF[Thing.ORDER], rows=rows)


def test_what_was_never_told_is_news_of_version_one() -> None:
    assert list(news([_told(ISSUED)], {})) == [(1, ISSUED)]


def test_what_was_told_before_is_no_news_even_from_a_later_version_of_the_record() -> None:
    stored = {ISSUED.key: (1, ISSUED)}
    assert list(news([_told(ISSUED._replace(record_version=9))], stored)) == []


def test_correction_is_the_next_version() -> None:
    moved = ISSUED._replace(on=date(2026, 11, 1), record_version=3)
    assert list(news([_told(moved)], {ISSUED.key: (4, ISSUED)})) == [(5, moved)]


def test_what_is_told_no_more_is_withdrawn_once_and_may_come_back() -> None:
    gone = ISSUED._replace(withdrawn=True)
    assert list(news([_told()], {ISSUED.key: (1, ISSUED)})) == [(2, gone)]
    assert list(news([_told()], {ISSUED.key: (2, gone)})) == []
    assert list(news([_told(ISSUED)], {ISSUED.key: (2, gone)})) == [(3, ISSUED)]


@given(ids, ids)
def test_pseudonym_depends_on_key_kind_and_id(one: UUID, other: UUID) -> None:
    name = link(KEY, Thing.REPORT, one)
    assert len(name) == LENGTH
    assert name == link(KEY, Thing.REPORT, one)
    assert name != link(OTHER_KEY, Thing.REPORT, one)
    assert name != link(KEY, Thing.ORDER, one)
    assert (name == link(KEY, Thing.REPORT, other)) == (one == other)


@given(st.lists(ids, unique=True), st.data())
def test_pseudonyms_lead_back_with_the_key_and_candidates_only(candidates: list[UUID], data: st.DataObject) -> None:
    meant = data.draw(st.lists(st.sampled_from(candidates), unique=True)) if candidates else []
    names = [link(KEY, Thing.REPORT, record) for record in meant]
    assert resolve(KEY, Thing.REPORT, names, candidates) == [record for record in candidates if record in meant]
    assert resolve(OTHER_KEY, Thing.REPORT, names, candidates) == []


def test_process_without_the_key_makes_no_pseudonyms() -> None:
    with pytest.raises(NoKey):
        link(b"", Thing.REPORT, UUID(int=1))


def test_every_kind_of_fact_has_a_counting_unit_and_a_thing() -> None:
    assert {kind.unit for kind in FactKind} == set(CountingUnit)
    assert {kind for kinds in KINDS_OF.values() for kind in kinds} == set(FactKind)
    assert all(kind in KINDS_OF[kind.thing] for kind in FactKind)


def test_table_has_the_columns_of_a_row_and_those_of_its_version_only() -> None:
    from qorgan.facts.models import Fact

    assert {field.name for field in Fact._meta.fields} == {*COLUMNS, "id", "version", "collected_at"}


@pytest.mark.parametrize(
    "changes",
    [{"age": 17}, {"sex": "female"}, {"traits": "|homicide|"}, {"domestic": True}, {"part_of": NAME}, {"stage": "x"}],
)
def test_corrected_column_is_news(changes: dict[str, Any]) -> None:
    other = ISSUED._replace(**changes)
    assert list(news([_told(other)], {ISSUED.key: (1, ISSUED)})) == [(2, other)]


def test_words_about_an_offence_stand_in_one_order_and_are_found_whole() -> None:
    assert traits(["violent", "criminal", "violent"]) == "|criminal|violent|"
    assert "|viol|" not in traits(["violent"])
    assert traits([]) == "|"
