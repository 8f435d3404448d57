"""What a reader relies on when a text is read for its figures."""

import time
from decimal import Decimal

import pytest

from qorgan.claims.engine import grammar
from qorgan.claims.engine.grammar import Figure, Note

Said = tuple[str, int | float, str]


def said(text: str, language: str = "kk") -> list[Said]:
    """The figures of a text: words, value, unit."""
    return [(one.text, float(one.low), one.unit) for one in grammar.figures(text, language=language)]


def one(text: str, language: str = "kk") -> Figure:
    """The only figure of a text."""
    (figure,) = grammar.figures(text, language=language)
    return figure


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Жиынға 2\u00a0500 адам келді.", "2\u00a0500", 2500),
        ("Жиынға 2\u202f500 адам келді.", "2\u202f500", 2500),
        ("Оған 3,7 мың адам келді.", "3,7 мың", 3700),
        ("Оған 1 млн 200 мың адам келді.", "1 млн 200 мың", 1_200_000),
        ("Оған 4 мың 520 адам келді.", "4 мың 520", 4520),
        ("Оған бес мың үш жүз елу бес адам келді.", "бес мың үш жүз елу бес", 5355),
        ("Оған екі жарым мың адам келді.", "екі жарым мың", 2500),
        ("Пришли пять тысяч триста сорок два человека.", "пять тысяч триста сорок два", 5342),
        ("Пришли полторы тысячи человек.", "полторы тысячи", 1500),
        ("Пришли 5,5 тыс. человек.", "5,5 тыс.", 5500),
    ],
)
def test_a_number_is_read_with_its_exact_words(text: str, words: str, value: int) -> None:
    figure = one(text, "ru" if "Пришли" in text else "kk")
    assert (figure.text, figure.low, figure.high) == (words, Decimal(value), Decimal(value))
    assert text[figure.start : figure.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "2031 жылғы 4 мамырда заң өзгерді.",
        "Оқиға сағат 21:30-да Сәтпаев көшесіндегі 12-үйде болды.",
        "Қылмыстық кодекстің 131-бабының 2-бөлігі қолданылды.",
        "9 жасар бала 112 нөміріне хабарласты.",
        "№ 14 мектептің 6-сыныбында сабақ өтті.",
        "Мужчина 52 лет живёт на улице Сатпаева, 12.",
        "По части 2 статьи 131 УК дело возбудили 4 мая 2031 года.",
        "В школе № 14 по номеру 8 (7172) 11-22-33 отвечают в 9:30.",
        "Жұмыс тәртібі: 1) тыңдау; 2) жазу; 3) жауап беру.",
        "Несколько тысяч писем и сотни звонков остались без ответа.",
    ],
)
def test_dates_ages_articles_lines_and_houses_are_no_figures(text: str) -> None:
    assert not said(text)


def test_what_is_no_figure_says_why() -> None:
    (sentence,) = grammar.read("2031 жылы 131-бап бойынша 77 іс қаралды.")
    assert [(passed.text, passed.reason) for passed in sentence.passed] == [
        ("2031 жылы", "date"),
        ("131-бап", "article"),
    ]
    assert [figure.text for figure in sentence.figures] == ["77"]


