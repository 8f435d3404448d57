"""Texts are found wherever they stand, catalogues change no more than their texts, and every fault is named."""

import gettext
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tools import catalogue, faults, translations
from tools.catalogue import PLURALS, Book, Entry
from tools.extraction import from_python, from_template

PYTHON = """
text = _("A plain text")
same = gettext_lazy("A long text "
                    "in two pieces")
many = ngettext("%(n)d order", "%(n)d orders", n)
word = pgettext("of a law", "Article")
"""
TEMPLATE = """
<h1>{% translate "A page's heading" %}</h1>
{% translate "State" context "of an order" %}
{{ _("In an expression") }} {% include "x.html" with label=_("As an argument") %}
{% blocktranslate trimmed with day=order.day %}
  Until {{ day }},
  no longer
{% endblocktranslate %}
{% blocktranslate count n=rows|length %}One row{% plural %}{{ n }} rows{% endblocktranslate %}
"""


def _keys(entries: object) -> set[tuple[str, str, str]]:
    return {(entry.context, entry.msgid, entry.plural) for entry in entries}  # type: ignore[attr-defined]  # entries of any kind of collection


def _book(*entries: Entry, language: str = "kk") -> Book:
    return Book(language, PLURALS[language], {entry.key: entry for entry in entries})


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with one text in code and one in a page."""
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "terms.py").write_text('A = _("served")\n')
    (tmp_path / "web" / "templates").mkdir(parents=True)
    (tmp_path / "web" / "templates" / "page.html").write_text("{% translate 'Order' %}")
    return tmp_path


def _po(house: Path, language: str = "kk", country: str = "kz") -> Path:
    return house / "country" / country / "words" / language / "LC_MESSAGES" / "django.po"


def test_texts_are_found_in_python() -> None:
    assert _keys(from_python(PYTHON)) == {
        ("", "A plain text", ""),
        ("", "A long text in two pieces", ""),
        ("", "%(n)d order", "%(n)d orders"),
        ("of a law", "Article", ""),
    }


def test_texts_are_found_in_templates() -> None:
    assert _keys(from_template(TEMPLATE)) == {
        ("", "A page's heading", ""),
        ("of an order", "State", ""),
        ("", "In an expression", ""),
        ("", "As an argument", ""),
        ("", "Until %(day)s, no longer", ""),
        ("", "One row", "%(n)s rows"),
    }


def test_a_catalogue_survives_being_written_and_read() -> None:
    long = "Қорғау нұсқамасы " * 20 + 'екі "тырнақша"\nжәне жол'
    book = _book(
        Entry("b", words=(long,)),
        Entry("a", plural="as", words=("бір", "көп")),
        Entry("a", context="of a law", words=("бап",)),
        Entry("c", words=("",), is_fuzzy=True),
    )
    again = catalogue.parse(catalogue.write(book).encode(), "kk")
    assert again == Book("kk", PLURALS["kk"], dict(again.entries))
    assert dict(again.entries) == dict(book.entries)


def test_a_catalogue_is_ordered_by_text_and_holds_no_dates_and_no_lines() -> None:
    entries = [Entry("b", words=("б",)), Entry("a", words=("а",))]
    text = catalogue.write(_book(*entries))
    assert text == catalogue.write(_book(*reversed(entries)))
    assert text.index('"a"') < text.index('"b"')
    assert "Date" not in text
    assert "#:" not in text


def test_merging_adds_what_is_new_and_keeps_what_is_known(house: Path) -> None:
    list(translations.merge(house=house))
    assert set(catalogue.read(_po(house), "kk").entries) == {("", "served"), ("", "Order")}
    loose = house / "orders.kk.po"
    loose.write_text('msgid "served"\nmsgstr "тапсырылды"\n\nmsgid "gone"\nmsgstr "жоқ"\n', encoding="utf-8")
    list(translations.merge(language="kk", files=[loose], house=house))
    held = catalogue.read(_po(house), "kk").entries
    assert held["", "served"].words == ("тапсырылды",)
    assert ("", "gone") in held
    assert catalogue.read(_po(house, "ru"), "ru").entries["", "served"].words == ("",)
    list(translations.merge(prune=True, house=house))
    assert ("", "gone") not in catalogue.read(_po(house), "kk").entries


def test_merging_again_changes_nothing(house: Path) -> None:
    list(translations.merge(house=house))
    before = _po(house).read_bytes()
    list(translations.merge(house=house))
    assert _po(house).read_bytes() == before


def test_a_catalogue_is_compiled_once_and_again_when_it_changed(house: Path) -> None:
    list(translations.merge(house=house))
    loose = house / "orders.kk.po"
    loose.write_text('msgid "served"\nmsgstr "тапсырылды"\n', encoding="utf-8")
    list(translations.merge(language="kk", files=[loose], house=house))
    assert list(translations.compiled(house)) == ["kz/kk: compiled", "kz/ru: compiled"]
    assert list(translations.compiled(house)) == []
    with _po(house).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("served") == "тапсырылды"
    os.utime(_po(house), ns=(1 << 62, 1 << 62))
    assert list(translations.compiled(house)) == ["kz/kk: compiled"]


def test_another_country_may_have_holes_but_must_be_readable(house: Path) -> None:
    _po(house, "eo", "zz").parent.mkdir(parents=True)
    _po(house, "eo", "zz").write_text('msgid "served"\nmsgstr "donita"\n')
    list(translations.merge(house=house))
    assert set(catalogue.read(_po(house, "eo", "zz"), "eo").entries) == {("", "served")}
    assert not [fault for fault in translations.check(house) if fault.startswith("zz")]
    _po(house, "eo", "zz").write_text('msgid "served\nmsgstr')
    assert [fault for fault in translations.check(house) if fault.startswith("zz/eo: cannot be read")]


ORDER = Entry("%(n)d order", plural="%(n)d orders", words=("%(n)d нұсқама", "%(n)d нұсқама"))
TEXT = Entry("Until %(day)s", words=("%(day)s дейін",))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (replace(TEXT, words=("",)), "no translation"),
        (replace(TEXT, is_fuzzy=True), "fuzzy"),
        (replace(TEXT, words=("%(date)s дейін",)), "places differ"),
        (replace(TEXT, words=("дейін",)), "places differ"),
        (replace(TEXT, words=("Until %(day)s",)), "left as it is"),
        (replace(TEXT, words=("%(day)s дейiн",)), "Latin letters inside"),
        (replace(ORDER, words=("%(n)d нұсқама",)), "1 forms, 2 are right"),
        (replace(ORDER, words=("%(n)d нұсқама", "нұсқама")), "last form"),
        (replace(ORDER, words=("%(m)d нұсқама", "%(n)d нұсқама")), "has not"),
        (replace(ORDER, plural="orders"), "its plural is"),
    ],
)
def test_a_faulty_translation_is_caught(entry: Entry, said: str) -> None:
    wanted = [Entry(entry.msgid, "%(n)d orders" if entry.plural else "")]
    assert any(said in fault for fault in faults.of(_book(entry), wanted))


def test_a_whole_catalogue_is_left_alone() -> None:
    names = Entry("Qorgan, %(n)s PDF", words=("Qorgan, %(n)s PDF",))
    wanted = [Entry(ORDER.msgid, ORDER.plural), Entry(TEXT.msgid), Entry(names.msgid)]
    assert faults.of(_book(ORDER, TEXT, names), wanted) == []


def test_a_missing_an_unknown_text_and_a_wrong_header_are_caught() -> None:
    assert faults.of(_book(), [Entry("served")]) == ["'served' is missing"]
    assert faults.of(_book(Entry("gone", words=("жоқ",))), []) == ["'gone' is asked for by nothing"]
    wrong = Book("ru", "nplurals=2; plural=(n != 1);", {})
    assert faults.of(wrong, [])[0].startswith("Plural-Forms must be")


def test_russian_numbers_have_three_forms() -> None:
    three = Entry("%(n)d day", "%(n)d days", words=("%(n)d день", "%(n)d дня", "%(n)d дней"))
    assert faults.of(_book(three, language="ru"), [Entry(three.msgid, three.plural)]) == []


def test_every_text_of_the_house_is_complete_in_kazakh_and_russian() -> None:
    assert translations.check() == []
