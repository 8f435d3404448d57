"""Synthetic files of duty desks, of the kinds that programs there write."""

import csv
import io
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import qorgan
from qorgan.people.engine.iin import check_digits
from qorgan.reports.readers import DeskFile, DeskWords, FileRefused, Row, read

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2024, 3, 20, 12, 0, tzinfo=UTC)
_WORDS = Path(qorgan.__file__).parent / "country" / "kz" / "words" / "desk.toml"
WORDS = DeskWords.from_toml(tomllib.loads(_WORDS.read_text(encoding="utf-8")))
FILES = Path(__file__).parent / "files"

RU = (
    "№ КУИ",
    "Дата регистрации",
    "Фабула",
    "Адрес",
    "Потерпевший",
    "ИИН",
    "Подозреваемый",
    "Канал поступления",
    "Телефон",
)
KK = "КУИ №", "Тіркелген күні", "Хабарлама мазмұны", "Мекенжайы", "Жәбірленуші", "ЖСН", "Күдікті", "Арна", "Телефон"
EN = "KUI No", "Registered at", "Summary", "Address", "Victim", "IIN", "Suspect", "Channel", "Phone"
FIELDS = "kui_no", "registered_at", "narrative", "address", "victim", "iin", "suspect", "channel", "phone"


def kui(index: int) -> str:
    """A number of the register."""
    return f"2475100340{70000 + index:05d}"


def iin(first: str) -> str:
    """Eleven digits and the check digit that fits."""
    return f"{first}{check_digits(first)[0]}"


def cells(index: int = 0, **given: str) -> list[str]:
    """The cells of one ordinary row, with some of them replaced."""
    usual = {
        "kui_no": kui(index),
        "registered_at": "05.03.2024 10:00",
        "narrative": f"Муж ударил жену, выгнал из дома. Запись {index}.",
        "address": "г. Тараз, ул. Мира, 5",
        "victim": "Оспанова Айгуль",
        "iin": iin("85051540012"),
        "suspect": "муж",
        "channel": "102",
        "phone": "+7 701 000 00 01",
    }
    return list((usual | given).values())


def table(
    rows: Iterable[Sequence[str]], *, headings: Sequence[str] = RU, delimiter: str = ";", end: str = "\r\n"
) -> str:
    """A delimited text with headings."""
    out = io.StringIO(newline="")
    sink = csv.writer(out, delimiter=delimiter, lineterminator=end)
    sink.writerow(headings)
    sink.writerows(rows)
    return out.getvalue()


def open_bytes(data: bytes, *, now: datetime = NOW, zone: ZoneInfo = ALMATY) -> DeskFile | FileRefused:
    """Read bytes as a file."""
    return read(io.BytesIO(data), words=WORDS, zone=zone, now=now)


def rows_of(data: bytes | str, *, zone: ZoneInfo = ALMATY) -> list[Row]:
    """The rows of a file that must not be refused."""
    file = open_bytes(data.encode() if isinstance(data, str) else data, zone=zone)
    assert isinstance(file, DeskFile), file
    return list(file)


def one(**given: str) -> Row:
    """The only row of a file with one ordinary row, some of its cells replaced."""
    (row,) = rows_of(table([cells(0, **given)]))
    return row


def refused_file(data: bytes) -> str:
    """The code with which the file as a whole is refused."""
    file = open_bytes(data)
    assert isinstance(file, FileRefused), list(file)
    return file.code


def codes(row: Row) -> set[tuple[str, str]]:
    """(field, code) of every note of the row."""
    return {(note.field, note.code) for note in row.notes}


def verdicts(rows: Iterable[Row]) -> list[str]:
    """Verdicts in the order of the file."""
    return [row.verdict.value for row in rows]
