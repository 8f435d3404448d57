"""Dates as people write them. The day always stands before the month; a year first is ISO order."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from qorgan.reports.engine.desk_words import DeskWords

FIRST_YEAR = 1990  # no register older than this is sent in as a file; an older date is a slip
_LONGEST = 200  # characters of a date, with every word around it
_MINUTES_A_DAY = 1440
_DAY_ONE = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_LAST_SERIAL = 2_958_465  # 31 December 9999, the last day a spreadsheet knows
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_ISO = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?:[T ]+(.*))?", re.DOTALL)
_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)\.?[T ,]*(.*)", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?")
_SOLID = re.compile(r"\d{8}")
_CENTURIES = ("19", "20")
_TIME_FIRST = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)[ ,]+(\S.*)", re.DOTALL)
_TIME = re.compile(
    r"(\d{1,2})[:.\-](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*(am|pm)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE
)
_TOKENS = re.compile(r"\d+(?::\d+)*|[^\W\d_]+")
_WORD = re.compile(r"([^\W\d_]+)\.?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


class NotADate(Exception):
    """The cell does not say when. `code` is the reason: missing, unreadable, impossible, future or too old."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Moment:
    """When, in local time. Without a known time `at` is midnight."""

    at: datetime
    time_known: bool


@dataclass(frozen=True)
class Calendar:
    """What a date is judged against. `epoch_1904`: the sheet counts days as old Macintosh programs did."""

    words: DeskWords
    zone: ZoneInfo
    now: datetime
    epoch_1904: bool = False


def read(value: object, *, clock: object = "", calendar: Calendar) -> Moment:
    """When the cell says, with the cell of a separate time column where there is one. Raises NotADate."""
    try:
        return _judged(value, clock=clock, calendar=calendar)
    except OverflowError:
        raise NotADate("date_impossible") from None


def _judged(value: object, *, clock: object, calendar: Calendar) -> Moment:
    moment = _read(value, calendar=calendar)
    if not moment.time_known and clock not in ("", None):
        moment = Moment(_local(moment.at.date(), at=_clock(clock), calendar=calendar), True)
    here = calendar.now.astimezone(calendar.zone)
    if moment.at.year < FIRST_YEAR:
        raise NotADate("date_too_old")
    if moment.at.date() > here.date() if not moment.time_known else moment.at.astimezone(UTC) > calendar.now:
        raise NotADate("date_future")
    return moment


def _read(value: object, *, calendar: Calendar) -> Moment:
    if isinstance(value, datetime):
        return _from_sheet(value, calendar=calendar)
    if isinstance(value, date):
        return Moment(_local(value, at=time(0), calendar=calendar), False)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value > _LAST_SERIAL and _SOLID.fullmatch(f"{value:.0f}") and value == int(value):
            return Moment(_local(_solid(f"{value:.0f}"), at=time(0), calendar=calendar), False)
        return _serial(float(value), calendar=calendar)
    if not isinstance(value, str):
        raise NotADate("date_unreadable")
    text = " ".join(value.split())
    if len(text) > _LONGEST:
        raise NotADate("date_unreadable")
    if calendar.words.says_nothing(text):
        raise NotADate("date_missing")
    if _SERIAL.fullmatch(text):
        return _serial(float(text.replace(",", ".")), calendar=calendar)
    if found := _SOLID.fullmatch(text):
        return Moment(_local(_solid(found[0]), at=time(0), calendar=calendar), False)
    if text.isdigit():
        raise NotADate("date_impossible")
    return _written(text, calendar=calendar)


def _from_sheet(value: datetime, *, calendar: Calendar) -> Moment:
    """A date cell of a sheet. Days are stored as fractions, so a minute comes back a second early or late."""
    value = value.replace(microsecond=0) + timedelta(seconds=round(value.microsecond / 1_000_000))
    if value.second >= 58:
        value += timedelta(seconds=60 - value.second)
    elif value.second <= 2:
        value = value.replace(second=0)
    return Moment(_local(value.date(), at=value.time(), calendar=calendar), True)


def _serial(number: float, *, calendar: Calendar) -> Moment:
    """A bare count of days: fractions carry too few digits for seconds, so the nearest minute is meant."""
    if not 1 <= number <= _LAST_SERIAL:
        raise NotADate("date_impossible")
    at = _DAY_ONE[calendar.epoch_1904] + timedelta(minutes=round(number * _MINUTES_A_DAY))
    return Moment(_local(at.date(), at=at.time(), calendar=calendar), number != int(number))


def _solid(text: str) -> date:
    """`20240305`, `05032024`. Where both readings have a year of our time, one of them has no such month."""
    for year, month, day in ((text[:4], text[4:6], text[6:]), (text[4:], text[2:4], text[:2])):
        if year.startswith(_CENTURIES):
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                continue
    raise NotADate("date_impossible")


def _written(text: str, *, calendar: Calendar) -> Moment:
    if found := _COMPACT.fullmatch(text):
        day = _day(found[1], month=found[2], day=found[3])
        return _moment(day, clock=f"{found[4]}:{found[5]}:{found[6] or '00'}{found[7] or ''}", calendar=calendar)
    if found := _ISO.fullmatch(text):
        return _moment(_day(found[1], month=found[3], day=found[4]), clock=found[5] or "", calendar=calendar)
    if found := _DAY_FIRST.fullmatch(text):
        year = _full_year(found[4], calendar=calendar)
        return _moment(_day(year, month=found[3], day=found[1]), clock=found[5], calendar=calendar)
    if (found := _TIME_FIRST.fullmatch(text)) and ":" not in found[2]:
        return _moment(_day_alone(found[2], calendar=calendar), clock=found[1], calendar=calendar)
    return _in_words(text, calendar=calendar)


