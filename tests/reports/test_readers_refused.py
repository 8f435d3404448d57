"""Duplicates, and the file of refused rows that is mended and sent again."""

import json
import os
from pathlib import Path

import pytest

from qorgan.reports.engine.rows import Row
from qorgan.reports.readers import DeskFile, write_refused
from qorgan.reports.readers.words import FIELD_WORDS, FILE_SENTENCES, NOTE_SENTENCES
from tests.reports.desks import KK, cells, codes, kui, one, open_bytes, rows_of, table, verdicts
from tests.reports.workbooks import xlsx


def said(row: Row) -> str:
    """A reason without a language."""
    return ", ".join(note.code for note in row.notes)


def mended(data: bytes, target: Path) -> tuple[list[Row], str]:
    """The refused rows of a file, written and read again; and the text that was written."""
    file = open_bytes(data)
    assert isinstance(file, DeskFile)
    write_refused(list(file), target, like=file, say=said)
    text = target.read_bytes()
    return rows_of(text), text.decode("utf-8-sig")


def test_same_row_twice_adds_nothing() -> None:
    again = cells(1, kui_no=f"№ {kui(1)}", registered_at="2024-03-05 10:00")
    rows = rows_of(table([cells(1), cells(2), cells(1), again]))
    assert verdicts(rows) == ["accept"] * 4
    assert [row.repeat for row in rows] == [False, False, True, True]
    assert ("kui_no", "repeat") in codes(rows[3])


def test_same_number_with_another_content_is_refused_and_names_the_first_row() -> None:
    rows = rows_of(table([cells(1), cells(1, narrative="Другое")]))
    assert verdicts(rows) == ["accept", "refuse"]
    note = rows[1].main_note
    assert note is not None
    assert (note.field, note.code, note.params["row"]) == ("kui_no", "number_of_another", 1)


def test_refused_row_does_not_stand_in_the_way_of_its_mended_twin() -> None:
    rows = rows_of(table([cells(1, registered_at="31.02.2024"), cells(1)]))
    assert verdicts(rows) == ["refuse", "accept"]


def test_same_content_with_another_number_is_another_report() -> None:
    rows = rows_of(table([cells(1), cells(1, kui_no=kui(2))]))
    assert [row.repeat for row in rows] == [False, False]


def test_refused_rows_are_written_mended_and_read_again(tmp_path: Path) -> None:
    bad = [cells(1, registered_at="31.02.2024 10:00"), cells(2), cells(3, kui_no="")]
    rows, text = mended(table(bad, headings=KK).encode(), tmp_path / "refused.csv")
    assert verdicts(rows) == ["refuse", "refuse"]
    fixed = text.replace("31.02.2024", "01.03.2024").replace(f";;{cells(3)[2]}", f";;{cells(3)[2]}")
    first = rows_of(fixed)[0]
    assert (first.verdict, first.registered_text) == ("accept", "2024-03-01T10:00")
    assert first.narrative == cells(1)[2]


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+cmd|x", "-1+1", "@SUM(A1)", "'=1+1", "\t=1+1", "- Он опять", "O'Нил", "'тихо'"]
)
def test_nothing_in_the_refused_file_runs_and_all_of_it_comes_back(text: str, tmp_path: Path) -> None:
    data = table([cells(1, kui_no="", narrative=text, victim=text)]).encode()
    before = rows_of(data)[0]
    (after,), written = mended(data, tmp_path / "refused.csv")
    assert (after.narrative, after.victim, after.phone) == (before.narrative, before.victim, before.phone)
    for cell in written.replace('"', "").replace("\r\n", ";").split(";"):
        assert not cell.startswith(("=", "+", "-", "@", "\t"))


def test_refused_rows_of_a_sheet_keep_dates_and_numbers(tmp_path: Path) -> None:
    data = xlsx([[int(kui(1)), 45356.5, *cells()[2:5], "", *cells()[6:]], ['="24"&"75"', 45356.5, *cells()[2:]]])
    (row,), _ = mended(data, tmp_path / "refused.csv")
    assert (row.registered_text, row.narrative) == ("2024-03-05T12:00", cells()[2])


def test_refused_objects_become_rows_under_headings(tmp_path: Path) -> None:
    good = {"kui_no": kui(1), "registered_at": "вчера", "narrative": "Крик", "shift": 3}
    rows, text = mended((json.dumps(good) + '\n{"kui_no": "2475').encode(), tmp_path / "refused.csv")
    assert (rows[0].kui_no, rows[0].narrative) == (kui(1), "Крик")
    assert '{""kui_no"": ""2475' in text
    assert len(rows) == 2


def test_torn_row_is_written_as_far_as_it_goes_with_its_line(tmp_path: Path) -> None:
    data = table([cells(1), cells(2)]).encode()[:-120]
    (row,), text = mended(data, tmp_path / "refused.csv")
    assert (row.kui_no, row.registered_text) == (kui(2), "2024-03-05T10:00")
    assert text.count(kui(2)) == 2


def test_mended_file_of_a_mended_file_is_the_same(tmp_path: Path) -> None:
    data = table([cells(1, registered_at="вчера", narrative='Сказала: "нет";\nушла')]).encode()
    _, once = mended(data, tmp_path / "once.csv")
    _, twice = mended(once.encode("utf-8-sig"), tmp_path / "twice.csv")
    assert once.splitlines()[1:3][0][:60] == twice.splitlines()[1:3][0][:60]
    assert twice.count("Why the row was not accepted") <= 2


def test_only_the_owner_may_read_the_refused_rows(tmp_path: Path) -> None:
    mended(table([cells(1, kui_no="")]).encode(), tmp_path / "refused.csv")
    assert os.stat(tmp_path / "refused.csv").st_mode & 0o077 == 0


def test_every_note_has_a_sentence_that_takes_its_values() -> None:
    every = [
        one(kui_no="1", registered_at="вчера", iin="1", channel="?", narrative="=A1" + "а" * 21_000),
        one(kui_no="=A1", victim="?у?", address="\u202eа\x00"),
        *rows_of(table([cells(1), cells(1), cells(1, victim="Другая"), cells(2, narrative="а" * 100_001)])),
    ]
    for row in every:
        for note in row.notes:
            assert str(NOTE_SENTENCES[note.code]) % dict(note.params)
            assert note.field == "" or note.field in FIELD_WORDS


def test_every_reason_to_refuse_a_file_has_a_sentence() -> None:
    assert {"empty", "no_headings", "not_a_table", "packed", "locked", "damaged", "too_large"} <= FILE_SENTENCES.keys()
