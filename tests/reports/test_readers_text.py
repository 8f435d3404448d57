"""Delimited text: encodings, delimiters, headings, what is no row, torn and mixed files."""

import random

import pytest

from qorgan.reports.readers import DeskFile
from tests.reports.desks import (
    EN,
    KK,
    RU,
    WORDS,
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

KAZAKH = cells(
    narrative="Күйеуі ұрды, «өлтіремін» деді; көршілер естіді.",
    address="Шымкент қ., Тұран м/а, 5-үй",
    victim="Өтегенова Гүлсім",
)
RUSSIAN = table([cells(number) for number in range(3)])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048", "ptcp154"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_kazakh_letters_live_through_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    (row,) = rows_of(table([KAZAKH], headings=KK, delimiter=delimiter).encode(encoding))
    assert (row.narrative, row.address, row.victim) == (KAZAKH[2], KAZAKH[3], KAZAKH[4])
    assert row.verdict == "accept"


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8_r", "utf-8", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_russian_file_is_read_in_any_encoding_and_line_end(encoding: str, end: str) -> None:
    text = table([cells(number) for number in range(3)], end=end).replace("№", "N")
    rows = rows_of(text.encode(encoding))
    assert verdicts(rows) == ["accept"] * 3
    assert rows[2].narrative == "Муж ударил жену, выгнал из дома. Запись 2."


def test_cp1251_is_not_taken_for_its_kazakh_sister() -> None:
    file = open_bytes(RUSSIAN.encode("cp1251"))
    assert file.encoding == "cp1251"  # type: ignore[union-attr]  # it is there


def test_title_lines_totals_page_breaks_and_signatures_are_no_rows() -> None:
    heading, first, second, third, _ = RUSSIAN.split("\r\n")
    title = "Реестр КУИ за март 2024 года;;;;;;;;"
    numbering = "1;2;3;4;5;6;7;8;9"
    data = "\r\n".join(
        [
            title,
            "",
            heading,
            numbering,
            first,
            "",
            title,
            heading,
            second,
            "Всего;2",
            "Итого: 3;;;;;;;;",
            third,
            "Барлығы:;3",
            "Оперативный дежурный: капитан",
            "",
        ]
    )
    rows = rows_of(data)
    assert [(row.number, row.line, row.verdict) for row in rows] == [
        (1, 5, "accept"),
        (2, 9, "accept"),
        (3, 12, "accept"),
    ]


def test_columns_may_stand_in_any_order_and_some_may_be_missing_or_new() -> None:
    data = "Телефон;Фабула;Цвет машины;Дата регистрации;№ КУИ\r\n87010000001;Крик;белый;05.03.2024 10:00;" + kui(1)
    (row,) = rows_of(data)
    assert (row.kui_no, row.narrative, row.phone_e164, row.raw["Цвет машины"]) == (
        kui(1),
        "Крик",
        "+77010000001",
        "белый",
    )
    assert row.verdict == "accept"


@pytest.mark.parametrize("headings", [RU, KK, EN, [name.upper() for name in RU], [f"  {name} :" for name in KK]])
def test_headings_are_known_in_three_languages_and_any_dress(headings: list[str]) -> None:
    (row,) = rows_of(table([cells()], headings=headings))
    assert (row.verdict, row.suspect) == ("accept", "муж")


@pytest.mark.parametrize(
    "heading", ["N КУИ", "No КУИ", "КУИ N", "КУИ №", "№КУИ", "КYИ №", "Рег.№ КУИ", "КУИ №\nномер", "kui_no"]
)
def test_number_column_is_known_by_any_of_its_names(heading: str) -> None:
    (row,) = rows_of(table([cells()], headings=[heading.replace("Y", "У"), *RU[1:]]))
    assert row.kui_no == kui(0)


def test_slips_of_the_pen_in_headings_are_forgiven() -> None:
    headings = [
        "№ КУИ",
        "Дата регистарции",
        "Фабулла",
        "Адресс",
        "Потерпевшй",
        "ИИН",
        "Подозреваемы",
        "Канал",
        "Телефон",
    ]
    (row,) = rows_of(table([cells()], headings=headings))
    assert (row.narrative, row.victim, row.suspect) == (cells()[2], cells()[4], "муж")


def test_kazakh_headings_are_known_when_their_letters_were_lost_or_typed_on_a_russian_keyboard() -> None:
    lost = [name.encode("cp1251", "replace").decode("cp1251") for name in KK]
    typed = [
        "КУИ №",
        "Тиркелген куни",
        "Хабарлама мазмуны",
        "Мекенжайы",
        "Жабирленуши",
        "ЖСН",
        "Кудiктi",
        "Арна",
        "Телефон",
    ]
    for headings in (lost, typed):
        (row,) = rows_of(table([cells()], headings=headings))
        assert (row.verdict, row.narrative, row.victim, row.suspect) == ("accept", cells()[2], cells()[4], "муж")


def test_number_of_the_suspect_is_never_taken_for_that_of_the_victim() -> None:
    data = table(
        [[kui(1), "05.03.2024 10:00", "Крик", iin("85051540012")]],
        headings=["КУИ", "Дата", "Фабула", "ИИН подозреваемого"],
    )
    (row,) = rows_of(data)
    assert row.iin == ""


def test_separator_line_and_lines_quoted_as_a_whole_are_understood() -> None:
    (row,) = rows_of("sep=;\r\n" + table([cells()]))
    assert row.verdict == "accept"
    quoted = "\n".join(
        '"' + line.replace('"', '""') + '"' for line in table([cells()], delimiter=",", end="\n").splitlines()
    )
    (row,) = rows_of(quoted)
    assert (row.narrative, row.phone) == (cells()[2], cells()[8])


def test_time_in_a_column_of_its_own_is_joined_with_the_date() -> None:
    times = ["10:05", "", "26:00"]
    data = "КУИ;Дата;Время;Фабула\n" + "\n".join(f"{kui(at)};05.03.2024;{time};Крик" for at, time in enumerate(times))
    rows = rows_of(data)
    assert [row.registered_text for row in rows] == ["2024-03-05T10:05", "2024-03-05", ""]
    assert rows[2].main_note.field == "registered_at"  # type: ignore[union-attr]  # it is there


def test_quotes_may_hold_line_ends_delimiters_and_quotes() -> None:
    text = 'Сказала: "он опять";\r\nсвязь прервалась.\nВсё.'
    rows = rows_of(table([cells(1, narrative=text), cells(2)]))
    assert rows[0].narrative == 'Сказала: "он опять";\nсвязь прервалась.\nВсё.'
    assert [(row.line, row.verdict) for row in rows] == [(2, "accept"), (5, "accept")]


def test_quote_that_never_closes_does_not_swallow_the_rows_after_it() -> None:
    lines = table([cells(number) for number in range(6)]).splitlines()
    lines[2] = lines[2].replace("Муж", '"Муж', 1)
    lines[4] = ";".join(lines[4].split(";")[:2]) + ';"Муж; избил'
    rows = rows_of("\n".join(lines) + "\n")
    assert [row.kui_no for row in rows] == [kui(number) for number in range(6)]
    assert verdicts(rows) == ["accept", "flag", "accept", "refuse", "accept", "accept"]
    assert ("", "quote_not_closed") in codes(rows[1])
    assert rows[1].narrative == cells(1)[2]


def test_name_of_a_firm_in_quotes_at_the_start_of_a_cell_is_kept() -> None:
    lines = table([cells(1), cells(2)]).replace("г. Тараз", '"Ромашка" ЖШС').splitlines()
    rows = rows_of("\n".join(lines))
    assert verdicts(rows) == ["accept", "accept"]
    assert rows[0].address.startswith('"Ромашка" ЖШС')


def test_last_line_cut_in_the_middle_is_refused_and_the_rest_is_kept() -> None:
    data = RUSSIAN.encode()
    cut = data[: data.rindex("выгнал".encode()) + 3]  # inside a letter
    rows = rows_of(cut)
    assert verdicts(rows) == ["accept", "accept", "refuse"]
    assert ("", "row_torn") in codes(rows[2])
    assert rows[2].kui_no == kui(2)


@pytest.mark.parametrize("size", range(200, 700, 23))
def test_file_cut_anywhere_never_raises_and_keeps_whole_rows(size: int) -> None:
    data = RUSSIAN.encode()[:size]
    whole = data.count(b"\r\n") - 1
    assert verdicts(rows_of(data))[:whole] == ["accept"] * max(whole, 0)


def test_telephone_cut_at_the_end_of_the_file_is_noticed() -> None:
    rows = rows_of(RUSSIAN.rstrip()[:-6])
    assert ("phone", "perhaps_torn") in codes(rows[2])


def test_row_torn_in_the_middle_of_the_file_is_refused() -> None:
    lines = RUSSIAN.splitlines()
    lines[2] = lines[2][:60]
    rows = rows_of("\n".join(lines) + "\n")
    assert verdicts(rows) == ["accept", "refuse", "accept"]


def test_row_broken_in_two_by_a_line_end_without_quotes_is_joined() -> None:
    lines = RUSSIAN.splitlines()
    lines[2] = lines[2].replace("жену, ", "жену,\n")
    rows = rows_of("\n".join(lines) + "\n")
    assert verdicts(rows) == ["accept", "flag", "accept"]
    assert rows[1].narrative == "Муж ударил жену,\nвыгнал из дома. Запись 1."


def test_text_with_the_delimiter_and_without_quotes_is_refused_not_shifted() -> None:
    lines = RUSSIAN.splitlines()
    lines[2] = lines[2].replace("жену, ", "жену; ")
    rows = rows_of("\n".join(lines))
    assert verdicts(rows) == ["accept", "refuse", "accept"]
    assert codes(rows[1]) >= {("", "too_many_cells")}


def test_file_that_never_writes_empty_last_cells_is_not_torn() -> None:
    rows = rows_of(table([cells(number)[: 9 - number] for number in range(4)]))
    assert verdicts(rows) == ["accept"] * 4


def test_line_with_another_delimiter_is_kept_with_a_warning() -> None:
    lines = table([cells(1), cells(2)]).splitlines()
    other = table([cells(3)], delimiter="\t").splitlines()[1]
    rows = rows_of("\n".join([*lines, "Итого: 2", other]))
    assert verdicts(rows) == ["accept", "accept", "flag"]
    assert rows[2].suspect == "муж"


def test_two_files_pasted_together_are_both_read() -> None:
    second = table([cells(8)[::-1]], headings=KK[::-1], delimiter=",").encode()
    rows = rows_of(table([cells(1), cells(2)]).encode("cp1251") + second)
    assert [row.kui_no for row in rows] == [kui(1), kui(2), kui(8)]
    assert rows[2].narrative == cells(8)[2]


def test_lines_of_two_encodings_in_one_file_are_read_each_in_its_own() -> None:
    lines = RUSSIAN.splitlines(keepends=True)
    data = b"".join(line.encode("cp1251" if number == 2 else "utf-8") for number, line in enumerate(lines))
    rows = rows_of(data)
    assert [row.narrative for row in rows] == [cells(number)[2] for number in range(3)]
    assert codes(rows[1]) == {("", "other_encoding")}
    mixed = b"".join(line.encode("utf-8" if number == 2 else "cp1251") for number, line in enumerate(lines))
    assert [row.victim for row in rows_of(mixed)] == ["Оспанова Айгуль"] * 3


def test_two_encodings_inside_one_line_are_told_apart() -> None:
    before, after = table([cells(1)]).split("г. Тараз")
    (row,) = rows_of(before.encode() + "г. Тараз".encode("cp1251") + after.encode())
    assert row.address == "г. Тараз, ул. Мира, 5"
    assert row.verdict == "flag"


def test_letters_garbled_by_a_wrong_encoding_are_restored_with_a_warning() -> None:
    garbled = "Муж ударил жену".encode().decode("cp1251", "replace")
    (row,) = rows_of(table([cells(1, narrative=garbled)]))
    assert row.narrative == "Муж ударил жену"
    assert ("narrative", "text_repaired") in codes(row)


def test_lost_letters_are_noticed() -> None:
    (row,) = rows_of(table([cells(1, victim="?тегенова Г?лсім")]))
    assert codes(row) == {("victim", "letters_lost")}


def test_broken_letter_in_a_good_file_is_damage_and_not_another_encoding() -> None:
    data = RUSSIAN.encode().replace("ударил".encode(), "уда".encode() + b"\xd1" + "ил".encode(), 1)
    rows = rows_of(data)
    assert ("narrative", "letters_lost") in codes(rows[0])
    assert rows[0].victim == "Оспанова Айгуль"


def test_headings_without_rows_are_a_file_without_rows() -> None:
    assert rows_of(table([])) == []
    assert rows_of(table([]) + ";;;;;;;;\r\nИтого: 0;;;;;;;;\r\n") == []


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b"\x00" * 5000, b"\xff\xfe", b" ;; ; \n"])
def test_empty_file_is_refused_with_a_sentence(data: bytes) -> None:
    assert refused_file(data) in {"empty", "no_headings"}


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"%PDF-1.7\n", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table"),
        (b"<!DOCTYPE html><table>", "not_a_table"),
        (b"\x1f\x8b\x08\x00", "packed"),
        ("Просто письмо, без таблицы.\n".encode(), "no_headings"),
        ("Потерпевший;Адрес;Телефон\nИванов;Тараз;1\n".encode(), "no_number_column"),
        ("№ КУИ;Фабула;Телефон\n1;Тараз;1\n".encode(), "no_date_column"),
    ],
)
def test_file_that_is_no_register_is_refused_as_a_whole(start: bytes, code: str) -> None:
    assert refused_file(start + b"\x00\x01" * 50 if code in {"packed"} else start) == code


