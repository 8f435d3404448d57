"""The nightly comparison proposes who may be one person, in memory only, and nobody who plainly is another."""

import random
from datetime import date
from typing import Any

import pytest

from qorgan.people.engine import match, tokens
from qorgan.people.engine.habits import habits
from qorgan.people.engine.spelling import Word

pytest.importorskip("splink", reason="the extra `match` is not installed")

Said = dict[str, Any]
HER: Said = {"surname": "Әбілқасымова", "given": "Күләш", "patronymic": "Сәбитқызы", "born": date(1987, 4, 9)}
OTHERS: tuple[Said, ...] = (
    {"surname": "Жүсіпов", "given": "Марат", "patronymic": "Асқарұлы", "born": date(1971, 2, 3)},
    {"surname": "Тұрсынова", "given": "Гүлнар", "patronymic": "Бекқызы", "born": date(1990, 11, 30)},
    {"surname": "Ким", "given": "Виктор", "patronymic": "Сергеевич", "born": date(1965, 7, 21)},
)


def proposed(*people: Said) -> set[tuple[int, int]]:
    """The pairs, by their places, that are proposed among these and a few others."""
    frame, met = match.Frame(), dict[str, Word]()
    for one in (*people, *OTHERS):
        parts = {part: str(one.get(part, "")) for part in ("written", "surname", "given", "patronymic")}
        born = one.get("born", 0)
        frame.add(
            tokens.name_of(**parts, habits=habits(), met=met),
            born=tokens.born_on(born) if isinstance(born, date) else tokens.Born(born) if born else None,
            iin=str(one.get("iin", "")),
            phone=str(one.get("phone", "")),
            sex=str(one.get("sex", "")),
            habits=habits(),
        )
    return {(min(pair.one, pair.other), max(pair.one, pair.other)) for pair in match.pairs(frame)}


@pytest.mark.parametrize(
    "again",
    [
        {"surname": "Абилкасымова", "given": "Куляш", "patronymic": "Сабитовна"},
        {"surname": "ABILKASSYMOVA", "given": "KULYASH", "patronymic": ""},
        {"surname": "Әбілқасымова", "given": "Күлэаш", "patronymic": "Сәбитқызы"},
        {"surname": "Абилкасымва", "given": "Куляш", "patronymic": "Сабиткызы"},
        {"surname": "Күләш", "given": "Әбілқасымова", "patronymic": "Сәбитқызы"},
        {"surname": "Әбілқасым", "given": "Күләш", "patronymic": ""},
        {"written": "Абилкасымова Куляш Сабитовна"},
    ],
    ids=["russian", "latin", "typo in the given name", "typo in the surname", "order", "ending", "one line"],
)
def test_she_is_found_in_another_spelling_with_her_date(again: Said) -> None:
    assert proposed(HER, {**again, "born": HER["born"]}) == {(0, 1)}


def test_a_date_with_one_wrong_digit_or_turned_is_still_hers() -> None:
    for born in (date(1987, 4, 8), date(1987, 9, 4)):
        assert proposed(HER, {**HER, "born": born}) == {(0, 1)}


def test_a_whole_name_with_the_year_alone_is_hers() -> None:
    assert proposed(HER, {**HER, "born": 1987}) == {(0, 1)}


def test_a_number_of_her_own_finds_her_under_another_name() -> None:
    iin = "870409400017"
    assert proposed({**HER, "iin": iin}, {"surname": "Серікова", "given": "Күләш", "iin": iin}) == {(0, 1)}


def test_a_son_with_the_name_of_his_father_is_another() -> None:
    father = {"surname": "Ахметов", "given": "Ерлан", "patronymic": "Болатұлы", "born": date(1969, 10, 3)}
    son = {**father, "patronymic": "Ерланұлы", "born": date(1996, 3, 9)}
    home = "+77010000001"
    assert proposed(father, son) == set()
    assert proposed({**father, "phone": home}, {**son, "phone": home}) == set()
    assert proposed({**father, "phone": home}, {**son, "phone": home, "born": None}) == set()


@pytest.mark.parametrize("names", [("Әсел", "Гүлсім"), ("Хасан", "Хусейн"), ("Фатима", "Зухра"), ("Айгүл", "Айсұлу")])
def test_twins_and_sisters_who_share_all_but_the_name_are_two(names: tuple[str, str]) -> None:
    home = {"surname": "Бейсембаева", "patronymic": "Нұрланқызы", "born": date(2001, 5, 6), "phone": "+77010000001"}
    assert proposed({**home, "given": names[0]}, {**home, "given": names[1]}) == set()
    later = {**home, "born": date(2004, 8, 1)}
    assert proposed({**home, "given": names[0]}, {**later, "given": names[1]}) == set()


def test_a_common_name_without_a_date_is_nobody_in_particular() -> None:
    namesakes = [{"surname": "Ахметова", "given": "Әсел"} for _number in range(5)]
    assert proposed(*namesakes) == set()
    assert proposed({**namesakes[0], "born": date(1980, 5, 6)}, {**namesakes[0], "born": date(1992, 1, 2)}) == set()


def test_records_that_say_nothing_are_no_pair() -> None:
    assert proposed({}, {}, {"given": "Әсел"}, {"given": "Әсел"}) == set()
    assert match.pairs(match.Frame()) == []


def test_where_enough_are_beyond_doubt_the_model_learns_from_them_and_finds_the_rest() -> None:
    begun = ("Ай", "Бек", "Дос", "Ер", "Жан", "Қай", "Мұқ", "Нұр", "Сағ", "Тал")
    ends = ("бол", "ғали", "дар", "жар", "кен", "лан", "мат", "сая", "тай", "шат")
    names = [one + end for one in begun for end in ends]
    frame, met, dice = match.Frame(), dict[str, Word](), random.Random(7)
    true = set()
    for number in range(1600):
        parts = {"surname": f"{dice.choice(names)}ов", "given": dice.choice(names), "patronymic": ""}
        born = tokens.Born(1950 + dice.randrange(60), 1 + dice.randrange(12), 1 + dice.randrange(28))
        spelt = {part: text.translate(str.maketrans("ғқұ", "гку")) for part, text in parts.items()}
        times = [parts, spelt] if number % 2 else [parts]
        if len(times) > 1:
            true.add((len(frame), len(frame) + 1))
        for said in times:
            name = tokens.name_of(written="", **said, habits=habits(), met=met)
            frame.add(name, born=born, iin="", phone="", sex="", habits=habits())
    found = {(min(pair.one, pair.other), max(pair.one, pair.other)) for pair in match.pairs(frame)}
    assert len(found & true) > 0.98 * len(true)
    assert len(found - true) < 0.01 * len(true)
