"""Reads of releases, and the making of a new one from the figures."""

from qorgan.releases.queries.assembling import assembled, made_again
from qorgan.releases.queries.comparing import Difference, differences, former
from qorgan.releases.queries.drafts import draft, voices
from qorgan.releases.queries.kept import (
    get,
    history,
    is_withdrawn,
    latest,
    of_period,
    opened,
    published_of,
    shipped,
    shipped_one,
    standing,
    text,
    waiting_of,
)
from qorgan.releases.queries.lives import Life, calendar, life, lives, requests, unanswered

__all__ = [
    "Difference",
    "Life",
    "assembled",
    "calendar",
    "differences",
    "draft",
    "former",
    "get",
    "history",
    "is_withdrawn",
    "latest",
    "life",
    "lives",
    "made_again",
    "of_period",
    "opened",
    "published_of",
    "requests",
    "shipped",
    "shipped_one",
    "standing",
    "text",
    "unanswered",
    "voices",
    "waiting_of",
]
