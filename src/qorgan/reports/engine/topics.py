"""The tree of topics, and how each leaf is counted among the heads of Child Helpline International."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Heads, and under violence the leaves, by which helplines of Child Helpline International report to one another.
CHI_VIOLENCE = frozenset(
    f"violence/{leaf}"
    for leaf in (
        *("bullying", "forced_marriage", "child_labour", "commercial_sexual_exploitation", "genital_mutilation"),
        *("harmful_traditions", "emotional", "neglect", "online_sexual_abuse", "online_sexual_exploitation"),
        *("physical", "sexual", "other"),
    )
)
CHI = CHI_VIOLENCE | {
    *("missing_children", "mental_health", "physical_health", "access_to_services", "discrimination"),
    *("family_relations", "peer_relations", "education_occupation", "sexuality", "non_counselling"),
}


# What figures ask of a topic, whatever a country calls its leaves: it is about a right of a child; about harm to one.
CHILD_RIGHTS, CHILD_HARM = "child_rights", "child_harm"
MARKS = frozenset({CHILD_RIGHTS, CHILD_HARM})


class Faulty(ValueError):
    """The country's tree contradicts itself; the sentence says where."""


@dataclass(frozen=True)
class Topic:
    """A leaf: its code `head/leaf`, its names by language, its place among the heads of CHI, what it counts as."""

    code: str
    names: Mapping[str, str]
    chi: str
    marks: frozenset[str] = frozenset()

    @property
    def head(self) -> str:
        """The code of its head."""
        return self.code.partition("/")[0]


@dataclass(frozen=True)
class Tree:
    """One version of the tree: heads with their names, leaves in order."""

    version: str
    heads: Mapping[str, Mapping[str, str]]
    topics: tuple[Topic, ...]

    def find(self, code: str) -> Topic | None:
        """The leaf of a code."""
        return next((topic for topic in self.topics if topic.code == code), None)

    def under(self, head: str) -> tuple[Topic, ...]:
        """The leaves of a head."""
        return tuple(topic for topic in self.topics if topic.head == head)


def trees(table: Mapping[str, Any]) -> dict[str, Tree]:
    """All versions by name, the last one in force. Raises Faulty at the first contradiction."""
    languages = table.get("languages", [])
    found = [_tree(one, languages) for one in table.get("tree", ())]
    if not found:
        raise Faulty("there is no tree of topics")
    if len({one.version for one in found}) != len(found):
        raise Faulty("a version of the tree of topics stands twice")
    return {one.version: one for one in found}


def _tree(row: Mapping[str, Any], languages: list[str]) -> Tree:
    version = str(row["version"])
    heads: dict[str, Mapping[str, str]] = {}
    topics: list[Topic] = []
    for head in row.get("head", ()):
        _check_names(head, languages, head["code"], version)
        heads[head["code"]] = head["name"]
        topics += [_leaf(leaf, head, languages, version) for leaf in head.get("leaf", ())]
    codes = [topic.code for topic in topics]
    if len(set(codes)) != len(codes):
        raise Faulty(f"{version}: a code stands twice")
    return Tree(version, heads, tuple(topics))


def _leaf(row: Mapping[str, Any], head: Mapping[str, Any], languages: list[str], version: str) -> Topic:
    code = f"{head['code']}/{row['code']}"
    _check_names(row, languages, code, version)
    chi = str(row.get("chi", head.get("chi", "")))
    if chi not in CHI:
        raise Faulty(f"{version}: {code} leads to no head of CHI ({chi or 'none'})")
    marks = frozenset(row.get("marks", head.get("marks", ())))
    if marks - MARKS or (CHILD_HARM in marks and CHILD_RIGHTS not in marks):
        raise Faulty(f"{version}: {code} counts as what no figure asks for ({', '.join(sorted(marks))})")
    return Topic(code, row["name"], chi, marks)


def _check_names(row: Mapping[str, Any], languages: list[str], code: str, version: str) -> None:
    missing = [language for language in languages if not row.get("name", {}).get(language)]
    if missing:
        raise Faulty(f"{version}: {code} has no name in {', '.join(missing)}")
