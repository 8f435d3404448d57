"""The verdict on a row: accepted, kept with a warning, or refused with the field and the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from qorgan.people.engine import iin as identity
from qorgan.reports.engine import dates, numbers
from qorgan.reports.engine.dates import Calendar
from qorgan.reports.engine.rows import FIELDS, Cells, Note, Row, Source, refusal, remark, warning
from qorgan.reports.engine.texts import (
    clean,
    has_markup,
    letters_lost,
    looks_like_formula,
    repair_twice_encoded,
    untie,
)

LONG_TEXT = 20_000  # characters; longer is kept whole, with a warning
LONGEST_TEXT = 100_000  # characters; beyond this a cell is refused
_NAMES = ("address", "victim", "suspect")
_TEXTS = ("narrative", *_NAMES, "channel", "phone")
_SHOWN = 80  # characters of a bad value shown in the reason


@dataclass(frozen=True)
class Fault:
    """A value that a reader could not take out of its cell: the reason stands in its place."""

    code: str


def as_text(value: object) -> str:
    """A cell as a person would read it: whole numbers without a fraction, dates day first."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, Fault):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M:%S" if value.second else "%d.%m.%Y %H:%M")
    if isinstance(value, date | time):
        return value.strftime("%d.%m.%Y" if isinstance(value, date) else "%H:%M")
    return str(value)


def judge(cells: Cells, *, number: int, calendar: Calendar) -> Row:
    """What the row says and what becomes of it. `number` counts data rows from 1."""
    notes = list(cells.notes)
    if not cells.values:
        return _unread(cells, number=number)
    values = {code: cells.values.get(code, "") for code in FIELDS}
    texts = {code: _text(code, value=values[code], notes=notes) for code in _TEXTS}
    kui_no = _kui(values["kui_no"], calendar=calendar, notes=notes)
    moment = _when(values, calendar=calendar, notes=notes)
    iin = _iin(values["iin"], calendar=calendar, notes=notes, moment=moment)
    for code in _NAMES:
        texts[code] = "" if calendar.words.says_nothing(texts[code]) else texts[code]
    victim = _victim(texts["victim"], calendar=calendar, notes=notes)
    if not (texts["narrative"] or texts["address"] or texts["victim"]):
        notes.append(warning("nothing_told"))
    channel = _channel(texts["channel"], calendar=calendar, notes=notes)
    return Row(
        number=number,
        line=cells.line,
        sheet=cells.sheet,
        kui_no=kui_no,
        registered_at=moment.at if moment else None,
        registered_on=moment.at.date() if moment else None,
        time_known=bool(moment and moment.time_known),
        narrative=texts["narrative"],
        address=texts["address"],
        victim=victim,
        iin=iin,
        suspect=texts["suspect"],
        channel=channel,
        phone=texts["phone"],
        phone_e164=numbers.phone(texts["phone"], form=calendar.words.phone),
        raw=cells.raw,
        values={code: as_text(value) for code, value in values.items()},
        notes=tuple(notes),
    )


def _unread(cells: Cells, *, number: int) -> Row:
    """A row that could not be taken apart: only the reason is known."""
    return Row(
        number=number,
        line=cells.line,
        sheet=cells.sheet,
        kui_no="",
        registered_at=None,
        registered_on=None,
        time_known=False,
        narrative="",
        address="",
        victim="",
        iin="",
        suspect="",
        channel=Source("", ""),
        phone="",
        phone_e164="",
        raw=cells.raw,
        values={},
        notes=cells.notes or (refusal("row_unreadable"),),
    )


def shown(text: str) -> str:
    """A bad value fit to stand inside a sentence: on one line, not too long."""
    line = " ".join(clean(text).text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _text(code: str, *, value: object, notes: list[Note]) -> str:
    if isinstance(value, Fault):
        notes.append(refusal(value.code, field=code))
        return ""
    written = as_text(value)
    if len(written) > LONGEST_TEXT:
        notes.append(refusal("text_too_long", field=code, length=len(written), limit=LONGEST_TEXT))
        return ""
    if len(written) > LONG_TEXT:
        notes.append(warning("text_long", field=code, length=len(written)))
    text = repair_twice_encoded(written)
    if text != written:
        notes.append(warning("text_repaired", field=code))
    cleaned = clean(untie(text))
    notes.extend(_warnings(cleaned.text, field=code, had_control=cleaned.had_control, had_hidden=cleaned.had_hidden))
    return cleaned.text


def _warnings(text: str, *, field: str, had_control: bool, had_hidden: bool) -> list[Note]:
    notes = []
    if had_control:
        notes.append(warning("control_characters", field=field))
    if had_hidden and field != "phone":
        notes.append(warning("hidden_characters", field=field))
    if letters_lost(text):
        notes.append(warning("letters_lost", field=field))
    if looks_like_formula(text):
        notes.append(warning("looks_like_formula", field=field))
    if has_markup(text):
        notes.append(remark("has_markup", field=field))
    return notes


def _bare(value: object) -> object:
    """A cell of digits: numbers and dates as they are, text without anything that cannot be seen."""
    return clean(untie(value)).text if isinstance(value, str) else value


def _kui(value: object, *, calendar: Calendar, notes: list[Note]) -> str:
    if isinstance(value, Fault):
        notes.append(refusal(value.code, field="kui_no"))
        return ""
    try:
        return numbers.kui(_bare(value), words=calendar.words)
    except numbers.NotANumber as fault:
        notes.append(refusal(fault.code, field="kui_no", value=shown(as_text(value))))
        return ""


def _when(values: Mapping[str, Any], *, calendar: Calendar, notes: list[Note]) -> dates.Moment | None:
    value, clock = _bare(values["registered_at"]), _bare(values["registered_time"])
    fault = next((one.code for one in (value, clock) if isinstance(one, Fault)), None)
    try:
        if fault:
            raise dates.NotADate(fault)
        moment = dates.read(value, clock=clock, calendar=calendar)
    except dates.NotADate as wrong:
        notes.append(refusal(wrong.code, field="registered_at", value=shown(f"{as_text(value)} {as_text(clock)}")))
        return None
    if not moment.time_known:
        notes.append(remark("time_unknown", field="registered_at"))
    return moment


def _iin(value: object, *, calendar: Calendar, notes: list[Note], moment: dates.Moment | None) -> str:
    if isinstance(value, Fault):
        notes.append(refusal(value.code, field="iin"))
        return ""
    bare = _bare(value)
    if isinstance(bare, str) and (calendar.words.says_nothing(bare) or calendar.words.says_unknown(bare)):
        return ""
    on = moment.at.date() if moment else calendar.now.astimezone(calendar.zone).date()
    cell = numbers.iin(bare, valid=lambda text: identity.read(text, on=on).valid)
    if cell.restored:
        notes.append(warning("iin_zero_restored", field="iin", value=cell.text))
        return cell.text
    if cell.damaged:
        notes.append(warning("iin_damaged", field="iin", value=shown(cell.text)))
        return ""
    for fault in identity.read(cell.text, on=on).faults:
        notes.append(warning(f"iin_{fault.value}", field="iin", value=shown(cell.text)))
    return cell.text


def _victim(text: str, *, calendar: Calendar, notes: list[Note]) -> str:
    if calendar.words.says_unknown(text):
        notes.append(remark("victim_unknown", field="victim"))
        return ""
    return text


def _channel(text: str, *, calendar: Calendar, notes: list[Note]) -> Source:
    if calendar.words.says_nothing(text):
        return Source("", "")
    code = calendar.words.channel(text)
    if not code:
        notes.append(warning("channel_unknown", field="channel", value=shown(text)))
    return Source(code, text)