def _day_alone(text: str, *, calendar: Calendar) -> date:
    moment = _written(text, calendar=calendar)
    if moment.time_known:
        raise NotADate("date_unreadable")
    return moment.at.date()


def _moment(day: date, *, clock: str, calendar: Calendar) -> Moment:
    clock = clock.strip(" ,.;")
    if any(char.isalpha() for char in clock):
        clock = _without_noise(clock, calendar=calendar)
    if not clock:
        return Moment(_local(day, at=time(0), calendar=calendar), False)
    found = _TIME.fullmatch(clock)
    if not found:
        raise NotADate("date_unreadable")
    at = _time(found[1], minute=found[2], second=found[3] or "0", half=(found[4] or "").lower())
    if found[5]:
        return Moment(_with_offset(day, at=at, offset=found[5]).astimezone(calendar.zone), True)
    return Moment(_local(day, at=at, calendar=calendar), True)


def _without_noise(clock: str, *, calendar: Calendar) -> str:
    """`в 10 ч. 05 мин.` as `10:05`, `сағат 10:00` as `10:00`. A word that is not noise stays: then it is no time."""

    def unless_noise(found: re.Match[str]) -> str:
        return " " if found[1].casefold() in calendar.words.date_noise else found[0]

    bare = " ".join(_WORD.sub(unless_noise, clock).split())
    numbers = bare.split(" ")
    if all(number.isdigit() for number in numbers) and len(numbers) <= 2:
        return f"{numbers[0]}:{numbers[1] if len(numbers) == 2 else '00'}"
    return bare.strip(" ,.;")


def _in_words(text: str, *, calendar: Calendar) -> Moment:
    """`5 наурыз 2024 ж. 10:00`, `2024 жылғы 5 наурыз, сағат 10:00`, `5 марта 2024 г. в 10 ч. 05 мин.`"""
    tokens = [token.casefold() for token in _TOKENS.findall(text)]
    tokens = [token for token in tokens if token not in calendar.words.date_noise]
    months = [index for index, token in enumerate(tokens) if token in calendar.words.months]
    if len(months) != 1:
        raise NotADate("date_unreadable")
    month = calendar.words.months[tokens[months[0]]]
    numbers = [token for index, token in enumerate(tokens) if index != months[0]]
    if not 2 <= len(numbers) <= 4 or not all(token[0].isdigit() for token in numbers):
        raise NotADate("date_unreadable")
    year = next((token for token in numbers[:2] if len(token) == 4 and token.isdigit()), None)
    day = next((token for token in numbers[:2] if len(token) <= 2 and token.isdigit()), None)
    if year is None or day is None:
        raise NotADate("date_unreadable")
    clock = numbers[2:]
    if len(clock) == 2 and all(part.isdigit() for part in clock):
        clock = [":".join(clock)]
    elif len(clock) == 1 and clock[0].isdigit():
        clock = [f"{clock[0]}:00"]
    if len(clock) > 1 or (clock and not _CLOCK.fullmatch(clock[0])):
        raise NotADate("date_unreadable")
    return _moment(_day(year, month=str(month), day=day), clock="".join(clock), calendar=calendar)


def _day(year: str, *, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NotADate("date_impossible") from None


def _time(hour: str, *, minute: str, second: str, half: str = "") -> time:
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            raise NotADate("date_impossible")
        hours = hours % 12 + 12 * (half == "pm")
    try:
        return time(hours, int(minute), int(second))
    except ValueError:
        raise NotADate("date_impossible") from None


def _clock(value: object) -> time:
    """The cell of a separate time column."""
    if isinstance(value, datetime):
        return value.time().replace(microsecond=0)
    if isinstance(value, time):
        return value.replace(microsecond=0)
    if isinstance(value, float) and 0 <= value < 1:
        return (datetime.min + timedelta(minutes=round(value * _MINUTES_A_DAY))).time()
    found = _TIME.fullmatch(str(value).strip())
    if not found or found[5]:
        raise NotADate("date_unreadable")
    return _time(found[1], minute=found[2], second=found[3] or "0", half=(found[4] or "").lower())


def _full_year(year: str, *, calendar: Calendar) -> str:
    """`24` is 2024; a year of two digits that has not come yet belongs to the century before."""
    if len(year) == 4:
        return year
    return str(2000 + int(year) if int(year) <= calendar.now.year % 100 else 1900 + int(year))


def _with_offset(day: date, *, at: time, offset: str) -> datetime:
    text = "+00:00" if offset.upper() == "Z" else offset if len(offset) > 3 else f"{offset}:00"
    try:
        return datetime.fromisoformat(f"{day.isoformat()}T{at.isoformat()}{text}")
    except ValueError:
        raise NotADate("date_impossible") from None


def _local(day: date, *, at: time, calendar: Calendar) -> datetime:
    """Local time of the desk. When clocks go back an hour happens twice: the first of the two is taken."""
    return datetime.combine(day, at, tzinfo=calendar.zone)
