"""Workbooks: titles, merged cells, dates as numbers, formulas, and files made to do harm."""

import io
import zipfile
from datetime import datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from qorgan.reports.readers import sheet_gate
from tests.reports.desks import (
    FILES,
    KK,
    RU,
    cells,
    codes,
    iin,
    kui,
    open_bytes,
    refused_file,
    rows_of,
    table,
    verdicts,
)
from tests.reports.workbooks import changed, ods, part, saved, xlsx

SHEET = "xl/worksheets/sheet1.xml"


def test_sheet_with_titles_merged_cells_totals_and_a_second_sheet_is_read() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["Полиция басқармасы"],
        ["2024 жылғы наурыз"],
        [],
        list(KK),
        ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    ):
        sheet.append(line)
    sheet.merge_cells("A1:I1")
    sheet.append([int(kui(1)), datetime(2024, 3, 4, 8, 20), *cells(1)[2:]])
    sheet.append([kui(2), 45355.647917, *cells(2)[2:]])
    sheet.append([])
    sheet.append([kui(3), "04.03.2024 22:46", *cells(3)[2:7], 102, 87010000001])
    sheet.append(["Барлығы:", 3])
    sheet.append(["Кезекші: капитан"])
    other = book.create_sheet("Анықтама")
    other.append(["КУИ №"])
    other.append(["Толтыру тәртібі", 45000])
    rows = rows_of(saved(book))
    assert [row.registered_text for row in rows] == ["2024-03-04T08:20", "2024-03-04T15:33", "2024-03-04T22:46"]
    assert [row.line for row in rows] == [6, 7, 9]
    assert verdicts(rows) == ["accept"] * 3
    assert (rows[0].kui_no, rows[2].channel.code, rows[2].phone_e164) == (kui(1), "102", "+77010000001")


def test_every_sheet_with_headings_is_read_and_hidden_ones_are_not() -> None:
    book = Workbook()
    for index, name in enumerate(("Қаңтар", "Ақпан", "Черновик")):
        sheet = book.create_sheet(name)
        sheet.append(list(KK))
        sheet.append(cells(index))
    book["Черновик"].sheet_state = "hidden"
    rows = rows_of(saved(book))
    assert [(row.sheet, row.number, row.line) for row in rows] == [("Қаңтар", 1, 2), ("Ақпан", 2, 2)]


def test_table_that_starts_far_from_the_corner_is_found() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for column, (heading, cell) in enumerate(zip(KK, cells(1), strict=True), start=4):
        sheet.cell(row=7, column=column, value=heading)
        sheet.cell(row=8, column=column, value=cell)
    (row,) = rows_of(saved(book))
    assert (row.kui_no, row.line, row.verdict) == (kui(1), 8, "accept")


def test_headings_of_two_lines_are_put_together() -> None:
    first = ["№ КУИ", "Дата", "Фабула", "Потерпевший", None, "Канал"]
    second = [None, None, None, "ФИО", "ИИН", None]
    data = xlsx([second, [kui(1), "05.03.2024 10:00", "Крик", "Ким Вера", iin("85051540012"), "102"]], headings=first)  # type: ignore[arg-type]  # told by name
    (row,) = rows_of(data)
    assert (row.victim, row.iin, row.channel.code) == ("Ким Вера", iin("85051540012"), "102")


def test_cell_merged_downwards_counts_for_each_of_its_rows() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(KK))
    for index in range(3):
        sheet.append(cells(index))
    sheet.merge_cells("B2:B4")
    assert [row.registered_text for row in rows_of(saved(book))] == ["2024-03-05T10:00"] * 3


def test_days_counted_from_1904_are_understood_in_dated_and_bare_cells() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(list(KK))
    sheet.append([kui(1), datetime(2024, 3, 5, 10, 0), *cells()[2:]])
    sheet.append([kui(2), 45356.5 - 1462, *cells()[2:]])
    assert [row.registered_text for row in rows_of(saved(book))] == ["2024-03-05T10:00", "2024-03-05T12:00"]


@pytest.mark.parametrize(
    ("serial", "meant"),
    [
        (45356.34722, "2024-03-05T08:20"),
        (45356.3472, "2024-03-05T08:20"),
        (45356.999999, "2024-03-06T00:00"),
        (45356, "2024-03-05"),
        (20240305, "2024-03-05"),
    ],
)
def test_bare_number_of_days_means_the_nearest_minute(serial: float, meant: str) -> None:
    (row,) = rows_of(xlsx([[kui(1), serial, *cells()[2:]]]))
    assert row.registered_text == meant


@pytest.mark.parametrize("value", [1e20, -3, 0.5, True, time(10, 0)])
def test_cell_that_is_no_date_is_refused(value: object) -> None:
    (row,) = rows_of(xlsx([[kui(1), value, *cells()[2:]]]))
    assert row.main_note is not None
    assert (row.verdict, row.main_note.field) == ("refuse", "registered_at")


