"""Days, moments and spans of time."""

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from qorgan.base.words import formats, suffixes

_MINUTES_A_DAY = 24 * 60


def date_short(day: date, lang: str) -> str:
    """`05.11.2026`."""
    return str(formats.of(lang)["date_short"].format(day=day.day, month=day.month, year=day.year))


def day_month(day: date, lang: str) -> str:
    """`05.11`, where the year is said nearby."""
    return str(formats.of(lang)["day_month"].format(day=day.day, month=day.month))


def date_long(day: date, lang: str, *, case: str = "") -> str:
    """`2026 жылғы 5 қараша`, `5 ноября 2026 года`.

    With `case` the last word takes its suffix, where the language has suffixes: `2026 жылғы 5 қарашада`.
    """
    form = formats.of(lang)
    text = str(form["date_long"].format(day=day.day, month=form["months_in_date"][day.month - 1], year=day.year))
    return suffixes.inflected(text, case, lang) if case else text


def month_of_year(day: date, lang: str) -> str:
    """`2026 жылғы қараша`, `ноябрь 2026 года`."""
    form = formats.of(lang)
    return str(form["month_of_year"].format(month=form["months"][day.month - 1], year=day.year))


def month_brief(day: date, lang: str) -> str:
    """`қар`: for the axis of a chart."""
    return str(formats.of(lang)["months_brief"][day.month - 1])


def weekday(day: date, lang: str) -> str:
    """`жұма`."""
    return str(formats.of(lang)["weekdays"][day.weekday()])


def time_of_day(at: datetime, zone: tzinfo | str, lang: str) -> str:
    """`10:42` on the clock of a place."""
    there = local(at, zone)
    return str(formats.of(lang)["time"].format(hour=there.hour, minute=there.minute))


def moment(at: datetime, zone: tzinfo | str, lang: str) -> str:
    """`05.11.2026, 10:42` on the clock and calendar of a place."""
    form = formats.of(lang)["moment"]
    return str(form.format(date=date_short(local(at, zone), lang), time=time_of_day(at, zone, lang)))


def local(at: datetime, zone: tzinfo | str) -> datetime:
    """The moment on the clock and calendar of a place. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a moment needs an aware datetime")
    return at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def duration(length: timedelta, lang: str) -> str:
    """`14 тәул 20 сағ 12 мин`, to the minute, rounded down, without a sign and without the empty parts in front.

    Spans shorter than the language's `days_from` are told in hours: `27 сағ 48 мин`.
    """
    form = formats.of(lang)["duration"]
    minutes = abs(length) // timedelta(minutes=1)
    days, hours = 0, minutes // 60
    if minutes >= form["days_from"] * _MINUTES_A_DAY:
        days, hours = minutes // _MINUTES_A_DAY, minutes // 60 % 24
    parts = [(days, "day"), (hours, "hour"), (minutes % 60, "minute")]
    while len(parts) > 1 and not parts[0][0]:
        parts.pop(0)
    return formats.NBSP.join(f"{value}{formats.NBSP}{form[unit]}" for value, unit in parts)


def ago(length: timedelta, lang: str) -> str:
    """`27 сағ 48 мин бұрын`: how long something is late or past."""
    return str(formats.of(lang)["duration"]["past"].format(duration=duration(length, lang)))


def left(length: timedelta, lang: str) -> str:
    """`9 сағ 29 мин қалды`: how long remains."""
    return str(formats.of(lang)["duration"]["left"].format(duration=duration(length, lang)))
