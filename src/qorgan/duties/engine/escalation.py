"""Which late duty goes to whom above, and by which rule of the law's book: data of the country."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any


class Faulty(ValueError):
    """The table names a kind, a role or a rule that there is none of, or one of them twice."""


@dataclass(frozen=True)
class Step:
    """One role that is told. `key` is the rule that says after how long, counted from the end of the term."""

    role: str
    key: str


Table = Mapping[str, tuple[Step, ...]]  # kind of duty -> whom it goes to, the nearest first


def table(raw: Mapping[str, Any], *, kinds: Collection[str], roles: Collection[str], rules: Collection[str]) -> Table:
    """The table of a country, checked. A kind that no group names is escalated to nobody. Raises Faulty."""
    found: dict[str, tuple[Step, ...]] = {}
    for group in raw.get("group", []):
        steps = tuple(Step(str(one["role"]), str(one["rule"])) for one in group["steps"])
        _known([step.role for step in steps], roles, "role")
        _known([step.key for step in steps], rules, "rule")
        if len({step.role for step in steps}) != len(steps):
            raise Faulty(f"escalation: a role is told twice: {[step.role for step in steps]}")
        _known(group["kinds"], kinds, "kind")
        twice = sorted(found.keys() & set(group["kinds"]))
        if twice:
            raise Faulty(f"escalation: in two groups: {twice}")
        found |= dict.fromkeys(group["kinds"], steps)
    return found


def _known(named: Collection[str], known: Collection[str], what: str) -> None:
    unknown = sorted(set(named) - set(known))
    if unknown:
        raise Faulty(f"escalation: no {what} {unknown}")
