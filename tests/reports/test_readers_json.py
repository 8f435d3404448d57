"""JSON Lines and arrays: a broken object is refused, the others go on."""

import json

import pytest

from tests.reports.desks import FIELDS, KK, RU, cells, codes, kui, refused_file, rows_of, verdicts


def record(index: int = 0, *, keys: tuple[str, ...] = FIELDS, **given: str) -> dict[str, str]:
    """One object."""
    return dict(zip(keys, cells(index, **given), strict=True))


def lines(*records: object) -> str:
    """JSON Lines."""
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in records)


@pytest.mark.parametrize(
    ("keys", "encoding"),
    [(keys, encoding) for keys in (FIELDS, RU, KK) for encoding in ("utf-8", "utf-8-sig", "utf-16", "kz1048")],
)
def test_objects_on_lines_are_rows_whatever_their_keys(keys: tuple[str, ...], encoding: str) -> None:
    rows = rows_of(lines(record(1, keys=keys), record(2, keys=keys)).encode(encoding))
    assert verdicts(rows) == ["accept", "accept"]
    assert (rows[1].kui_no, rows[1].narrative, rows[1].line) == (kui(2), cells(2)[2], 2)


def test_escaped_letters_and_unknown_keys_are_no_trouble() -> None:
    text = json.dumps(record(1) | {"shift": 3, "tags": ["a"]})
    (row,) = rows_of(text)
    assert (row.verdict, row.narrative) == ("accept", cells(1)[2])
    assert row.raw["shift"] == "3"


def test_broken_lines_are_refused_and_the_others_go_on() -> None:
    text = "\n".join(
        [
            lines(record(1)),
            lines(record(2))[:70],
            "",
            "[1, 2]",
            '"text"',
            "42",
            lines(record(3)) + ",",
            "{}",
            "[" * 100_000,
        ]
    )
    rows = rows_of(text)
    assert verdicts(rows) == ["accept", "refuse", "refuse", "refuse", "refuse", "accept", "refuse", "refuse"]
    assert [row.line for row in rows] == [1, 2, 4, 5, 6, 7, 8, 9]
    assert rows[1].raw[""].startswith("{")
    assert codes(rows[1]) == {("", "not_json")}
    assert codes(rows[2]) == {("", "not_an_object")}


def test_numbers_keep_their_digits_and_nan_is_nothing() -> None:
    text = f'{{"kui_no": {kui(1)}, "registered_at": 45356.55, "iin": 850515400121, "victim": NaN, "narrative": "x"}}'
    (row,) = rows_of(text)
    assert (row.kui_no, row.registered_text, row.iin, row.victim) == (kui(1), "2024-03-05T13:12", "850515400121", "")
    (row,) = rows_of('{"kui_no": 2.4751e14, "registered_at": "2024-03-05", "narrative": "x"}')
    assert codes(row) >= {("kui_no", "number_damaged")}


def test_key_that_stands_twice_is_refused_unless_it_says_the_same() -> None:
    twice = lines(record(1))[:-1] + ', "victim": "Другая"}'
    (row,) = rows_of(twice)
    assert (row.verdict, codes(row)) == ("refuse", {("victim", "key_twice")})
    same = lines(record(1))[:-1] + ', "channel": "102", "Арна": "102"}'
    (row,) = rows_of(same)
    assert row.verdict == "accept"


def test_list_in_place_of_text_is_kept_with_a_warning() -> None:
    (row,) = rows_of(json.dumps(record(1) | {"phone": ["87010000001"]}))
    assert codes(row) == {("phone", "not_text")}


@pytest.mark.parametrize("indent", [None, 1])
def test_array_is_read_object_by_object(indent: int | None) -> None:
    text = json.dumps([record(1), record(2, narrative='Скобки } ] { [ и "кавычки\\"'), record(3)], indent=indent)
    rows = rows_of(text)
    assert verdicts(rows) == ["accept"] * 3
    assert rows[1].narrative == 'Скобки } ] { [ и "кавычки\\"'


def test_array_that_is_torn_keeps_its_whole_objects() -> None:
    text = json.dumps([record(number) for number in range(4)], ensure_ascii=False, indent=1)
    rows = rows_of(text[: text.index(kui(3)) + 40])
    assert verdicts(rows) == ["accept", "accept", "accept", "refuse"]
    assert codes(rows[3]) == {("", "row_torn")}


def test_stray_values_in_an_array_are_refused_and_the_others_go_on() -> None:
    text = f"[{lines(record(1))}, 42, null, [1, 2], {lines(record(2))}]"
    rows = rows_of(text)
    assert verdicts(rows) == ["accept", "refuse", "accept"]


def test_objects_spread_over_lines_without_an_array_are_read() -> None:
    text = "\n".join(json.dumps(record(number), indent=2) for number in range(3))
    assert verdicts(rows_of(text)) == ["accept"] * 3


def test_empty_array_is_a_file_without_rows() -> None:
    assert rows_of("[]") == []


def test_json_that_is_no_register_is_refused() -> None:
    assert refused_file(b'{"name": "x", "version": 1}\n') == "no_headings"
