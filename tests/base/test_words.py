from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from qorgan.base import words

LANGUAGES = ["kk", "ru", "en"]
FIFTH = date(2026, 11, 5)
SERVED = datetime(2026, 11, 5, 5, 42, tzinfo=UTC)
DELO = ("дело", "дела", "дел")
# By ear, word by word, kept apart from the rule: dative, locative, ablative, genitive, accusative.
BY_EAR = {
    "нөл": "ге де ден дің ді",
    "бір": "ге де ден дің ді",
    "екі": "ге де ден нің ні",
    "үш": "ке те тен тің ті",
    "төрт": "ке те тен тің ті",
    "бес": "ке те тен тің ті",
    "алты": "ға да дан ның ны",
    "жеті": "ге де ден нің ні",
    "сегіз": "ге де ден дің ді",
    "тоғыз": "ға да дан дың ды",
    "он": "ға да нан ның ды",
    "жиырма": "ға да дан ның ны",
    "отыз": "ға да дан дың ды",
    "қырық": "қа та тан тың ты",
    "елу": "ге де ден дің ді",
    "алпыс": "қа та тан тың ты",
    "жетпіс": "ке те тен тің ті",
    "сексен": "ге де нен нің ді",
    "тоқсан": "ға да нан ның ды",
    "жүз": "ге де ден дің ді",
    "мың": "ға да нан ның ды",
    "миллион": "ға да нан ның ды",
    "миллиард": "қа та тан тың ты",
}
CASES = ["dative", "locative", "ablative", "genitive", "accusative"]


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("lang", "long", "short"),
    [
        ("kk", "2026 жылғы 5 қараша", "05.11.2026"),
        ("ru", "5 ноября 2026 года", "05.11.2026"),
        ("en", "5 November 2026", "05.11.2026"),
        ("ru-KZ", "5 ноября 2026 года", "05.11.2026"),
        ("fr", "2026 жылғы 5 қараша", "05.11.2026"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(lang, long, short):
    assert plain(words.date_long(FIFTH, lang)) == long
    assert words.date_short(FIFTH, lang) == short


def test_the_day_takes_its_suffix_in_kazakh_and_none_in_russian():
    said = [plain(words.date_long(date(2026, month, 4), "kk", case="locative")) for month in (1, 2, 3, 4, 7, 9, 11)]
    assert [text.split()[-1] for text in said] == [
        "қаңтарда",
        "ақпанда",
        "наурызда",
        "сәуірде",
        "шілдеде",
        "қыркүйекте",
        "қарашада",
    ]
    assert plain(words.date_long(FIFTH, "ru", case="locative")) == "5 ноября 2026 года"


def test_a_moment_is_told_by_the_clock_of_the_place_on_that_day():
    assert words.moment(SERVED, "Asia/Almaty", "kk") == "05.11.2026, 10:42"
    before_the_change = datetime(2024, 2, 1, 20, 30, tzinfo=UTC)
    assert words.moment(before_the_change, "Asia/Almaty", "ru") == "02.02.2024, 02:30"
    with pytest.raises(ValueError, match="aware"):
        words.moment(SERVED.replace(tzinfo=None), "Asia/Almaty", "kk")


@pytest.mark.parametrize(
    ("length", "kk", "ru"),
    [
        (timedelta(days=14, hours=20, minutes=12), "14 тәул 20 сағ 12 мин", "14 сут 20 ч 12 мин"),
        (timedelta(hours=27, minutes=48), "27 сағ 48 мин", "27 ч 48 мин"),
        (timedelta(hours=71, minutes=59), "71 сағ 59 мин", "71 ч 59 мин"),
        (timedelta(hours=72), "3 тәул 0 сағ 0 мин", "3 сут 0 ч 0 мин"),
        (timedelta(minutes=9, seconds=59), "9 мин", "9 мин"),
        (timedelta(0), "0 мин", "0 мин"),
        (-timedelta(hours=2, minutes=25), "2 сағ 25 мин", "2 ч 25 мин"),
    ],
)
def test_a_span_is_told_to_the_minute(length, kk, ru):
    assert plain(words.duration(length, "kk")) == kk
    assert plain(words.duration(length, "ru")) == ru


def test_what_is_past_and_what_is_left_have_their_own_words():
    assert plain(words.ago(timedelta(hours=27, minutes=48), "kk")) == "27 сағ 48 мин бұрын"
    assert plain(words.left(timedelta(hours=9, minutes=29), "kk")) == "9 сағ 29 мин қалды"
    assert plain(words.left(timedelta(hours=9), "ru")) == "осталось 9 ч 0 мин"
    assert " " not in words.ago(timedelta(hours=27), "kk")


def test_figures_stand_in_groups_that_never_break():
    assert words.number(72000, "kk") == "72\u00a0000"
    assert words.number(1234567, "ru") == "1\u00a0234\u00a0567"
    assert words.number(999, "kk") == "999"
    assert words.number(Decimal("-37.9"), "kk") == "−37,9"
    assert words.percent(Decimal("37.9"), "kk") == "37,9\u00a0%"
    assert words.percent(Decimal("37.9"), "en") == "37.9%"


def test_a_half_is_rounded_away_from_zero_and_nothing_is_minus_zero():
    assert words.number(Decimal("2.45"), "kk", digits=1) == "2,5"
    assert words.number(Decimal("-2.45"), "kk", digits=1) == "−2,5"
    assert words.number(Decimal("-0.04"), "kk", digits=1) == "0,0"
    assert words.number(5, "kk", digits=2) == "5,00"
    with pytest.raises(ValueError, match="not a number"):
        words.number(Decimal("NaN"), "kk")


@given(st.integers(-(10**15), 10**15), st.sampled_from(LANGUAGES))
def test_a_written_number_is_read_back_as_itself(value, lang):
    assert int(words.number(value, lang).replace("\u00a0", "").replace("−", "-")) == value


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (0, "дел"),
        (1, "дело"),
        (2, "дела"),
        (5, "дел"),
        (11, "дел"),
        (14, "дел"),
        (21, "дело"),
        (112, "дел"),
        (103, "дела"),
    ],
)
def test_a_russian_word_follows_its_figure(value, form):
    assert words.plural(value, "ru", DELO) == form
    assert words.count(value, "ru", DELO) == f"{value}\u00a0{form}"


