"""What destroying leaves on paper."""

from qorgan.shredding.papers.certificate import paper

__all__ = ["paper"]
