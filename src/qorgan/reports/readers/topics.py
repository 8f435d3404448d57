"""Reads the country's tree of topics."""

from qorgan.base import country
from qorgan.reports.engine import topics
from qorgan.reports.engine.topics import Tree


def trees() -> dict[str, Tree]:
    """All versions of the country's tree, by name. Raises topics.Faulty."""
    return topics.trees(country.toml("topics.toml"))


def in_force() -> Tree:
    """The version that is chosen from today: the last in the file. Contacts of before keep theirs."""
    return list(trees().values())[-1]
