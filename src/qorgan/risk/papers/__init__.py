"""What risk prints."""

from qorgan.risk.papers.assessment import AssessmentPaper, Laid, Reason, paper

__all__ = ["AssessmentPaper", "Laid", "Reason", "paper"]
