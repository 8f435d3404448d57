"""What one cell may hold: dates as people write them, numbers that spreadsheets damaged, texts that mean harm."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from qorgan.reports.engine import numbers
from tests.reports.desks import WORDS, cells, codes, iin, kui, one, rows_of, table

GOOD = iin("85051540012")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("05.03.2024 10:05", "2024-03-05T10:05"),
        ("05.03.2024 10:05:59", "2024-03-05T10:05"),
        ("5.3.2024 9:05", "2024-03-05T09:05"),
        ("05.03.24 10:05", "2024-03-05T10:05"),
        ("5/3/2024 10:05", "2024-03-05T10:05"),
        ("05-03-2024 10:05", "2024-03-05T10:05"),
        ("05.03.2024, 10.05", "2024-03-05T10:05"),
        ("05.03.2024г. 10-05", "2024-03-05T10:05"),
        ("05.03.2024 г. в 10:05", "2024-03-05T10:05"),
        ("05.03.2024 в 10 ч. 05 мин.", "2024-03-05T10:05"),
        ("10:05 05.03.2024", "2024-03-05T10:05"),
        ("2024-03-05 10:05", "2024-03-05T10:05"),
        ("2024.03.05 10:05", "2024-03-05T10:05"),
        ("2024/03/05", "2024-03-05"),
        ("2024-03-05T10:05:00", "2024-03-05T10:05"),
        ("2024-03-05T10:05:00.123456", "2024-03-05T10:05"),
        ("2024-03-05T10:05:00+05:00", "2024-03-05T10:05"),
        ("2024-03-05T10:05+0500", "2024-03-05T10:05"),
        ("2024-03-05T05:05Z", "2024-03-05T10:05"),
        ("20240305T1005", "2024-03-05T10:05"),
        ("2024-03-05 11:05 +06", "2024-03-05T10:05"),
        ("45356.420139", "2024-03-05T10:05"),
        ("45356,420139", "2024-03-05T10:05"),
        ("45356", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("05032024", "2024-03-05"),
        ("20112011", "2011-11-20"),
        ("5 наурыз 2024 ж. 10:05", "2024-03-05T10:05"),
        ("2024 жылғы 5 наурыз, сағат 10:05", "2024-03-05T10:05"),
        ("2024 жылғы 5 наурыз", "2024-03-05"),
        ("5 марта 2024 г. в 10 ч. 05 мин.", "2024-03-05T10:05"),
        ("5 марта 2024 года, 10:05", "2024-03-05T10:05"),
        ("5 March 2024 10:05", "2024-03-05T10:05"),
        ("05.03.2024 10:05 PM", "2024-03-05T22:05"),
        ("05.03.2024\u00a010:05", "2024-03-05T10:05"),
        ("\u200e05.03.2024 10:05", "2024-03-05T10:05"),
        ("05.03.2024", "2024-03-05"),
        ("29.02.2024 00:00", "2024-02-29T00:00"),
    ],
)
def test_date_is_understood_as_a_person_means_it(written: str, meant: str) -> None:
    row = one(registered_at=written)
    assert (row.registered_text, row.verdict) == (meant, "accept")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "date_missing"),
        ("-", "date_missing"),
        ("нет", "date_missing"),
        ("вчера вечером", "date_unreadable"),
        ("около 10:00", "date_unreadable"),
        ("05.03.2024 ночью", "date_unreadable"),
        ("март 2024", "date_unreadable"),
        ("5 марта в 10:00", "date_unreadable"),
        ("31.02.2024 10:00", "date_impossible"),
        ("31022024", "date_impossible"),
        ("20241332", "date_impossible"),
        ("29.02.2023", "date_impossible"),
        ("00.00.0000", "date_impossible"),
        ("03/15/2024", "date_impossible"),
        ("2024-13-01 12:00", "date_impossible"),
        ("05.03.2024 25:61", "date_impossible"),
        ("05.03.2024 24:00", "date_impossible"),
        ("99999999", "date_impossible"),
        ("-5", "date_unreadable"),
        ("1709629200", "date_impossible"),
        ("2024-03-05T10:00+99:00", "date_impossible"),
        ("9999-12-31T23:59:59-23:00", "date_future"),
        ("05.03.2124 10:00", "date_future"),
        ("21.03.2024", "date_future"),
        ("30.12.1899 00:00", "date_too_old"),
        ("05.03.89", "date_too_old"),
        ("1", "date_impossible"),
        ("0001-01-01T00:00+05:00", "date_too_old"),
    ],
)
def test_date_that_cannot_be_is_refused_with_its_own_reason(written: str, code: str) -> None:
    row = one(registered_at=written)
    assert (row.verdict, row.registered_at, row.registered_on) == ("refuse", None, None)
    note = row.main_note
    assert note is not None
    assert note.field == "registered_at"
    assert note.code == code or {note.code, code} <= {"date_future", "date_impossible", "date_too_old"}


def test_date_without_time_is_midnight_with_the_time_unknown() -> None:
    row = one(registered_at="05.03.2024")
    assert row.registered_on == date(2024, 3, 5)
    assert row.registered_at is not None
    assert (row.registered_at.hour, row.time_known) == (0, False)


def test_time_with_an_offset_is_shown_in_the_time_of_the_desk() -> None:
    (row,) = rows_of(table([cells(registered_at="2024-02-29T10:00:00+05:00")]), zone=ZoneInfo("Asia/Almaty"))
    assert row.registered_text == "2024-02-29T11:00"  # +06:00 until 1 March 2024


@pytest.mark.parametrize(
    "written",
    [
        kui(5),
        f"№{kui(5)}",
        f"№ {kui(5)}",
        f"КУИ № {kui(5)}",
        f"'{kui(5)}",
        f'="{kui(5)}"',
        f" {kui(5)}\u200b",
        f"{kui(5)}.0",
        f"{kui(5)[:2]} {kui(5)[2:9]} {kui(5)[9:]}",
        f"{kui(5)[:2]}-{kui(5)[2:]}",
        f"\u202e{kui(5)}",
    ],
)
def test_number_is_known_in_any_dress(written: str) -> None:
    row = one(kui_no=written)
    assert (row.kui_no, row.verdict) == (kui(5), "accept")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "number_missing"),
        ("—", "number_missing"),
        ("2.4751E+14", "number_damaged"),
        ("2,4751E+14", "number_damaged"),
        ("247510000000000", "number_damaged"),
        ("24751003400700", "number_malformed"),
        ("2475100340070000", "number_malformed"),
        ("2475100З4007005", "number_malformed"),
        ("٢٤٧٥١٠٠٣٤٠٠٧٠٠٥", "number_malformed"),
        ('="2475100"&"34007005"', "number_is_formula"),
        ("=A1+1", "number_is_formula"),
        ('=HYPERLINK("http://example.invalid","247510034007005")', "number_is_formula"),
        ("<b>247510034007005</b>", "number_malformed"),
        ("247510034007005; DROP TABLE reports", "number_malformed"),
    ],
)
def test_number_that_is_missing_or_damaged_is_refused(written: str, code: str) -> None:
    row = one(kui_no=written)
    assert (row.verdict, codes(row)) == ("refuse", {("kui_no", code)})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (GOOD[:-1] + str((int(GOOD[-1]) + 1) % 10), "iin_check_digit"),
        ("850515400", "iin_length"),
        ("8505154001210", "iin_length"),
        ("85О515400121", "iin_non_digit"),
        ("859915400121", "iin_birth_date"),
        ("000000000000", "iin_birth_date"),
        ("850515900121", "iin_century_digit"),
        ("8.50515E+11", "iin_damaged"),
    ],
)
def test_impossible_identity_number_is_a_warning_and_never_a_refusal(written: str, code: str) -> None:
    row = one(iin=written)
    assert row.verdict == "flag"
    assert ("iin", code) in codes(row)


@pytest.mark.parametrize("written", ["", "-", "нет", "белгісіз", "н/д", GOOD, f"{GOOD[:6]} {GOOD[6:]}", f"'{GOOD}"])
def test_missing_or_good_identity_number_is_no_warning(written: str) -> None:
    assert one(iin=written).verdict == "accept"


def test_leading_zero_of_an_identity_number_is_restored_only_if_the_check_digit_holds() -> None:
    full = iin("04022960001")
    row = one(iin=full.removeprefix("0"))
    assert (row.iin, codes(row)) == (full, {("iin", "iin_zero_restored")})
    wrong = full[1:-1] + str((int(full[-1]) + 1) % 10)
    assert one(iin=wrong).iin == wrong


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+7 701 000 00 00", "+77010000000"),
        ("8(702)0000001", "+77020000001"),
        ("87070000003", "+77070000003"),
        ("7070000003", "+77070000003"),
        ("8 (7252) 30-00-01", "+77252300001"),
        ("+49 30 1234567", ""),
        ("8701", ""),
        ("сестра: 87010000001", ""),
        ("87010000001, 87010000002", ""),
    ],
)
def test_telephone_is_kept_as_written_and_numbered_only_when_sure(written: str, number: str) -> None:
    row = one(phone=written)
    assert (row.phone, row.phone_e164, row.verdict) == (written, number, "accept")


def test_country_without_a_telephone_form_numbers_none() -> None:
    assert numbers.phone("87010000001", form=None) == ""


@pytest.mark.parametrize(
    ("written", "code", "verdict"),
    [
        ("102", "102", "accept"),
        ("  102 ", "102", "accept"),
        ("УИП", "inspector", "accept"),
        ("Личный прием", "in_person", "accept"),
        ("өзі келді", "in_person", "accept"),
        ("мектеп", "other", "accept"),
        ("", "", "accept"),
        ("голубиная почта", "", "flag"),
    ],
)
def test_channel_is_known_by_its_words(written: str, code: str, verdict: str) -> None:
    row = one(channel=written)
    assert (row.channel.code, row.channel.raw, row.verdict) == (code, written.strip(), verdict)


@pytest.mark.parametrize(
    "written",
    [
        '=HYPERLINK("http://example.invalid","сюда")',
        "=cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "=1+1",
        "=A1",
    ],
)
def test_formula_in_a_text_is_kept_as_text_with_a_warning(written: str) -> None:
    row = one(narrative=written)
    assert (row.narrative, codes(row)) == (written, {("narrative", "looks_like_formula")})


@pytest.mark.parametrize(
    "written",
    [
        "- Приезжайте, он опять! - сказала женщина.",
        "+ угрозы по телефону",
        "<script>alert(1)</script>",
        "'; DROP TABLE reports; --",
        "Он сказал: =) и ушёл",
        "{{ 7*7 }} ${x} %s %(a)s {0}",
        "Крик 😱 за стеной",
        "a" * 20_000,
    ],
)
def test_strange_but_honest_text_is_accepted_as_it_is(written: str) -> None:
    row = one(narrative=written)
    assert (row.narrative, row.verdict) == (written, "accept")


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u2066", "\u200f", "\U000e0041"])
def test_direction_marks_and_invisible_signs_are_kept_out_of_names_with_a_warning(mark: str) -> None:
    row = one(
        victim=f"Оспанова{mark} Айгуль", kui_no=f"{mark}{kui(0)}", iin=f"{GOOD}{mark}", phone=f"{mark}87010000001"
    )
    assert (row.victim, row.iin, row.phone_e164) == ("Оспанова Айгуль", GOOD, "+77010000001")
    assert codes(row) == {("victim", "hidden_characters")}


def test_halves_of_a_pair_do_not_reach_the_text() -> None:
    (row,) = rows_of(f'{{"kui_no": "{kui(1)}", "registered_at": "2024-03-05", "narrative": "а\\ud800б"}}')
    assert row.narrative.encode()
    assert row.verdict == "flag"


def test_very_long_text_is_kept_whole_up_to_a_limit() -> None:
    assert one(narrative="а" * 30_000).verdict == "flag"
    assert len(one(narrative="а" * 30_000).narrative) == 30_000
    row = one(narrative="а" * 100_001)
    assert (row.verdict, codes(row)) == ("refuse", {("narrative", "text_too_long")})


def test_unknown_victim_is_still_a_report() -> None:
    for written in ("не установлена", "Белгісіз", "неизвестно", ""):
        row = one(victim=written, iin="")
        assert (row.victim, row.verdict) == ("", "accept")


def test_row_that_tells_nothing_is_kept_with_a_warning() -> None:
    assert codes(one(narrative="", address="-", victim="")) == {("", "nothing_told")}


def test_words_for_nothing_are_no_channel() -> None:
    assert WORDS.says_nothing("Н/Д")
    assert one(channel="-").channel.code == ""