@pytest.mark.parametrize(
    ("text", "nearness"),
    [
        ("Оған 70-тен астам адам келді.", "more_than"),
        ("Оған кемінде 70 адам келді.", "more_than"),
        ("Оған 70-ке жуық адам келді.", "about"),
        ("Оған 70-ке дейін адам келеді.", "up_to"),
        ("Келгендер 70-ке дейін азайды.", "exact"),
        ("Оған 70-тен кем адам келді.", "less_than"),
        ("Пришли около 70 человек.", "about"),
        ("Пришли не менее 70 человек.", "more_than"),
        ("Пришли не более 70 человек.", "up_to"),
        ("Пришли менее 70 человек.", "less_than"),
        ("Число пришедших сократилось до 70 человек.", "exact"),
    ],
)
def test_the_word_of_approximation_is_kept_apart_from_the_number(text: str, nearness: str) -> None:
    figure = one(text, "ru" if "о" in text and "адам" not in text and "Келген" not in text else "kk")
    assert (figure.low, figure.approximation) == (Decimal(70), nearness)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Преступлений стало меньше на 6 %.", -1),
        ("Разбоев стало больше на 5 %.", 1),
        ("Число дел сократилось менее чем на 6 %.", -1),
        ("Бұзақылық азайды (6 %).", -1),
        ("Ұрлық 6 пайызға азайды.", -1),
        ("Меньше 6 % дел дошло до суда.", None),
        ("Ұрлық азайды, 6 % ашылмай қалды.", None),
    ],
)
def test_more_and_fewer_by_so_much_are_changes_and_more_and_less_than_are_not(text: str, sign: int | None) -> None:
    (figure,) = grammar.figures(text)
    assert figure.change_sign == sign
    assert (figure.unit == "percent_change") is (sign is not None)


def test_the_same_dative_is_a_fall_a_level_or_the_end_of_a_move() -> None:
    fall, level = one("Ұрлық 40 пайызға азайды."), one("Ұрлықтың үлесі 40 пайызға жетті.")
    assert (fall.unit, fall.change_sign) == ("percent_change", -1)
    assert (level.unit, level.change_sign) == ("percent", None)
    assert [unit for _words, _value, unit in said("Үлесі 40 пайыздан 30 пайызға дейін азайды.")] == [
        "percent",
        "percent",
    ]


def test_a_fall_inside_a_fall_is_its_part_and_a_twofold_fall_is_not_its_whole() -> None:
    text = "Қылмыс екі есе азайды, атап айтқанда тонау 31,4 %-ға, соның ішінде қарулысы 44,2 %-ға төмендеді."
    fold, whole, part = grammar.figures(text)
    assert (fold.unit, fold.change_sign, whole.part_of, part.part_of) == ("ratio", -1, None, 1)


def test_a_part_is_a_part_only_where_the_text_says_so() -> None:
    tied = grammar.figures("Орталыққа 600 адам келді, оның 420-сы әйел.")
    loose = grammar.figures("Орталыққа 600 адам келді, кеше 420 әйел хабарласты.")
    assert [figure.part_of for figure in tied] == [None, 0]
    assert [figure.part_of for figure in loose] == [None, None]


def test_a_part_may_stand_in_the_next_sentence() -> None:
    figures = grammar.figures("В центр пришли 640 человек. Из них 410 — женщины, 230 — дети.", language="ru")
    assert [figure.part_of for figure in figures] == [None, 0, 0]


def test_three_of_ten_is_a_share_and_nine_of_forty_are_two_counts() -> None:
    share = one("Трое из десяти не пришли.", "ru")
    assert (share.unit, share.low, share.of) == ("m_in_n", Decimal(3), Decimal(10))
    assert [unit for _words, _value, unit in said("Из 40 дел 9 закрыты.", "ru")] == ["count", "count"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Полиция 340 қорғау нұсқамасын шығарды.", "protective_orders"),
        ("Министрлік 340 нұсқама жіберді.", "prescriptions"),
        ("Орталықта 340 балалы әйел тұрады.", "women_with_children"),
        ("Орталықта 340 бала тұрады.", "children"),
        ("Соттар 340 іс бойынша шешім шығарды.", "cases"),
        ("Соттар 340 шешім шығарды.", "decisions"),
    ],
)
def test_word_traps_are_told_apart(text: str, code: str) -> None:
    assert one(text).counted_code == code


def test_what_is_not_said_is_not_stated() -> None:
    figure = one("Былтыр 340-қа жетті.")
    assert (figure.counted, figure.place, figure.voice.speaker, figure.part_of) == ("", "", "", None)


