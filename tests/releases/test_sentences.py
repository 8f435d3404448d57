"""A release speaks three languages without a mistake."""

from decimal import Decimal

import pytest

from qorgan.indicators.engine.periods import parse
from qorgan.releases.engine import compose
from tests.releases.drafts import FULL, MEDIAN, draft, voice


@pytest.mark.parametrize(
    ("language", "word", "named", "within"),
    [
        ("kk", "2026", "2026 жыл", "2026 жылы"),
        ("kk", "2026-Q3", "2026 жылғы III тоқсан", "2026 жылғы III тоқсанда"),
        ("kk", "2026-10", "2026 жылғы қазан", "2026 жылғы қазан айында"),
        ("kk", "2026-01..2026-10", "2026 жылғы қаңтар–қазан", "2026 жылғы қаңтар–қазан айларында"),
        ("ru", "2026", "2026 год", "в 2026 году"),
        ("ru", "2026-Q3", "III квартал 2026 года", "в III квартале 2026 года"),
        ("ru", "2026-10", "октябрь 2026 года", "в октябре 2026 года"),
        ("ru", "2026-01..2026-10", "январь–октябрь 2026 года", "в январе–октябре 2026 года"),
        ("ru", "2025-11..2026-01", "ноябрь 2025 года – январь 2026 года", "с ноября 2025 года по январь 2026 года"),
        ("en", "2026-Q3", "third quarter of 2026", "in the third quarter of 2026"),
        ("en", "2026-10", "October 2026", "in October 2026"),
        ("en", "2025-11..2026-01", "November 2025 – January 2026", "from November 2025 to January 2026"),
    ],
)
def test_period_is_named_as_people_name_it(language: str, word: str, named: str, within: str) -> None:
    assert voice(language).period(parse(word)) == named
    assert voice(language).in_period(parse(word)) == within


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("ru", 1, "1 защитное предписание"),
        ("ru", 3, "3 защитных предписания"),
        ("ru", 11, "11 защитных предписаний"),
        ("ru", 21, "21 защитное предписание"),
        ("ru", 112, "112 защитных предписаний"),
        ("ru", 60118, "60 118 защитных предписаний"),
        ("ru", Decimal("72.3"), "72,3 защитного предписания"),
        ("ru", Decimal("70.0"), "70,0 защитного предписания"),
        ("kk", 60118, "60 118 қорғау нұсқамасы"),
        ("kk", Decimal("72.3"), "72,3 қорғау нұсқамасы"),
        ("en", 1, "1 protective order"),
        ("en", Decimal("1.0"), "1.0 protective orders"),
        ("en", 83412, "83 412 protective orders"),
    ],
)
def test_number_governs_its_noun(language: str, value: Decimal | int, words: str) -> None:
    assert voice(language).counted(value, "order").replace("\u00a0", " ") == words


def _text(language: str, made: object = FULL) -> str:
    return compose.text(made, voice(language)).plain().replace("\u00a0", " ")  # type: ignore[arg-type]  # told by name


def test_kazakh_text_says_the_figures_with_their_units() -> None:
    text = _text("kk")
    assert "2026 жылғы қазан айында тұрмыстық зорлық-зомбылық туралы 8 012 хабарлама тіркелді." in text
    assert "Осы кезеңде 5 638 қорғау нұсқамасы шығарылды." in text
    assert "Дерек күні: 2026 жылғы 5 қараша." in text  # the clock of Almaty is already at the fifth
    assert "хабарлама тіркелгеннен кейін 14,2 сағат ішінде" in text


def test_russian_and_english_texts_say_the_same() -> None:
    assert "В октябре 2026 года зарегистрировано 8 012 сообщений о бытовом насилии." in _text("ru")
    assert "по 8 012 сообщениям до даты данных вынесено 5 638 защитных предписаний" in _text("ru")
    assert "In October 2026, 8 012 reports of domestic violence were registered." in _text("en")
    assert "5 638 protective orders were issued." in _text("en")


def test_nothing_counted_is_said_in_words_and_nothing_known_is_not_a_zero() -> None:
    empty = draft({10: 0, 79: 0}, {10: 0, 79: 0}, hours=None)
    assert "не зарегистрировано ни одного сообщения" in _text("ru", empty)
    assert "бірде-бір қорғау нұсқамасы шығарылған жоқ" in _text("kk", empty)
    assert "не приводится: делить не на что" in _text("ru", empty)
    assert "0,0" not in _text("ru", empty)


def test_median_of_a_few_orders_is_not_given() -> None:
    few = draft({10: 30, 79: 50}, {10: 2, 79: 2})
    assert few.withheld == {MEDIAN: "too_few"}
    assert "14,2" not in _text("kk", few)
    assert "жазба тым аз" in _text("kk", few)


def test_revision_says_what_it_replaces_and_why() -> None:
    revised = draft({10: 30}, {10: 20}, number="2026-10-2", revises="2026-10-1", reason="Кеш түскен хабарламалар")
    assert "Бұл шығарылым 2026-10/1 шығарылымын алмастырады. Себебі: Кеш түскен хабарламалар." in _text("kk", revised)


def test_synthetic_release_says_so_in_every_language_and_table() -> None:
    for language, word in (("kk", "жасанды"), ("ru", "учебные"), ("en", "synthetic")):
        assert word in _text(language)
    for name, data in compose.files(FULL).items():
        if name.startswith("tables/"):
            lines = data.decode().splitlines()
            assert all(line.endswith(",SYNTHETIC") for line in lines[1:]), name
