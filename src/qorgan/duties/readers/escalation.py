"""Reads `country/<cc>/duties/escalation.toml`: whom a late duty goes to. No database."""

from functools import cache
from pathlib import Path

from qorgan.agencies.terms import ROLES
from qorgan.base import country
from qorgan.duties.engine import escalation
from qorgan.duties.terms import Kind
from qorgan.law.readers.country import read_book

FILE = "duties/escalation.toml"


def table() -> escalation.Table:
    """The table of the deployment's country; empty where it has none. Raises escalation.Faulty."""
    return _table(country.folder())


@cache
def _table(folder: Path) -> escalation.Table:
    raw = country.toml(FILE) if (folder / FILE).is_file() else {}
    kinds = [kind.value for kind in Kind]
    return escalation.table(raw, kinds=kinds, roles=ROLES, rules=read_book().rules)
