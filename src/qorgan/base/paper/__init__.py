"""Papers: typst templates filled with data, the same bytes from the same input."""

from qorgan.base.paper.engine import render
from qorgan.base.paper.fonts import SERIF, missing

__all__ = ["SERIF", "missing", "render"]
