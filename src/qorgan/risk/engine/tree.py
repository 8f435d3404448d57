"""The closed tree of rules of an instrument: six kinds of node, no code, an answer for whatever was answered.

No node says *not*, and an answer that is open is never taken for a no: one more yes can only raise what a tree says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from qorgan.risk.engine.answers import Answer, Faulty

DEEPEST, MOST_NODES = 6, 60
_LEAVES = ("yes", "not_ruled_out", "sum", "prorated")
_KINDS = ("any", "all", *_LEAVES)


@dataclass(frozen=True)
class Asked:
    """What the rules know of an item: its code, its weight where answered yes, whether one yes alone is grave."""

    code: str
    weight: int = 1
    red_flag: bool = False


@dataclass(frozen=True)
class Node:
    """A node. `any` and `all` have `parts`; the others count `items` and hold from `at_least` on.

    `known`: of a prorated sum, with how many answers of yes or no it may be reckoned at all.
    """

    kind: str
    parts: tuple["Node", ...] = ()
    items: tuple[Asked, ...] = ()
    at_least: int = 1
    known: int = 0

    def value(self, answers: Mapping[str, Answer]) -> Fraction:
        """What is counted here; of `any` and `all` how many of their parts hold."""
        if self.parts:
            return Fraction(sum(part.holds(answers) for part in self.parts))
        given = {one: answers.get(one.code, Answer.NOT_ASKED) for one in self.items}
        if self.kind == "not_ruled_out":
            return Fraction(sum(answer is not Answer.NO for answer in given.values()))
        said = [one for one, answer in given.items() if answer is Answer.YES]
        if self.kind == "yes":
            return Fraction(len(said))
        total = Fraction(sum(one.weight for one in said))
        return total if self.kind == "sum" else self._prorated(total, given)

    def _prorated(self, total: Fraction, given: Mapping[Asked, Answer]) -> Fraction:
        known = [one for one, answer in given.items() if answer.is_given]
        weight = sum(one.weight for one in known)
        if len(known) < self.known or not weight:
            return Fraction(0)
        return total * sum(one.weight for one in given) / weight

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        """Whether it holds for these answers; an item that is not among them was not asked."""
        if self.kind == "all":
            return all(part.holds(answers) for part in self.parts)
        return self.value(answers) >= self.at_least

    def grounds(self, answers: Mapping[str, Answer]) -> Iterator["Node"]:
        """The leaves that hold and on which it rests; none where it does not hold."""
        if not self.holds(answers):
            return
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.grounds(answers)

    def counted(self, answers: Mapping[str, Answer]) -> tuple[str, ...]:
        """The codes of the items of a leaf that count towards it."""
        open_counts = self.kind == "not_ruled_out"
        given = [(one.code, answers.get(one.code, Answer.NOT_ASKED)) for one in self.items]
        return tuple(
            code for code, answer in given if (answer is not Answer.NO if open_counts else answer is Answer.YES)
        )

    def size(self) -> int:
        """How many nodes there are."""
        return 1 + sum(part.size() for part in self.parts)


def bind(said: Any, items: tuple[Asked, ...], *, depth: int = 0) -> Node:
    """A node from parsed TOML. Raises Faulty for whatever is not one of the six kinds."""
    if depth >= DEEPEST:
        raise Faulty("the rules are nested too deep")
    if not isinstance(said, dict):
        raise Faulty(f"{said!r} is no rule")
    kinds = [kind for kind in _KINDS if kind in said]
    if len(kinds) != 1:
        raise Faulty(f"a rule is one of {', '.join(_KINDS)}")
    kind = kinds[0]
    node = _branch(kind, said, items, depth) if kind in ("any", "all") else _leaf(kind, said, items)
    if depth == 0 and node.size() > MOST_NODES:
        raise Faulty("there are too many rules in one")
    return node


def _branch(kind: str, said: dict[str, Any], items: tuple[Asked, ...], depth: int) -> Node:
    _only(said, kind)
    parts = said[kind]
    if not isinstance(parts, list) or not parts:
        raise Faulty(f"{kind} has no rules in it")
    return Node(kind, parts=tuple(bind(part, items, depth=depth + 1) for part in parts))


def _leaf(kind: str, said: dict[str, Any], items: tuple[Asked, ...]) -> Node:
    _only(said, kind, "at_least", *(["known"] if kind == "prorated" else []))
    chosen = _chosen(said[kind], items)
    least = _whole(said.get("at_least", 1))
    most = len(chosen) if kind in ("yes", "not_ruled_out") else sum(one.weight for one in chosen)
    if least > most:
        raise Faulty(f"{kind} can never reach {least}")
    known = _whole(said["known"]) if "known" in said else 0
    if known > len(chosen):
        raise Faulty(f"{known} answers are wanted of {len(chosen)} items")
    return Node(kind, items=chosen, at_least=least, known=known)


def _chosen(said: Any, items: tuple[Asked, ...]) -> tuple[Asked, ...]:
    if said == "every":
        found = items
    elif said == "red_flags":
        found = tuple(one for one in items if one.red_flag)
    elif isinstance(said, list):
        known = {one.code: one for one in items}
        if stray := [code for code in said if code not in known]:
            raise Faulty(f"there is no item {stray[0]!r}")
        if len(set(said)) != len(said):
            raise Faulty("an item is counted twice in one rule")
        found = tuple(known[code] for code in said)
    else:
        raise Faulty(f"{said!r} chooses no items")
    if not found:
        raise Faulty("a rule counts no item")
    return found


def _only(said: dict[str, Any], *known: str) -> None:
    if unknown := set(said) - set(known):
        raise Faulty(f"unknown words in a rule: {', '.join(sorted(unknown))}")


def _whole(said: Any) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or said < 1:
        raise Faulty(f"{said!r} is no number from 1 on")
    return said