def test_a_fraction_a_kazakh_and_an_english_word_follow_theirs():
    assert words.plural(Decimal("1.5"), "ru", DELO) == "дела"
    assert words.count(5, "kk", ("іс",)) == "5\u00a0іс"
    assert [words.plural(value, "en", ("case", "cases")) for value in (0, 1, 2)] == ["cases", "case", "cases"]


@pytest.mark.parametrize(
    ("written", "case", "expected"),
    [
        ("37,9%", "dative", "37,9%-ға"),
        (200, "dative", "200-ге"),
        (72000, "dative", "72000-ға"),
        ("72\u00a0000", "dative", "72\u00a0000-ға"),
        ("3 700", "possessive", "3 700-і"),
        ("21:14", "locative", "21:14-те"),
        ("№ 26", "dative", "№ 26-ға"),
        (Decimal("3.25"), "dative", "3.25-ке"),
        ("6,5 %", "ablative", "6,5 %-дан"),
        (10, "instrumental", "10-мен"),
        (3, "instrumental", "3-пен"),
        (8, "instrumental", "8-бен"),
        (4, "attributive", "4-тегі"),
        (0, "dative", "0-ге"),
        (10**12, "ablative", f"{10**12}-нан"),
    ],
)
def test_a_figure_takes_the_suffix_of_its_last_spoken_word(written, case, expected):
    assert words.suffixed(written, case, "kk") == expected


