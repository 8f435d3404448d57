"""The writes about risk: an assessment, a lower result by two people, an instrument that is imported."""

from qorgan.risk.actions.assess import Made, assess
from qorgan.risk.actions.instruments import Evidence, import_instrument
from qorgan.risk.actions.lower import ask_lower, decide_lower

__all__ = ["Evidence", "Made", "ask_lower", "assess", "decide_lower", "import_instrument"]
