"""What cases print."""

from qorgan.cases.papers.shared import Agreed, Given, Looked, Seeing, SharingPaper, paper

__all__ = ["Agreed", "Given", "Looked", "Seeing", "SharingPaper", "paper"]
