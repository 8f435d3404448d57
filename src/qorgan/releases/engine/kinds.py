"""Of which kind a figure is: decides how it is said, drawn and protected. Read from the definition alone."""

from collections.abc import Mapping
from enum import StrEnum

from qorgan.indicators.engine.definitions import Definition, Disclosure


class Kind(StrEnum):
    """A count, a part of a whole in per cent, one count to a hundred of another, or the middle of measures."""

    COUNT = "count"
    SHARE = "share"
    PER_100 = "per_100"
    MEDIAN = "median"


def kind_of(found: Definition) -> Kind:
    """The kind of an indicator."""
    if found.scale > 1:
        return Kind.SHARE if found.counting_unit.startswith("per cent") else Kind.PER_100
    measured = found.disclosure is Disclosure.NATIONAL_ONLY and found.decimals > 0
    return Kind.MEDIAN if measured else Kind.COUNT


def wholes(definitions: Mapping[str, Definition]) -> dict[str, str]:
    """The whole of each indicator that is a part; of several, the one named first."""
    found: dict[str, str] = {}
    for whole, definition in definitions.items():
        for part in definition.parts:
            found.setdefault(part, whole)
    return found
