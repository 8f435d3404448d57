"""Reads of releases, and the making of a new one from the figures."""

from qorgan.releases.queries.assembling import assembled, made_again
from qorgan.releases.queries.drafts import draft, voices
from qorgan.releases.queries.kept import get, history, latest, of_period, opened, text

__all__ = [
    "assembled",
    "draft",
    "get",
    "history",
    "latest",
    "made_again",
    "of_period",
    "opened",
    "text",
    "voices",
]
