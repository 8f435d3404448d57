"""A name is found however it is written: in another alphabet, shortened, mistyped, on another keyboard, half known."""

import pytest

from qorgan.people.engine import ranking, spelling, tokens
from qorgan.people.engine.habits import habits
from qorgan.people.engine.ranking import Fact, Known, Rank, Why
from qorgan.people.engine.tokens import Born

HER = ("Әбілқасымова", "Күләш", "Сәбитқызы")
BORN = Born(1987, 4, 9)


def kept(surname: str, given: str, patronymic: str = "", *, born: Born | None = BORN, iin: str = "") -> Known:
    name = tokens.name_of(written="", surname=surname, given=given, patronymic=patronymic, habits=habits())
    return Known(name, born, iin=iin)


def met(typed: str, *, born: Born | None = None, person: Known | None = None) -> bool:
    """Whether any token of the query is one of hers."""
    her = person or kept(*HER)
    held = tokens.kept(her.name, her.born)
    asked = [tokens.sought(reading, born, wide=True) for reading in spelling.readings(typed, habits())]
    return any(held & tokens_of.keys() for tokens_of in asked)


def ranked(typed: str, *, born: Born | None = None, person: Known | None = None) -> Rank:
    return ranking.Ranker(spelling.readings(typed, habits()), born).rank(person or kept(*HER))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Әбілқасымова Күләш", Why.SAME_NAME),
        ("Күләш Сәбитқызы Әбілқасымова", Why.SAME_NAME),
        ("Абилкасымова Куляш Сабитовна", Why.OTHER_SPELLING),
        ("ABILKASSYMOVA KULYASH", Why.OTHER_ALPHABET),
        ("Ábilqasymova Kúlásh", Why.OTHER_ALPHABET),
        ("Әбілқасым Күләш", Why.OTHER_SPELLING),
        ("Әбілқасымованың Күләш", Why.OTHER_SPELLING),
        ("Әбілқсымова Күләш", Why.OTHER_SPELLING),
        ("Әбілқасымова Кұлаж", Why.SLIP),
        ("2б3л0асымова К8л2ш", Why.KEYBOARD),
        ("2,3k0fcsvjdf R8k2i", Why.KEYBOARD),
        ("Әбілқасымова К. С.", Why.INITIALS),
        ("ӘбілқасымоваКүләш", Why.SAME_NAME),
        ("азаматша Әбілқасымова Күләш", Why.SAME_NAME),
    ],
)
def test_a_name_is_met_and_said_why(typed: str, why: Why) -> None:
    assert met(typed)
    found = ranked(typed)
    assert why in found.why
    assert found.value > 0.8


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("Слава Ким", ("Ким", "Вячеслав")),
        ("Рустик Жумадилов", ("Жұмаділов", "Рустам")),
        ("Сая Зікірия", ("Зікірия", "Нұрсая")),
        ("Ахметова Гуля", ("Ахметова", "Гүлсім")),
        ("Есенов Мұқаш", ("Есенов", "Мұхамед")),
        ("Choi Larissa", ("Цой", "Лариса")),
        ("Park Alina", ("Пак", "Алина")),
    ],
)
def test_a_short_form_meets_the_whole_name(typed: str, whole: tuple[str, str]) -> None:
    person = kept(*whole)
    assert met(typed, person=person)
    assert Why.SHORT_FORM in ranked(typed, person=person).why


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (BORN, Why.SAME_DATE),
        (Born(1987), Why.SAME_YEAR),
        (Born(1987, 9, 4), Why.DAY_AND_MONTH),
        (Born(1987, 4, 8), Why.ONE_DIGIT),
        (Born(1997, 4, 9), Why.ONE_DIGIT),
        (Born(1971, 12, 30), Why.OTHER_DATE),
    ],
)
def test_a_date_is_compared_as_people_mistake_it(said: Born, why: Why) -> None:
    assert why in ranked("Әбілқасымова Күләш", born=said).why