def test_who_says_who_passes_on_and_who_denies() -> None:
    passed_on = one("Как передаёт агентство со ссылкой на городскую прокуратуру, изъято 81 дело.", "ru")
    assert (passed_on.voice.speaker, passed_on.voice.relay) == ("городскую прокуратуру", "агентство")
    denied = one("Әкімдік 81 баланың жоғалғаны туралы хабарды жоққа шығарды.")
    assert (denied.voice.speaker, denied.voice.denied) == ("Әкімдік", True)
    quoted = one("«Бізге 81 арыз түсті», – деді прокурор.")
    assert (quoted.voice.speaker, quoted.voice.quoted) == ("прокурор", True)


def test_kazakh_in_latin_letters_is_said_not_to_be_read() -> None:
    (sentence,) = grammar.read("Ortalyqqa bıyl 1 310 ótinish tústi.")
    assert not sentence.figures
    assert [remark.code for remark in sentence.remarks] == [Note.LATIN]


def test_a_sentence_may_mix_both_languages() -> None:
    assert said("В релизе стоит «410-ға жуық отбасы», а на брифинге сказали: более 410 семей.", "ru") == [
        ("410-ға", 410, "count"),
        ("410", 410, "count"),
    ]


def test_rows_of_a_table_give_figures_without_their_years_and_numbers() -> None:
    assert said("№ | Аудан | Арыз\n1 | Арал | 3 120\n2 | Сырдария | 640") == [
        ("3 120", 3120, "count"),
        ("640", 640, "count"),
    ]


@pytest.mark.parametrize("text", ["", " \n ", "…", "Ешкім келмеді.", "2031 жылғы 4 мамыр."])
def test_a_text_without_figures_has_none(text: str) -> None:
    assert not said(text)


def test_a_number_of_a_million_digits_is_answered_clearly() -> None:
    begun = time.perf_counter()
    read = grammar.read("Барлығы " + "7" * 1_000_000 + " адам келді.")
    assert not [figure for sentence in read for figure in sentence.figures]
    assert Note.TOO_LONG in {remark.code for sentence in read for remark in sentence.remarks}
    assert time.perf_counter() - begun < 10


def test_every_figure_names_the_rules_that_found_it() -> None:
    figure = one("Ұрлық 40 пайыздан астамға азайды.")
    cues = {cue.says: cue for cue in figure.cues}
    text = "Ұрлық 40 пайыздан астамға азайды."
    assert text[cues["approximation"].start : cues["approximation"].end] == "астамға"
    assert text[cues["change_sign"].start : cues["change_sign"].end] == "азайды"


def test_a_text_in_blocks_reads_as_the_whole() -> None:
    text = "Орталыққа 600 адам келді. Оның 420-сы әйел.\n" * 40
    blocks = [text[place : place + 7] for place in range(0, len(text), 7)]
    whole = [figure.as_dict() for figure in grammar.figures(text)]
    assert [figure.as_dict() for sentence in grammar.sentences(blocks) for figure in sentence.figures] == whole
    assert all(text[figure["start"] : figure["end"]] == figure["text"] for figure in whole)


@pytest.mark.parametrize(
    ("text", "language", "words", "value"),
    [
        ("Пропавшую искали, поиски длились 72 часа.", "ru", "72 часа", 72),
        ("Поиски продолжались трое суток.", "ru", "трое суток", 3),
        ("Расследование заняло 2 месяца.", "ru", "2 месяца", 2),
        ("Срок рассмотрения — 40 рабочих дней.", "ru", "40 рабочих дней", 40),
        ("Петицияны қарау мерзімі – 40 жұмыс күні.", "kk", "40 жұмыс күні", 40),
        ("Мерзімі 30 күнтізбелік күн.", "kk", "30 күнтізбелік күн", 30),
    ],
)
def test_how_long_it_lasted_is_a_duration_with_its_unit(text: str, language: str, words: str, value: int) -> None:
    assert said(text, language) == [(words, value, "duration")]


def test_days_are_not_counted_as_things() -> None:
    assert said("За 20 рабочих дней собрали 50 тысяч подписей.", "ru") == [("50 тысяч", 50_000, "count")]
    assert said("Өтініш 3 жұмыс күні ішінде қаралды, 12 сайт жабылды.") == [("12", 12, "count")]