@given(st.integers(0, 10**12 - 1), st.sampled_from(CASES))
def test_every_kazakh_suffix_is_the_one_heard_after_the_number_read_aloud(value, case):
    heard = BY_EAR[num2words(value, lang="kz").split()[-1]].split()[CASES.index(case)]
    assert words.suffix(value, case, "kk") == f"-{heard}"


def test_a_language_without_suffixes_adds_none_and_nonsense_is_refused():
    assert words.suffix(200, "dative", "ru") == ""
    assert words.inflected("ноября", "dative", "ru") == "ноября"
    with pytest.raises(KeyError):
        words.suffix(200, "vocative", "kk")
    with pytest.raises(ValueError, match="no figure"):
        words.suffix("көп", "dative", "kk")


def test_numbers_are_said_in_words_also_as_ordinals():
    assert words.in_words(72000, "kk") == "жетпіс екі мың"
    assert words.in_words(72000, "ru") == "семьдесят две тысячи"
    said = {value: words.in_words(value, "kk", ordinal=True) for value in (1, 2, 6, 12, 20, 40, 50, 1000)}
    assert list(said.values()) == [
        "бірінші",
        "екінші",
        "алтыншы",
        "он екінші",
        "жиырмасыншы",
        "қырқыншы",
        "елуінші",
        "бір мыңыншы",
    ]
    assert words.in_words(12, "ru", ordinal=True) == "двенадцатый"
    assert words.ordinal(12, "kk") + "қоңырау" == "12-қоңырау"
    with pytest.raises(ValueError, match="no ordinal"):
        words.in_words(0, "kk", ordinal=True)


def test_names_stand_in_the_order_of_the_kazakh_alphabet():
    right = [
        "Алия",
        "Әлия",
        "Гали",
        "Ғани",
        "Камал",
        "Қали",
        "Құмаш",
        "Умар",
        "Ұлан",
        "Үміт",
        "Ыдырыс",
        "Іңкәр",
        "Ялта",
    ]
    assert sorted(sorted(right), key=lambda name: words.sort_key(name, "kk")) == right
    mixed = ["2-аудан", "абай", "Абай", "Абайская", "Zhana"]
    assert sorted(reversed(mixed), key=lambda name: words.sort_key(name, "kk")) == mixed


@given(st.text(), st.text())
def test_two_different_texts_never_share_a_place_in_the_order(one, other):
    import unicodedata

    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (words.sort_key(one, "kk") == words.sort_key(other, "kk")) == same or "\0" in one + other


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Сәрсенбаев", "Нұрлыбек", "Төлегенұлы"), "Сәрсенбаев Н. Т."),
        (("Тоқаев", "Қасым-Жомарт", "Кемелұлы"), "Тоқаев Қ.-Ж. К."),
        (("Ким", "Ольга", ""), "Ким О."),
        (("", "әлия", ""), "Ә."),
        (("Ван дер Берг", "", " "), "Ван дер Берг"),
    ],
)
def test_initials_never_leave_their_surname(parts, expected):
    assert plain(words.initials(*parts)) == expected
    assert " " not in words.initials(*parts)


def test_another_country_writes_its_own_language_without_a_line_of_program(monkeypatch):
    monkeypatch.setenv("QORGAN_COUNTRY", "zz")
    assert words.date_long(FIFTH, "eo") == "la 5-a de novembro 2026"
    assert words.date_short(FIFTH, "eo") == "2026-11-05"
    assert plain(words.left(timedelta(days=20), "eo")) == "restas 20 t 0 h 0 min"
    assert words.count(2, "eo", ("ordono", "ordonoj")) == "2\u00a0ordonoj"
    assert words.suffix(200, "dative", "eo") == ""
    assert words.in_words(12, "eo") == "dek du"
    assert sorted(["dato", "ĉevalo", "celo"], key=lambda word: words.sort_key(word, "eo")) == ["celo", "ĉevalo", "dato"]
