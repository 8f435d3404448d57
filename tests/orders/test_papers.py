import dataclasses
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest

from qorgan.orders.papers import Addressee, Officer, OrderPaper, ProtectedPerson, Provision, Refusal, paper

CREATED = datetime(2026, 11, 5, 5, 45, tzinfo=UTC)
SERVED = datetime(2026, 11, 5, 5, 42, tzinfo=UTC)
TOLD = {
    "kk": "2026 жылғы 4 қарашада 21:14-те түскен хабарлама бойынша, Сәрсенбаев Н. Т. сол күні кешке үйде итеріп, қолын "
    "бұраған. Жәбірленушінің пікірі ескерілді.",
    "ru": "по сообщению, поступившему 4 ноября 2026 года в 21:14, Сарсенбаев Н. Т. вечером дома толкнул Абдирахманову "
    "Г. Н. и вывернул ей руку. Мнение потерпевшей учтено.",
}


def both(kk, ru):
    return {"kk": kk, "ru": ru}


ORDER = OrderPaper(
    agency=both("Шымкент қаласының Полиция департаменті", "Департамент полиции города Шымкента"),
    number="ШЫМ-26-001873",
    case_number="ШЫМ-26-004417",
    officer=Officer(
        post=both(
            "Шымкент қаласы Полиция департаменті Еңбекші аудандық полиция басқармасының учаскелік полиция инспекторы",
            "участковый инспектор полиции Енбекшинского районного управления полиции Департамента полиции Шымкента",
        ),
        rank=both("полиция капитаны", "капитан полиции"),
        name=both("Жұмағұлов Бекзат Қайратұлы", "Жумагулов Бекзат Кайратулы"),
        short=both("Жұмағұлов\u00a0Б.\u00a0Қ.", "Жумагулов\u00a0Б.\u00a0К."),
    ),
    place=both("Шымкент қаласы", "город Шымкент"),
    zone="Asia/Almaty",
    addressee=Addressee(
        name=both("Сәрсенбаев Нұрлыбек Төлегенұлы", "Сарсенбаев Нурлыбек Толегенулы"),
        short=both("Сәрсенбаев\u00a0Н.\u00a0Т.", "Сарсенбаев\u00a0Н.\u00a0Т."),
        born_on=date(1986, 2, 14),
        iin="000000000000",
    ),
    protected=(
        ProtectedPerson(both("Әбдірахманова Гүлсезім Нұрланқызы", "Абдирахманова Гульсезим Нурланкызы")),
        ProtectedPerson(both("Сәрсенбай Тоғжан Нұрлыбекқызы", "Сарсенбай Тогжан Нурлыбеккызы"), age=7),
        ProtectedPerson(both("Сәрсенбай Алдияр Нұрлыбекұлы", "Сарсенбай Алдияр Нурлыбекулы"), age=4),
    ),
    circumstances=TOLD,
    basis=(
        Provision(
            both(
                "Құқық бұзушылық профилактикасы туралы заң, 2025 жылғы 30 желтоқсан, № 245-VIII",
                "Закон о профилактике правонарушений от 30 декабря 2025 года № 245-VIII",
            ),
            "60",
        ),
    ),
    prohibitions=(
        both("тұрмыстық зорлық-зомбылық жасауға", "совершать бытовое насилие"),
        both(
            "жәбірленушінің еркіне қарамастан оны, сондай-ақ кәмелетке толмаған балаларын іздестіруге, ізіне түсуге, "
            "оларға баруға, ауызша, телефон арқылы сөйлесуге және өзге тәсілмен байланысуға",
            "вопреки воле потерпевшей разыскивать, преследовать, посещать её и несовершеннолетних детей, вести с ними "
            "устные, телефонные переговоры и вступать в контакты иными способами",
        ),
    ),
    breach=Provision(
        both("Әкімшілік құқық бұзушылық туралы кодекс", "Кодекс об административных правонарушениях"), "461"
    ),
    issued_at=SERVED - timedelta(minutes=32),
    term_days=30,
    served_at=SERVED,
    ends_at=SERVED + timedelta(days=30),
    check_days=7,
    check_dates=tuple(date(2026, 11, 5) + timedelta(days=days) for days in (7, 14, 21, 28)),
    check_hash="9c41e07a55b2d318",
    is_synthetic=True,
)
UNSERVED = replace(ORDER, served_at=None, ends_at=None, check_dates=())


