"""How figures stand in articles and ministry texts: passages that were written apart, and each form by itself."""

import pytest

from bench import grammar as scores
from bench.grammar import DETAILS, SENTENCES, Table
from qorgan.claims.engine import grammar

NEEDED = 0.95
AGREED = 0.9


@pytest.fixture(scope="module")
def table() -> Table:
    return scores.scored(scores.load(*sorted(SENTENCES.glob("articles.*.json"))))


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_figures_of_articles_are_found_and_nothing_else_is(table: Table, language: str) -> None:
    row = table[language, "all"]
    assert min(row.precision, row.recall) >= NEEDED
    assert min(row.agreement(detail) for detail in DETAILS) >= AGREED


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_annotated_spans_hold_the_words_they_name(language: str) -> None:
    for passage in scores.load(SENTENCES / f"articles.{language}.json"):
        for marked in (*passage["figures"], *passage["not_a_statistic"]):
            assert passage["text"][marked["start"] : marked["end"]] == marked["surface"], passage["id"]


def said(text: str) -> list[tuple[str, str]]:
    """The figures of a text with their units."""
    return [(figure.text, figure.unit) for figure in grammar.figures(text, language="ru")]


@pytest.mark.parametrize(
    "text",
    [
        "Звоните на 102, на линию доверия 150 или в контакт-центр 111.",
        "Телефоны: 8 (7172) 55-16-32, +7 701 555 01 02, 8-701-555-01-02, +77015550102, 87015550102.",
        "Қоңырау шалыңыз: 8 701 555 01 02.",
        "Кездесу 5–8 классах өтті.",
        "Семь раз отмерь, говорит пословица.",
        "«Жеті жарғы» қойылымы көрсетілді.",
        "Опрос прошёл с 1 по 28 февраля.",
        "2 За январь–октябрь, без консультаций.",
        "Об этом сказано в отчёте [12].",
        "Приём до 17.00, заседание в 18.30, счёт 3:1, самолёт Boeing 737.",
        "По ст.ст. 120-124 УК РК, мкр-н 6.",
    ],
)
def test_lines_telephones_notes_classes_and_proverbs_are_no_figures(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("102 вызова не подтвердились.", [("102", "count")]),
        ("Население — 8 701 555 человек.", [("8 701 555", "count")]),
        ("Открыто 8 классов.", [("8", "count")]),
        ("Сотни женщин ждали, около сотни пришли.", [("сотни", "count")]),
        (
            "Привлечены 4 тыс. 218 человек; из девяти тысяч 2 тысячи.",
            [("4 тыс. 218", "count"), ("девяти тысяч", "count"), ("2 тысячи", "count")],
        ),
        ("Түскен 25 мың қоңыраудың әрбір 12-сі балаға қатысты.", [("25 мың", "count"), ("әрбір 12-сі", "one_in_n")]),
        (
            "Жұрттың 60 пайызы, яғни әр бесінің үшеуі қолдайды.",
            [("60 пайызы", "percent"), ("әр бесінің үшеуі", "m_in_n")],
        ),
        ("Жүктеме бір жарым-екі есе артты.", [("бір жарым-екі есе", "ratio")]),
        ("Показатель не превышает 5 случаев на 1 000 женщин.", [("5", "m_in_n")]),
        ("За 1 кв. 2025 г. 56 случаев (1 кв. 2024 г. – 61).", [("56", "count"), ("61", "count")]),
        ("По статье 73-1 — 4,9 тыс. дел, по статье 461 — 1 127.", [("4,9 тыс.", "count"), ("1 127", "count")]),
        ("Полуторакратный рост отмечен в двухкратном чемпионате.", [("Полуторакратный", "ratio")]),
        ("Лектор приходил в каждую школу по двенадцать раз.", [("двенадцать", "count")]),
        ("Это более чем в целых 3 раза больше.", [("3 раза", "ratio")]),
        ("Двое из пяти никому не говорили.", [("Двое из пяти", "m_in_n")]),
        ("Двое из трёх свидетелей ушли.", [("Двое", "count"), ("трёх", "count")]),
        ("Обращений стало меньше на пятую часть.", [("пятую часть", "percent_change")]),
        ("Третья часть статьи 73 не применяется.", []),
        ("Сұралғандардың 4/5-і келіседі.", [("4/5-і", "m_in_n")]),
    ],
)
def test_forms_of_articles_are_read_as_they_are_meant(text: str, figures: list[tuple[str, str]]) -> None:
    assert said(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Зарегистрировано 69 фактов (в т. ч. 12 тяжких).",
        "Зарегистрировано 69 фактов, в т.ч. 12 тяжких.",
        "69 іс тіркелді, о.і. 12-сі ауыр.",
        "300 әйелдің 200-ден астамы қайтты.",
        "150 желісіне 19-25 мың қоңырау түсті, оның 200-ге жуығы бала құқығына қатысты.",
    ],
)
def test_shortened_words_of_a_part_and_nouns_of_nearness_tie_it_to_its_whole(text: str) -> None:
    whole, part = grammar.figures(text, language="kk" if "і" in text else "ru")
    assert (whole.part_of, part.part_of) == (None, 0)


def test_head_of_a_table_with_tabs_is_its_years_and_no_figures() -> None:
    text = "Регион\t2024\t2025\nАбай\t1 204\t1 388"
    assert said(text) == [("1 204", "count"), ("1 388", "count")]


def test_move_that_is_told_again_by_its_ratio_is_two_levels_and_no_range() -> None:
    found = grammar.figures("Шығын 512,4 миллионнан 1 миллиард 86 миллион теңгеге дейін, яғни екі еседен астам өсті.")
    assert [(int(figure.low), figure.approximation) for figure in found] == [
        (512_400_000, "exact"),
        (1_086_000_000, "exact"),
        (2, "more_than"),
    ]
