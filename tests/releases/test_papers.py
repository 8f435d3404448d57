import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pypdf
import pytest

from qorgan.releases.charts import Point, bars
from qorgan.releases.papers import HeadFigure, Part, Publisher, ReleasePaper, Row, page, paper

CREATED = datetime(2026, 11, 12, tzinfo=UTC)
RELEASE = ReleasePaper(
    lang="kk",
    number="2026-10/1",
    agency="Құқықтық статистика комитеті",
    subject="Тұрмыстық зорлық-зомбылық, 2026 жылғы қаңтар–қазан",
    headline="Он айда әр жүз хабарламаға жетпіс екі қорғау нұсқамасы шығарылды",
    lead="",
    figures=(
        HeadFigure("83\u00a0412", "", "полицияға түскен хабарлама", "Былтыр 85\u00a0940: 2,9\u00a0% аз"),
        HeadFigure("60\u00a0118", "", "шығарылған қорғау нұсқамасы"),
        HeadFigure("72", "нұсқама", "100 хабарламаға шаққанда"),
        HeadFigure("14", "сағат", "хабарламадан нұсқамаға дейінгі медиана"),
    ),
    as_of=datetime(2026, 11, 4, 20, tzinfo=UTC),
    zone="Asia/Almaty",
    published_at=CREATED,
    publishers=(Publisher("Оразғалиева Ақмарал Ғалымқызы", "бөлім басшысы"), Publisher("Төлеубеков Ерлан", "хатшы")),
    comparison="Хабарлама 2,9\u00a0%-ға азайды.",
    parts=(
        Part(
            "Хабарламалар",
            ("Осы кезеңде 60\u00a0118 қорғау нұсқамасы шығарылды.",),
            ("Хабарлама", "Қорғау нұсқамасы"),
            Row("Қазақстан", ("83\u00a0412", "60\u00a0118")),
            tuple(
                Row(f"{number}-өңір", ("4\u00a0170", None if number == 7 else "3\u00a0005")) for number in range(1, 21)
            ),
        ),
    ),
    notes=("Бір нұсқама бірнеше адамды қорғаса да, ол бір нұсқама.",),
    digest="4be190c7" * 8,
    key_id="9b1c0e4477aa21d0",
    verify_command="qorgan release verify qorgan-2026-10-1.zip",
    key_is_demo=True,
    is_synthetic=True,
)


def printed(release):
    pages = pypdf.PdfReader(io.BytesIO(paper(release, created=CREATED))).pages
    return pages, " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_release_says_its_figures_with_their_units_and_who_published_them():
    pages, said = printed(RELEASE)
    assert len(pages) <= 2
    for words in (
        "Он айда әр жүз хабарламаға",
        "83 412",
        "14 сағат",
        "2026 жылғы 5 қараша",
        "2026 жылғы 12 қараша",
        "Оразғалиева Ақмарал Ғалымқызы",
        "Төлеубеков Ерлан",
        "qorgan release verify qorgan-2026-10-1.zip",
        "4be1 90c7",
        "ЖАСАНДЫ ДЕРЕК",
        "ештеңені растамайды",
    ):
        assert words in said


def test_a_hidden_cell_is_marked_and_explained_and_a_table_without_one_has_no_such_note():
    assert "Сызықшаланған ұяшық" in printed(RELEASE)[1]
    shown = replace(RELEASE.parts[0], rows=tuple(Row(row.name, ("1", "2")) for row in RELEASE.parts[0].rows))
    assert "Сызықшаланған" not in printed(replace(RELEASE, parts=(shown,)))[1]


@pytest.mark.parametrize(("lang", "word"), [("ru", "Проверьте сами"), ("en", "Check it yourself")])
def test_it_is_printed_in_every_language_of_the_country(lang, word):
    assert word in printed(replace(RELEASE, lang=lang))[1]


def test_its_chart_is_inside_and_hostile_words_stay_words():
    chart = bars((Point("қаң", 7821),), title="$т$", description="с", lang="kk")
    hostile = "#panic() $x$ *a* ] \\ {number}"
    pages, said = printed(replace(RELEASE, charts=(("Айлар", chart),), headline=hostile, agency=hostile))
    assert len(pages) <= 2
    assert said.count(hostile) >= 2


def test_the_same_release_gives_the_same_bytes():
    assert paper(RELEASE, created=CREATED) == paper(RELEASE, created=CREATED)


def test_a_real_release_bears_no_stamp():
    said = printed(replace(RELEASE, is_synthetic=False, key_is_demo=False))[1]
    assert "ЖАСАНДЫ" not in said
    assert "ештеңені" not in said


def test_a_table_too_wide_for_a_page_is_cut_into_several_each_with_its_regions():
    wide = replace(
        RELEASE.parts[0],
        headings=tuple(f"К{number}" for number in range(12)),
        total=Row("Қазақстан", ("1",) * 12),
        rows=(Row("Абай облысы", ("1",) * 12),),
    )
    said = printed(replace(RELEASE, parts=(wide,)))[1]
    assert said.count("Абай облысы") == 3
    assert all(f"К{number}" in said for number in range(12))


def test_the_page_stands_by_itself_and_says_what_the_paper_says():
    chart = bars((Point("қаң", 7821),), title="т", description="с", lang="kk")
    html = page(replace(RELEASE, charts=(("Айлар", chart),), headline="<b>&")).decode()
    assert "&lt;b&gt;&amp;" in html
    assert "<svg" in html
    assert html.count("<td class=hidden>*</td>") == 1
    alone = re.sub(r'xmlns(:xlink)?="[^"]*"|url\(#[^)]*\)', "", html)
    for outside in ("http:", "https:", "<script", "src=", "<link", "@import", "url("):
        assert outside not in alone, outside
    assert page(RELEASE) == page(RELEASE)
