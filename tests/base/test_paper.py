import io
from datetime import UTC, datetime

import pypdf
import pytest
import typst

from qorgan.base import paper

KAZAKH = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
HOSTILE = '#panic("x") $a^2$ \\ *bold* ] [ _i_ @ref <l> `raw` // c /* d */ https://a.kz "q" \'q\' ~ -- ...'
PLAIN = """
#import "/base/paper/sheet.typ": *
#show: sheet.with(lang: "kk", title: data.title, head: data.title, foot: context counter(page).display())
#ornament()
#stamp(((lang: "kk", text: "Жасанды дерек"), (lang: "en", text: "Synthetic")))
= #data.title
#data.text
"""


def made(text, title="Құжат", **options):
    return paper.render(PLAIN, {"title": title, "text": text}, **options)


def read(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def test_the_carried_serif_has_every_kazakh_letter_and_the_check_can_tell():
    assert paper.missing(KAZAKH + "№«»–—×") == []
    assert paper.missing("漢") == ["漢"]


def test_kazakh_text_can_be_read_back_letter_for_letter():
    assert KAZAKH in text_of(made(f"{KAZAKH} Құқық бұзушылық"))


def test_nothing_in_the_data_is_read_as_markup():
    said = "".join(text_of(made(HOSTILE, title=HOSTILE)).split())
    assert said.count("".join(HOSTILE.split())) == 2
    assert read(made("a", title=HOSTILE)).metadata.title == HOSTILE


def test_control_characters_and_direction_marks_do_not_reach_the_paper():
    said = text_of(made("Сәрсен\u202eбаев\x00 \u2066Н\u2069\u200b\ufeff"))
    assert "Сәрсенбаев Н" in said


def test_a_letter_of_any_script_is_drawn_and_never_stops_a_paper():
    pdf = made("漢字 عربي 😀 \U0001f600 ₸ \u0378")
    assert "₸" in text_of(pdf)


def test_the_same_data_give_the_same_bytes_and_another_day_gives_others():
    at = datetime(2026, 11, 5, 5, 42, tzinfo=UTC)
    assert made("Мәтін", created=at) == made("Мәтін", created=at)
    assert made("Мәтін", created=at) != made("Мәтін", created=at.replace(day=6))
    assert read(made("Мәтін", created=at)).metadata.creation_date == at


def test_the_paper_is_archival_tagged_named_and_in_its_language():
    pdf = made("Мәтін", title="Қорғау нұсқамасы")
    catalogue = read(pdf).trailer["/Root"]
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert catalogue["/Lang"].startswith("kk")
    assert catalogue["/MarkInfo"]["/Marked"]
    assert read(pdf).metadata.title == "Қорғау нұсқамасы"


def test_every_font_is_inside_the_file_and_none_is_the_machines():
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in read(made("Мәтін", title="Құжат")).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all("Libertinus" in name for name in fonts)


def test_another_standard_can_be_asked_for():
    assert b"pdfaid" not in made("a", standard="1.7")
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in made("a", standard="a-2b")


def test_pages_are_numbered_and_later_pages_say_what_they_belong_to():
    pages = read(made("\n\n".join(["Ұзақ мәтін."] * 120), title="Ұзақ құжат")).pages
    assert len(pages) > 1
    assert pages[1].extract_text().startswith("Ұзақ құжат")
    assert pages[1].extract_text().rstrip().endswith("2")


def test_a_wrong_template_is_an_error_and_not_an_empty_paper():
    with pytest.raises(typst.TypstError):
        paper.render("#unknown", {})