def test_a_mistyped_name_is_met_by_its_date_alone() -> None:
    assert met("Аткалова Кнрш", born=BORN)
    assert not met("Аткалова Кнрш", born=Born(1987, 4, 10))
    assert not met("Аткалова Кнрш")


def test_no_token_is_of_one_part_of_a_name_alone() -> None:
    one = kept("Ахметова", "Әсел", born=BORN)
    for alone in (kept("Ахметова", "", born=None), kept("", "Әсел", born=None)):
        assert tokens.kept(alone.name, None) == set()
    other = kept("Ахметова", "Ғалия", born=Born(1950, 1, 1))
    assert not tokens.kept(one.name, one.born) & tokens.kept(other.name, other.born)


def test_sure_only_where_enough_facts_agree() -> None:
    assert not ranked("Әбілқасымова Күләш").confident
    assert not ranked("Әбілқасымова Күләш Сәбитқызы").confident
    assert ranked("Абилкасымова Куляш", born=BORN).confident
    assert not ranked("Әбілқасымова Күләш", born=Born(1987, 4, 8)).confident
    assert ranked("Әбілқасымова Күләш Сәбитовна", born=Born(1987, 4, 8)).confident
    assert not ranked("Әбілқасымова Күләш Ерланқызы", born=BORN).confident
    assert not ranked("Әбілқасымова Күлән", born=BORN).confident  # perhaps her twin


def test_a_sister_a_father_and_a_namesake_are_never_sure() -> None:
    sister, father = kept("Балғабаева", "Гүлмира", "Ринатқызы"), kept("Бейсенов", "Ерлан", "", born=Born(1962, 7, 13))
    assert not ranked("Балғабаева Гүлнара Ринатқызы", born=BORN, person=sister).confident
    assert not ranked("Бейсенов Дархан Ерланұлы", born=Born(1989, 3, 9), person=father).confident
    assert not ranked("Әбілқасымова Күләш Сәбитқызы", born=Born(1996, 12, 30)).confident


@pytest.mark.parametrize(
    ("typed", "born", "other", "fact"),
    [
        ("Ахметова Әсел", None, kept("Ахметова", "Әсел", born=Born(1990, 1, 2)), Fact.BORN),
        ("Ахметова Әсел", BORN, kept("Ахметова", "Әсел", "Қанатқызы"), Fact.PATRONYMIC),
        ("Ахметова Әсел Ерланқызы", BORN, kept("Ахметова", "Әсел", "Ерланқызы", iin="870409450012"), Fact.NUMBER),
    ],
)
def test_namesakes_are_not_guessed_but_asked_about(typed: str, born: Born | None, other: Known, fact: Fact) -> None:
    asked = spelling.readings(typed, habits())
    both = [kept("Ахметова", "Әсел", "Ерланқызы", iin="870409450013"), other]
    order = [(one, ranking.Ranker(asked, born).rank(one)) for one in both]
    told = ranking.judged(order, asked=asked, born=born)
    assert (told.confident, told.asks) == (frozenset(), fact)


def test_one_person_in_two_records_is_sure_in_both() -> None:
    asked = spelling.readings("Ахметова Әсел", habits())
    both = [kept("Ахметова", "Әсел"), kept("АХМЕТОВА", "АСЕЛЬ", "Ерлановна")]
    order = [(one, ranking.Ranker(asked, BORN).rank(one)) for one in both]
    assert ranking.judged(order, asked=asked, born=BORN) == ranking.Judged(frozenset({0, 1}))


@pytest.mark.parametrize("typed", ["", " ", "…", "12", "\u202e\u200f", "😀 😀", "x" * 5000, "- - -", "а " * 300])
def test_what_is_no_name_asks_for_little_and_breaks_nothing(typed: str) -> None:
    for reading in spelling.readings(typed, habits()):
        assert len(reading.words) <= spelling.MOST_WORDS
        tokens.sought(reading, None, wide=True)
    ranked(typed)
