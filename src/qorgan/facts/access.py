"""Who may take facts out of the database."""

from qorgan.base.scope import check_may

EXPORT = "facts.fact.export"

__all__ = ["EXPORT", "check_may"]