def test_formula_without_a_stored_value_is_refused_at_its_field() -> None:
    data = xlsx([['="2475100"&"34000411"', *cells()[1:]], [*cells(2)[:2], "=A1&B1", *cells()[3:]], cells(3)])
    rows = rows_of(data)
    assert verdicts(rows) == ["refuse", "refuse", "accept"]
    assert ("kui_no", "formula_without_value") in codes(rows[0])
    assert ("narrative", "formula_without_value") in codes(rows[1])


def test_formula_with_a_stored_value_means_its_value() -> None:
    data = xlsx([['="2475100"&"34007001"', *cells()[1:]]])
    xml = part(data, SHEET)
    assert b"<v />" in xml or b"<v></v>" in xml or b"<v/>" in xml
    for empty in (b"<v />", b"<v></v>", b"<v/>"):
        xml = xml.replace(empty, f"<v>{kui(1)}</v>".encode())
    (row,) = rows_of(changed(data, {SHEET: xml}))
    assert (row.kui_no, row.verdict) == (kui(1), "accept")


def test_zero_that_the_sheet_lost_is_restored_with_a_warning() -> None:
    full = iin("04022960001")
    (row,) = rows_of(xlsx([[*cells()[:5], int(full), *cells()[6:]]]))
    assert (row.iin, codes(row)) == (full, {("iin", "iin_zero_restored")})


def test_number_with_more_digits_than_a_cell_can_hold_is_refused() -> None:
    (row,) = rows_of(xlsx([[2.4751e14, *cells()[1:]]]))
    assert codes(row) == {("kui_no", "number_damaged")}


def test_old_xls_is_read() -> None:
    rows = rows_of((FILES / "old.xls").read_bytes())
    assert [row.registered_text for row in rows] == ["2024-03-04T08:20", "2024-03-04T15:33"]
    assert [row.channel.code for row in rows] == ["102", "inspector"]


def test_open_document_sheet_is_read() -> None:
    cell = '<table:table-cell table:number-columns-repeated="16000"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    rows = rows_of(ods([["Реестр"], list(RU), cells(1), cells(2)], more=empty))
    assert verdicts(rows) == ["accept", "accept"]


def test_sheet_without_rows_is_a_file_without_rows_and_an_empty_one_is_refused() -> None:
    assert rows_of(xlsx([])) == []
    assert refused_file(saved(Workbook())) == "empty"
    assert refused_file(xlsx([["1", "2"]], headings=["Цвет", "Вес"])) == "no_headings"


@pytest.mark.parametrize("cut", [30, 200, 1000, 4000, -200, -22, -1])
def test_damaged_workbook_is_refused_as_a_whole(cut: int) -> None:
    assert refused_file(xlsx([cells()])[:cut]) == "damaged"


def test_workbook_with_changed_bytes_never_raises() -> None:
    data = bytearray(xlsx([cells()]))
    for at in range(0, len(data), 97):
        wrong = bytearray(data)
        wrong[at] ^= 0xFF
        open_bytes(bytes(wrong))


def test_workbook_that_unpacks_into_too_much_is_refused_before_it_does() -> None:
    zeros = b"<!--" + b" " * (sheet_gate.LARGEST_UNPACKED) + b"-->"
    assert refused_file(changed(xlsx([cells()]), {"xl/media/image1.bin": zeros})) == "too_large"


def test_cell_in_the_far_corner_does_not_make_the_reader_take_all_memory() -> None:
    data = xlsx([cells()])
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    assert refused_file(changed(data, {SHEET: part(data, SHEET).replace(b"</sheetData>", far)})) == "too_large"


def test_one_long_text_shared_by_many_cells_is_refused() -> None:
    data = xlsx([cells()])
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(5, 400)).encode()
    sheet = part(data, SHEET).replace(b"</sheetData>", rows + b"</sheetData>")
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = b"<sst %b><si><t>%b</t></si></sst>" % (space, b"x" * 2**20)
    assert refused_file(changed(data, {SHEET: sheet, "xl/sharedStrings.xml": strings})) == "too_large"


def test_text_that_grows_by_entities_is_refused() -> None:
    data = xlsx([cells()])
    grows = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + part(data, SHEET)
    assert refused_file(changed(data, {SHEET: grows})) == "damaged"


@pytest.mark.parametrize("repeated", ["rows", "columns"])
def test_open_document_that_repeats_cells_without_end_is_refused(repeated: str) -> None:
    cell = '<table:table-cell office:value-type="string" {}><text:p>x</text:p></table:table-cell>'
    many = f'table:number-{repeated}-repeated="900000000"'
    down, across = (many, "") if repeated == "rows" else ("", many)
    row = f"<table:table-row {down}>{cell.format(across)}</table:table-row>"
    assert refused_file(ods([list(RU)], more=row)) == "too_large"


def test_zip_of_something_else_is_refused_with_its_own_sentence() -> None:
    def zipped(name: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, table([cells()]))
        return out.getvalue()

    assert refused_file(zipped("register.csv")) == "packed"
    assert refused_file(zipped("word/document.xml")) == "not_a_table"
    assert refused_file(zipped("xl/workbook.bin")) == "not_a_table"


def test_workbook_with_a_password_is_refused_with_its_own_sentence() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1200 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 2000
    assert refused_file(ole) == "locked"
    assert refused_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4000) == "damaged"
