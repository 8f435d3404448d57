"""What is on record: published series, and whether a figure of a text speaks of the same thing as one of them."""

from qorgan.claims.engine.known.comparing import Comparison, Remark, compare
from qorgan.claims.engine.known.series import Known, Publisher, Series, Span, Standing, Value

__all__ = ["Comparison", "Known", "Publisher", "Remark", "Series", "Span", "Standing", "Value", "compare"]
