"""How a language writes days, numbers, spans and names. The rules of a language are data of the country."""

from qorgan.base.words.moments import (
    ago,
    date_long,
    date_short,
    day_month,
    duration,
    left,
    local,
    moment,
    month_brief,
    month_of_year,
    time_of_day,
    weekday,
)
from qorgan.base.words.names import in_line, initials, sort_key
from qorgan.base.words.numbers import count, in_words, number, ordinal, percent, plural
from qorgan.base.words.suffixes import inflected, suffix, suffixed

__all__ = [
    "ago",
    "count",
    "date_long",
    "date_short",
    "day_month",
    "duration",
    "in_line",
    "in_words",
    "inflected",
    "initials",
    "left",
    "local",
    "moment",
    "month_brief",
    "month_of_year",
    "number",
    "ordinal",
    "percent",
    "plural",
    "sort_key",
    "suffix",
    "suffixed",
    "time_of_day",
    "weekday",
]
