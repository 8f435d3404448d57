"""The journal: who did what, who looked, what was refused; and the chain that shows if a row was changed."""

from qorgan.base.journal.rows import write, write_each

__all__ = ["write", "write_each"]