def test_nul_bytes_are_taken_out_with_a_warning_or_refuse_the_number() -> None:
    data = table([cells(1, narrative="Муж\x00 ударил"), cells(2, kui_no=kui(2)[:7] + "\x00" + kui(2)[8:])])
    rows = rows_of(data + "\x00" * 4096)
    assert (rows[0].narrative, verdicts(rows)) == ("Муж ударил", ["flag", "refuse"])


def test_words_of_the_country_are_complete() -> None:
    assert set(WORDS.titles) >= {"kui_no", "registered_at", "iin"}
    assert sorted(set(WORDS.months.values())) == list(range(1, 13))


def test_many_quotes_that_never_close_do_not_slow_reading_down() -> None:
    random.seed(7)
    lines = [";".join(cells(number)[:2]) + ';"Муж' + ";x" * random.randint(0, 9) for number in range(1000)]
    assert len(rows_of(table([]) + "\n".join(lines))) == 1000


def test_date_over_a_group_of_rows_and_a_remark_below_are_no_rows() -> None:
    lines = table([cells(1)]).splitlines()
    data = "\n".join([lines[0], "05.03.2024;;;;;;;;", lines[1], "Примечаний нет, смену сдал;;;;;;;;"])
    file = open_bytes(data.encode())
    assert isinstance(file, DeskFile)
    assert verdicts(file) == ["accept"]
    assert file.skipped == [(2, "05.03.2024"), (4, "Примечаний нет, смену сдал")]


def test_piece_of_a_row_is_refused_and_never_passed_over() -> None:
    rows = rows_of(table([cells(1)]) + "продолжение фабулы без всего остального\n" + "24751003400;;;;;;;;\n")
    assert verdicts(rows) == ["accept", "refuse", "refuse"]


def test_garbage_without_end_is_given_up_with_a_reason() -> None:
    rows = rows_of(table([cells(1)]) + '"a\n' * 20_000)
    assert 5_000 < len(rows) < 5_010
    assert codes(rows[-1]) == {("", "rest_unreadable")}
