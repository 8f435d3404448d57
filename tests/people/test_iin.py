"""The identification number: each fault by its own name, and never a refusal."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgan.people.engine.iin import Fault, Sex, check_digits, read


@pytest.mark.parametrize(
    ("first11", "digits"),
    [
        ("85010130000", [5]),
        ("01022950000", [4]),
        ("04022960001", [1]),
        ("99123140001", [4]),
        ("90010140040", [4]),  # by the second weights
        ("90010140041", [6]),  # by the second weights
        ("90010140043", []),  # ten twice: never issued
        ("15100160123", [3]),
    ],
)
def test_the_check_digit_of_eleven(first11: str, digits: list[int]) -> None:
    assert check_digits(first11) == digits
    valid = [digit for digit in range(10) if read(f"{first11}{digit}").check_digit_ok]
    assert valid == digits


@pytest.mark.parametrize(("iin", "valid"), [("900101400404", True), ("900101400416", True), ("900101400402", False)])
def test_the_second_pass_decides_where_the_first_gives_ten(iin: str, valid: bool) -> None:
    assert read(iin).valid is valid


def test_a_number_says_birth_sex_and_century() -> None:
    reading = read("151001601233")
    assert (reading.birth_date, reading.sex, reading.century) == (date(2015, 10, 1), Sex.FEMALE, 2000)
    man = read("850101300005")
    assert (man.birth_date, man.sex, man.century) == (date(1985, 1, 1), Sex.MALE, 1900)


def test_a_29_february_that_was_not_is_a_fault_of_the_date_and_not_of_the_check_digit() -> None:
    reading = read("010229500004")
    assert reading.faults == (Fault.BIRTH_DATE,)
    assert reading.check_digit_ok and not reading.valid and reading.birth_date is None
    assert read("040229600011").valid


@pytest.mark.parametrize("last", range(10))
def test_a_number_that_was_never_issued_is_said_so_whatever_its_last_digit(last: int) -> None:
    assert read(f"90010140043{last}").faults == (Fault.NEVER_ISSUED,)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", (Fault.LENGTH,)),
        ("85010130000", (Fault.LENGTH,)),
        ("8501013000055", (Fault.LENGTH,)),
        ("85010130000x", (Fault.NON_DIGIT,)),
        ("８50101300005", (Fault.NON_DIGIT,)),
        ("٨50101300005", (Fault.NON_DIGIT,)),
        ("85010130000\u00b2", (Fault.NON_DIGIT,)),
        ("8501x", (Fault.LENGTH, Fault.NON_DIGIT)),
        ("8.50101E+11", (Fault.LENGTH, Fault.NON_DIGIT)),
        ("850101300006", (Fault.CHECK_DIGIT,)),
        ("851401300005", (Fault.BIRTH_DATE, Fault.CHECK_DIGIT)),
    ],
)
def test_each_fault_has_its_name(text: str, faults: tuple[Fault, ...]) -> None:
    assert read(text).faults == faults


@pytest.mark.parametrize("mark", "789")
def test_a_seventh_digit_of_no_century_is_a_fault(mark: str) -> None:
    (check,) = check_digits(f"850101{mark}0000")
    reading = read(f"850101{mark}0000{check}")
    assert reading.faults == (Fault.CENTURY_DIGIT,)
    assert (reading.birth_date, reading.sex, reading.century) == (None, None, None)


def test_a_seventh_digit_of_nought_is_a_foreigner_of_whom_it_says_neither_sex_nor_century() -> None:
    (check,) = check_digits("85010100000")
    reading = read(f"85010100000{check}")
    assert reading.valid and reading.birth_date is None and reading.sex is None
    impossible = "85023000000"
    assert Fault.BIRTH_DATE in read(f"{impossible}{(check_digits(impossible) or [0])[0]}").faults


def test_spaces_do_not_matter() -> None:
    assert read(" 850101\u00a0300005 ").valid


def test_a_birth_in_the_future_is_a_fault_of_the_date() -> None:
    assert read("151001601233", on=date(2015, 9, 30)).faults == (Fault.BIRTH_DATE,)
    assert read("151001601233", on=date(2015, 10, 1)).valid


def test_ten_thousand_serials_hold_827_second_passes_and_83_impossible_ones() -> None:
    prefix = "9001014"
    sums = [sum(int(d) * w for d, w in zip(f"{prefix}{n:04}", range(1, 12), strict=True)) for n in range(10_000)]
    impossible = sum(not check_digits(f"{prefix}{n:04}") for n in range(10_000))
    assert impossible == 83
    assert sum(total % 11 == 10 for total in sums) - impossible == 827


def test_check_digits_takes_eleven_digits_only() -> None:
    for text in ("8501013000", "850101300005", "8501013000x", "８5010130000"):
        with pytest.raises(ValueError):
            check_digits(text)


@given(st.text(max_size=20))
def test_reading_never_raises(text: str) -> None:
    assert read(text).text == text


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.sampled_from([*range(10), 11]), st.integers(1, 9))
def test_one_wrong_digit_is_seen_in_a_number_of_one_pass(iin: str, place: int, shift: int) -> None:
    # The eleventh digit has the weight 11 and so leaves the remainder of the first pass as it is.
    first = sum(int(d) * w for d, w in zip(iin[:11], range(1, 12), strict=True)) % 11
    wrong = iin[:place] + str((int(iin[place]) + shift) % 10) + iin[place + 1 :]
    other = sum(int(d) * w for d, w in zip(wrong[:11], range(1, 12), strict=True)) % 11
    if first < 10 and other < 10 and read(iin).check_digit_ok:
        assert not read(wrong).check_digit_ok
