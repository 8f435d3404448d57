"""Words of facts, for the rooms above."""

from qorgan.facts.engine.words import KINDS_OF, CountingUnit, FactKind, Thing

__all__ = ["KINDS_OF", "CountingUnit", "FactKind", "Thing"]
