"""What a release prints."""

from qorgan.releases.papers.page import page
from qorgan.releases.papers.release import Definition, HeadFigure, Part, Publisher, ReleasePaper, Row, paper

__all__ = ["Definition", "HeadFigure", "Part", "Publisher", "ReleasePaper", "Row", "page", "paper"]
