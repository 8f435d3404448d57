"""The register in numbers: by who says it and by what was found, the withdrawn left out, the public by what it sees."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import translation

from qorgan.base import country
from qorgan.claims import actions, counts, queries
from qorgan.web.claims import kept
from tests.claims import brought
from tests.conftest import actor
from tests.web.pages import signed_in


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("Ішкі істер министрлігі", "state"),
        ("пресс-служба МВД", "state"),
        ("депутат Марат Әшімов", "parliament"),
        ("Бас прокуратура", "justice"),
        ("Уполномоченная по правам ребёнка", "ombudsman"),
        ("Қоғамдық қор төрайымы", "society"),
        ("«Дала» телеарнасы", "media"),
        ("көрші", "other"),
        ("  ", "not_stated"),
    ],
)
def test_kind_of_a_speaker_is_told_by_the_words_of_the_country(speaker: str, kind: str) -> None:
    assert counts.kind(speaker) == kind


def test_every_kind_has_a_name_in_three_languages() -> None:
    for one in country.toml("words/speakers.toml")["kind"]:
        assert set(one["name"]) == {"kk", "ru", "en"} and one["words"], one["code"]


def test_country_without_kinds_counts_all_as_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QORGAN_COUNTRY", "zz")
    assert counts.kind("министр") == counts.OTHER


@pytest.mark.django_db
def test_statements_are_counted_by_speaker_and_by_what_was_found(now: datetime) -> None:
    brought.statement(now=now)
    other = brought.statement(now=now, text=brought.OPEN, language="ru", speaker="Фонд")
    gone = brought.statement(now=now, text="Из 100 женщин 120 ушли.", language="ru", speaker="")
    actions.withdraw(statement=gone, reason="қате", by=actor("ombudsman"), now=now)
    found = counts.counts()
    assert (found.total, found.kinds) == (2, ["society", "state"])
    assert found.of(kind="state", word="agrees") == found.of(kind="state") == 1
    assert found.of(kind="society", word=queries.gravest(queries.last_check(other))) == 1  # type: ignore[arg-type]  # it has one
    assert counts.counts(public=True).total == 0
    actions.publish(statement=other, by=actor("checker"), now=now)
    assert counts.counts(public=True).kinds == ["society"]


@pytest.mark.django_db
def test_lines_and_columns_of_the_page_add_up_to_their_sums(now: datetime) -> None:
    for speaker in ("Министрлік", "Фонд", ""):
        brought.statement(now=now, speaker=speaker)
    with translation.override("en"):
        table = kept.counted()
        *lines, whole = [
            (str(label), sum(count for _mark, count in cells), total) for label, cells, total in table.rows
        ]
    assert [label for label, _cells, _total in lines] == ["organisations of society", "state bodies", "not stated"]
    assert all(cells == total for _label, cells, total in (*lines, whole))
    assert whole[2] == table.total == 3


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_page_shows_the_numbers_in_every_language(now: datetime, language: str) -> None:
    brought.statement(now=now)
    client: Client = signed_in("ombudsman")
    client.cookies["lang"] = language
    shown = client.get("/statements/").content.decode()
    words = {"kk": "Мемлекеттік органдар", "ru": "Государственные органы", "en": "State bodies"}
    assert words[language] in shown


@pytest.mark.django_db
def test_numbers_ask_two_questions_however_long_the_register_is(
    now: datetime, django_assert_num_queries: object
) -> None:
    for _more in range(3):
        brought.statement(now=now)
    with django_assert_num_queries(2):  # type: ignore[operator]  # a fixture that opens a block
        assert counts.counts().total == 3
