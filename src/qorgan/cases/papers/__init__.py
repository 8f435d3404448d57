"""What cases print."""

from qorgan.cases.papers.shared import Agreed, Given, Looked, Seeing, SharingPaper, paper
from qorgan.cases.papers.statements import Pair, Printed, StatementsPaper
from qorgan.cases.papers.statements import paper as statements_paper

__all__ = [
    "Agreed",
    "Given",
    "Looked",
    "Pair",
    "Printed",
    "Seeing",
    "SharingPaper",
    "StatementsPaper",
    "paper",
    "statements_paper",
]
