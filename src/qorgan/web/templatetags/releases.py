"""Filters of releases: numbers, periods, stages and roles as people read them."""

from django import template
from django.utils.functional import Promise

from qorgan.agencies.terms import ROLES
from qorgan.indicators.engine import periods
from qorgan.releases import queries
from qorgan.releases.terms import Stage
from qorgan.web.public import pages
from qorgan.web.templatetags.look import lang

register = template.Library()


@register.filter
def release(number: str) -> str:
    """`2026-10/1` for `2026-10-1`."""
    return pages.shown(number)


@register.filter
def stage(word: str) -> str | Promise:
    """A step of a release in words."""
    return Stage(word).label


@register.filter
def role(code: str) -> str | Promise:
    """A role in words."""
    return ROLES[code].name if code in ROLES else code


@register.filter
def period(word: str) -> str:
    """A period in words, as a release names it: `2026 жылғы қазан`."""
    spoken = {voice.language: voice for voice in queries.voices()}
    voice = spoken.get(lang()) or next(iter(spoken.values()))
    return voice.period(periods.parse(word))
