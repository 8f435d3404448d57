"""What a release prints."""

from qorgan.releases.papers.release import HeadFigure, Publisher, ReleasePaper, Row, paper

__all__ = ["HeadFigure", "Publisher", "ReleasePaper", "Row", "paper"]