def printed(order):
    """The pages and all their words in one line, with plain spaces."""
    pages = pypdf.PdfReader(io.BytesIO(paper(order, created=CREATED))).pages
    return pages, " ".join(" ".join(page.extract_text() for page in pages).split())


def test_an_order_is_one_page_with_both_languages_row_by_row():
    pages, said = printed(ORDER)
    assert len(pages) == 1
    assert (float(pages[0].mediabox.width), float(pages[0].mediabox.height)) == pytest.approx((595.28, 841.89), abs=0.1)
    for words in (
        "ҚОРҒАУ НҰСҚАМАСЫ",
        "ЗАЩИТНОЕ ПРЕДПИСАНИЕ",
        "№ ШЫМ-26-001873",
        "Сәрсенбаев Нұрлыбек Төлегенұлы",
        "Сарсенбаев Нурлыбек Толегенулы",
        "1986 жылғы 14 ақпанда туған",
        "14 февраля 1986 года рождения",
        "Жұмағұлов Бекзат Қайратұлы",
        "2026 жылғы 5 қараша, 10:10",
        "№ 245-VIII, 60-бап",
        "№ 245-VIII, статья 60",
        "4 жаста",
        "4 года",
        "7 лет",
        "1-бет, барлығы 1",
    ):
        assert words in said


def test_every_kazakh_letter_is_read_back_from_the_paper_as_itself():
    letters = "әғқңөұүһі ӘҒҚҢӨҰҮҺІ Жиһангер"
    assert letters in printed(replace(ORDER, circumstances=both(letters, letters)))[1]


def test_the_term_is_told_to_the_minute_by_the_clock_of_the_place():
    _pages, said = printed(ORDER)
    assert "30 × 24 сағат" in said
    assert said.count("05.11.2026, 10:42") >= 3
    assert said.count("05.12.2026, 10:42") >= 3
    assert "12.11, 19.11, 26.11 және 03.12.2026" in said
    assert "12.11, 19.11, 26.11 и 03.12.2026" in said


def test_there_is_no_field_for_an_address_or_a_telephone_and_the_paper_says_so():
    kinds = (OrderPaper, ProtectedPerson, Addressee, Officer)
    names = {field.name for kind in kinds for field in dataclasses.fields(kind)}
    assert not {
        name for name in names if any(word in name for word in ("address_", "phone", "street", "contact", "lives"))
    }
    assert {field.name for field in dataclasses.fields(ProtectedPerson)} == {"name", "age", "bond"}
    assert "мекенжайы, телефоны және тұратын жері бұл құжатта көрсетілмейді" in printed(ORDER)[1]


def test_a_draft_is_marked_as_one_and_an_issued_order_is_not():
    draft = printed(replace(UNSERVED, issued_at=None))[1]
    assert "ЖОБА / ПРОЕКТ" in draft
    assert "әлі шығарылған жоқ" in draft
    assert "ЖОБА" not in printed(ORDER)[1]


def test_an_order_not_yet_served_leaves_room_for_time_and_signatures():
    pages, said = printed(UNSERVED)
    assert len(pages) == 1
    assert "05.12.2026" not in said
    assert "тапсырылған сәттен бастап әр 7 тәулікте бір рет" in said
    assert "Қол қоюдан бас тартса" in said


def test_without_an_interval_on_record_the_paper_says_that_no_check_is_planned():
    said = printed(replace(ORDER, check_days=None, check_dates=()))[1]
    assert "тексеру аралығы деректе жоқ" in said
    assert "в данных не указана, поэтому не запланирована" in said
    assert "12.11" not in said


def test_a_refusal_to_sign_names_its_reason_and_its_witness():
    refusal = Refusal(
        reason=both("«Қол қоймаймын» деді", "сказал «не подпишу»"),
        witness=both("Оразғалиева А. Ғ.", "Оразгалиева А. Г."),
    )
    pages, said = printed(replace(ORDER, refusal=refusal))
    assert len(pages) == 1
    assert "«Қол қоймаймын» деді" in said
    assert "Оразғалиева А. Ғ." in said
    assert "экземпляр получил" not in said
    assert "айтылмады / не названа" in printed(replace(ORDER, refusal=Refusal()))[1]


def test_circumstances_told_in_one_language_are_shown_in_both_columns_as_they_were_told():
    said = printed(replace(ORDER, circumstances={"kk": TOLD["kk"], "ru": ""}))[1]
    assert said.count("Жәбірленушінің пікірі ескерілді") == 2
    assert "(изложено на казахском языке)" in said
    assert "(қазақ тілінде" not in said


