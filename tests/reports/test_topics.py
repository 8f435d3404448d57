"""The tree of topics: every leaf has its names and its head of Child Helpline International."""

import copy

import pytest

from qorgan.base import country
from qorgan.reports.engine import topics
from qorgan.reports.readers import topics as reader

LANGUAGES = ("kk", "ru", "en")


def test_every_leaf_of_the_country_leads_to_a_head_of_chi_and_has_its_names() -> None:
    tree = reader.in_force()
    assert len(tree.topics) > 30
    assert {topic.chi for topic in tree.topics} <= topics.CHI
    assert all(topic.names[language] for topic in tree.topics for language in LANGUAGES)


def test_every_head_of_chi_can_be_reached() -> None:
    reached = {topic.chi.partition("/")[0] for topic in reader.in_force().topics}
    assert reached == {code.partition("/")[0] for code in topics.CHI}


def test_the_other_country_has_a_tree_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QORGAN_COUNTRY", "zz")
    assert reader.in_force().find("violence/physical") is not None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda head: head["leaf"][0].update(chi="violence/magic"), "leads to no head of CHI"),
        (lambda head: head["leaf"][0].pop("chi"), "leads to no head of CHI"),
        (lambda head: head["leaf"][0]["name"].pop("kk"), "has no name in kk"),
        (lambda head: head["leaf"].append(head["leaf"][0]), "a code stands twice"),
    ],
)
def test_a_tree_that_contradicts_itself_is_refused_in_one_sentence(change: object, said: str) -> None:
    table = copy.deepcopy(country.toml("topics.toml"))
    change(table["tree"][0]["head"][0])  # type: ignore[operator]  # one of the functions above
    with pytest.raises(topics.Faulty, match=said):
        topics.trees(table)


def test_a_contact_keeps_its_version_when_a_new_one_comes() -> None:
    table = copy.deepcopy(country.toml("topics.toml"))
    newer = copy.deepcopy(table["tree"][0]) | {"version": "2027-1"}
    newer["head"][0]["leaf"].pop(0)
    found = topics.trees(table | {"tree": [*table["tree"], newer]})
    assert found["2026-1"].find("violence/physical") is not None
    assert found["2027-1"].find("violence/physical") is None
    with pytest.raises(topics.Faulty, match="stands twice"):
        topics.trees(table | {"tree": [*table["tree"], table["tree"][0]]})
