"""A release speaks three languages without a mistake."""

from decimal import Decimal

import pytest

from qorgan.indicators.engine.periods import parse
from qorgan.releases.engine import compose
from qorgan.releases.engine.draft import Draft
from qorgan.releases.engine.phrases import roughly
from tests.releases.drafts import DEFINITIONS, FULL, LANGUAGES, MEDIAN, ORDERS, draft, figure, voice
from tests.releases.years import year


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
    ("language", "key", "word", "said"),
    [
        ("kk", "than_period", "2025", "2025 жылғыдан"),
        ("kk", "than_period", "2025-Q3", "2025 жылғы III тоқсандағыдан"),
        ("kk", "than_period", "2025-07", "2025 жылғы шілдедегіден"),
        ("kk", "than_period", "2025-01..2025-10", "2025 жылғы қаңтар–қазандағыдан"),
        ("kk", "with_period", "2025-03", "2025 жылғы наурызбен"),
        ("kk", "with_period", "2025", "2025 жылмен"),
        ("ru", "with_period", "2025", "с 2025 годом"),
        ("ru", "with_period", "2025-10", "с октябрём 2025 года"),
        ("ru", "with_period", "2025-01..2025-10", "с январём–октябрём 2025 года"),
        ("en", "than_period", "2025", ""),
    ],
)
def test_period_takes_the_case_of_a_comparison(language: str, key: str, word: str, said: str) -> None:
    assert voice(language).named(key, parse(word)) == said


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
    spoken = voice(language)
    assert spoken.counted(value, spoken.said(ORDERS)["noun"]).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("value", "kk", "ru", "en"),
    [
        (412, "412 қорғау нұсқамасы", "412 защитных предписаний", "412 protective orders"),
        (1, "1 қорғау нұсқамасы", "1 защитное предписание", "1 protective order"),
        (5_549, "5 500-ден астам", "более 5 500 защитных предписаний", "more than 5 500 protective orders"),
        (5_480, "5 500-ге жуық", "около 5 500 защитных предписаний", "about 5 500 protective orders"),
        (15_987, "16 мыңға жуық", "около 16 тысяч защитных", "about 16 thousand"),
        (72_000, "72 мың қорғау", "72 тысячи защитных предписаний", "72 thousand protective orders"),
        (72_018, "72 мыңнан астам", "более 72 тысяч", "more than 72 thousand"),
        (21_300, "21 мыңнан астам", "более 21 тысячи", "more than 21 thousand"),
        (101_000, "101 мың қорғау", "101 тысяча защитных", "101 thousand"),
        (100_234, "100 мыңнан астам", "более 100 тысяч", "more than 100 thousand"),
        (1_234_567, "1,23 миллионнан астам", "более 1,23 миллиона", "more than 1.23 million"),
    ],
)
def test_round_numbers_are_said_as_people_say_them(value: int, kk: str, ru: str, en: str) -> None:
    for language, said in (("kk", kk), ("ru", ru), ("en", en)):
        spoken = voice(language)
        assert said in roughly(spoken, value, spoken.said(ORDERS))[0].replace("\u00a0", " "), language


def _text(language: str, made: Draft = FULL) -> str:
    return compose.text(made, voice(language)).plain().replace("\u00a0", " ")


def test_kazakh_text_says_the_figures_with_their_units() -> None:
    text = _text("kk")
    assert "2026 жылғы қазан айында тұрмыстық зорлық-зомбылық туралы 8 012 хабарлама тіркелді." in text
    assert "5 638 қорғау нұсқамасы шығарылды." in text
    assert "Дерек күні: 2026 жылғы 5 қараша." in text  # the clock of Almaty is already at the fifth
    assert "хабарлама тіркелгеннен кейін 14,2 сағат ішінде" in text


def test_russian_and_english_texts_say_the_same() -> None:
    assert "В октябре 2026 года зарегистрировано 8 012 сообщений о бытовом насилии." in _text("ru")
    assert "по 8 012 сообщениям до даты данных вынесено 5 638 защитных предписаний" in _text("ru")
    assert "In October 2026, 8 012 reports of domestic violence were registered." in _text("en")
    assert "5 638 protective orders were issued." in _text("en")


def test_opening_can_be_read_out() -> None:
    opening = " ".join(compose.text(year(), voice("ru")).opening).replace("\u00a0", " ")
    assert opening == (
        "В 2025 году зарегистрировано более 100 тысяч сообщений о бытовом насилии. "
        "Вынесено более 72 тысяч защитных предписаний. "
        "Судами рассмотрено около 16 тысяч дел с вынесением хотя бы одного решения."
    )


def test_nothing_counted_is_said_in_words_and_nothing_known_is_not_a_zero() -> None:
    empty = draft({10: 0, 79: 0}, {10: 0, 79: 0}, hours=None)
    assert "не зарегистрировано ни одного сообщения" in _text("ru", empty)
    assert "ірде-бір қорғау нұсқамасы шығарылған жоқ" in _text("kk", empty)
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
        lines = data.decode().splitlines()
        if name.endswith(".csv"):
            assert all(line.endswith(",SYNTHETIC") for line in lines[1:]), name
        elif name.startswith("tables/"):
            assert all('"data":"SYNTHETIC"' in line for line in lines), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_a_sentence_of_its_own_and_every_section_its_title(language: str) -> None:
    spoken = voice(language)
    assert set(spoken.words["said"]) == set(DEFINITIONS)
    assert set(spoken.words["sections"]) <= set(DEFINITIONS)
    told = compose.text(year(), spoken)
    assert [code for section in told.sections for code, _words in section.lines] == list(DEFINITIONS)
    assert len(told.sections) == len(spoken.words["sections"])
    for line in (*told.paragraphs, *told.opening, told.headline):
        assert not {"{", "}"} & set(line)
        assert "  " not in line
        assert line[0].isupper() or line[0].isdigit()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", [0.0, 0.00001, 0.0002])
def test_zeros_and_ones_are_said_too(language: str, scale: float) -> None:
    for line in compose.text(year(scale=scale), voice(language)).paragraphs:
        assert not {"{", "}"} & set(line)
        assert ".." not in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_indicator_without_words_of_its_own_is_still_said(language: str) -> None:
    spoken = voice(language)
    bare = type(spoken)(language, {**spoken.words, "said": {}})
    for line in compose.text(year(), bare).paragraphs:
        assert line.endswith(".")
        assert not {"{", "}"} & set(line)


def test_verb_agrees_with_one_and_with_many() -> None:
    for count, said in ((1, "Вынесен 1 приговор."), (21, "Вынесен 21 приговор."), (5, "Вынесено 5 приговоров.")):
        made = year(before=False)
        one = figure("sentences", count, period=made.period)
        text = _text("ru", type(made)(**{**made.__dict__, "national": {**made.national, "sentences": one}}))
        assert said in text