def test_a_long_story_flows_to_a_second_page_that_says_what_it_belongs_to():
    long = {lang: " ".join([text] * 14) for lang, text in TOLD.items()}
    pages, said = printed(replace(ORDER, circumstances=long))
    assert len(pages) == 2
    assert pages[1].extract_text().startswith("Қорғау нұсқамасы №\u00a0ШЫМ-26-001873")
    assert "2-бет, барлығы 2" in said
    assert "Түсіндірілді" in pages[1].extract_text()


def test_many_children_with_long_names_still_stand_on_one_page():
    child = ProtectedPerson(
        both("Сәрсенбай-Әбдірахманова Гүлбаршын Нұрлыбекқызы", "Сарсенбай-Абдирахманова Гульбаршын Нурлыбеккызы"), age=3
    )
    pages, said = printed(replace(ORDER, protected=(*ORDER.protected, child, child, child)))
    assert len(pages) == 1
    assert said.count("Гүлбаршын") == 3


def test_hostile_names_stay_names():
    name = '#eval("1") $x$ *a* _b_ \\ ] {kk} {0} %s <i>'
    said = printed(replace(ORDER, addressee=replace(ORDER.addressee, name=both(name, name))))[1]
    assert said.count(name) == 2


def test_the_same_order_gives_the_same_bytes():
    assert paper(ORDER, created=CREATED) == paper(ORDER, created=CREATED)
    assert paper(ORDER, created=CREATED) != paper(replace(ORDER, number="ШЫМ-26-001874"), created=CREATED)


def test_what_is_not_verified_carries_its_star_and_a_verified_norm_does_not():
    assert "ресми мәтінмен салыстырылуға тиіс" in printed(ORDER)[1]
    assert "ресми мәтінмен" not in printed(replace(ORDER, appeal_is_verified=True))[1]


def test_a_paper_says_in_both_languages_whether_it_is_signed():
    for is_signed, words in ((True, ("қол қойылған", "подписан")), (False, ("қол қойылмаған", "не подписан"))):
        _pages, said = printed(replace(ORDER, is_signed=is_signed))
        assert all(word in said for word in words)
    assert "электрон" not in printed(ORDER)[1].lower()


def test_each_clock_on_paper_names_its_provision_and_its_doubt():
    law = Provision(both("№ 245-VIII Заңы", "Закон № 245-VIII"), "60")
    _pages, said = printed(
        replace(ORDER, term_basis=law, check_basis=law, to_verify=frozenset({"checks"}), appeal_is_verified=True)
    )
    for line in ("245-VIII Заңы, 60-бап)*", "245-VIII, статья\u00a060)*", "салыстырылуға тиіс", "подлежит сверке"):
        assert " ".join(line.split()) in said or line in said


def test_made_up_data_are_stamped_and_real_data_are_not():
    assert "ЖАСАНДЫ ДЕРЕК" in printed(ORDER)[1]
    assert "вымышленный" in printed(ORDER)[1]
    real = printed(replace(ORDER, is_synthetic=False))[1]
    assert "ЖАСАНДЫ" not in real
    assert "вымышленный" not in real


def test_another_country_prints_its_own_order_in_its_own_language(monkeypatch):
    monkeypatch.setenv("QORGAN_COUNTRY", "zz")

    def one(text):
        return {"eo": text}

    order = replace(
        ORDER,
        agency=one("Polico de Norda Urbo"),
        number="N-26-000001",
        officer=Officer(one("inspektoro"), one("kapitano"), one("Petro Zamenhof"), one("P. Zamenhof")),
        place=one("Norda Urbo"),
        zone="Etc/GMT-3",
        addressee=Addressee(one("Ĝorĝo Ŝtono"), one("Ĝ. Ŝtono"), date(1986, 2, 14)),
        protected=(ProtectedPerson(one("Aŭrora Ĉielo"), age=5),),
        circumstances=one("Li minacis."),
        basis=(Provision(one("Dua leĝo pri hejma sekureco"), "4"),),
        prohibitions=(one("perforti"),),
        breach=None,
        term_days=20,
        ends_at=SERVED + timedelta(days=20),
        check_days=5,
    )
    pages, said = printed(order)
    assert len(pages) == 1
    assert "PROTEKTA ORDONO" in said
    assert "20 tagoj (20 × 24 horoj)" in said
    assert "naskita la 14-a de februaro 1986" in said
    assert "2026-11-25, 08:42" in said
    assert "SINTEZAJ DATUMOJ" in said
    assert not set("әғқңөұүіыаеио") & set(said)
