"""Filters of the pages of records: `{% load records %}`."""

from datetime import UTC, datetime, tzinfo

from django import template
from django.utils.translation import get_language

from qorgan.base import words
from qorgan.base.words import formats

register = template.Library()


@register.filter
def on_day(at: datetime, zone: tzinfo) -> str:
    """`05.11.2026` on the calendar of a place, where the time of day is not known."""
    return words.date_short(at.astimezone(zone), get_language() or "")


@register.filter
def as_written_local(text: str) -> str:
    """`2026-11-20T14:30`, or the day alone, as a local moment is written: `20.11.2026, 14:30`."""
    language = get_language() or ""
    if not text:
        return ""
    at = datetime.fromisoformat(text)
    return words.moment(at.replace(tzinfo=UTC), UTC, language) if "T" in text else words.date_short(at, language)


@register.filter
def quoted(text: str) -> str:
    """What someone said, in the quotation marks of the page's language."""
    opening, closing = formats.of(get_language() or "")["quotes"]
    return f"{opening}{text.strip()}{closing}"
