"""Reads the country's scripted calls."""

from qorgan.base import country
from qorgan.reports.engine import practice
from qorgan.reports.engine.practice import Call
from qorgan.reports.terms.contacts import Disposition

FIELDS = ("serving", "where", "children", "written", "address", "narrative", "code_word")


def calls() -> tuple[Call, ...]:
    """The scripted calls. Raises practice.Faulty."""
    return practice.script(country.toml("practice.toml"), dispositions=list(Disposition), fields=FIELDS)
